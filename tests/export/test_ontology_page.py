"""The documentation of the ontology: complete, linked, and whole without a network."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.export.graph import ExportGraph
from kg.export.ontology import Ontology, abbreviated, terms_of
from kg.export.ontology_diagram import draw
from kg.export.ontology_page import render_ontology, write_ontology
from kg.querying.catalogue import parse_query, read_catalogue
from kg.resources import ontology_dir

KG = "https://w3id.org/kamergraaf/def#"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology(ontology_dir() / "kamergraaf.ttl")


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    store = ox.Store()
    example = root / "tests" / "cases" / "example-graph" / "graph.ttl"
    store.bulk_load(path=str(example), format=ox.RdfFormat.TURTLE)
    return render_ontology(ExportGraph(store))


def anchors(page: str) -> set[str]:
    return set(re.findall(r' id="([^"]+)"', page))


def test_every_term_has_its_place_under_its_own_fragment(page: str) -> None:
    text = (ontology_dir() / "kamergraaf.ttl").read_text("utf-8")
    declared = set(re.findall(r"^kg:(\w+) a owl:", text, re.MULTILINE))
    assert len(declared) > 80
    assert declared <= anchors(page)


def test_no_link_of_the_page_to_itself_is_broken(page: str) -> None:
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert len(targets) > 100
    assert targets - anchors(page) == set()


def test_no_place_has_a_fragment_twice(page: str) -> None:
    found = re.findall(r' id="([^"]+)"', page)
    assert sorted(found) == sorted(set(found))


def test_the_page_loads_nothing(page: str) -> None:
    assert re.findall(r"<(?:script|img|iframe)[^>]*\ssrc=|@import|url\((?!#)", page) == []
    assert re.findall(r'<link [^>]*href="(?!data:)', page) == []


def test_alignments_shapes_questions_and_examples_are_there(page: str) -> None:
    assert 'href="http://www.w3.org/ns/opengov#Question"' in page
    for query in read_catalogue():
        shown = f'id="vraag-{query.name}"' in page
        assert shown != query.name.startswith("view-"), query.name
    assert "kg query late-answers -p days=0" in page
    assert "een vraag heeft één nummer, vanaf 1" in page
    assert "a question has one number, from 1" in page
    assert "Kent u het bericht 😀" in page
    assert "https://w3id.org/kamergraaf/def/0.1.0" in page


def test_the_page_is_the_same_each_time_and_needs_no_graph(page: str) -> None:
    assert render_ontology() == render_ontology()
    assert "Voorbeeld uit de graaf" in page
    assert "Voorbeeld uit de graaf" not in render_ontology()


def test_the_diagram_shows_every_class_and_the_arrows_between(ontology: Ontology) -> None:
    root = ElementTree.fromstring(draw(ontology.classes, ontology.properties))
    svg = "{http://www.w3.org/2000/svg}"
    boxes = {link.get("href") for link in root.iter("a")} | {
        link.get("href") for link in root.iter(f"{svg}a")
    }
    assert boxes == {f"#{term.anchor}" for term in ontology.classes}
    titles = [title.text or "" for title in root.iter("title")]
    assert any(
        title.startswith("QuestionSet → Question:") and "hasQuestion" in title for title in titles
    )


def test_a_new_class_gets_a_box_too(ontology: Ontology) -> None:
    from dataclasses import replace

    extra = replace(ontology.classes[0], iri=f"{KG}Unicorn", above=())
    svg = draw((*ontology.classes, extra), ontology.properties)
    assert 'href="#Unicorn"' in svg


@pytest.mark.parametrize(
    ("iri", "shown"),
    [
        (f"{KG}Answer", "kg:Answer"),
        ("http://data.europa.eu/eli/ontology#Work", "eli:Work"),
        ("https://schema.org/text", "schema:text"),
        ("https://example.org/x", "https://example.org/x"),
        ("https://schema.org/a/b", "https://schema.org/a/b"),
    ],
)
def test_iris_are_abbreviated(iri: str, shown: str) -> None:
    assert abbreviated(iri) == shown


def test_the_terms_of_a_query_are_those_it_uses() -> None:
    text = (
        "PREFIX kg: <https://w3id.org/kamergraaf/def#> # kg:not\n"
        'SELECT ?a { ?a kg:hasQuestion|kg:hasAnswer/kg:text "kg:nor" . ?a a kg:QuestionSet }'
    )
    names = [link.name for link in terms_of(parse_query(text, "q"))]
    assert names == ["kg:QuestionSet", "kg:hasAnswer", "kg:hasQuestion", "kg:text"]


@pytest.mark.parametrize("query", read_catalogue(), ids=lambda query: query.name)
def test_queries_use_declared_terms_only(ontology: Ontology, query: Any) -> None:
    declared = {f"#{term.anchor}" for term in (*ontology.classes, *ontology.properties)}
    assert {link.address for link in terms_of(query)} <= declared


@pytest.mark.browser
def test_the_page_in_a_browser(
    page_in_browser: Any, axe_violations: Callable[[Any], list[str]]
) -> None:
    browser_page, requests = page_in_browser
    browser_page.wait_for_function("performance.getEntriesByName('kg-ready').length === 1")
    assert [url for url in requests if not url.startswith("file:")] == []
    assert axe_violations(browser_page) == []
    browser_page.click("a[href='#klassen']")
    assert browser_page.locator("#QuestionSet").count() == 1


@pytest.fixture
def page_in_browser(browser: Any, tmp_path: Path) -> Any:
    write_ontology(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {
        "index.html",
        "kamergraaf.ttl",
        "manifest.json",
        "shapes.ttl",
    }
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    opened = context.new_page()
    requests: list[str] = []
    opened.on("request", lambda request: requests.append(request.url))
    opened.goto((tmp_path / "index.html").as_uri())
    yield opened, requests
    context.close()
