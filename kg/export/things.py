"""The things of the graph as readers meet them: which have a page, their names, links to them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.export.graph import ExportGraph, Subject
from kg.export.page_parts import Addresses, Link, by_predicate, first_literal, full_iri, readable
from kg.export.terms import dutch_name
from kg.rdf.vocabulary import KG, PREFIXES


class Things:
    """The things of a graph.

    A thing may be a part of another: then its IRI continues that of the whole, such as those of
    the questions of a set, and it is shown on the page of the whole.
    """

    def __init__(self, graph: ExportGraph) -> None:
        self.graph = graph
        self._prefix = f"{graph.base}id/"
        self._notes: dict[str, str] = {}

    @cached_property
    def wholes(self) -> tuple[str, ...]:
        """The local ids that have a page of their own, in canonical order."""
        return tuple(local for local in self._locals if self.whole_of(local) == local)

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        parts: dict[str, list[str]] = defaultdict(list)
        for local in self._locals:
            whole = self.whole_of(local)
            if whole != local:
                parts[whole].append(local)
        return parts

    @cached_property
    def _locals(self) -> dict[str, None]:
        return {
            subject.value.removeprefix(self._prefix): None
            for subject in self.graph.subjects
            if isinstance(subject, ox.NamedNode) and subject.value.startswith(self._prefix)
        }

    def knows(self, local: str) -> bool:
        """Whether the graph says something about the thing with this local id."""
        return local in self._locals

    def whole_of(self, local: str) -> str:
        """The local id of the thing on whose page `local` is shown, maybe `local` itself."""
        whole = "/".join(local.split("/")[:2])
        return whole if whole in self._locals else local

    def parts_of(self, local: str) -> Sequence[str]:
        """The local ids of the parts that are shown on the page of a thing."""
        return self._parts.get(local, ())

    def triples(self, local: str) -> list[ox.Triple]:
        """What the graph says about a thing and its parts."""
        found = [*self.graph.describe(self.node(local))]
        for part in self.parts_of(local):
            found += self.graph.describe(self.node(part))
        return found

    def set_note(self, local: str) -> str:
        """What tells a set from others with its title: its number and whom it was put to."""
        if local not in self._notes:
            values = by_predicate(self.graph.describe(self.node(local)))
            people = values.get(KG + "answeredBy") or values.get(KG + "addressedTo") or []
            names = [self.label(one) for one in people if isinstance(one, ox.NamedNode)]
            to = f"aan {', '.join(names)}" if names else None
            is_set = KG + "QuestionSet" in self.graph.types(self.node(local))
            parts = (first_literal(values, full_iri("dcterms:identifier")), to) if is_set else ()
            self._notes[local] = " · ".join(filter(None, parts))
        return self._notes[local]

    def kind(self, subject: Subject) -> str:
        """The Dutch name of a thing's class."""
        types = self.graph.types(subject)
        name = dutch_name(types[0]) if types else "ding"
        return name[:1].upper() + name[1:]

    def label(self, subject: Subject) -> str:
        """The name of a thing, Dutch where there is one."""
        found = self.graph.value(subject, ox.NamedNode(PREFIXES["rdfs"] + "label"))
        return found or subject.value.removeprefix(self._prefix)

    def link(self, term: object, addresses: Addresses, note: str = "") -> Link:
        """A value as it is shown: a link to its page, to the web, or text."""
        if isinstance(term, ox.Literal):
            return Link(readable(term), note=note)
        if not isinstance(term, ox.NamedNode):
            return Link(str(term), note=note)
        local = term.value.removeprefix(self._prefix)
        if local in self._locals:
            whole = self.whole_of(local)
            fragment = local.removeprefix(whole).removeprefix("/")
            return Link(self.label(term), addresses.page(whole, fragment), note)
        document, _, place = local.partition("#char=")
        if place and document in self._locals:
            start, _, end = place.partition(",")
            text = f"{self.label(self.node(document))}, tekens {start}–{end}"
            return Link(text, addresses.page(document), note)
        if term.value.startswith(("http://", "https://")):
            parts = urlsplit(term.value)
            return Link(f"{parts.netloc}{parts.path}", term.value, note)
        return Link(term.value, note=note)

    def local(self, thing: Subject) -> str:
        """The local id of a thing."""
        return thing.value.removeprefix(self._prefix)

    def node(self, local: str) -> ox.NamedNode:
        """The thing with a local id."""
        return ox.NamedNode(self._prefix + local)
