"""A real Virtuoso: the graph loaded into it, what it changes, and every named query asked of it."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.errors import EndpointError
from kg.export.graph import ExportGraph
from kg.export.publishing import publish_graph
from kg.querying.catalogue import read_catalogue
from kg.querying.results import to_table
from kg.querying.running import run_embedded, run_remote
from kg.store.remote_store import Store
from kg.store.upload import upload

pytestmark = [pytest.mark.server, pytest.mark.slow]

GRAPH = "https://example.org/kamergraaf"


def silent(_: str) -> None: ...


@pytest.fixture
def virtuoso(virtuoso_server: str) -> Store:
    store = Store(
        f"{virtuoso_server}/sparql",
        f"{virtuoso_server}/sparql-auth",
        user="dba",
        password="dba",
        timeout=120,
    )
    # it answers queries a moment before it takes changes
    for _ in range(40):
        try:
            store.update("INSERT DATA { GRAPH <urn:ready> { <urn:a> <urn:b> <urn:c> } }")
            break
        except EndpointError:
            time.sleep(0.5)
    return store


def rows(results: object) -> list[object]:
    if isinstance(results, ox.QuerySolutions):
        return [
            tuple(None if cell is None else cell.value for cell in row)
            for row in to_table(results).rows
        ]
    if isinstance(results, ox.QueryBoolean):
        return [bool(results)]
    return sorted(map(str, results))  # type: ignore[call-overload]


def test_the_seeds_are_loaded_and_every_named_query_gives_the_same_as_embedded(
    virtuoso: Store, seed_graph: Path
) -> None:
    graph = ExportGraph.open(seed_graph)
    report = publish_graph(graph, virtuoso, into=GRAPH, documents=True, progress=silent)
    assert report.sound
    assert {line.partition(" ")[0] for line in report.lines()} == {"xsd:boolean"}
    assert len(report.graphs) == len(graph.documents) + 2
    again = publish_graph(graph, virtuoso, into=GRAPH, documents=True, progress=silent)
    assert sum(one.sent for _, one in again.graphs) == 0
    endpoint = f"{virtuoso.query_url}?default-graph-uri={quote(GRAPH, safe='')}"
    queries = read_catalogue()
    assert len(queries) > 30
    for query in queries:
        here = rows(run_embedded(query, {}, graph.store))
        there = rows(run_remote(query, {}, endpoint, timeout=120))
        # SPARQL leaves open how texts with a language are ordered
        assert sorted(there, key=str) == sorted(here, key=str), query.name


def triples(number: int, value: Callable[[int], ox.Literal]) -> list[ox.Triple]:
    predicate = ox.NamedNode("urn:p")
    return [ox.Triple(ox.NamedNode(f"urn:s{n:06}"), predicate, value(n)) for n in range(number)]


@pytest.mark.parametrize("protocol", ["update", "graph store"])
def test_more_than_its_row_limit_is_compared_whole(virtuoso: Store, protocol: str) -> None:
    if protocol == "graph store":
        url = virtuoso.query_url.replace("/sparql", "/sparql-graph-crud-auth")
        virtuoso = replace(virtuoso, graph_store_url=url)
    name = f"urn:{quote(protocol)}"
    sent = triples(10_600, lambda n: ox.Literal(f"regel {n}\n\"'\\ ë 😀", language="nl"))
    report = upload(sent, virtuoso, name, silent)
    assert (report.result.sound, report.result.kept) == (True, 10_600)


def test_what_it_changes_is_told(virtuoso: Store) -> None:
    date_time = ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
    moment = ox.Literal("2025-05-23T10:00:00.123456789Z", datatype=date_time)
    found = upload(triples(1, lambda _: moment), virtuoso, "urn:lossy", silent).result
    assert (found.sound, found.changed) == (False, 1)
    assert "123456789" in found.changes[0].sent
    assert found.changes[0].kept != ()


@pytest.mark.parametrize(("user", "password"), [("dba", "fout"), ("piet", "dba"), (None, "")])
def test_who_may_not_change_it_is_told(virtuoso: Store, user: str | None, password: str) -> None:
    stranger = replace(virtuoso, user=user, password=password)
    with pytest.raises(EndpointError, match=r"401.*check --user and KG_PASSWORD"):
        upload(triples(1, ox.Literal), stranger, "urn:stranger", silent)
