"""Asking endpoints: a real Oxigraph server, and servers that misbehave."""

import io
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import EndpointError, QueryError, UsageError
from kg.querying.catalogue import read_catalogue
from kg.querying.results import write_results
from kg.querying.running import run_embedded, run_remote
from kg.store import remote
from kg.store.remote import LONGEST_GET, Endpoint

ONE = "SELECT ?x WHERE { VALUES ?x { 1 } }"
JSON = "application/sparql-results+json"
EMPTY = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'


@pytest.fixture
def loaded_server(oxigraph_server: Callable[[], str], seed_graph: Path) -> str:
    url = oxigraph_server()
    request = urllib.request.Request(
        f"{url}/store?default",
        data=seed_graph.read_bytes(),
        headers={"Content-Type": "text/turtle"},
        method="PUT",
    )
    urllib.request.urlopen(request, timeout=60).close()
    return f"{url}/query"


@pytest.mark.server
def test_every_named_query_gives_the_same_as_embedded(loaded_server: str, seed_graph: Path) -> None:
    store = ox.Store()
    store.bulk_load(path=str(seed_graph), format=ox.RdfFormat.TURTLE)
    for query in read_catalogue():
        form = "csv" if query.columns else "ttl"
        here, there = io.BytesIO(), io.BytesIO()
        write_results(run_embedded(query, {}, store), form, here)
        write_results(run_remote(query, {}, loaded_server), form, there)
        assert there.getvalue() == here.getvalue(), query.name


@pytest.mark.server
def test_long_queries_ask_and_construct(loaded_server: str) -> None:
    endpoint = Endpoint(loaded_server)
    long = ONE + " # " + "x" * LONGEST_GET
    (row,) = endpoint.query(long)
    assert row["x"].value == "1"
    assert bool(endpoint.query("ASK { ?s ?p ?o }")) is True
    (triple,) = endpoint.query("CONSTRUCT { <a:s> <a:p> ?x } { VALUES ?x { 1 } }")
    assert triple.object == ox.Literal(1)


@pytest.mark.server
def test_a_malformed_query_is_told_what_is_wrong(loaded_server: str) -> None:
    with pytest.raises(QueryError, match=r"rejects the query: .*1:"):
        Endpoint(loaded_server).query("SELECT nonsense")


@pytest.mark.server
def test_a_wrong_path_is_told(oxigraph_server: Callable[[], str]) -> None:
    with pytest.raises(EndpointError, match=r"failed: .*is it the address"):
        Endpoint(f"{oxigraph_server()}/nothing").query(ONE)


@contextmanager
def serving(
    status: int, media_type: str, body: bytes, *, wait: float = 0, lie: int = 0
) -> Iterator[tuple[str, list[BaseHTTPRequestHandler]]]:
    """A server that gives one answer to all; `lie` is added to the length it announces."""
    seen: list[BaseHTTPRequestHandler] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self)
            self.body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            time.sleep(wait)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body) + lie))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", seen
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.server
@pytest.mark.parametrize(
    ("status", "media_type", "body", "error", "reason"),
    [
        (200, "text/html", b"<html>hello</html>", EndpointError, "no SPARQL results but text/html"),
        (200, JSON, b'{"head":{', EndpointError, "no SPARQL results"),
        (200, JSON, b"", EndpointError, "no SPARQL results"),
        (200, JSON, b"\xff\xfe\x00", EndpointError, "no SPARQL results"),
        (400, "text/plain", b"line 1: what?", QueryError, "rejects the query: line 1: what"),
        (401, "text/plain", b"who are you", EndpointError, "who are you"),
        (403, "text/plain", b"", EndpointError, "answered 403"),
        (404, "text/html", b"not here", EndpointError, "not here"),
        (500, "text/plain", b"out of memory", EndpointError, "out of memory"),
        (503, "text/plain", b"", EndpointError, "answered 503"),
    ],
)
def test_bad_answers(
    status: int, media_type: str, body: bytes, error: type[Exception], reason: str
) -> None:
    with serving(status, media_type, body) as (url, _), pytest.raises(error, match=reason) as told:
        Endpoint(url, timeout=5).query(ONE)
    assert "\n" not in str(told.value)
    assert url in str(told.value)


@pytest.mark.server
def test_a_silent_server_times_out() -> None:
    begin = time.monotonic()
    with (
        serving(200, JSON, EMPTY, wait=2) as (url, _),
        pytest.raises(EndpointError, match=r"no answer within 0\.3 s"),
    ):
        Endpoint(url, timeout=0.3).query(ONE)
    assert time.monotonic() - begin < 10


@pytest.mark.server
def test_an_answer_without_end_is_not_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MOST_BYTES", 1000)
    body = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
    for size, taken in ((1000, True), (1001, False)):
        with serving(200, JSON, body.ljust(size)) as (url, _):
            if taken:
                Endpoint(url, timeout=5).query(ONE)
            else:
                with pytest.raises(EndpointError, match="more than 1000 bytes"):
                    Endpoint(url, timeout=5).query(ONE)


@pytest.mark.server
def test_a_broken_off_answer_is_no_answer() -> None:
    with serving(200, JSON, EMPTY, lie=100) as (url, _), pytest.raises(EndpointError):
        Endpoint(url, timeout=1).query(ONE)


@pytest.mark.server
def test_requests_say_who_asks_and_are_short_gets_or_long_posts() -> None:
    with serving(200, JSON, EMPTY) as (url, seen):
        Endpoint(url).query(ONE)
        Endpoint(url).query(ONE + " #" + "x" * LONGEST_GET)
    assert [one.command for one in seen] == ["GET", "POST"]
    assert all(one.headers["User-Agent"].startswith("kamergraaf/") for one in seen)
    assert all(JSON in one.headers["Accept"] for one in seen)


@pytest.mark.server
@pytest.mark.parametrize("text", [ONE, ONE + " #" + "x" * LONGEST_GET], ids=["get", "post"])
def test_parameters_in_the_address_are_sent_along(text: str) -> None:
    with serving(200, JSON, EMPTY) as (url, seen):
        Endpoint(f"{url}?default-graph-uri=urn%3Ag").query(text)
    (request,) = seen
    sent = request.path
    if request.command == "POST":
        assert request.path == "/sparql"
        sent = request.body
    assert "default-graph-uri=urn%3Ag" in sent
    assert "query=SELECT" in sent


def test_nobody_there() -> None:
    with pytest.raises(EndpointError, match=r"cannot be reached: .*is the server running"):
        Endpoint("http://127.0.0.1:9/sparql", timeout=2).query(ONE)


@pytest.mark.parametrize("url", ["", "sparql", "ftp://example.org/x", "http://", "file:///etc"])
def test_what_is_no_endpoint(url: str) -> None:
    with pytest.raises(UsageError, match="no endpoint"):
        Endpoint(url)


@pytest.mark.parametrize("text", ["INSERT DATA { }", "DELETE WHERE { ?s ?p ?o }", "DROP ALL"])
def test_updates_are_never_sent(text: str) -> None:
    with pytest.raises(QueryError, match="only SELECT, ASK"):
        Endpoint("http://127.0.0.1:9/sparql").query(text)
