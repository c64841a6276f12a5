"""Things are found by their names once these are read, and the server does not wait for that."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from starlette.testclient import TestClient

import kg.serving.names
from kg.export.graph import ExportGraph
from kg.export.stored_things import StoredThings
from kg.serving.answering import Limits
from kg.serving.application import create_application
from kg.serving.names import Names

PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def names(seed_graph: Path) -> Names:
    return Names(StoredThings(ExportGraph.open(seed_graph)))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("cloud act", "law/cloud-act"),
        ("zsolt sza", "person/zsolt-szabo"),
        ("kathmann barbara", "person/barbara-kathmann"),
        ("2025Z10397", "set/2025Z10397"),
        ("SZABO", "person/zsolt-szabo"),
        ("motie 26643 1315", "motion/26643-1315"),
    ],
)
def test_a_name_is_found_by_its_words_and_their_beginnings(
    names: Names, text: str, first: str
) -> None:
    assert names.found(text)[0] == first


def test_every_word_has_to_be_there(names: Names) -> None:
    assert names.found("cloud kathmann") == []
    assert names.found("") == names.found("!?") == []
    wide, narrow = names.found("ministerie"), names.found("ministerie van financien")
    assert narrow == ["ministry/fin"]
    assert set(narrow) < set(wide)


@pytest.fixture
def unread(seed_build: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, Event]]:
    """The server of a graph whose names are read after something has happened."""
    read = Event()

    class Slow(Names):
        def __init__(self, stored: StoredThings) -> None:
            read.wait(60)
            super().__init__(stored)

    monkeypatch.setattr(kg.serving.names, "Names", Slow)
    monkeypatch.setattr(kg.serving.names, "_PATIENCE", 0.05)
    yield TestClient(create_application(seed_build, Limits())), read
    read.set()


def test_as_long_as_names_are_read_all_else_is_answered(
    unread: tuple[TestClient, Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, read = unread
    assert "Barbara Kathmann" in client.get("/").text
    assert client.get("/doc/person/barbara-kathmann", headers=PAGE).status_code == 200
    assert client.get("/id/person/kathmann", headers=PAGE).status_code == 404
    searched = client.get("/search?q=kathmann", headers=PAGE).text
    assert "namen worden nog gelezen" in searched
    assert "namen worden nog gelezen" not in client.get("/search?q=", headers=PAGE).text
    assert "<mark>" in client.get("/search?q=cloud", headers=PAGE).text
    read.set()
    monkeypatch.setattr(kg.serving.names, "_PATIENCE", 60)
    searched = client.get("/search?q=kathmann", headers=PAGE).text
    assert "/doc/person/barbara-kathmann" in searched
    assert "namen worden nog gelezen" not in searched


def test_a_graph_whose_names_cannot_be_read_says_so(
    seed_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: StoredThings) -> Names:
        raise OSError("bad disk")

    monkeypatch.setattr(kg.serving.names, "Names", unreadable)
    client = TestClient(create_application(seed_build, Limits()))
    with pytest.raises(OSError, match="bad disk"):
        client.get("/search?q=kathmann", headers=PAGE)
