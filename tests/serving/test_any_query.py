"""Whatever a query is: it is refused where it reaches out, and else answered as by the engine."""

from collections import Counter
from collections.abc import Callable

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from kg.serving.answering import Limits, QueryRequest, answer
from kg.serving.reach import ReachError, refuse_reach
from kg.store.sparql import names_dataset
from tests.attacks.targets import kg_server
from tests.strategies.queries import GRAPH, HERE, MadeQuery, escaped_queries, queries, store

STORE = store()
BASE = "http://here.example/sparql"
Found = bool | Counter[tuple[str, ...]]


def refused(query: MadeQuery) -> bool:
    try:
        refuse_reach(query.text, BASE, HERE.__eq__)
    except ReachError:
        return True
    return False


@given(queries())
@settings(max_examples=400)
def test_what_reaches_out_is_refused_and_nothing_else(query: MadeQuery) -> None:
    assert refused(query) is query.reaches_out


@given(escaped_queries())
def test_escapes_let_nothing_out(query: MadeQuery) -> None:
    assert refused(query)


@given(queries())
def test_a_dataset_is_seen(query: MadeQuery) -> None:
    assert names_dataset(query.text) is query.names_dataset


def directly(query: MadeQuery) -> Found:
    """What the engine says, asked without anything of ours between."""
    return found(STORE.query(query.text, use_default_graph_as_union=not query.names_dataset))


def found(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Found:
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    if isinstance(results, ox.QueryTriples):
        return Counter({(str(triple),): 1 for triple in results})
    names = [variable.value for variable in results.variables]
    return Counter(
        tuple(f"{name}={row[name]}" for name in names if row[name] is not None) for row in results
    )


def as_found(media_type: str, body: bytes) -> Found:
    if "json" in media_type:
        return found(ox.parse_query_results(body, ox.QueryResultsFormat.JSON))
    return Counter({(str(quad.triple),): 1 for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES)})


ACCEPT = "application/sparql-results+json, application/n-triples"


def expect_same(query: MadeQuery, status: int, media_type: str, body: bytes) -> None:
    if query.reaches_out:
        assert status == 400, body
        assert b"refused" in body or b"there is no graph" in body
    else:
        assert status == 200, body
        assert as_found(media_type, body) == directly(query)


@given(queries())
@settings(max_examples=200)
def test_answers_are_those_of_the_engine(query: MadeQuery) -> None:
    reply = answer(STORE, QueryRequest(query.text, "", accept=ACCEPT), Limits())
    expect_same(query, reply.status, reply.media_type, reply.body)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], httpx.Response]:
    """Asks a real server of the graph."""
    graph = tmp_path_factory.mktemp("served") / "graph.trig"
    graph.write_text(GRAPH)
    with kg_server(graph) as (address, _), httpx.Client(timeout=30, trust_env=False) as client:
        headers = {"Accept": ACCEPT, "Content-Type": "application/sparql-query"}
        yield lambda text: client.post(f"{address}/sparql", content=text.encode(), headers=headers)


@pytest.mark.server
@settings(max_examples=60)
@given(query=queries())
def test_a_server_answers_as_the_engine_does(
    ask: Callable[[str], httpx.Response], query: MadeQuery
) -> None:
    reply = ask(query.text)
    expect_same(query, reply.status_code, reply.headers["content-type"], reply.content)
