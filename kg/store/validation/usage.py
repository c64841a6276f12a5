"""Which properties the things of each class have, and how often: counted once for all checks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.store.embedded import select
from kg.store.shapes import RDF, NodeShape
from kg.store.validation.ontology import Ontology

TYPE = f"<{RDF}type>"


@dataclass(frozen=True, slots=True)
class Usage:
    """How many things of a class have a property, and how many values in all."""

    things: int
    values: int


_NONE = Usage(0, 0)


@dataclass(frozen=True, slots=True)
class Usages:
    """For each class in the data, its properties (`<iri>`) with their usage.

    `triples` are all that there are, `all_typed` says whether every thing has a class.
    """

    ontology: Ontology
    used: Mapping[str, Mapping[str, Usage]]
    triples: int
    all_typed: bool

    @classmethod
    def count(cls, store: ox.Store, ontology: Ontology) -> "Usages":
        """Counts them in a store."""
        used: dict[str, dict[str, Usage]] = defaultdict(dict)
        query = (
            "SELECT ?type ?p (COUNT(*) AS ?values) (COUNT(DISTINCT ?s) AS ?things) "
            f"{{ ?s {TYPE} ?type ; ?p ?o }} GROUP BY ?type ?p"
        )
        for row in select(store, query):
            usage = Usage(_integer(row["things"]), _integer(row["values"]))
            used[row["type"].strip("<>")][row["p"]] = usage
        every, typed = (
            next(select(store, f"SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?things) {body}"))
            for body in ("{ ?s ?p ?o }", f"{{ ?s {TYPE} ?o }}")
        )
        return cls(ontology, used, _integer(every["n"]), every["things"] == typed["things"])

    def of(self, class_name: str, path: str) -> Usage:
        """The usage of a property by the things of a class."""
        return self.used[class_name].get(path, _NONE)

    def things(self, class_name: str) -> int:
        """How many things a class has."""
        return self.used[class_name][TYPE].things

    def classes(self, name: str) -> tuple[str, ...]:
        """The class and those below it, as far as the data have things of them."""
        return tuple(one for one in self.ontology.with_subclasses(name) if one in self.used)

    def targets(self, shapes: Iterable[NodeShape]) -> dict[str, list[NodeShape]]:
        """For each class in the data, the shapes that apply to its things."""
        targets: dict[str, list[NodeShape]] = defaultdict(list)
        for shape in shapes:
            for name in self.classes(shape.target):
                targets[name].append(shape)
        return targets


def target_pattern(types: Iterable[str]) -> str:
    """The things ?this of some classes, each with the ?type that it is there for."""
    names = tuple(types)
    if len(names) == 1:
        return f"BIND (<{names[0]}> AS ?type) ?this {TYPE} <{names[0]}> . "
    return f"VALUES ?type {{ {' '.join(f'<{name}>' for name in names)} }} ?this {TYPE} ?type . "


def _integer(term: str) -> int:
    """The value of an xsd:integer in N-Triples form."""
    return int(term.split('"')[1])
