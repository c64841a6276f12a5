"""What the file of a build tells at any place is what stands in it."""

from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg.export.graph
from kg.export.graph import LABEL, TYPE, ExportGraph
from kg.export.stored_things import StoredThings
from kg.export.written_subjects import WrittenSubjects
from kg.model.spelling import natural_order
from kg.store.embedded import open_graph
from kg.store.turtle import HEAD


def test_reading_may_begin_anywhere(seed_graph: Path) -> None:
    written = WrittenSubjects(seed_graph)
    whole = [one.value for one in ExportGraph(open_graph(seed_graph)).subjects]
    assert list(written.iris()) == whole
    for at in range(0, len(whole), 97):
        order = natural_order(whole[at])
        assert list(written.iris(order)) == whole[at:]
        assert next(written.iris(f"{order}\0"), None) == dict(pairwise(whole)).get(whole[at])
    assert list(written.iris("~")) == []


def test_long_texts_and_many_subjects_are_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    iris = [f"http://example.org/{number}" for number in range(3000)]
    texts = {iri: "é" * (3_000_000 if number == 1500 else 400) for number, iri in enumerate(iris)}
    lines = [f'<{iri}> a <http://example.org/T> ;\n\trdfs:label "{texts[iri]}" .' for iri in iris]
    file.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    written = WrittenSubjects(file)
    assert list(written.iris()) == iris
    assert next(written.iris(natural_order(iris[1501]))) == iris[1501]
    told = dict(written.briefly(lambda iri: True, ["rdfs:label"]))
    assert {iri: triples[1].object.value for iri, triples in told.items()} == texts


def test_no_subject_is_found_in_an_empty_graph(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text(HEAD, encoding="utf-8")
    assert list(WrittenSubjects(file).iris()) == []


@pytest.fixture(scope="module")
def from_file(seed_graph: Path) -> StoredThings:
    graph = ExportGraph.open(seed_graph)
    assert graph.written is not None
    return StoredThings(graph)


@pytest.fixture(scope="module")
def from_engine(seed_graph: Path) -> StoredThings:
    return StoredThings(ExportGraph(open_graph(seed_graph)))


def test_the_file_tells_what_the_engine_does(
    from_file: StoredThings, from_engine: StoredThings
) -> None:
    wholes = list(from_engine.wholes())
    assert list(from_file.wholes()) == wholes
    for local in wholes:
        assert from_file.told(local) == from_engine.told(local)
    folders = dict.fromkeys(local.partition("/")[0] for local in wholes)
    assert [local.partition("/")[0] for local in from_file.first_wholes()] == list(folders)
    for folder in folders:
        inside = [local for local in wholes if local.startswith(f"{folder}/")]
        assert list(from_file.wholes_in(folder)) == inside


def test_a_little_is_told_of_all_things(from_file: StoredThings, from_engine: StoredThings) -> None:
    told = dict(from_engine.briefly([LABEL]))
    assert {one.predicate for triples in told.values() for one in triples} == {TYPE, LABEL}
    assert told == dict(from_file.briefly([LABEL]))


def test_what_no_iri_can_hold_is_unknown(from_file: StoredThings) -> None:
    for local in ("law/<b>", "law/a b", "law/\ud800", ""):
        assert from_file.entry(local) is None


def test_an_example_of_very_many_things_is_found_without_comparing_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    law = ox.NamedNode("http://example.org/Law")
    things = [ox.NamedNode(f"http://example.org/{number}") for number in range(3000)]
    store = ox.Store()
    store.extend(ox.Quad(thing, TYPE, law) for thing in things)
    compared: list[ox.NamedNode] = []
    key = kg.export.graph._subject_key
    monkeypatch.setattr(
        kg.export.graph, "_subject_key", lambda one: (compared.append(one), key(one))[1]
    )
    ((example,),) = ExportGraph(store).first_of([law.value]).values()
    assert example.subject in things
    assert len(compared) == 1000
