"""Loading a graph into a real store, whole, checked and again."""

import base64
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import ClassVar

import pyoxigraph as ox
import pytest

from kg.errors import EndpointError, UsageError
from kg.store.comparison import BATCH_TRIPLES, Comparison, compare
from kg.store.remote_store import RefusedError, Store
from kg.store.upload import upload

pytestmark = pytest.mark.server

NAME = "https://example.org/graph"


def silent(_: str) -> None: ...


def triple(subject: str, term: ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(f"urn:{subject}"), ox.NamedNode("urn:p"), term)


def some_triples(number: int) -> list[ox.Triple]:
    return [
        triple(f"s{n}", ox.Literal(f"regel {n}\n\"'\\ ë 😀", language="nl")) for n in range(number)
    ]


@pytest.fixture
def store(oxigraph_server: Callable[[], str]) -> Store:
    address = oxigraph_server()
    return Store(f"{address}/query", f"{address}/update")


def held(store: Store, name: str | None) -> int:
    inside = f"GRAPH <{name}> {{ ?s ?p ?o }}" if name else "?s ?p ?o"
    (row,) = store.rows(f"SELECT (COUNT(*) AS ?n) {{ {inside} }}")
    return int(row["n"].value)


@pytest.mark.parametrize("protocol", ["update", "graph store"])
@pytest.mark.parametrize("name", [NAME, None])
def test_a_graph_replaces_the_old_one_whole(store: Store, name: str | None, protocol: str) -> None:
    if protocol == "graph store":
        store = replace(store, graph_store_url=store.query_url.replace("/query", "/store"))
    number = 2 * BATCH_TRIPLES + 7
    first = upload(some_triples(number), store, name, silent)
    assert (first.sent, first.result) == (number, Comparison(number, number, 0, (), ()))
    second = upload(some_triples(3), store, name, silent)
    assert (second.result.sound, held(store, name)) == (True, 3)
    assert upload(some_triples(3), store, name, silent).sent == 0
    (row,) = store.rows("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert int(row["n"].value) == (3 if name else 0)


def test_other_graphs_of_the_store_are_left_alone(store: Store) -> None:
    store.update("INSERT DATA { <urn:a> <urn:b> 1 . GRAPH <urn:g> { <urn:a> <urn:b> 2 } }")
    upload(some_triples(3), store, NAME, silent)
    assert (held(store, None), held(store, "urn:g"), held(store, NAME)) == (1, 1, 3)


def test_values_in_another_form_are_told_from_lost_ones(store: Store) -> None:
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    moment = ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
    found = upload(
        [
            triple("a", ox.Literal("0.50", datatype=decimal)),
            triple("b", ox.Literal("2025-01-01T10:00:00.1234567890123456789Z", datatype=moment)),
        ],
        store, NAME, silent,
    ).result  # fmt: skip
    assert (found.triples, found.kept) == (2, 2)
    assert [(one.datatype, one.count) for one in found.rewritings] == [("xsd:decimal", 1)]
    assert found.changed == len(found.changes) == (0 if found.sound else 1)


def test_a_triple_too_many_or_too_few_is_noticed(store: Store) -> None:
    upload(some_triples(5), store, NAME, silent)
    store.update(f"INSERT DATA {{ GRAPH <{NAME}> {{ <urn:x> <urn:p> 1 }} }}")
    assert compare(some_triples(5), store, NAME).sound is False
    store.update(
        f"CLEAR GRAPH <{NAME}> ; INSERT DATA {{ GRAPH <{NAME}> {{ <urn:s1> <urn:p> 2 }} }}"
    )
    found = compare(some_triples(2), store, NAME)
    assert (found.kept, found.changed) == (1, 2)
    assert found.changes[1].kept == ('"2"^^<http://www.w3.org/2001/XMLSchema#integer>',)


def test_one_subject_with_more_than_a_store_answers_at_once(store: Store) -> None:
    subject, predicate = ox.NamedNode("urn:s"), ox.NamedNode("urn:p")
    many = [
        ox.Triple(subject, predicate, ox.NamedNode(f"urn:o{number:05}")) for number in range(1700)
    ]
    texts = [ox.Triple(subject, ox.NamedNode("urn:q"), ox.Literal(f"tekst {n}")) for n in range(3)]
    assert upload(many + texts, store, NAME, silent).result.sound


def test_a_load_that_broke_off_goes_on_where_it_ended(store: Store) -> None:
    upload(some_triples(5), store, NAME, silent)
    number = 6 * BATCH_TRIPLES + 1

    def break_off(step: str) -> None:
        if f"{4 * BATCH_TRIPLES} sent" in step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upload(some_triples(number), store, NAME, break_off)
    assert held(store, NAME) == 5
    report = upload(some_triples(number), store, NAME, silent)
    # the last batch may have come in by half, so it is sent again
    assert (report.sent, report.result.sound) == (3 * BATCH_TRIPLES + 1, True)
    assert held(store, f"{NAME}#being-loaded") == 0


def test_what_is_left_of_another_graph_is_not_gone_on_with(store: Store) -> None:
    def break_off(step: str) -> None:
        if "sent" in step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upload(some_triples(2 * BATCH_TRIPLES), store, NAME, break_off)
    report = upload(some_triples(3), store, NAME, silent)
    assert (report.sent, report.result.sound, held(store, NAME)) == (3, True, 3)


class _Guarded(http.server.BaseHTTPRequestHandler):
    """A store that only lets one user in."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        expected = "Basic " + base64.b64encode(b"an:geheim").decode()
        if self.headers.get("Authorization") == expected:
            self.send_response(204)
        else:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def guarded() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Guarded) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_user_is_let_in_and_others_are_told(guarded: str) -> None:
    Store(guarded, guarded, user="an", password="geheim").update("CLEAR ALL")
    for user, password in [(None, ""), ("an", "fout"), ("piet", "geheim")]:
        with pytest.raises(EndpointError, match=r"401.*check --user and KG_PASSWORD"):
            Store(guarded, guarded, user=user, password=password).update("CLEAR ALL")


def test_a_store_that_is_away_is_told_in_one_line(unused_port: Callable[[], int]) -> None:
    url = f"http://127.0.0.1:{unused_port()}/update"
    with pytest.raises(EndpointError, match="run the same command again"):
        Store(url, url).update("CLEAR ALL")


class _Small(http.server.BaseHTTPRequestHandler):
    """A store that takes no update of more than 100 triples, and keeps the sizes of the others."""

    taken: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        triples = body.count("regel")
        self.send_response(500 if triples > 100 else 204)
        if triples <= 100:
            self.taken.append(triples)
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.end_headers()
        count = {"n": {"type": "literal", "value": "0"}}
        found = {"head": {"vars": ["n"]}, "results": {"bindings": [count]}}
        ask = "ASK" in self.path
        self.wfile.write(json.dumps({"head": {}, "boolean": False} if ask else found).encode())

    def log_message(self, *_: object) -> None: ...


def test_a_store_gets_batches_as_small_as_it_takes() -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Small) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        _Small.taken.clear()
        report = upload(some_triples(BATCH_TRIPLES), Store(url, url), NAME, silent)
        server.shutdown()
    assert sum(_Small.taken) == BATCH_TRIPLES
    assert max(_Small.taken) <= 100
    assert not report.result.sound


class _NotWhole(http.server.BaseHTTPRequestHandler):
    """A Graph Store that fails at every graph that is put, with one status."""

    status: ClassVar[int] = 500

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


def test_a_graph_that_a_store_fails_to_take_whole_is_sent_in_parts(store: Store) -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _NotWhole) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        failing = replace(store, graph_store_url=f"http://127.0.0.1:{server.server_port}/")
        _NotWhole.status = 500
        report = upload(some_triples(30), failing, NAME, silent)
        assert (report.sent, report.result.sound, held(store, NAME)) == (30, True, 30)
        _NotWhole.status = 403
        with pytest.raises(RefusedError, match="403"):
            upload(some_triples(31), failing, NAME, silent)
        server.shutdown()
    assert held(store, NAME) == 30


@pytest.mark.parametrize("url", ["ftp://host/", "host:80", ""])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="no address of a store"):
        Store("http://host/", url)


def test_an_address_that_takes_no_updates_is_told(store: Store) -> None:
    with pytest.raises(RefusedError, match="--update"):
        Store(store.query_url, store.query_url).update("CLEAR ALL")


class Again:
    """Triples that are made anew at each reading, as those of a large graph are."""

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(some_triples(2 * BATCH_TRIPLES + 7))


@pytest.mark.parametrize("protocol", ["update", "graph store"])
def test_triples_are_read_as_often_as_needed_and_never_kept(store: Store, protocol: str) -> None:
    if protocol == "graph store":
        store = replace(store, graph_store_url=store.query_url.replace("/query", "/store"))
    number = 2 * BATCH_TRIPLES + 7
    report = upload(Again(), store, NAME, silent)
    assert (report.sent, report.result) == (number, Comparison(number, number, 0, (), ()))
    assert upload(Again(), store, NAME, silent).sent == 0
