"""`kg view` and the network formats of `kg export`, as typed on the command line."""

from pathlib import Path

import networkx as nx
import pytest
from typer.testing import CliRunner

from kg.cli import app
from tests.views.parliament import parliament


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "graph.ttl").write_text(parliament(6), encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


@pytest.mark.parametrize("projection", ["actors", "topics", "policies", "round-robin", "all"])
def test_one_projection_makes_a_page_of_one_view(folder: Path, projection: str) -> None:
    target = folder / "page.html"
    assert run("view", projection, "-g", folder, "-o", target) == (0, f"{target}\n")
    assert target.read_text(encoding="utf-8").count('id="data-view-') == 1


def test_without_projection_all_views(folder: Path) -> None:
    code, _ = run("view", "-g", folder, "-o", folder / "page.html")
    assert code == 0
    assert (folder / "page.html").read_text(encoding="utf-8").count('id="data-view-') == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("cats",), "choose one of actors"),
        (("neighbourhood",), "--entity person/"),
        (("neighbourhood", "-e", "law/none"), "law/none: not in this graph"),
    ],
)
def test_wrong_use_is_one_line_and_writes_nothing(
    folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, output = run("view", *arguments, "-g", folder, "-o", folder / "page.html")
    assert code == 2
    assert words in output
    assert output.count("\n") == 1
    assert not (folder / "page.html").exists()


def test_no_graph_is_exit_code_one(tmp_path: Path) -> None:
    code, output = run("view", "-g", tmp_path)
    assert code == 1
    assert "kg build" in output


def test_export_of_a_network(folder: Path) -> None:
    code, _ = run("export", "graphml", "-g", folder, "-o", folder / "network.graphml")
    assert code == 0
    assert len(nx.read_graphml(folder / "network.graphml")) > 20
