"""What the statements of a graph are about, counted in one reading."""

from array import array
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import numpy as np
import pyoxigraph as ox
from numpy.typing import NDArray

from kg.export.graph import DERIVED_FROM, TYPE, ExportGraph, types_of
from kg.rdf.vocabulary import KG, PREFIXES

_DAYS = {f"{KG}submittedOn", f"{KG}answeredOn"}
_DATE = ox.NamedNode(PREFIXES["xsd"] + "date")
_EXAMPLES = 3
_WAITING = 1_000_000
"""Values that wait to be sorted into the others."""


@dataclass(slots=True)
class GraphCounts:
    """`links` are by property and the host linked to; `days` from the first set to the last."""

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    typed: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)
    sets: list[ox.NamedNode] = field(default_factory=list)
    """The first sets, as examples."""
    days: tuple[str, str] | None = None


def count_graph(graph: ExportGraph) -> GraphCounts:
    """Counts the statements of a graph, thing by thing."""
    counts = GraphCounts()
    objects = _Distinct()
    for subject, triples in graph.things():
        counts.subjects += 1
        counts.triples += len(triples)
        classes = types_of(triples)
        counts.typed += bool(classes)
        counts.classes.update(classes)
        if f"{KG}QuestionSet" in classes and len(counts.sets) < _EXAMPLES:
            assert isinstance(subject, ox.NamedNode)
            counts.sets.append(subject)
        for triple in triples:
            counts.properties[triple.predicate.value] += 1
            objects.add(triple.object)
            _note(triple, graph.base, counts)
    counts.objects = len(objects)
    return counts


def _note(triple: ox.Triple, base: str, counts: GraphCounts) -> None:
    """Counts a link to elsewhere, or takes in a day."""
    term, predicate = triple.object, triple.predicate.value
    if isinstance(term, ox.Literal):
        if predicate in _DAYS and term.datatype == _DATE:
            first, last = counts.days or (term.value, term.value)
            counts.days = min(first, term.value), max(last, term.value)
    elif (
        isinstance(term, ox.NamedNode)
        and triple.predicate not in (TYPE, DERIVED_FROM)
        and not term.value.startswith(base)
        and (host := urlsplit(term.value).hostname)
    ):
        counts.links[predicate, host] += 1


class _Distinct:
    """The number of different terms, each known by 64 bits: eight bytes for each."""

    def __init__(self) -> None:
        self._known: NDArray[np.int64] = np.empty(0, np.int64)
        self._waiting = array("q")

    def add(self, term: object) -> None:
        """Takes in a term."""
        self._waiting.append(hash(term))
        if len(self._waiting) >= max(_WAITING, len(self._known) // 4):
            self._sort_in()

    def __len__(self) -> int:
        self._sort_in()
        return len(self._known)

    def _sort_in(self) -> None:
        self._known = np.union1d(self._known, np.array(self._waiting, np.int64))
        self._waiting = array("q")
