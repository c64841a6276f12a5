"""The shared fixtures themselves: each gives what it promises."""

import urllib.parse
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.browser
def test_page_is_driven_by_a_real_browser(page: Any) -> None:
    page.set_content("<html lang=nl><title>t</title><main><h1>Kop</h1></main>")
    assert page.inner_text("h1") == "Kop"


@pytest.mark.browser
def test_axe_reports_what_is_wrong_and_only_that(
    page: Any, axe_violations: Callable[[Any], list[str]]
) -> None:
    page.set_content("<html lang=nl><title>t</title><main><h1>Kop</h1><img src=''></main>")
    assert [line.split()[0] for line in axe_violations(page)] == ["image-alt"]
    page.set_content("<html lang=nl><title>t</title><main><h1>Kop</h1></main>")
    assert axe_violations(page) == []


@pytest.mark.server
def test_each_oxigraph_server_is_its_own(oxigraph_server: Callable[[], str]) -> None:
    first, second = oxigraph_server(), oxigraph_server()
    update = urllib.request.Request(
        f"{first}/update",
        data=b"INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        headers={"Content-Type": "application/sparql-update"},
    )
    urllib.request.urlopen(update).close()
    ask = urllib.parse.urlencode({"query": "ASK { ?s ?p ?o }"})
    answers = [
        urllib.request.urlopen(f"{address}/query?{ask}").read() for address in (first, second)
    ]
    assert [b"true" in answer for answer in answers] == [True, False]
