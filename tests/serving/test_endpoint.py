"""The endpoint on a real server: its limits, its refusals, and what it never does."""

import http.server
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.server

DATA = """
@prefix kg: <https://w3id.org/kamergraaf/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <https://w3id.org/kamergraaf/id/> .
<https://w3id.org/kamergraaf/id/document/aa> a kg:SourceDocument ; rdfs:label "a.txt" .
"""
NUMBERS = "".join(f"id:n{n} rdfs:label '{n}' .\n" for n in range(300))
ALL = "SELECT * { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
HUNGRY = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }"


def start(
    folder: Path, serve_process: Callable[..., None], port: int, *options: str
) -> httpx.Client:
    graph = folder / "graph.ttl"
    graph.write_text(DATA + NUMBERS, encoding="utf-8")
    serve_process(
        [sys.executable, "-m", "kg", "serve", str(graph), "--port", str(port), *options],
        url=f"http://127.0.0.1:{port}/health",
    )
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)


@pytest.fixture
def client(
    tmp_path: Path, serve_process: Callable[..., None], unused_port: Callable[[], int]
) -> Iterator[httpx.Client]:
    with start(
        tmp_path,
        serve_process,
        unused_port(),
        "--timeout",
        "2",
        "--rows",
        "301",
        "--allow-origin",
        "*",
    ) as client:
        yield client


def test_results_come_in_every_format_and_say_so(client: httpx.Client) -> None:
    for name, media_type, begins in [
        ("json", "application/sparql-results+json", b'{"head"'),
        ("xml", "application/sparql-results+xml", b"<?xml"),
        ("csv", "text/csv", b"n\r\n301"),
        ("tsv", "text/tab-separated-values", b"?n\n301"),
    ]:
        query = {"query": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"}
        negotiated = client.get("/sparql", params=query, headers={"Accept": media_type})
        named = client.get("/sparql", params=query | {"format": name})
        assert negotiated.content == named.content
        assert negotiated.content.startswith(begins)
        assert negotiated.headers["content-type"].partition(";")[0] == media_type
        assert "Accept" in negotiated.headers["vary"]
    described = "DESCRIBE <https://w3id.org/kamergraaf/id/document/aa>"
    for name, media_type in [
        ("ttl", "text/turtle"),
        ("nt", "application/n-triples"),
        ("jsonld", "application/ld+json"),
        ("rdf", "application/rdf+xml"),
    ]:
        reply = client.get("/sparql", params={"query": described, "format": name})
        assert reply.headers["content-type"] == media_type
        assert "a.txt" in reply.text


def test_what_cannot_be_answered_is_refused_with_a_reason(client: httpx.Client) -> None:
    update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"
    cases = [
        (client.get("/sparql", params={"query": "SELEKT"}), 400, "not valid SPARQL"),
        (client.get("/sparql", params={"x": "y"}), 400, "send one query; there are 0"),
        (client.get("/sparql", params={"query": update}), 400, "not valid SPARQL"),
        (client.get("/sparql", params={"query": ALL, "format": "pdf"}), 406, "json, xml, csv"),
        (
            client.get("/sparql", params={"query": ALL}, headers={"Accept": "image/png"}),
            406,
            "application/sparql-results+json",
        ),
        (client.get("/sparql", params={"query": "ASK {}", "format": "csv"}), 406, "+xml"),
        (
            client.get("/sparql", params={"query": ALL, "default-graph-uri": "a b"}),
            400,
            "no absolute IRI",
        ),
        (client.post("/sparql", data={"update": update}), 403, "read-only"),
        (
            client.post(
                "/sparql", content=update, headers={"Content-Type": "application/sparql-update"}
            ),
            403,
            "read-only",
        ),
        (
            client.post("/sparql", data={"query": "x" * 2_000_000}),
            413,
            "larger than",
        ),
        (client.put("/sparql", content=ALL), 405, ""),
        (client.delete("/sparql"), 405, ""),
    ]
    for reply, status, message in cases:
        assert (reply.status_code, message in reply.text) == (status, True), reply.text
    count = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"})
    assert count.json()["results"]["bindings"][0]["n"]["value"] == "302"


def test_a_result_with_too_many_rows_is_not_sent_in_part(client: httpx.Client) -> None:
    whole = client.get("/sparql", params={"query": "SELECT DISTINCT ?s { ?s ?p ?o }"})
    assert len(whole.json()["results"]["bindings"]) == 301
    for query in (ALL, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
        cut = client.get("/sparql", params={"query": query})
        assert cut.status_code == 422
        assert "more than 301" in cut.text


@pytest.mark.slow
def test_a_query_that_takes_too_long_is_stopped_and_others_are_not(client: httpx.Client) -> None:
    with ThreadPoolExecutor() as pool:
        endless = [pool.submit(client.get, "/sparql", params={"query": ENDLESS}) for _ in range(3)]
        time.sleep(0.5)
        began = time.monotonic()
        assert client.get("/health").status_code == 200
        assert time.monotonic() - began < 5
        for one in endless:
            assert one.result().status_code == 503
            assert "was stopped" in one.result().text or "too many" in one.result().text
    answered = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
    assert answered.json() == {"head": {}, "boolean": True}


@pytest.mark.slow
def test_a_query_that_takes_too_much_memory_is_stopped(
    tmp_path: Path, serve_process: Callable[..., None], unused_port: Callable[[], int]
) -> None:
    with start(tmp_path, serve_process, unused_port(), "--timeout", "120") as client:
        hungry = client.get("/sparql", params={"query": HUNGRY}, timeout=180)
        assert hungry.status_code == 503
        assert "more memory" in hungry.text
        assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


def test_a_query_reaches_no_other_server(client: httpx.Client) -> None:
    hits = []

    class Other(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hits.append(self.path)
            self.send_error(500)

        do_GET = do_POST  # noqa: N815

    with http.server.HTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        for silent in ("", "SILENT "):
            query = (
                f"SELECT * {{ SERVICE {silent}<http://127.0.0.1:{other.server_port}/x> "
                "{ ?s ?p ?o } }"
            )
            client.get("/sparql", params={"query": query})
        other.shutdown()
    assert hits == []


def test_browsers_of_other_sites_may_ask(client: httpx.Client) -> None:
    reply = client.get(
        "/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"}
    )
    assert reply.headers["access-control-allow-origin"] == "*"
    preflight = client.options(
        "/sparql",
        headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"},
    )
    assert preflight.status_code == 200


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["nowhere"], 1, "run `kg build` first"),
        (["broken.ttl"], 1, "broken.ttl, line 1: not valid Turtle"),
        (["graph.ttl", "--port", "99999"], 2, "choose another with --port"),
    ],
)
def test_a_server_that_cannot_start_says_why(
    tmp_path: Path, root: Path, arguments: list[str], code: int, message: str
) -> None:
    (tmp_path / "broken.ttl").write_text("<a> <b>", encoding="utf-8")
    (tmp_path / "graph.ttl").write_text(DATA, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", *arguments],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_many_clients_at_once_get_whole_answers(client: httpx.Client) -> None:
    query = {"query": "SELECT DISTINCT ?s { ?s ?p ?o } ORDER BY ?s"}
    with ThreadPoolExecutor(50) as pool:
        replies = list(pool.map(lambda _: client.get("/sparql", params=query), range(200)))
    assert {reply.status_code for reply in replies} == {200}
    assert len({json.dumps(reply.json()) for reply in replies}) == 1
