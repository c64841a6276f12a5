"""What SPARQL 1.1 and its protocol demand, case by case, of the endpoint.

Each case names its section of https://www.w3.org/TR/sparql11-query/ (Q) or
https://www.w3.org/TR/sparql11-protocol/ (P).
"""

import sys
from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest

from kg.serving.answering import Limits, QueryRequest, answer
from tests.conftest import free_port, serving_processes

DATA = """
<http://e/s> <http://e/p> 1 , "a\\rb" , "x"@en-GB .
GRAPH <http://e/g> { <http://e/x> <http://e/p> 2 }
GRAPH <http://e/dir/h> { <http://e/y> <http://e/p> 3 }
"""
BASE = "http://e/dir/sparql"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(DATA, format=ox.RdfFormat.TRIG)
    return store


def rows(store: ox.Store, query: str, **dataset: tuple[str, ...]) -> list[list[str]]:
    """The rows of a query, each value as text; one row of `true` or `false` for ASK."""
    reply = answer(
        store, QueryRequest(query, BASE, **dataset, accept="text/csv, */*;q=0.1"), Limits()
    )
    assert reply.status == 200, reply.body
    if reply.media_type != "text/csv":
        return [[str(b"true" in reply.body).lower()]]
    return sorted(line.split(",") for line in reply.body.decode().splitlines()[1:])


CASES = [
    # Q 13.2: the dataset of a query
    ("SELECT ?o FROM <http://e/g> { ?s ?p ?o }", [["2"]]),
    ("SELECT ?o FROM NAMED <http://e/g> { ?s ?p ?o }", []),
    ("SELECT ?o FROM NAMED <http://e/g> { GRAPH ?g { ?s ?p ?o } }", [["2"]]),
    ("SELECT ?o FROM <http://e/g> FROM <http://e/dir/h> { ?s ?p ?o }", [["2"], ["3"]]),
    ("SELECT ?o FROM <http://e/g> { GRAPH <http://e/dir/h> { ?s ?p ?o } }", []),
    ("SELECT ?g { GRAPH ?g { } }", [["http://e/dir/h"], ["http://e/g"]]),
    # Q 4.1.1: relative IRIs, BASE, the empty prefix, escapes in local names
    ("SELECT ?o FROM <h> { ?s ?p ?o }", [["3"]]),
    ("BASE <http://e/> SELECT ?o FROM <g> { ?s ?p ?o }", [["2"]]),
    ("BASE <http://e/> BASE <dir/> SELECT ?o FROM <h> { ?s ?p ?o }", [["3"]]),
    ("PREFIX x: <../> SELECT ?o FROM x:g { ?s ?p ?o }", [["2"]]),
    ("PREFIX : <http://e/> SELECT ?o FROM :g { :x :p ?o }", [["2"]]),
    ("PREFIX e: <http://e/> ASK { e:dir\\/none e:p 1 }", [["false"]]),
    ("SELECT (IRI('z') AS ?i) (URI('#f') AS ?j) {}", [["http://e/dir/z", f"{BASE}#f"]]),
    # Q 19.2: code points may be escaped anywhere in names and texts
    ("SELECT ?o FROM <http://e/\\u0067> { ?s ?p ?o }", [["2"]]),
    ("PREFIX e: <http://e/> SELECT (STR(e:\\u0078) AS ?x) ('\\U00000041' AS ?y) {}",
     [["http://e/x", "A"]]),
    ("SELECT (?\u0078 AS ?y) { BIND (1 AS ?x) }", [["1"]]),
    # Q 19.3, 19.8: white space, comments and the case of keywords; words that only look like more
    ("select?o{?s?p?o filter(isnumeric(?o))}", [["1"], ["2"], ["3"]]),
    ("ASK#SERVICE <x:>\n{ ?s ?p ?o }", [["true"]]),
    ("SELECT ?from ?load { VALUES (?from ?load) { ('SERVICE' 'using') } }", [["SERVICE", "using"]]),
    ("PREFIX from: <http://e/> ASK { ?s from:p ?o }", [["true"]]),
    ("PREFIX service: <http://e/> ASK { ?s service:p ?o FILTER (?o != 'from') }", [["true"]]),
    # Q 17.6: a function that nobody knows is an error of its expression, not of the query
    ("SELECT (<http://e/f>(1) AS ?x) ?o { VALUES ?o { 1 } }", [["", "1"]]),
    ("ASK { FILTER (<http://e/f>(1)) }", [["false"]]),
    ("SELECT (COALESCE(<http://e/f>(1), <http://e/g>(), 'none') AS ?x) {}", [["none"]]),
    ("ASK { FILTER (<http://e/f>(1) || true) }", [["true"]]),
    # Q 17.5: casts
    ("PREFIX x: <http://www.w3.org/2001/XMLSchema#> "
     "SELECT (x:integer('7') AS ?a) (x:boolean('1') AS ?b) (COALESCE(x:date('no'), '!') AS ?c) {}",
     [["7", "true", "!"]]),
    # Q 18.5, 11: groups and aggregates, also of nothing
    ("SELECT (COUNT(*) AS ?n) (SUM(?o) AS ?t) { ?s <http://e/none> ?o }", [["0", "0"]]),
    ("SELECT ?s (COUNT(?o) AS ?n) { ?s <http://e/none> ?o } GROUP BY ?s", []),
    ("SELECT (GROUP_CONCAT(?o ; SEPARATOR = '|') AS ?c) { VALUES ?o { 'a' 'b' } }", [["a|b"]]),
    ("SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(*) > 1)", [["http://e/s"]]),
    # Q 9: property paths
    ("SELECT ?o { <http://e/x> (<http://e/p>|^<http://e/q>)+ ?o }", [["2"]]),
    ("SELECT ?o { <http://e/x> !(<http://e/q>|^<http://e/p>) ?o }", [["2"]]),
    ("SELECT ?o { <http://e/x> <http://e/q>* ?o }", [["http://e/x"]]),
    # Q 8, 10, 12: negation, values, subqueries
    ("SELECT ?o { ?s ?p ?o MINUS { <http://e/s> ?p ?o } FILTER NOT EXISTS { ?s ?p 3 } }", [["2"]]),
    ("SELECT ?a ?b { VALUES (?a ?b) { (1 UNDEF) (UNDEF 2) } }", [["", "2"], ["1", ""]]),
    ("SELECT ?o { { SELECT ?s { ?s ?p 2 } } ?s ?p ?o }", [["2"]]),
    ("SELECT ?x { BIND (1 AS ?y) { BIND (2 AS ?x) } FILTER (?y < ?x) }", [["2"]]),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), CASES)
def test_queries_give_what_the_standard_says(
    store: ox.Store, query: str, expected: list[list[str]]
) -> None:
    found = [row for row in rows(store, query) if row]
    assert found == expected


@pytest.mark.parametrize(
    ("query", "default", "named", "expected"),
    [
        ("SELECT ?o { ?s ?p ?o }", ("http://e/g",), (), [["2"]]),
        ("SELECT ?o { ?s ?p ?o }", ("http://e/g", "http://e/dir/h"), (), [["2"], ["3"]]),
        ("SELECT ?o { ?s ?p ?o }", (), ("http://e/g",), []),
        ("SELECT ?o { GRAPH ?g { ?s ?p ?o } }", (), ("http://e/g",), [["2"]]),
        ("SELECT ?o { ?s ?p ?o }", ("http://e/none",), (), []),
        # P 2.1.4: the dataset of the request is taken, not that of the query
        ("SELECT ?o FROM <http://e/dir/h> { ?s ?p ?o }", ("http://e/g",), (), [["2"]]),
        ("SELECT ?o FROM <http://elsewhere/> { ?s ?p ?o }", ("http://e/g",), (), [["2"]]),
    ],
)
def test_the_dataset_of_a_request_wins(
    store: ox.Store,
    query: str,
    default: tuple[str, ...],
    named: tuple[str, ...],
    expected: list[list[str]],
) -> None:
    assert rows(store, query, default_graphs=default, named_graphs=named) == expected


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o }", 5),
        ("CONSTRUCT { } WHERE { ?s ?p ?o }", 0),
        ("CONSTRUCT FROM <http://e/g> WHERE { ?s ?p ?o }", 1),
        ("CONSTRUCT { ?s <http://e/q> [ <http://e/r> ?o ] } { ?s ?p ?o } LIMIT 2", 4),
        ("CONSTRUCT { ?s ?p ?o . ?s ?p ?o } { ?s ?p ?o FILTER(?o = 1) }", 1),
        ("CONSTRUCT { ?o ?p ?s } { ?s ?p ?o }", 0),
        ("DESCRIBE <http://e/x>", 1),
    ],
)
def test_graphs_are_what_the_template_gives(store: ox.Store, query: str, count: int) -> None:
    reply = answer(store, QueryRequest(query, BASE, accept="application/n-triples"), Limits())
    assert (reply.status, len(reply.body.splitlines())) == (200, count)


def test_xml_results_keep_carriage_returns_and_refuse_what_xml_cannot_hold(
    store: ox.Store,
) -> None:
    form = "application/sparql-results+xml"
    kept = answer(store, QueryRequest("SELECT ('a\\rb\\n' AS ?x) {}", BASE, accept=form), Limits())
    assert b"<literal>a&#13;b&#10;</literal>" in kept.body
    refused = answer(
        store, QueryRequest("SELECT ('\\u0007' AS ?x) {}", BASE, accept=form), Limits()
    )
    assert (refused.status, b"XML cannot hold U+0007" in refused.body) == (406, True)


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[httpx.Client]:
    data = tmp_path_factory.mktemp("served") / "data.trig"
    data.write_text(DATA, encoding="utf-8")
    port = free_port()
    with (
        serving_processes() as start,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
    ):
        start(
            [sys.executable, "-m", "kg", "serve", str(data), "--port", str(port)],
            url=f"http://127.0.0.1:{port}/health",
        )
        yield client


ASK = {"query": "ASK { ?s ?p 1 }"}
SELECT = {"query": "SELECT * { ?s ?p ?o }"}
GRAPH = {"query": "CONSTRUCT WHERE { ?s ?p ?o }"}
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
TEXT = "text/plain"


@pytest.mark.server
@pytest.mark.parametrize(
    ("parameters", "accept", "status", "media_type"),
    [
        # P 2.1.6, RFC 9110 12.5.1: what the client likes best, of what the form of the query has
        (SELECT, None, 200, JSON),
        (SELECT, "", 200, JSON),
        (SELECT, "*/*", 200, JSON),
        (SELECT, "application/*", 200, JSON),
        (SELECT, "text/*", 200, "text/csv"),
        (SELECT, f"{JSON};q=0.1, {XML}", 200, XML),
        (SELECT, f"{XML};q=0.2, */*;q=0.1", 200, XML),
        (SELECT, f"{JSON};q=0, */*", 200, XML),
        (SELECT, "TEXT/CSV; charset=utf-8", 200, "text/csv"),
        (SELECT, "text/tab-separated-values", 200, "text/tab-separated-values"),
        (SELECT, "application/json", 200, JSON),
        (SELECT, "application/xml", 200, XML),
        (SELECT, "text/turtle, application/sparql-results+xml;q=0.5", 200, XML),
        (SELECT, "text/turtle", 406, TEXT),
        (SELECT, "*/*;q=0", 406, TEXT),
        (ASK, "text/csv, */*;q=0.1", 200, JSON),
        (ASK, XML, 200, XML),
        (GRAPH, None, 200, "text/turtle"),
        (GRAPH, "application/rdf+xml", 200, "application/rdf+xml"),
        (GRAPH, "application/ld+json, application/n-triples;q=0.9", 200, "application/ld+json"),
        (GRAPH, JSON, 406, TEXT),
        # P 2.1.1 – 2.1.3: what is no query request
        ({}, None, 200, "text/turtle"),
        ({"query": ["ASK {}", "ASK {}"]}, None, 400, TEXT),
        ({"query": ""}, None, 400, TEXT),
        ({"default-graph-uri": "http://e/g"}, None, 400, TEXT),
        ({"update": "CLEAR ALL"}, None, 403, TEXT),
        ({"query": "CLEAR ALL"}, None, 400, TEXT),
    ],
)
def test_answers_come_as_the_client_accepts(
    client: httpx.Client,
    parameters: dict[str, str],
    accept: str | None,
    status: int,
    media_type: str,
) -> None:
    request = client.build_request("GET", "/sparql", params=parameters)
    del request.headers["Accept"]
    if accept is not None:
        request.headers["Accept"] = accept
    reply = client.send(request)
    found = reply.headers["Content-Type"].partition(";")[0]
    assert (reply.status_code, found) == (status, media_type), reply.text


@pytest.mark.server
@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        # P 2.1.2 and 2.1.3: queries in the body, in UTF-8 whatever else is said of it
        ("application/sparql-query", b"ASK { ?s ?p 1 }", 200),
        ("application/sparql-query; charset=utf-8", b"ASK { ?s ?p }", 400),
        ("application/sparql-query;charset=UTF-8", "ASK { ?s ?p 'ë' }".encode(), 200),
        ('Application/SPARQL-Query; charset="utf-8"', b"ASK { ?s ?p 1 }", 200),
        ("application/sparql-query; charset=utf-16", "ASK {}".encode("utf-16"), 415),
        ("application/sparql-query", b"ASK { ?s ?p '\xff' }", 400),
        ("application/x-www-form-urlencoded", b"query=ASK+%7B%7D", 200),
        ("application/x-www-form-urlencoded; charset=utf-8", b"query=ASK%20%7B%20%7D", 200),
        ("application/x-www-form-urlencoded", b"query=ASK+%7B%7D&default-graph-uri=x", 400),
        ("application/x-www-form-urlencoded", b"update=CLEAR+ALL", 403),
        ("application/sparql-update", b"CLEAR ALL", 403),
        ("text/plain", b"ASK {}", 415),
        ("", b"ASK {}", 415),
    ],
)
def test_queries_come_in_the_body(
    client: httpx.Client, content_type: str, body: bytes, status: int
) -> None:
    reply = client.post("/sparql", content=body, headers={"Content-Type": content_type})
    assert reply.status_code == status, reply.text


@pytest.mark.server
def test_the_dataset_may_stand_in_the_address_of_a_query_in_the_body(client: httpx.Client) -> None:
    reply = client.post(
        "/sparql",
        params={"default-graph-uri": "http://e/g"},
        content="SELECT ?o { ?s ?p ?o }",
        headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"},
    )
    assert reply.text.splitlines() == ["o", "2"]


@pytest.mark.server
def test_head_has_the_headers_of_get_and_other_methods_are_refused(client: httpx.Client) -> None:
    got, head = client.get("/sparql", params=SELECT), client.head("/sparql", params=SELECT)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "Content-Length", "Vary"):
        assert head.headers[name] == got.headers[name]
    assert "Accept" in got.headers["Vary"]
    for method in ("PUT", "DELETE", "PATCH"):
        reply = client.request(method, "/sparql", params=SELECT)
        assert (reply.status_code, "GET" in reply.headers["Allow"]) == (405, True)


@pytest.mark.server
def test_what_differs_each_time_is_asked_each_time(client: httpx.Client) -> None:
    query = {"query": "SELECT (STRUUID() AS ?a) (NOW() AS ?b) {}"}
    assert len({client.get("/sparql", params=query).text for _ in range(3)}) == 3
