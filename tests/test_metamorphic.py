"""What must not change the graph: the order of documents, repeats, spaces, line ends, accents."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.store.embedded import open_graph, select

CONTENT = """
PREFIX kg: <https://w3id.org/kamergraaf/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?thing ?property ?value {
  VALUES ?property {
    kg:text kg:number dcterms:title dcterms:identifier kg:submittedBy kg:addressedTo kg:answeredBy
    kg:submittedOn kg:answeredOn kg:answers kg:refersTo kg:mentions kg:exact kg:start kg:end
  }
  ?thing ?property ?value
}
"""


def content(paths: list[Path], out: Path) -> set[tuple[str, ...]]:
    assert build(paths, out).graph_written
    return {tuple(row.values()) for row in select(open_graph(out), CONTENT)}


@pytest.fixture(scope="module")
def documents(seeds: Path) -> list[Path]:
    return sorted(seeds.glob("*.txt"))


@pytest.fixture(scope="module")
def expected(
    documents: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> set[tuple[str, ...]]:
    found = content(documents, tmp_path_factory.mktemp("plain"))
    assert len(found) > 2000
    return found


CHANGES: list[tuple[str, Callable[[str], str]]] = [
    ("spaces at line ends", lambda text: text.replace("\n", "  \n")),
    ("line ends of Windows", lambda text: text.replace("\n", "\r\n")),
    ("a byte order mark", lambda text: "\ufeff" + text),
    ("lines after the end", lambda text: text + "\n\n \n"),
    ("accents apart", lambda text: unicodedata.normalize("NFD", text)),
]


@pytest.mark.parametrize("change", [change for _, change in CHANGES], ids=[n for n, _ in CHANGES])
def test_incidental_differences_of_a_document_change_nothing(
    change: Callable[[str], str],
    documents: list[Path],
    expected: set[tuple[str, ...]],
    tmp_path: Path,
) -> None:
    changed = []
    for path in documents:
        changed.append(tmp_path / path.name)
        changed[-1].write_bytes(change(path.read_text("utf-8")).encode())
    assert content(changed, tmp_path / "out") == expected


def test_repeated_documents_in_another_order_change_nothing(
    documents: list[Path], expected: set[tuple[str, ...]], tmp_path: Path
) -> None:
    again = tmp_path / "again.txt"
    again.write_bytes(documents[0].read_bytes())
    assert content([*reversed(documents), again, documents[0]], tmp_path / "out") == expected


def test_the_order_of_documents_does_not_change_a_byte(
    documents: list[Path], tmp_path: Path
) -> None:
    for name, paths in (("one", documents), ("other", documents[::-1])):
        build(paths, tmp_path / name)
    one, other = (tmp_path / name / "graph.ttl" for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()
