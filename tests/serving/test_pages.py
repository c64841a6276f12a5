"""The things of the seeds over HTTP: every IRI, every link, every format."""

import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urldefrag, urljoin

import httpx
import pyoxigraph as ox
import pytest

from kg.export.graph import ExportGraph

pytestmark = pytest.mark.server

SET = "set/2025Z10397"
FORMATS = {
    "text/turtle": ("ttl", ox.RdfFormat.TURTLE),
    "application/n-triples": ("nt", ox.RdfFormat.N_TRIPLES),
    "application/ld+json": ("jsonld", ox.RdfFormat.JSON_LD),
    "application/rdf+xml": ("rdf", ox.RdfFormat.RDF_XML),
}


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "href" and value:
                self.links.append(value)
            elif name == "id" and value:
                self.ids.add(value)


@pytest.fixture
def client(
    seed_build: Path, serve_process: Callable[..., None], unused_port: Callable[[], int]
) -> Iterator[httpx.Client]:
    port = unused_port()
    serve_process(
        [sys.executable, "-m", "kg", "serve", str(seed_build), "--port", str(port)],
        url=f"http://127.0.0.1:{port}/health",
    )
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "accept", "status", "to"),
    [
        (f"/id/{SET}", "text/html", 303, f"/doc/{SET}"),
        (f"/id/{SET}", "text/turtle", 303, f"/doc/{SET}.ttl"),
        (f"/id/{SET}", "application/ld+json", 303, f"/doc/{SET}.jsonld"),
        (f"/id/{SET}", "application/n-triples", 303, f"/doc/{SET}.nt"),
        (f"/id/{SET}", "application/rdf+xml;q=0.9, text/html;q=0.1", 303, f"/doc/{SET}.rdf"),
        (f"/id/{SET}", "*/*", 303, f"/doc/{SET}"),
        (f"/id/{SET}", "image/png", 406, None),
        (f"/id/{SET}?format=ttl", "text/html", 303, f"/doc/{SET}.ttl"),
        (f"/id/{SET}?format=docx", "text/html", 406, None),
        (f"/id/{SET}/question/3", "text/html", 303, f"/doc/{SET}#question/3"),
        (f"/id/{SET}/question/3", "text/turtle", 303, f"/doc/{SET}/question/3.ttl"),
        (f"/doc/{SET}/question/3", "text/html", 303, f"/doc/{SET}#question/3"),
        (f"/doc/{SET}", "text/html", 200, None),
        (f"/doc/{SET}", "text/turtle", 200, None),
        (f"/doc/{SET}.html", "text/turtle", 200, None),
        (f"/doc/{SET}.ttl", "text/html", 200, None),
        (f"/doc/{SET}.docx", "*/*", 404, None),
        ("/id/set/nothing", "text/html", 404, None),
        ("/id/set/nothing", "text/turtle", 404, None),
        ("/doc/../../../etc/passwd", "*/*", 404, None),
        ("/doc/%2e%2e/%2e%2e/etc/passwd", "*/*", 404, None),
        ("/doc/set%00x", "*/*", 404, None),
        ("/id/", "*/*", 404, None),
        ("/nowhere", "*/*", 404, None),
        ("/sparql", "text/html", 303, "/query"),
        ("/explorer", "*/*", 200, None),
    ],
)
def test_negotiation(
    client: httpx.Client, path: str, accept: str, status: int, to: str | None
) -> None:
    reply = client.get(path, headers={"Accept": accept})
    assert reply.status_code == status
    if to is not None:
        assert unquote(reply.headers["location"]).endswith(to)
    if path != "/explorer":
        assert "Accept" in reply.headers["vary"]


def test_every_iri_of_the_graph_leads_to_what_is_known_of_it(
    client: httpx.Client, seed_graph: Path
) -> None:
    graph = ExportGraph.open(seed_graph)
    for number, subject in enumerate(graph.subjects):
        path = subject.value.removeprefix(graph.base)
        assert path.startswith("id/")
        known = {str(triple) for triple in graph.describe(subject)}
        media_type = [*FORMATS][number % len(FORMATS)]
        reply = client.get(f"/{path}", headers={"Accept": media_type}, follow_redirects=True)
        assert (reply.status_code, reply.headers["content-type"].partition(";")[0]) == (
            200,
            media_type,
        )
        read = {str(q.triple) for q in ox.parse(reply.content, format=FORMATS[media_type][1])}
        assert known <= read
        page = client.get(f"/{path}", headers={"Accept": "text/html"})
        assert page.status_code == 303


def test_a_crawl_finds_no_broken_link(client: httpx.Client) -> None:
    pages: dict[str, Links | None] = {}
    waiting = ["/"]
    wanted: set[tuple[str, str, str]] = set()
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        reply = client.get(path)
        assert reply.status_code == 200, path
        pages[path] = None
        if reply.headers["content-type"].startswith("text/html") and path != "/explorer":
            found = pages[path] = Links(reply.text)
            for link in found.links:
                if not link.startswith(("http:", "https:", "data:")):
                    address, fragment = urldefrag(urljoin(path, link))
                    wanted.add((path, address, unquote(fragment)))
                    waiting.append(address)
    assert len(pages) > 800
    for path, address, fragment in wanted:
        target = pages[address]
        assert not fragment or (target and fragment in target.ids), (
            f"{path} -> {address}#{fragment}"
        )


def test_the_graph_describes_itself_with_its_endpoint(client: httpx.Client) -> None:
    reply = client.get("/.well-known/void")
    store = ox.Store()
    store.load(reply.content, format=ox.RdfFormat.TURTLE)
    rows = store.query("SELECT ?e { ?d <http://rdfs.org/ns/void#sparqlEndpoint> ?e }")
    (endpoint,) = [row["e"].value for row in rows]
    asked = client.get(endpoint, params={"query": "ASK { ?s ?p ?o }"})
    assert asked.json()["boolean"] is True


def test_a_page_that_did_not_change_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get(f"/doc/{SET}.ttl")
    again = client.get(f"/doc/{SET}.ttl", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/doc/{SET}.nt").headers["etag"] != first.headers["etag"]


@pytest.mark.browser
def test_the_query_page_answers_and_is_accessible(
    client: httpx.Client, page: Any, axe_violations: Callable[[Any], list[str]]
) -> None:
    page.goto(f"{client.base_url}/query")
    page.select_option("#example", index=1)
    assert "SELECT" in page.input_value("#query")
    page.fill("#query", "SELECT ?s { ?s a <https://w3id.org/kamergraaf/def#QuestionSet> }")
    page.click("button")
    page.wait_for_selector("table")
    assert page.inner_text("#status") == "19 rijen"
    assert axe_violations(page) == []
    page.fill("#query", "SELEKT")
    page.click("button")
    page.wait_for_selector("#result pre")
    assert "not valid SPARQL" in page.inner_text("#result")


@pytest.mark.browser
def test_the_page_of_nothing_helps(
    client: httpx.Client, page: Any, axe_violations: Callable[[Any], list[str]]
) -> None:
    page.goto(f"{client.base_url}/id/set/{quote('bestaat niet')}")
    assert "Niet gevonden" in page.inner_text("h1")
    assert axe_violations(page) == []
    page.click("main a")
    assert page.inner_text("h1") == "Kamervragen als graaf"
