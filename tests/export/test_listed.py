"""The front page: kinds with their counts, the newest sets, and never a list of everything."""

from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg.export.listed
import kg.export.stored_listing
from kg.export.graph import ExportGraph, Subject
from kg.export.listed import Listed
from kg.export.pages import Pages
from kg.export.stored_listing import list_stored
from kg.export.stored_things import StoredThings
from kg.export.things import Things
from kg.rdf.iris import DEFAULT_BASE
from kg.serving.addresses import ServedAddresses
from kg.store.embedded import open_graph
from kg.store.turtle import HEAD

ADDRESSES = ServedAddresses(explorer=False)
ID = f"{DEFAULT_BASE}id/"


def written(folder: Path, blocks: dict[str, str]) -> StoredThings:
    """The things of a graph as a build writes it; `blocks` by local id, in order."""
    file = folder / "graph.ttl"
    text = "".join(f"<{ID}{local}> {told} .\n" for local, told in blocks.items())
    file.write_text(HEAD + text, encoding="utf-8")
    return StoredThings(ExportGraph(open_graph(file), file))


def in_memory(stored: StoredThings) -> StoredThings:
    """The same things, of a graph that no build wrote."""
    return StoredThings(ExportGraph(stored.graph.store))


def groups(stored: StoredThings) -> dict[str, tuple[list[str], int]]:
    """By kind the names that are listed, and the count."""
    links = list_stored(stored).links(Things(stored.graph.base, stored), ADDRESSES)
    return {kind: ([f"{one.text} {one.note}" for one in found], n) for kind, found, n in links}


def a_set(number: int) -> str:
    day = f'\tkg:submittedOn "2024-{number % 12 + 1:02}-{number % 28 + 1:02}"^^xsd:date ;\n'
    undated = number % 5 == 0
    return f'a kg:QuestionSet ;\n{"" if undated else day}\trdfs:label "Set {number:03}"@nl'


@pytest.fixture
def many(tmp_path: Path) -> StoredThings:
    blocks = {f"law/l{n}": f'a kg:Law ;\n\trdfs:label "Wet {n}"@nl' for n in range(450)}
    blocks |= {f"party/p{n}": f'a kg:Party ;\n\trdfs:label "Partij {n}"@nl' for n in range(100)}
    for number in range(400):
        blocks[f"set/s{number}"] = a_set(number)
        blocks[f"set/s{number}/question/1"] = 'a kg:Question ;\n\trdfs:label "Vraag 1"@nl'
    return written(tmp_path, blocks)


def test_what_is_listed_stays_bounded_and_is_counted_whole(many: StoredThings) -> None:
    found = groups(many)
    assert {kind: (len(names), count) for kind, (names, count) in found.items()} == {
        "Wet of regeling": (30, 450),
        "Partij of fractie": (100, 100),
        "Set Kamervragen": (30, 400),
    }
    assert found["Wet of regeling"][0] == sorted(f"Wet {number} " for number in range(30))


def test_the_newest_sets_come_first(many: StoredThings) -> None:
    days = {f"Set {n:03}": f"{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(400) if n % 5}
    (names, _) = groups(many)["Set Kamervragen"]
    shown = [days[name[:7]] for name in names]
    assert shown == sorted(days.values(), reverse=True)[:30]
    assert names[0].endswith("december 2024")


def test_looking_at_few_gives_what_looking_at_all_does(
    many: StoredThings, seed_graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = StoredThings(ExportGraph.open(seed_graph))
    assert seeds.graph.written is not None
    for most, of_more in ((100, 30), (10, 10), (7, 3)):
        monkeypatch.setattr(kg.export.listed, "MOST_LISTED", most)
        monkeypatch.setattr(kg.export.listed, "_LISTED_OF_MORE", of_more)
        for stored in (many, seeds):
            assert groups(stored) == groups(in_memory(stored))


def test_few_of_many_things_are_looked_up(
    many: StoredThings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[Subject] = set()
    describe = many.graph.describe

    def noted(subject: Subject, properties: Collection[ox.NamedNode | None] = (None,)) -> object:
        asked.add(subject)
        return describe(subject, properties)

    monkeypatch.setattr(many.graph, "describe", noted)
    Pages(Things(DEFAULT_BASE, many)).index(
        list_stored(many).links(Things(DEFAULT_BASE, many), ADDRESSES), ADDRESSES
    )
    assert len(asked) == 30 + 100 + 30


def test_what_workers_list_comes_together() -> None:
    one, other, both = Listed(), Listed(), Listed()
    for number in range(250):
        for listed in (one if number % 3 else other, both):
            listed.take("Wet of regeling", f"law/{number}", None)
    one.add(other)
    things = Things(DEFAULT_BASE, StoredThings(ExportGraph(ox.Store())))
    assert one.links(things, ADDRESSES) == both.links(things, ADDRESSES)
    ((_, links, count),) = both.links(things, ADDRESSES)
    assert (count, len(links)) == (250, 30)


def test_a_thing_without_class_is_counted(tmp_path: Path) -> None:
    assert groups(written(tmp_path, {"thing/1": 'rdfs:label "Iets"@nl'})) == {
        "Ding": (["Iets "], 1)
    }
