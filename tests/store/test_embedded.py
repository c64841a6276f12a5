"""Opening a graph: in memory, or by the index on disk that lies beside it."""

import os
import shutil
from pathlib import Path

import pytest
from typer.main import get_command

from kg.cli import app
from kg.errors import GraphError
from kg.pipeline import build
from kg.store.embedded import GRAPH_FILE, open_graph
from kg.store.index import INDEX_FOLDER, LARGE_GRAPH, remove_index, write_index
from kg.store.segments import SegmentedGraph, Source, plan_graph, write_graph
from kg.store.turtle import HEAD, Block

ONE = '<https://v.nl/s> <https://v.nl/p> "een" .\n'
TWO = '<https://v.nl/s> <https://v.nl/p> "two" .\n'
DOCUMENT = """\
De brug |
|
Jo Mol (NSC) |
|
Ans Smit (minister ) (VVD) |
|
![]() |
Is de brug dicht?
Ja.
"""


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / GRAPH_FILE
    write(path, ONE)
    return path


def write(path: Path, *texts: str, older: SegmentedGraph | None = None) -> SegmentedGraph:
    """A graph with a segment for each text, which is of one triple, and its index."""
    sources = [Source(text, [Block("", "", 1, text)].copy) for text in texts]
    plan = plan_graph(sources, path.with_suffix(".added"), older)
    write_index(plan, path.parent / INDEX_FOLDER, path)
    return write_graph(plan, path)


def objects(path: Path) -> list[str]:
    return [quad.object.value for quad in open_graph(path)]


def swap_behind_its_back(graph: Path, content: str) -> None:
    """Another content in a file that looks the same from outside."""
    status = graph.stat()
    graph.write_text(HEAD + content)
    os.utime(graph, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_a_graph_with_an_index_is_not_read_again(graph: Path) -> None:
    swap_behind_its_back(graph, TWO)
    assert objects(graph) == objects(graph.parent) == ["een"]
    assert [path.name for path in sorted(graph.parent.iterdir())] == [GRAPH_FILE, INDEX_FOLDER]


def test_many_readers_open_one_index(graph: Path) -> None:
    stores = [open_graph(graph) for _ in range(3)]
    assert [len(store) for store in stores] == [1, 1, 1]


def test_a_new_index_takes_the_place_of_the_old_one_while_it_is_read(graph: Path) -> None:
    reading = open_graph(graph)
    write(graph, TWO, ONE)
    assert sorted(objects(graph)) == ["een", "two"]
    assert len(reading) == 1


def test_a_new_index_answers_before_its_graph_takes_its_place(graph: Path) -> None:
    older = SegmentedGraph(graph, ())
    plan = plan_graph([Source("two", [Block("", "", 1, TWO)].copy)], graph.with_name("a"), older)
    write_index(plan, graph.parent / INDEX_FOLDER, graph)
    assert objects(graph) == ["two"]
    write_graph(plan, graph)
    assert objects(graph) == ["two"]
    swap_behind_its_back(graph, ONE)
    assert objects(graph) == ["two"], "the index was not opened"


def test_an_index_of_another_graph_is_passed_over(graph: Path) -> None:
    graph.write_text(TWO + ONE)
    assert sorted(objects(graph)) == ["een", "two"]


@pytest.mark.parametrize("damage", ["CURRENT", "graph.stamp", "everything"])
def test_a_damaged_index_is_passed_over(graph: Path, damage: str) -> None:
    swap_behind_its_back(graph, TWO)
    index = graph.parent / INDEX_FOLDER
    if damage == "everything":
        shutil.rmtree(index)
        index.write_text("no folder")
    else:
        (index / damage).write_text("broken")
    assert objects(graph) == ["two"]


def test_only_the_graph_of_its_folder_has_the_index(graph: Path) -> None:
    other = graph.with_name("other.ttl")
    shutil.copy2(graph, other)
    swap_behind_its_back(other, TWO)
    assert objects(other) == ["two"]


def test_removes_an_index(graph: Path) -> None:
    remove_index(graph)
    remove_index(graph)
    assert [path.name for path in graph.parent.iterdir()] == [GRAPH_FILE]


def test_a_build_writes_an_index_from_a_size_on(tmp_path: Path) -> None:
    document, out = tmp_path / "brug.txt", tmp_path / "uit"
    document.write_text(DOCUMENT)
    triples = build([document], out).totals["triples"]
    assert not (out / INDEX_FOLDER).exists()
    build([document], out, index_from=triples)
    assert len(open_graph(out)) == triples
    assert (out / INDEX_FOLDER).is_dir()
    build([document], out, index_from=triples + 1)
    assert not (out / INDEX_FOLDER).exists()


def test_the_command_says_from_which_size() -> None:
    options = {one.name: one for one in get_command(app).commands["build"].params}  # type: ignore[attr-defined]
    assert options["index_from"].default == LARGE_GRAPH


RDF_XML = """<!DOCTYPE rdf:RDF [{}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:v="https://v.nl/">
<rdf:Description rdf:about="&v;s"><v:p>&b;</v:p></rdf:Description></rdf:RDF>
"""


@pytest.mark.parametrize("value", ['"&a;&a;"', "'&a;'", '">&a;"', '"&a;"'])
def test_entities_that_hold_others_are_refused(tmp_path: Path, value: str) -> None:
    path = tmp_path / "g.rdf"
    path.write_text(
        RDF_XML.format(f'<!ENTITY v "https://v.nl/"><!ENTITY a "a"><!ENTITY b {value}>')
    )
    with pytest.raises(GraphError, match="declares 'b', an entity that holds others"):
        open_graph(path)


def test_entities_that_stand_for_names_are_read(tmp_path: Path) -> None:
    path = tmp_path / "g.rdf"
    path.write_text(RDF_XML.format('<!ENTITY v "https://v.nl/"><!ENTITY b "een">'))
    (quad,) = open_graph(path)
    assert (quad.subject.value, quad.object.value) == ("https://v.nl/s", "een")
