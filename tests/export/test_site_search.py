"""Search on a static site, in a browser that opens it from disk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.building.building import silent
from kg.export.site import write_site

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
