"""What the ontology declares: its terms, and which classes are below which."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.store.shapes import RDFS

_NAMESPACE = "http://purl.org/vocab/vann/preferredNamespaceUri"


@dataclass(frozen=True, slots=True)
class Ontology:
    """The declared terms, the namespace that is ours, and for each class those just below it."""

    declared: frozenset[str]
    namespace: str
    below: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, path: Path) -> "Ontology":
        """The ontology in a Turtle file. Raises GraphError where it cannot be read."""
        try:
            triples = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        except (OSError, SyntaxError) as error:
            raise GraphError(f"{path}: cannot read the ontology: {error}") from error
        below: dict[str, set[str]] = defaultdict(set)
        namespace = ""
        for triple in triples:
            upper, lower = triple.object, triple.subject
            if triple.predicate.value == _NAMESPACE and isinstance(upper, ox.Literal):
                namespace = upper.value
            if triple.predicate.value == f"{RDFS}subClassOf" and isinstance(upper, ox.NamedNode):
                below[upper.value].add(lower.value if isinstance(lower, ox.NamedNode) else "")
        return cls(
            declared=frozenset(
                one.subject.value for one in triples if isinstance(one.subject, ox.NamedNode)
            ),
            namespace=namespace,
            below={name: frozenset(classes - {""}) for name, classes in below.items()},
        )

    def with_subclasses(self, name: str) -> tuple[str, ...]:
        """The class and all classes below it, sorted."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self.below.get(current, ()))
        return tuple(sorted(found))
