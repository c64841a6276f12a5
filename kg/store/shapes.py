"""Reads SHACL shapes into plain values: the part of SHACL that ontology/shapes.ttl uses.

Any other constraint component is refused by name, so that none is skipped in silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

COMPONENTS = frozenset(
    {
        "class",
        "datatype",
        "in",
        "lessThan",
        "lessThanOrEquals",
        "maxCount",
        "maxInclusive",
        "minCount",
        "minInclusive",
        "minLength",
        "nodeKind",
        "pattern",
        "uniqueLang",
    }
)
_ABOUT_PROPERTY = frozenset({"path", "message", "severity", "name", "description"})
_ABOUT_NODE = frozenset(
    {"targetClass", "closed", "ignoredProperties", "property", "sparql", "message", "severity"}
)

Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint component (`minCount`) with its parameter; `in` has several values."""

    component: str
    values: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """Constraints on the values of one path. `path` is SPARQL: `<iri>` or `^<iri>`."""

    path: str
    constraints: tuple[Constraint, ...]
    severity: str
    messages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SparqlConstraint:
    """A query that yields `$this`, and `?value` where there is one, for each violation."""

    name: str
    prologue: str
    select: str
    severity: str
    messages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NodeShape:
    """What the instances of one class promise; `allowed` is None where the shape is open."""

    name: str
    target: str
    labels: tuple[tuple[str, str], ...]
    allowed: frozenset[str] | None
    severity: str
    messages: tuple[tuple[str, str], ...]
    properties: tuple[PropertyShape, ...]
    sparql: tuple[SparqlConstraint, ...]


class _ShapesGraph:
    """Access to the triples of a shapes file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = ox.Store()
        try:
            self.store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
        except (OSError, SyntaxError, ValueError) as error:
            raise GraphError(f"{path}: cannot read the shapes: {error}") from error

    def objects(self, subject: Term, iri: str) -> list[Term]:
        if isinstance(subject, ox.Literal):
            return []
        quads = self.store.quads_for_pattern(subject, ox.NamedNode(iri), None)
        terms = (quad.object for quad in quads)
        return sorted((term for term in terms if not isinstance(term, ox.Triple)), key=str)

    def one(self, subject: Term, iri: str) -> Term | None:
        found = self.objects(subject, iri)
        return found[0] if found else None

    def text(self, subject: Term, iri: str) -> str | None:
        term = self.one(subject, iri)
        return None if term is None else term.value

    def texts(self, subject: Term, iri: str) -> tuple[tuple[str, str], ...]:
        literals = (term for term in self.objects(subject, iri) if isinstance(term, ox.Literal))
        return tuple((literal.language or "", literal.value) for literal in literals)

    def members(self, head: Term) -> Iterator[Term]:
        node: Term | None = head
        while node is not None and node.value != f"{RDF}nil":
            yield from self.objects(node, f"{RDF}first")
            node = self.one(node, f"{RDF}rest")

    def shacl_terms(self, subject: Term) -> Iterator[tuple[str, Term]]:
        if isinstance(subject, ox.Literal):
            return
        for quad in self.store.quads_for_pattern(subject, None, None):
            if quad.predicate.value.startswith(SH) and not isinstance(quad.object, ox.Triple):
                yield quad.predicate.value.removeprefix(SH), quad.object

    def refuse(self, subject: Term, name: str) -> GraphError:
        return GraphError(
            f"{self.path}: {subject.value}: sh:{name} is not known to the fast engine; "
            "rewrite the constraint or run with the engine pyshacl"
        )


def read_shapes(path: Path) -> tuple[NodeShape, ...]:
    """The node shapes of a Turtle file, by name.

    Raises GraphError where the file cannot be read or holds what this module does not know.
    """
    graph = _ShapesGraph(path)
    kind = ox.NamedNode(f"{RDF}type")
    quads = graph.store.quads_for_pattern(None, kind, ox.NamedNode(f"{SH}NodeShape"))
    subjects = (quad.subject for quad in quads)
    shapes = (_node_shape(graph, node) for node in subjects if not isinstance(node, ox.Triple))
    return tuple(sorted(shapes, key=lambda shape: shape.name))


def _severity(graph: _ShapesGraph, subject: Term) -> str:
    return (graph.text(subject, f"{SH}severity") or f"{SH}Violation").removeprefix(SH)


def _node_shape(graph: _ShapesGraph, subject: Term) -> NodeShape:
    for name, _ in graph.shacl_terms(subject):
        if name not in _ABOUT_NODE:
            raise graph.refuse(subject, name)
    targets = graph.objects(subject, f"{SH}targetClass")
    if len(targets) != 1:
        raise GraphError(f"{graph.path}: {subject.value}: a node shape needs one sh:targetClass")
    property_nodes = graph.objects(subject, f"{SH}property")
    allowed = None
    if graph.text(subject, f"{SH}closed") == "true":
        ignored = graph.one(subject, f"{SH}ignoredProperties")
        paths = [graph.one(node, f"{SH}path") for node in property_nodes]
        allowed = frozenset(
            {term.value for term in paths if isinstance(term, ox.NamedNode)}
            | {term.value for term in (graph.members(ignored) if ignored else ())}
        )
    return NodeShape(
        name=subject.value,
        target=targets[0].value,
        labels=graph.texts(subject, f"{RDFS}label"),
        allowed=allowed,
        severity=_severity(graph, subject),
        messages=graph.texts(subject, f"{SH}message"),
        properties=tuple(_property_shape(graph, node) for node in property_nodes),
        sparql=tuple(
            _sparql_constraint(graph, node) for node in graph.objects(subject, f"{SH}sparql")
        ),
    )


def _property_shape(graph: _ShapesGraph, subject: Term) -> PropertyShape:
    constraints = []
    for name, value in graph.shacl_terms(subject):
        if name in _ABOUT_PROPERTY:
            continue
        if name not in COMPONENTS:
            raise graph.refuse(subject, name)
        values = tuple(graph.members(value)) if name == "in" else (value,)
        constraints.append(Constraint(name, values))
    return PropertyShape(
        path=_path(graph, subject),
        constraints=tuple(sorted(constraints, key=lambda constraint: constraint.component)),
        severity=_severity(graph, subject),
        messages=graph.texts(subject, f"{SH}message"),
    )


def _path(graph: _ShapesGraph, subject: Term) -> str:
    path = graph.one(subject, f"{SH}path")
    if isinstance(path, ox.NamedNode):
        return str(path)
    inverse = graph.one(path, f"{SH}inversePath") if path is not None else None
    if isinstance(inverse, ox.NamedNode):
        return f"^{inverse}"
    raise graph.refuse(subject, "path")


def _sparql_constraint(graph: _ShapesGraph, subject: Term) -> SparqlConstraint:
    select = graph.text(subject, f"{SH}select")
    if select is None:
        raise GraphError(f"{graph.path}: {subject.value}: a SPARQL constraint needs sh:select")
    prefixes = []
    for source in graph.objects(subject, f"{SH}prefixes"):
        for declaration in graph.objects(source, f"{SH}declare"):
            prefix = graph.text(declaration, f"{SH}prefix")
            namespace = graph.text(declaration, f"{SH}namespace")
            prefixes.append(f"PREFIX {prefix}: <{namespace}>\n")
    return SparqlConstraint(
        name=subject.value,
        prologue="".join(sorted(prefixes)),
        select=select.strip(),
        severity=_severity(graph, subject),
        messages=graph.texts(subject, f"{SH}message"),
    )
