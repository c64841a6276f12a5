"""The things of the graph as readers meet them: which have a page, their names, links to them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.export.graph import LABEL, TYPE
from kg.export.page_parts import Addresses, Link, full_iri, readable
from kg.export.terms import dutch_name
from kg.export.told import PartSheets
from kg.model.spelling import natural_order
from kg.rdf.vocabulary import KG

SET = ox.NamedNode(KG + "QuestionSet")
_IDENTIFIER = full_iri("dcterms:identifier")
_ANSWERED_BY, _ADDRESSED_TO = KG + "answeredBy", KG + "addressedTo"
TOLD_BY_ENTRIES = (LABEL,)
TOLD_BY_ENTRIES_OF_SETS = (LABEL, *map(ox.NamedNode, (_IDENTIFIER, _ANSWERED_BY, _ADDRESSED_TO)))
"""Beside the classes, the properties that an `entry_of` a thing is made of."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a thing on the pages of others.

    Of a set, `number` is its kenmerk, and `people` are the local ids of whom it was put to.
    """

    label: str
    number: str = ""
    people: tuple[str, ...] = ()


def entry_of(local: str, triples: Iterable[ox.Triple], prefix: str) -> Entry:
    """The entry of a thing by its triples; `prefix` is what local ids are without."""
    labels: list[ox.Literal] = []
    number, asked, answered, is_set = "", [], [], False
    for triple in triples:
        predicate, term = triple.predicate.value, triple.object
        if isinstance(term, ox.Literal):
            if predicate == LABEL.value:
                labels.append(term)
            elif predicate == _IDENTIFIER:
                number = number or term.value
        elif predicate == TYPE.value:
            is_set = is_set or term == SET
        elif isinstance(term, ox.NamedNode):
            if predicate == _ANSWERED_BY:
                answered.append(term.value.removeprefix(prefix))
            elif predicate == _ADDRESSED_TO:
                asked.append(term.value.removeprefix(prefix))
    dutch = (one.value for one in labels if one.language == "nl")
    label = next(dutch, labels[0].value if labels else local)
    return Entry(label, number, tuple(answered or asked)) if is_set else Entry(label)


def is_set(triples: Iterable[ox.Triple]) -> bool:
    """Whether triples are those of a set of questions."""
    return any(one.predicate == TYPE and one.object == SET for one in triples)


class Directory(Protocol):
    """All things of a graph, by local id."""

    def entry(self, local: str) -> Entry | None:
        """A thing or part; None where the graph says nothing of it."""

    def parts(self, whole: str) -> PartSheets:
        """How the parts of a thing lie on sheets."""

    def kin(self, robin: str) -> Sequence[str]:
        """The sets of a round robin, in order."""


class Things:
    """The things of a graph.

    A thing may be a part of another: then its IRI continues that of the whole, such as those of
    the questions of a set, and it is shown on the page of the whole.
    """

    def __init__(self, base: str, directory: Directory) -> None:
        self.base = base
        self.directory = directory
        self._prefix = f"{base}id/"

    def knows(self, local: str) -> bool:
        """Whether the graph says something about the thing with this local id."""
        return self.directory.entry(local) is not None

    def whole_of(self, local: str) -> str:
        """The local id of the thing on whose page `local` is shown, maybe `local` itself."""
        whole = whole_of(local)
        return whole if whole == local or self.knows(whole) else local

    def address(self, local: str, addresses: Addresses) -> str:
        """Where a thing or part is shown: its page, or its place on the page of its whole."""
        whole = self.whole_of(local)
        if whole == local:
            return addresses.page(local)
        starts = self.directory.parts(whole).starts
        sheet = 1
        if starts:
            sheet = bisect_right(starts, natural_order(local), key=natural_order) + 1
        return addresses.page(whole, local.removeprefix(whole).removeprefix("/"), sheet)

    def set_note(self, local: str) -> str:
        """What tells a set from others with its title: its number and whom it was put to."""
        entry = self.directory.entry(local)
        if entry is None or not (entry.number or entry.people):
            return ""
        names = ", ".join(map(self.name, entry.people))
        return " · ".join(filter(None, (entry.number, f"aan {names}" if names else "")))

    def label(self, term: ox.NamedNode | ox.BlankNode) -> str:
        """The name of a thing, Dutch where there is one."""
        return self.name(self.local(term))

    def link(self, term: object, addresses: Addresses, note: str = "") -> Link:
        """A value as it is shown: a link to its page, to the web, or text."""
        if isinstance(term, ox.Literal):
            return Link(readable(term), note=note)
        if not isinstance(term, ox.NamedNode):
            return Link(str(term), note=note)
        return self.link_to(self.local(term), addresses, note)

    def link_to(self, local: str, addresses: Addresses, note: str = "") -> Link:
        """A link to a thing by its local id, or to another IRI."""
        entry = self.directory.entry(local)
        if entry is not None:
            return Link(entry.label, self.address(local, addresses), note)
        document, _, place = local.partition("#char=")
        if place and self.knows(document):
            start, _, end = place.partition(",")
            text = f"{self.name(document)}, tekens {start}–{end}"
            return Link(text, addresses.page(document), note)
        iri = local if ":" in local else self._prefix + local
        if iri.startswith(("http://", "https://")):
            parts = urlsplit(iri)
            return Link(f"{parts.netloc}{parts.path}", iri, note)
        return Link(iri, note=note)

    def local(self, thing: ox.NamedNode | ox.BlankNode) -> str:
        """The local id of a thing; all of an IRI that is not ours."""
        return thing.value.removeprefix(self._prefix)

    def node(self, local: str) -> ox.NamedNode:
        """The thing with a local id."""
        return ox.NamedNode(self._prefix + local)

    def name(self, local: str) -> str:
        """The name of a thing by its local id."""
        entry = self.directory.entry(local)
        return local if entry is None else entry.label


def whole_of(local: str) -> str:
    """The local id of what `local` is a part of by its IRI, maybe `local` itself."""
    parts = local.split("/", 2)
    return local if len(parts) < 3 else f"{parts[0]}/{parts[1]}"


def kind_of(types: Sequence[str]) -> str:
    """The Dutch name of the first of a thing's classes."""
    name = dutch_name(types[0]) if types else "ding"
    return name[:1].upper() + name[1:]
