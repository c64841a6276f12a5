"""Search on a static site, in a browser that opens it from disk."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from kg.building.building import silent
from kg.export.site import write_site
from kg.querying.search import stem, words_of

WORDS = (
    "yoghurt", "Yerseke", "royaal", "royeren", "geiten", "aaien", "bruggen", "huizen", "brieven",
    "mogelijkheden", "overheid", "vrijheid", "gemeenten", "gemen", "rijen", "dijkje", "eigenlijk",
    "betaalbaar", "openbaar", "lopende", "wandelingen", "nodige", "ë", "café's", "Szabó", "a", "en",
    "es", "heid", "heden", "ene", "maan", "manen", "brood", "broden", "ﬁnancieel", "ΑΒΓ", "12de",
)  # fmt: skip

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(seed_build: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("searched") / "site"
    write_site(seed_build, folder, silent)
    return (folder / "search.html").as_uri()


@pytest.mark.parametrize(
    ("asked", "kind", "word"),
    [
        ("cloud act", "", "cloud"),
        ("overheden", "answer", "overhe"),
        ('"CLOUD"', "question", "cloud"),
    ],
)
def test_words_are_found_in_any_inflection(
    page: Any,
    axe_violations: Callable[[Any], list[str]],
    address: str,
    asked: str,
    kind: str,
    word: str,
) -> None:
    page.goto(address)
    page.fill("#words", asked)
    page.select_option("#kind", kind)
    page.click("button")
    page.wait_for_function("document.getElementById('found').textContent.includes('gevonden')")
    texts = page.locator("#hits li").all_inner_texts()
    assert texts
    assert any(word in text.lower() for text in texts)
    assert axe_violations(page) == []
    page.locator("#hits a").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text()
    assert "/doc/set/" in page.url


def test_nothing_is_said_to_be_nothing(page: Any, address: str) -> None:
    page.goto(f"{address}?q=zzzzqqq")
    page.wait_for_function("document.getElementById('found').textContent === 'Niets gevonden'")
    assert page.locator("#hits li").count() == 0


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("kathmann", "Barbara Kathmann"),
        ("barb KATH", "Barbara Kathmann"),
        ("szabo", "Szabó"),
        ("2025Z10397", "De groeiende afhankelijkheid van Amerikaanse techgiganten"),
    ],
)
def test_names_are_found_by_their_beginnings_before_texts(
    page: Any, address: str, asked: str, first: str
) -> None:
    page.goto(f"{address}?q={asked}")
    page.wait_for_function("document.getElementById('found').textContent.includes('gevonden')")
    names = page.locator("#names li").all_inner_texts()
    assert any(first in name for name in names[:3])
    page.click("#names a >> nth=0")
    assert page.locator("h1").is_visible()
    assert "/doc/" in page.url


def test_kinds_are_told_apart(page: Any, address: str) -> None:
    found = {}
    for kind in ("", "name", "set", "question", "answer", "letter"):
        page.goto(f"{address}?q=overheid&kind={kind}")
        page.wait_for_function("document.getElementById('found').textContent.includes('evonden')")
        told = page.inner_text("#found")
        found[kind] = int(next(iter(re.findall(r"(\d+) tekst", told)), 0))
        assert page.locator("#names").is_visible() == (
            kind in ("", "name") and "na" in told.split("tekst")[0]
        )
    assert found["name"] == 0
    assert found[""] == sum(found[kind] for kind in ("set", "question", "answer", "letter"))
    assert min(found["question"], found["answer"]) > 0


def test_the_browser_stems_as_the_server_does(page: Any, address: str, seed_graph: Path) -> None:
    words = sorted({*words_of(seed_graph.read_text("utf-8")), *WORDS})
    page.goto(address)
    found = page.evaluate("words => words.map(word => stem(word))", words)
    assert [
        (word, stem(word), other)
        for word, other in zip(words, found, strict=True)
        if stem(word) != other
    ] == []


def test_a_missing_file_of_the_index_is_told(page: Any, address: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(Path(unquote(urlsplit(address).path)).parent, site)
    shutil.rmtree(site / "search" / "texts-words")
    page.goto((site / "search.html").as_uri() + "?q=overheid")
    page.wait_for_function("document.getElementById('found').textContent.includes('ontbreekt')")
