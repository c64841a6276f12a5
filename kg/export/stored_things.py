"""The things of a graph in the engine: who they are, and what the graph tells of each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

import pyoxigraph as ox

from kg.export.graph import LABEL, ExportGraph
from kg.export.things import Entry, entry_of, is_set, kind_of, whole_of
from kg.export.told import MOST_PARTS, PartSheets, Told
from kg.rdf.vocabulary import KG

_ENTITY = ox.NamedNode(KG + "entity")
_IN_COUNTING = ox.NamedNode(KG + "inCounting")
"""From the parts of a counting, of which there may be half a million, and from nothing else."""
_IN_ROUND_ROBIN = ox.NamedNode(KG + "inRoundRobin")
_KEPT = 10_000
_LISTS_KEPT = 16
"""Things whose references are kept, for who reads their sheets one after the other."""


class StoredThings:
    """A `Directory` of the things of a graph, by way of its engine."""

    def __init__(self, graph: ExportGraph) -> None:
        self.graph = graph
        self._prefix = f"{graph.base}id/"
        self.entry = lru_cache(maxsize=_KEPT)(self._entry)
        self.parts = lru_cache(maxsize=_KEPT)(self._parts)
        self._references = lru_cache(maxsize=_LISTS_KEPT)(self._incoming)

    @cached_property
    def wholes(self) -> tuple[str, ...]:
        """The local ids that have a page of their own, in canonical order."""
        return tuple(local for local in self._locals if self._whole(local) == local)

    @cached_property
    def _parts_of(self) -> dict[str, list[str]]:
        parts: dict[str, list[str]] = defaultdict(list)
        for local in self._locals:
            whole = self._whole(local)
            if whole != local:
                parts[whole].append(local)
        return dict(parts)

    @cached_property
    def _locals(self) -> dict[str, None]:
        return {
            iri.removeprefix(self._prefix): None
            for iri in self.graph.iris()
            if iri.startswith(self._prefix)
        }

    def classes(self, local: str) -> list[str]:
        """The IRIs of the classes of a thing, ours first."""
        return self.graph.types(self._node(local))

    def kind(self, local: str) -> str:
        """The class of a thing in Dutch."""
        return kind_of(self.classes(local))

    def named(self) -> Iterator[tuple[str, str, str]]:
        """The kind, the name and the local id of each thing with a page of its own."""
        for local in self.wholes:
            yield self.kind(local), self.graph.value(self._node(local), LABEL) or local, local

    def told(self, local: str, sheet: int = 1) -> Told:
        """What the graph tells of a thing on a sheet, from 1 to the last of its `sheets`."""
        sheets = self.parts(local)
        parts = self._parts_of.get(local, []) if sheet == 1 or sheets.starts else []
        if sheets.starts:
            parts = parts[(sheet - 1) * MOST_PARTS : sheet * MOST_PARTS]
        subjects = {one: self.graph.describe(self._node(one)) for one in (local, *parts)}
        return Told(local, subjects, self._references(local), sheets, sheet)

    def _incoming(self, local: str) -> dict[str, list[str]]:
        references: dict[str, list[str]] = defaultdict(list)
        for triple in self.graph.incoming(self._node(local), but=(_ENTITY, _IN_COUNTING)):
            if isinstance(triple.subject, ox.Triple):
                continue
            subject = self._local(triple.subject)
            if self._whole(subject) != local:
                references[triple.predicate.value].append(subject)
        return references

    def kin(self, robin: str) -> Sequence[str]:
        """See `Directory`."""
        triples = self.graph.incoming(self._node(robin))
        found = [one.subject for one in triples if one.predicate == _IN_ROUND_ROBIN]
        return [self._local(one) for one in found if isinstance(one, ox.NamedNode)]

    def _entry(self, local: str) -> Entry | None:
        if local not in self._locals:
            return None
        return entry_of(local, self.graph.describe(self._node(local)), self._prefix)

    def _parts(self, whole: str) -> PartSheets:
        parts = self._parts_of.get(whole, ())
        if len(parts) <= MOST_PARTS or is_set(self.graph.describe(self._node(whole))):
            return PartSheets()
        return PartSheets(len(parts), parts[MOST_PARTS::MOST_PARTS])

    def _whole(self, local: str) -> str:
        whole = whole_of(local)
        return whole if whole in self._locals else local

    def _local(self, subject: ox.NamedNode | ox.BlankNode) -> str:
        if isinstance(subject, ox.BlankNode):
            return str(subject)
        return subject.value.removeprefix(self._prefix)

    def _node(self, local: str) -> ox.NamedNode:
        return ox.NamedNode(self._prefix + local)
