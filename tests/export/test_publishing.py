"""The graph in a real store: a graph a document, the whole, resumed, and asked."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.errors import EndpointError, GraphError, UsageError
from kg.export.dumps import PROVENANCE_GRAPH, provenance
from kg.export.graph import ExportGraph
from kg.export.publishing import WHOLE_GRAPH, publish_graph
from kg.querying.catalogue import read_catalogue
from kg.querying.running import run_embedded, run_remote
from kg.store.remote_store import Store
from tests.conftest import ROOT, free_port, serving_processes

pytestmark = pytest.mark.server


def silent(_: str) -> None: ...


@pytest.fixture(scope="module")
def graph(seed_graph: Path) -> ExportGraph:
    return ExportGraph.open(seed_graph)


@pytest.fixture
def store(oxigraph_server: Callable[[], str]) -> Store:
    address = oxigraph_server()
    return Store(f"{address}/query", f"{address}/update", timeout=120)


def contents(store: Store) -> dict[str, set[str]]:
    """The triples of each named graph in a store."""
    found: dict[str, set[str]] = {}
    for row in store.rows("SELECT * { GRAPH ?g { ?s ?p ?o } }"):
        found.setdefault(row["g"].value, set()).add(f"{row['s']} {row['p']} {row['o']}")
    return found


def expected(graph: ExportGraph) -> dict[str, set[str]]:
    graphs: dict[str, set[str]] = {}
    for quad in graph.quads():
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs.setdefault(quad.graph_name.value, set()).add(str(quad.triple))
    graphs[graph.base + PROVENANCE_GRAPH] = {str(one) for one in provenance(graph)}
    graphs[graph.base + WHOLE_GRAPH] = {str(one) for one in graph.triples()}
    return graphs


def whole(graph: ExportGraph) -> str:
    return graph.base + WHOLE_GRAPH


def test_each_document_has_its_graph_and_all_named_queries_give_the_same(
    graph: ExportGraph, store: Store
) -> None:
    report = publish_graph(graph, store, into=whole(graph), documents=True, progress=silent)
    assert report.sound
    assert [*report.lines()] == []
    assert contents(store) == expected(graph)
    endpoint = f"{store.query_url}?default-graph-uri={quote(whole(graph), safe='')}"
    for query in read_catalogue():
        here = run_embedded(query, {}, graph.store)
        there = run_remote(query, {}, endpoint, timeout=120)
        assert rows(there) == rows(here), query.name
    again = publish_graph(graph, store, into=whole(graph), documents=True, progress=silent)
    assert sum(one.sent for _, one in again.graphs) == 0


def rows(results: object) -> object:
    if isinstance(results, ox.QuerySolutions):
        names = [variable.value for variable in results.variables]
        return names, sorted(tuple(str(row[name]) for name in names) for row in results)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    return sorted(map(str, results))  # type: ignore[call-overload]


def part_of(graph: ExportGraph, documents: int) -> ExportGraph:
    """What the first documents of a graph state."""
    kept = graph.documents[:documents]
    part = ox.Store()
    for quad in graph.quads():
        if quad.graph_name in kept:
            part.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    for document in kept:
        part.extend(
            ox.Quad(one.subject, one.predicate, one.object) for one in graph.describe(document)
        )
    return ExportGraph(part)


def test_graphs_of_documents_that_are_gone_are_dropped(graph: ExportGraph, store: Store) -> None:
    publish_graph(graph, store, into=whole(graph), documents=True, progress=silent)
    store.update("INSERT DATA { GRAPH <urn:others> { <urn:a> <urn:b> <urn:c> } }")
    first = part_of(graph, 1)
    report = publish_graph(first, store, into=whole(graph), documents=True, progress=silent)
    assert (report.sound, report.dropped) == (True, 1)
    found = contents(store)
    assert found.pop("urn:others") == {"<urn:a> <urn:b> <urn:c>"}
    assert found == expected(first)


def test_a_store_that_goes_away_gets_the_same_from_the_next_run(
    graph: ExportGraph, tmp_path: Path
) -> None:
    port = free_port()
    binary = Path(sys.executable).with_name("oxigraph")
    command = [
        str(binary) if binary.exists() else shutil.which("oxigraph") or "oxigraph",
        "serve", "--location", str(tmp_path / "store"), "--bind", f"127.0.0.1:{port}",
    ]  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    store = Store(f"{address}/query", f"{address}/update", timeout=120)
    away = threading.Event()

    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)

    def go_away(step: str) -> None:
        if re.search(r"graph: 5\d{3} sent", step) and not away.is_set():
            away.set()
            server.kill()
            server.wait()

    try:
        wait_for(store)
        with pytest.raises(EndpointError, match="run the same command again"):
            publish_graph(graph, store, into=whole(graph), documents=True, progress=go_away)
    finally:
        server.kill()
        server.wait()
    assert away.is_set()
    with serving_processes() as start:
        start(command, url=f"{address}/")
        before = contents(store)
        assert whole(graph) not in before
        report = publish_graph(graph, store, into=whole(graph), documents=True, progress=silent)
        sent = {name: one.sent for name, one in report.graphs}
        assert 0 < sent.pop(whole(graph)) < len(expected(graph)[whole(graph)])
        assert set(sent.values()) == {0}
        assert contents(store) == expected(graph)


def wait_for(store: Store) -> None:
    for _ in range(200):
        try:
            assert not store.ask("ASK { ?s ?p ?o }")
        except EndpointError:
            time.sleep(0.05)
        else:
            return


@pytest.mark.parametrize(
    ("turtle", "into", "error", "words"),
    [
        ("<urn:a> <urn:b> [] .", "urn:g", GraphError, "blank node"),
        ("<urn:a> <urn:b> 1 .", "no iri", UsageError, "--into 'no iri' is no IRI"),
        ("<urn:a> <urn:b> 1 .", "urn:g> ; DROP ALL #", UsageError, "is no IRI"),
    ],
)
def test_what_no_store_can_take_is_refused_before_anything_is_sent(
    tmp_path: Path, turtle: str, into: str, error: type[Exception], words: str
) -> None:
    (tmp_path / "graph.ttl").write_text(turtle, encoding="utf-8")
    nowhere = Store("http://127.0.0.1:1/", "http://127.0.0.1:1/")
    opened = ExportGraph.open(tmp_path / "graph.ttl")
    with pytest.raises(error, match=words):
        publish_graph(opened, nowhere, into=into, documents=True, progress=silent)


def test_the_command_publishes(store: Store, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text('<urn:a> <urn:b> "c"@nl .', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "publish", "--graph", "graph.ttl", "--into", "default",
         "--no-documents", "--endpoint", store.query_url, "--update", store.update_url],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 graphs: 1 of 1 triples in the store, 1 sent, the rest was there\n"
    assert store.ask('ASK { <urn:a> <urn:b> "c"@nl }')
