"""The things of a graph in the engine: who they are, and what the graph tells of each."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

import pyoxigraph as ox

from kg.export.graph import AFTER_PARTS, TYPE, ExportGraph
from kg.export.things import (
    SET,
    TOLD_BY_ENTRIES,
    TOLD_BY_ENTRIES_OF_SETS,
    Entry,
    entry_of,
    is_set,
    kind_of,
    whole_of,
)
from kg.export.told import MOST_PARTS, PartSheets, Told
from kg.model.spelling import natural_order
from kg.rdf.vocabulary import KG

_ENTITY = ox.NamedNode(KG + "entity")
_IN_COUNTING = ox.NamedNode(KG + "inCounting")
"""From the parts of a counting, of which there may be half a million, and from nothing else."""
_IN_ROUND_ROBIN = ox.NamedNode(KG + "inRoundRobin")
_KEPT = 10_000
_LISTS_KEPT = 16
"""Things whose parts and references are kept, for who reads their sheets one after the other."""


class StoredThings:
    """A `Directory` of the things of a graph, by way of its engine."""

    def __init__(self, graph: ExportGraph) -> None:
        self.graph = graph
        self._prefix = f"{graph.base}id/"
        self.entry = lru_cache(maxsize=_KEPT)(self._entry)
        self.parts = lru_cache(maxsize=_KEPT)(self._parts)
        self._parts_of = lru_cache(maxsize=_LISTS_KEPT)(self._found_parts)
        self._references = lru_cache(maxsize=_LISTS_KEPT)(self._incoming)

    def wholes(self) -> Iterator[str]:
        """The local ids that have a page of their own, in canonical order."""
        for iri in filter(self._pages(), self.graph.iris(natural_order(self._prefix))):
            yield iri.removeprefix(self._prefix)

    def briefly(
        self, properties: Collection[ox.NamedNode]
    ) -> Iterator[tuple[str, list[ox.Triple]]]:
        """What has a page of its own, in canonical order, with its classes and some properties."""
        for iri, triples in self.graph.briefly(self._pages(), properties):
            yield iri.removeprefix(self._prefix), triples

    def first_wholes(self) -> Iterator[str]:
        """The first thing of each folder of IRIs."""
        for iri in self.graph.first_iris():
            if iri.startswith(self._prefix):
                yield iri.removeprefix(self._prefix)

    def wholes_in(self, folder: str) -> Iterator[str]:
        """The things of a folder of IRIs in canonical order; their parts are passed over unread."""
        start = f"{self._prefix}{folder}/"
        order, found = natural_order(start), True
        while found:
            found = False
            for iri in takewhile(lambda one: one.startswith(start), self.graph.iris(order)):
                found = True
                whole = self._prefix + whole_of(iri.removeprefix(self._prefix))
                order = natural_order(whole) + AFTER_PARTS
                if whole != iri:
                    break
                yield iri.removeprefix(self._prefix)

    def classes(self, local: str) -> list[str]:
        """The IRIs of the classes of a thing, ours first."""
        return self.graph.types(self.node(local))

    def kind(self, local: str) -> str:
        """The class of a thing in Dutch."""
        return kind_of(self.classes(local))

    def told(self, local: str, sheet: int = 1, *, referred: bool = True) -> Told:
        """What the graph tells of a thing on a sheet, from 1 to the last of its `sheets`.

        What refers to it, of which there may be much, is left out unless `referred`.
        """
        sheets = self.parts(local)
        parts = self._parts_of(local) if sheet == 1 or sheets.starts else ()
        if sheets.starts:
            parts = parts[(sheet - 1) * MOST_PARTS : sheet * MOST_PARTS]
        subjects = {one: self.graph.describe(self.node(one)) for one in (local, *parts)}
        references = self._references(local) if referred else {}
        return Told(local, subjects, references, sheets, sheet)

    def kin(self, robin: str) -> Sequence[str]:
        """See `Directory`."""
        triples = self.graph.incoming(self.node(robin))
        found = [one.subject for one in triples if one.predicate == _IN_ROUND_ROBIN]
        return [self.local(one) for one in found if isinstance(one, ox.NamedNode)]

    def local(self, subject: ox.NamedNode | ox.BlankNode) -> str:
        """The local id of a thing; all of an IRI that is not ours."""
        if isinstance(subject, ox.BlankNode):
            return str(subject)
        return subject.value.removeprefix(self._prefix)

    def node(self, local: str) -> ox.NamedNode:
        """The thing with a local id. Raises ValueError for what no IRI may hold."""
        return ox.NamedNode(self._prefix + local)

    def _incoming(self, local: str) -> dict[str, list[str]]:
        references: dict[str, list[str]] = defaultdict(list)
        for triple in self.graph.incoming(self.node(local), but=(_ENTITY, _IN_COUNTING)):
            if isinstance(triple.subject, ox.Triple):
                continue
            subject = self.local(triple.subject)
            if local not in (subject, whole_of(subject)):
                references[triple.predicate.value].append(subject)
        return references

    def _entry(self, local: str) -> Entry | None:
        try:
            node = self.node(local)
        except ValueError:
            return None
        classes = self.graph.describe(node, (TYPE,))
        told = TOLD_BY_ENTRIES_OF_SETS if is_set(classes) else TOLD_BY_ENTRIES
        triples = [*classes, *self.graph.describe(node, told)] or self.graph.describe(node)
        return entry_of(local, triples, self._prefix) if triples else None

    def _parts(self, whole: str) -> PartSheets:
        parts = () if SET.value in self.classes(whole) else self._parts_of(whole)
        if len(parts) <= MOST_PARTS:
            return PartSheets()
        return PartSheets(len(parts), parts[MOST_PARTS::MOST_PARTS])

    def _found_parts(self, whole: str) -> tuple[str, ...]:
        start = f"{self._prefix}{whole}/"
        if whole_of(f"{whole}/") != whole:
            return ()
        found = takewhile(lambda iri: iri.startswith(start), self.graph.iris(natural_order(start)))
        return tuple(iri.removeprefix(self._prefix) for iri in found)

    def _pages(self) -> Callable[[str], bool]:
        """Tells for one IRI after the other, in canonical order, whether it has a page."""
        wholes = set[str]()
        last = "/"

        def has_page(iri: str) -> bool:
            nonlocal last
            if iri.startswith(last) or not iri.startswith(self._prefix):
                return False
            local = iri.removeprefix(self._prefix)
            whole = whole_of(local)
            if whole == local:
                wholes.add(local)
                last = f"{iri}/"
            return whole == local or whole not in wholes

        return has_page
