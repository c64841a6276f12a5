"""What the statements of a graph are about, counted in one reading."""

from array import array
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import numpy as np
import pyoxigraph as ox

from kg.export.graph import DERIVED_FROM, TYPE, ExportGraph, types_of
from kg.rdf.vocabulary import KG, PREFIXES

_DAYS = {f"{KG}submittedOn", f"{KG}answeredOn"}
_DATE = ox.NamedNode(PREFIXES["xsd"] + "date")
_EXAMPLES = 3
_MOST_WAITING = 1_000_000
_BORDERS = np.linspace(-(2**63), 2**63, 64, endpoint=False, dtype=np.int64)[1:]
"""Where the next file begins: of 100 million terms, each of the 64 has 12 MB."""


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
    with TemporaryDirectory() as folder:
        objects = _Distinct(Path(folder))
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
        counts.objects = objects.count()
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
    """Different terms, each known by 64 bits; these lie in files, sorted by their first bits."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting = array("q")

    def add(self, term: object) -> None:
        """Takes in a term."""
        self._waiting.append(hash(term))
        if len(self._waiting) == _MOST_WAITING:
            self._write()

    def count(self) -> int:
        """How many they are."""
        self._write()
        return sum(len(np.unique(np.fromfile(one, np.int64))) for one in self._folder.iterdir())

    def _write(self) -> None:
        known = np.unique(np.array(self._waiting, np.int64))
        for number, part in enumerate(np.split(known, np.searchsorted(known, _BORDERS))):
            with (self._folder / str(number)).open("ab") as file:
                part.tofile(file)
        self._waiting = array("q")
