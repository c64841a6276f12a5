"""The things of the seeds over HTTP: every IRI, every link, every format."""

import socket
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import httpx
import pyoxigraph as ox
import pytest

from kg.export.graph import ExportGraph
from kg.querying.catalogue import find_query, read_catalogue

pytestmark = pytest.mark.server

SET = "set/2025Z10397"
FORMATS: dict[str, tuple[str, ox.RdfFormat]] = {
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
def client(seed_server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=seed_server, timeout=60, trust_env=False) as client:
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
        ("/def", "text/html", 303, "/ontology/"),
        ("/def", "text/turtle", 303, "/ontology/kamergraaf.ttl"),
        ("/def", "application/ld+json", 303, "/ontology/kamergraaf.jsonld"),
        ("/def", "image/png", 406, None),
        ("/def?format=nt", "*/*", 303, "/ontology/kamergraaf.nt"),
        ("/def/0.1.0", "text/turtle", 303, "/ontology/kamergraaf.ttl"),
        ("/def/0.0.9", "text/turtle", 404, None),
        ("/shapes", "text/html", 303, "/ontology/#vormen"),
        ("/shapes", "text/turtle", 303, "/ontology/shapes.ttl"),
        ("/ontology/", "text/turtle", 200, None),
        ("/ontology/shapes.rdf", "*/*", 200, None),
        ("/ontology/shapes", "*/*", 404, None),
        ("/ontology/other.ttl", "*/*", 404, None),
        ("/ontology/authority/persons.ttl", "*/*", 404, None),
        ("/id/dataset", "text/turtle", 303, "/.well-known/void?format=ttl"),
        ("/id/dataset", "text/html", 303, "/"),
        ("/.well-known/void", "application/ld+json", 200, None),
        ("/.well-known/void", "text/html", 406, None),
        ("/sparql", "text/html", 303, "/query"),
        ("/explorer", "*/*", 200, None),
    ],
)
def test_negotiation(
    client: httpx.Client, path: str, accept: str, status: int, to: str | None
) -> None:
    headers = {"Accept": accept, "Origin": "https://example.org"}
    reply = client.get(path, headers=headers)
    assert reply.status_code == status
    if to is not None:
        assert unquote(reply.headers["location"]).endswith(to)
    if path != "/explorer":
        assert "Accept" in reply.headers["vary"]
    assert reply.headers["access-control-allow-origin"] == "*"
    head = client.head(path, headers=headers)
    assert (head.status_code, head.content) == (status, b"")
    for name in ("content-type", "content-length", "location", "etag", "vary"):
        assert head.headers.get(name) == reply.headers.get(name), name


@pytest.mark.slow
def test_every_iri_of_the_graph_is_known_in_every_format(
    client: httpx.Client, seed_graph: Path
) -> None:
    graph = ExportGraph.open(seed_graph)
    things = {one.value for one in graph.subjects if isinstance(one, ox.NamedNode)}
    for media_type, (_, form) in FORMATS.items():
        known: set[str] = set()
        for iri in sorted(things):
            reply = client.get(iri_path(graph, iri), headers={"Accept": media_type})
            assert reply.status_code == 303, iri
            reply = client.get(reply.headers["location"])
            assert reply.headers["content-type"].partition(";")[0] == media_type
            read = {q.triple for q in ox.parse(reply.content, format=form)}
            assert any(triple.subject.value == iri for triple in read), iri
            known |= {str(triple) for triple in read}
        assert known == {str(triple) for triple in graph.triples()}, media_type
    pages: dict[str, set[str]] = {}
    for iri in sorted(things):
        reply = client.get(iri_path(graph, iri), headers={"Accept": "text/html"})
        address, fragment = urldefrag(reply.headers["location"])
        if address not in pages:
            pages[address] = Links(client.get(address).raise_for_status().text).ids
        assert not fragment or unquote(fragment) in pages[address], iri


def test_every_other_iri_of_ours_leads_somewhere(client: httpx.Client, seed_graph: Path) -> None:
    graph = ExportGraph.open(seed_graph)
    terms = {term for triple in graph.triples() for term in (triple.predicate, triple.object)}
    iris = {urldefrag(term.value)[0] for term in terms if isinstance(term, ox.NamedNode)}
    ours = {iri for iri in iris if iri.startswith(graph.base)}
    assert f"{graph.base}def" in ours
    for iri in sorted(ours):
        assert client.get(iri_path(graph, iri)).status_code == 303, iri


def iri_path(graph: ExportGraph, iri: str) -> str:
    """The path on the server of an IRI of the graph."""
    return "/" + iri.removeprefix(graph.base)


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


def test_a_format_that_there_is_not_is_refused_with_the_list(client: httpx.Client) -> None:
    for path in (f"/id/{SET}", f"/doc/{SET}", "/def"):
        reply = client.get(path, headers={"Accept": "image/png"})
        assert reply.status_code == 406
        for media_type in ("text/html", *FORMATS):
            assert media_type in reply.text


@pytest.mark.parametrize(
    ("path", "help_"),
    [
        ("/id/person/kathmann", "/id/person/barbara-kathmann"),
        (f"/id/{SET}/question/99", f"/id/{SET}"),
        (f"/doc/{SET}.docx", f"/id/{SET}"),
        ("/id/SET/2025z10397", f"/id/{SET}"),
        ("/organisation/microsoft", "/id/organisation/microsoft"),
    ],
)
def test_a_wrong_address_is_told_the_right_one(client: httpx.Client, path: str, help_: str) -> None:
    for media_type in ("text/turtle", "text/plain"):
        reply = client.get(path, headers={"Accept": media_type})
        assert (reply.status_code, help_ + "\n" in reply.text) == (404, True)
    page = Links(client.get(path, headers={"Accept": "text/html"}).text)
    assert help_.replace("/id/", "/doc/") in page.links


@pytest.mark.parametrize(
    "path",
    [
        "/id/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/doc//etc/passwd",
        "/doc/..%5c..%5cwindows",
        "/ontology/../../etc/passwd",
        "/ontology/%2e%2e/%2e%2e/pyproject.toml",
        "/yasgui/%2e%2e/application.py",
        "/yasgui/../application.py",
        "/id/%ff%fe",
        "/id/%00",
        "/id/set/%0d%0aSet-Cookie:%20a=b",
        "/id/<script>alert(1)</script>",
        "/id/" + "a/" * 900,
    ],
)
def test_path_tricks_find_nothing(client: httpx.Client, path: str) -> None:
    with socket.create_connection((client.base_url.host, client.base_url.port)) as line:
        line.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
        )
        reply = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    head, _, body = reply.partition("\r\n\r\n")
    assert head.split()[1] in ("400", "404"), head
    assert "set-cookie" not in head.lower()
    assert "root:" not in body
    assert "<script>alert" not in body


@pytest.mark.browser
def test_the_query_page_asks_without_requests_elsewhere_and_is_accessible(
    client: httpx.Client, page: Any, axe_violations: Callable[[Any], list[str]]
) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{client.base_url}/query")
    options = page.locator("#example option").all_inner_texts()
    assert len(options) == 1 + len(read_catalogue())
    assert axe_violations(page) == []
    page.select_option("#example", label=find_query("sets").title_nl)
    page.click("#run")
    page.wait_for_selector(".yasr table tbody tr")
    assert "19 results" in page.inner_text(".yasr")
    assert axe_violations(page) == []
    (first, *_) = [link.get_attribute("href") for link in page.locator(".yasr a.iri").all()]
    assert client.get(first).status_code == 303
    page.evaluate("() => { yasgui.getTab().setQuery('SELECT * { ?s ?p }'); }")
    page.click("#run")
    page.wait_for_selector(".yasr .errorResult")
    assert "not valid SPARQL" in page.inner_text(".yasr")
    assert {urlsplit(url).port for url in requests} == {client.base_url.port}


@pytest.mark.browser
def test_the_page_of_nothing_helps(
    client: httpx.Client, page: Any, axe_violations: Callable[[Any], list[str]]
) -> None:
    page.goto(f"{client.base_url}/id/set/{quote('bestaat niet')}")
    assert "Niet gevonden" in page.inner_text("h1")
    assert axe_violations(page) == []
    page.click("main > p > a")
    assert page.inner_text("h1") == "Kamervragen als graaf"
