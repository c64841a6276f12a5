"""The description of a graph is counted once, since that takes long where the graph is large."""

import threading
from pathlib import Path

import pytest

from kg.export.graph import ExportGraph
from kg.serving import description
from kg.serving.description import BeingCountedError, GraphDescription


@pytest.fixture
def graph(tmp_path: Path) -> ExportGraph:
    path = tmp_path / "graph.ttl"
    path.write_text("<https://w3id.org/kamergraaf/id/a/b> <urn:p> 1 .\n")
    return ExportGraph.open(path)


def test_it_is_counted_once_for_all_names_of_the_server(
    graph: ExportGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = []
    describe = description.describe_graph
    monkeypatch.setattr(
        description, "describe_graph", lambda *those: counted.append(1) or describe(*those)
    )
    described = GraphDescription(graph)
    assert not described.is_about("person/who-is-not-there")
    assert counted == [], "what is not there is no reason to count"
    bodies = [described.body(f"http://host-{n}.nl/sparql", "ttl") for n in range(5)]
    assert all(b"<http://host-%d.nl/sparql>" % n in body for n, body in enumerate(bodies))
    assert not any(b"urn:kamergraaf" in body or b"host-9" in body for body in bodies)
    assert described.is_about("dataset")
    assert not described.is_about("dataset/of-another")
    assert counted == [1]


def test_others_do_not_wait_while_it_is_counted(
    graph: ExportGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    describe = description.describe_graph

    def slow(*those: object) -> object:
        begun.set()
        assert go_on.wait(20)
        return describe(*those)  # type: ignore[arg-type]

    monkeypatch.setattr(description, "describe_graph", slow)
    described = GraphDescription(graph)
    first = threading.Thread(target=described.body, args=("http://a.nl/sparql", "ttl"))
    first.start()
    assert begun.wait(20)
    with pytest.raises(BeingCountedError):
        described.body("http://b.nl/sparql", "ttl")
    with pytest.raises(BeingCountedError):
        described.is_about("dataset")
    go_on.set()
    first.join(20)
    assert b"http://b.nl/sparql" in described.body("http://b.nl/sparql", "ttl")
