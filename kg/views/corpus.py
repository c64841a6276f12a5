"""What the explorer knows about the graph's things: labels, sets, people, texts.

Reads a store through the `view-*.rq` queries into plain values; nothing below this file speaks
SPARQL except `projections`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import pyoxigraph as ox

from kg.querying.catalogue import read_query
from kg.resources import queries_dir

_ID = "/id/"
_LABELS = ("prefLabel", "title", "label")


class Evidence(NamedTuple):
    """Why an edge is there: a set, and where known the text and the place in it.

    `unit` is the local id of a question, answer or letter ("" where the set as a whole shows
    it); `start` and `end` are half-open code points into its text, -1 where no place is known.
    """

    set: str
    unit: str = ""
    start: int = -1
    end: int = -1


@dataclass(slots=True)
class Thing:
    """A node's facts.

    `kind` is the ontology's class, with persons told apart as `Member` (of parliament) and
    `Minister` by what they did most. `detail` tells like things apart: a person's party or
    ministry, the ministries that got a set. `code` is the shortest notation ("BZK"). `pages` are
    documents about it, `matches` IRIs of the same thing elsewhere.
    """

    id: str
    kind: str
    label: str = ""
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    code: str = ""
    detail: str = ""


@dataclass(slots=True)
class SetFacts:
    """A set's facts; people, parties and ministries are local ids in printed order."""

    id: str
    kenmerk: str = ""
    aanhangsel: str = ""
    submitted: date | None = None
    answered: date | None = None
    submitters: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()


@dataclass(slots=True)
class Text:
    """A question, answer or letter.

    `numbers` are the questions that it is or answers; `confidence` is the probability that an
    answer belongs to them, 1 where the document says so itself.
    """

    id: str
    set: str
    kind: str
    text: str
    numbers: tuple[int, ...] = ()
    confidence: float = 1.0


@dataclass(slots=True)
class Corpus:
    """Everything a page can show, by local id, in sorted order."""

    base: str = ""
    things: dict[str, Thing] = field(default_factory=dict)
    sets: dict[str, SetFacts] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)


def read_rows(store: "ox.Store", query: str, **values: str) -> Iterator[tuple[str | None, ...]]:
    """The rows of `queries/<query>.rq` with `values` bound, as plain strings; unbound is None."""
    text = read_query(queries_dir() / f"{query}.rq").bound(values)
    rows = store.query(text, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        yield tuple(None if term is None else term.value for term in row)


def local_id(iri: str) -> str:
    """The IRI less base and `id/`; an IRI of another shape stays whole."""
    return iri.partition(_ID)[2] or iri


def read_corpus(store: "ox.Store") -> Corpus:
    """All things, sets and texts of the store."""
    corpus = read_without_texts(store)
    _read_texts(store, corpus)
    return corpus


def read_without_texts(store: "ox.Store") -> Corpus:
    """All things and sets of the store: what a network is made of."""
    corpus = Corpus()
    _read_things(store, corpus)
    _read_participants(store, corpus)
    return corpus


def _read_things(store: "ox.Store", corpus: Corpus) -> None:
    facts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    kinds: dict[str, str] = {}
    for iri, kind_iri, prop, value in read_rows(store, "view-things"):
        assert iri is not None
        assert kind_iri is not None
        corpus.base = corpus.base or (iri.partition(_ID)[0] + _ID if _ID in iri else "")
        thing, kind = local_id(iri), kind_iri.rpartition("#")[2]
        kinds[thing] = min(kind, kinds.get(thing, kind))
        if prop and value:
            facts[thing][prop.rpartition("#")[2].rpartition("/")[2]].add(value)
    for thing, kind in sorted(kinds.items()):
        known = facts[thing]
        label = next((min(known[name]) for name in _LABELS if known[name]), "")
        others = known["altLabel"] | known["notation"] | known["prefLabel"]
        corpus.things[thing] = Thing(
            id=thing,
            kind=kind,
            label=label or thing.rpartition("/")[2],
            aliases=tuple(sorted(others - {label})),
            identifiers=tuple(sorted(known["identifier"])),
            pages=tuple(sorted(known["page"])),
            matches=tuple(sorted(known["exactMatch"])),
            code=min(known["notation"], key=_by_length, default=""),
        )
        if kind == "QuestionSet":
            corpus.sets[thing] = SetFacts(
                id=thing,
                kenmerk=min(known["identifier"], default=""),
                aanhangsel=min(known["aanhangsel"], default=""),
                submitted=_day(known["submittedOn"]),
                answered=_day(known["answeredOn"]),
            )


def _day(values: set[str]) -> date | None:
    try:
        return date.fromisoformat(min(values, default="")[:10])
    except ValueError:
        return None


def _read_participants(store: "ox.Store", corpus: Corpus) -> None:
    rows = sorted(
        (
            local_id(key or ""),
            role or "",
            int(order or 0),
            local_id(person or ""),
            local_id(party or ""),
            local_id(ministry or ""),
        )
        for key, role, order, person, party, ministry in read_rows(store, "view-participants")
    )
    by_set: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
    roles: dict[str, int] = defaultdict(int)
    bodies_of: dict[str, Counter[str]] = defaultdict(Counter)
    for key, role, _, person, party, ministry in rows:
        by_set[key].append((role, person, party, ministry))
        roles[person] += 1 if role == "submitter" else -1
        bodies_of[person][party if role == "submitter" else ministry] += 1
    for key, people in by_set.items():
        facts = corpus.sets.get(key)
        if facts is None:
            continue
        asked = [row for row in people if row[0] != "submitter"]
        sent = [row for row in people if row[0] == "submitter"]
        facts.submitters = tuple(dict.fromkeys(row[1] for row in sent))
        facts.addressees = tuple(dict.fromkeys(row[1] for row in asked))
        facts.parties = tuple(dict.fromkeys(row[2] for row in sent if row[2]))
        facts.ministries = tuple(dict.fromkeys(row[3] for row in asked if row[3]))
        codes = [_code(corpus.things[key]) for key in facts.ministries if key in corpus.things]
        corpus.things[key].detail = ", ".join(codes[:3]) + (" …" if len(codes) > 3 else "")
    for person, score in roles.items():
        thing = corpus.things.get(person)
        if thing is None:
            continue
        thing.kind = "Member" if score >= 0 else "Minister"
        bodies = [(-count, key) for key, count in bodies_of[person].items() if key in corpus.things]
        if bodies:
            thing.detail = _code(corpus.things[min(bodies)[1]])


def _code(body: Thing) -> str:
    return body.code if body.code and len(body.label) > 12 else body.label


def _by_length(name: str) -> tuple[int, str]:
    return len(name), name


def _read_texts(store: "ox.Store", corpus: Corpus) -> None:
    numbers: dict[str, set[int]] = defaultdict(set)
    found: dict[str, tuple[str, str, str]] = {}
    sure: dict[str, float] = {}
    for unit, key, kind, number, text, confidence in read_rows(store, "view-texts"):
        assert unit is not None
        assert text is not None
        found[local_id(unit)] = min(
            (local_id(key or ""), kind or "", text), found.get(local_id(unit), ("\uffff",) * 3)
        )
        if number:
            numbers[local_id(unit)].add(int(number))
        if confidence:
            sure[local_id(unit)] = float(confidence)
    order = {"question": 0, "answer": 1, "letter": 2}
    for unit, (key, kind, text) in sorted(
        found.items(),
        key=lambda item: (item[1][0], order[item[1][1]], sorted(numbers[item[0]]), item[0]),
    ):
        corpus.texts[unit] = Text(
            unit, key, kind, text, tuple(sorted(numbers[unit])), sure.get(unit, 1.0)
        )
