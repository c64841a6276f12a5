"""Full text search over HTTP, on the seeds."""

import httpx
import pytest

pytestmark = pytest.mark.server


@pytest.fixture
def client(seed_server: str) -> httpx.Client:
    return httpx.Client(base_url=seed_server, timeout=60, trust_env=False)


def test_a_search_finds_texts_and_marks_their_words(client: httpx.Client) -> None:
    page = client.get("/search", params={"q": "cloud act"}, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<mark>" in page.text
    assert 'href="/doc/set/' in page.text


def test_the_same_as_json(client: httpx.Client) -> None:
    asked = {"q": "cloud act", "kind": "answer", "limit": "3"}
    found = client.get("/search", params=asked, headers={"Accept": "application/json"}).json()
    assert found["total"] >= len(found["hits"]) > 0
    assert len(found["hits"]) <= 3
    assert {hit["kind"] for hit in found["hits"]} == {"answer"}


@pytest.mark.parametrize(
    ("asked", "status", "total"),
    [
        ({"q": ""}, 200, 0),
        ({"q": "!?"}, 200, 0),
        ({}, 200, 0),
        ({"q": "kaas", "kind": "person"}, 400, None),
        ({"q": "kaas", "limit": "0"}, 400, None),
        ({"q": "kaas", "limit": "veel"}, 400, None),
        ({"q": "kaas", "limit": "00100999999999999"}, 400, None),
        ({"q": "kaas", "limit": "9" * 5000}, 400, None),
        ({"q": "kaas", "limit": "²"}, 400, None),
        ({"q": "a" * 2000}, 400, None),
    ],
)
def test_what_cannot_be_searched(
    client: httpx.Client, asked: dict[str, str], status: int, total: int | None
) -> None:
    answer = client.get("/search", params=asked, headers={"Accept": "application/json"})
    assert answer.status_code == status
    if total is not None:
        assert answer.json()["total"] == total


def test_words_are_shown_as_text(client: httpx.Client) -> None:
    page = client.get("/search", params={"q": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text
