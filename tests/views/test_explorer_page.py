"""The page as text: what it carries, what it must not, and that it is always the same."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg import network, view
from kg.errors import GraphError, UsageError
from kg.views import PROJECTIONS, write_explorer
from tests.views.parliament import parliament


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    path.write_text(parliament(), encoding="utf-8")
    return path


def block(html: str, name: str):
    found = re.search(rf'<script type="application/json" id="data-{name}">(.*?)</script>', html)
    assert found, name
    return json.loads(found[1])


def test_page_names_no_place_that_a_browser_would_fetch_from(graph: Path) -> None:
    html = view(None, graph).html
    assert not re.findall(r"<(?:link|img|iframe|script)\b[^>]*\b(?:src|href)=", html)
    assert "@import" not in html
    assert "url(" not in html


def test_policy_allows_only_the_scripts_and_styles_by_their_hash(graph: Path) -> None:
    html = view(None, graph).html
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    scripts = re.findall(r"<script>(.*?)</script>", html, re.S)
    styles = re.findall(r"<style>(.*?)</style>", html, re.S)
    assert (len(scripts), len(styles)) == (1, 1)
    for text in (*scripts, *styles):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not re.search(r'\s(?:style|on\w+)="', html.partition("<script")[0])


def test_same_graph_gives_the_same_bytes_in_another_process(graph: Path, tmp_path: Path) -> None:
    pages = []
    for seed in ("1", "2"):
        target = tmp_path / f"{seed}.html"
        code = f"import kg; kg.view(None, {str(graph)!r}).save({str(target)!r})"
        subprocess.run(
            [sys.executable, "-c", code], check=True, env={"PYTHONHASHSEED": seed}, cwd=Path.cwd()
        )
        pages.append(target.read_bytes())
    assert pages[0] == pages[1]


@pytest.mark.parametrize("projection", PROJECTIONS)
def test_every_edge_of_a_projection_has_evidence(graph: Path, projection: str) -> None:
    cut = network(projection, graph)
    assert cut.number_of_edges() > 0
    for source, target, facts in cut.edges(data=True):
        assert facts["evidence"], (source, target)
        assert facts["weight"] == len({place.set for place in facts["evidence"]})


def test_actors_are_told_apart_by_what_they_did(graph: Path) -> None:
    actors = network("actors", graph)
    for source, target, facts in actors.edges(data=True):
        kinds = (actors.nodes[source]["kind"], actors.nodes[target]["kind"])
        assert kinds == (("Member", "Minister") if facts["relation"] == "asks" else ("Member",) * 2)


def test_neighbourhood_holds_every_set_of_the_entity_and_no_other(graph: Path) -> None:
    everything = network("all", graph)
    person = next(node for node, facts in everything.nodes(data=True) if facts["kind"] == "Member")
    expected = {n for n in everything.to_undirected().neighbors(person) if n.startswith("set/")}
    around = network("neighbourhood", graph, entity=person)
    assert {node for node in around if node.startswith("set/")} == expected


def test_neighbourhood_of_a_set_is_that_set_and_its_links(graph: Path) -> None:
    around = network("neighbourhood", graph, entity="set/2099Z00003")
    assert [node for node in around if node.startswith("set/")] == ["set/2099Z00003"]
    assert len(around) > 5


@pytest.mark.parametrize(
    ("projection", "entity"), [("cats", None), ("neighbourhood", None), ("neighbourhood", "x/y")]
)
def test_wrong_use_is_told(graph: Path, projection: str, entity: str | None) -> None:
    with pytest.raises(UsageError):
        network(projection, graph, entity=entity)


def test_missing_and_broken_graphs_are_told(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="kg build"):
        network("all", tmp_path)
    (tmp_path / "graph.ttl").write_text("this is no Turtle")
    with pytest.raises(GraphError, match=r"graph\.ttl"):
        write_explorer(tmp_path, tmp_path / "graph.html")
    assert not (tmp_path / "graph.html").exists()
