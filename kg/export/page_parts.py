"""What pages are made of: addresses, links, facts, texts in pieces."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from kg.export.terms import dutch_date
from kg.rdf.vocabulary import PREFIXES

Values = dict[str, list[object]]
"""The objects of some triples of one subject by the IRI of their predicate."""


class Addresses(Protocol):
    """Where pages and data are, as seen from the page being written."""

    def page(self, local: str, fragment: str = "", sheet: int = 1) -> str:
        """The address of a sheet of the page of a local id; an empty one is the index."""

    def data(self, local: str, ending: str, sheet: int = 1) -> str:
        """The address of the data of a sheet in a format."""

    def room(self, name: str) -> str | None:
        """The address of a page of no thing (`query`, `search` …), None where there is none."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text with an address; without one it is plain text."""

    text: str
    address: str | None = None
    note: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property in Dutch and its values."""

    name: str
    values: tuple[Link, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A question, answer or letter as shown: its text in pieces, mentions being links."""

    anchor: str
    heading: str
    pieces: tuple[Link, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and the answers to it."""

    question: Unit
    answers: tuple[Unit, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part that the page does not show in place."""

    anchor: str
    label: str
    kind: str
    facts: tuple[Fact, ...]


def in_script(value: object) -> str:
    """A value as JSON that is safe inside a script element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def full_iri(name: str) -> str:
    """The IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def by_predicate(triples: Iterable[ox.Triple]) -> Values:
    """The objects of triples by the IRI of their predicate."""
    values: Values = defaultdict(list)
    for triple in triples:
        values[triple.predicate.value].append(triple.object)
    return dict(values)


def first_literal(values: Values, predicate: str) -> str | None:
    """The first literal of a property."""
    literals = (one.value for one in values.get(predicate, ()) if isinstance(one, ox.Literal))
    return next(literals, None)


def readable(literal: ox.Literal) -> str:
    """A literal as Dutch readers write it."""
    if literal.datatype.value == PREFIXES["xsd"] + "date":
        return dutch_date(literal.value)
    if literal.datatype.value == PREFIXES["xsd"] + "boolean":
        return "ja" if literal.value in ("true", "1") else "nee"
    return literal.value
