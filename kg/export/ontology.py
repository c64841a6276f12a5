"""The ontology as its documentation shows it: terms, alignments, shapes, questions, an example."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.export.graph import ExportGraph
from kg.querying.catalogue import Query
from kg.rdf.vocabulary import KG, PREFIXES
from kg.store.shapes import NodeShape, PropertyShape
from kg.store.sparql import tokens_of

ABBREVIATIONS = {
    **PREFIXES,
    "eli": "http://data.europa.eu/eli/ontology#",
    "eli-dl": "http://data.europa.eu/eli/eli-draft-legislation-ontology#",
    "epvoc": "https://data.europarl.europa.eu/def/epvoc#",
    "oa": "http://www.w3.org/ns/oa#",
    "opengov": "http://www.w3.org/ns/opengov#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "qa": "http://parliament.uk/ontologies/question-and-answer/",
    "schema": "https://schema.org/",
    "tooi": "https://identifier.overheid.nl/tooi/def/ont/",
}
"""How the documentation abbreviates IRIs."""

_RDFS = PREFIXES["rdfs"]
_SKOS = PREFIXES["skos"]
_OWL = ABBREVIATIONS["owl"]
_SCHEMA = ABBREVIATIONS["schema"]
_ALIGNING = (
    (f"{_RDFS}subClassOf", "rdfs:subClassOf"),
    (f"{_RDFS}subPropertyOf", "rdfs:subPropertyOf"),
    (f"{_SKOS}closeMatch", "skos:closeMatch"),
)
_COMPONENT_WORDS = {
    "class": "sh:class",
    "datatype": "sh:datatype",
    "in": "sh:in",
    "lessThan": "<",
    "lessThanOrEquals": "≤",
    "maxInclusive": "≤",
    "minInclusive": "≥",
    "minLength": "sh:minLength",
    "nodeKind": "sh:nodeKind",
    "pattern": "sh:pattern",
    "uniqueLang": "sh:uniqueLang",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A term as shown: its abbreviated name, and where it leads (`#Answer` for one of ours)."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """One of our terms beside one of another vocabulary."""

    term: Link
    relation: str
    target: Link


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property with what the ontology says of it."""

    iri: str
    label_nl: str
    label_en: str
    comment_nl: str
    comment_en: str
    is_class: bool
    above: tuple[Link, ...]
    domain: tuple[Link, ...]
    range: tuple[Link, ...]
    alignments: tuple[Alignment, ...]
    notes: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        """The fragment that the term has in its own IRI."""
        return self.iri.removeprefix(KG)


@dataclass(frozen=True, slots=True)
class Promise:
    """A constraint as a row: the path, how many values, what kind, and the message."""

    path: Link
    inverse: bool
    cardinality: str
    kinds: tuple[str, ...]
    severity: str
    messages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """The promises of one class; `rules` are those written as queries, with their text."""

    name: str
    target: Link
    closed: bool
    labels: Mapping[str, str]
    promises: tuple[Promise, ...]
    rules: tuple[tuple[Link, str, str, Mapping[str, str]], ...]


def abbreviated(iri: str) -> str:
    """`prefix:name` where a prefix is known, else the IRI."""
    for prefix, namespace in ABBREVIATIONS.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def link_to(iri: str) -> Link:
    """A link to a term; ours are on the page itself."""
    return Link(abbreviated(iri), f"#{iri.removeprefix(KG)}" if iri.startswith(KG) else iri)


class Ontology:
    """Access to kamergraaf.ttl, in the order of the labels."""

    def __init__(self, path: Path) -> None:
        self.store = ox.Store()
        try:
            self.store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
        except (OSError, SyntaxError) as error:
            raise GraphError(f"{path}: cannot read the ontology: {error}") from error

    @cached_property
    def header(self) -> Mapping[str, str]:
        """Title, description, version, version IRI, licence and date of the ontology."""
        iri = KG.rstrip("#")
        subject = ox.NamedNode(iri)
        terms = PREFIXES["dcterms"]
        titles, texts = self._texts(iri, f"{terms}title"), self._texts(iri, f"{terms}description")

        def first(predicate: str) -> str:
            for quad in self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None):
                if not isinstance(quad.object, ox.Triple):
                    return quad.object.value
            return ""

        return {
            "iri": iri,
            "title_nl": titles["nl"],
            "title_en": titles["en"],
            "about_nl": texts["nl"],
            "about_en": texts["en"],
            "version": first(f"{_OWL}versionInfo"),
            "version_iri": first(f"{_OWL}versionIRI"),
            "licence": first(f"{terms}license"),
            "created": first(f"{terms}created"),
        }

    @cached_property
    def classes(self) -> tuple[Term, ...]:
        """All classes."""
        return self._terms("Class")

    @cached_property
    def properties(self) -> tuple[Term, ...]:
        """All properties."""
        both = (*self._terms("ObjectProperty"), *self._terms("DatatypeProperty"))
        return tuple(sorted(both, key=lambda term: term.anchor.casefold()))

    def _terms(self, kind: str) -> tuple[Term, ...]:
        is_a = ox.NamedNode(f"{PREFIXES['rdf']}type")
        quads = self.store.quads_for_pattern(None, is_a, ox.NamedNode(f"{_OWL}{kind}"))
        iris = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        terms = (self._term(iri, is_class=kind == "Class") for iri in iris if iri.startswith(KG))
        return tuple(sorted(terms, key=lambda term: term.anchor.casefold()))

    def _term(self, iri: str, *, is_class: bool) -> Term:
        labels, comments = self._texts(iri, f"{_RDFS}label"), self._texts(iri, f"{_RDFS}comment")
        aligned = [
            Alignment(link_to(iri), relation, link_to(target))
            for predicate, relation in _ALIGNING
            for target in self._iris(iri, predicate)
        ]
        above = f"{_RDFS}subClassOf" if is_class else f"{_RDFS}subPropertyOf"
        return Term(
            iri=iri,
            label_nl=labels["nl"],
            label_en=labels["en"],
            comment_nl=comments["nl"],
            comment_en=comments["en"],
            is_class=is_class,
            above=tuple(map(link_to, self._iris(iri, above))),
            domain=self._either(iri, f"{_RDFS}domain", f"{_SCHEMA}domainIncludes"),
            range=self._either(iri, f"{_RDFS}range", f"{_SCHEMA}rangeIncludes"),
            alignments=tuple(one for one in aligned if not one.target.address.startswith("#")),
            notes=tuple(sorted(self._texts(iri, f"{_SKOS}editorialNote").items())),
        )

    def _either(self, iri: str, *predicates: str) -> tuple[Link, ...]:
        return tuple(link_to(one) for each in predicates for one in self._iris(iri, each))

    def _iris(self, iri: str, predicate: str) -> list[str]:
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None)
        found = (quad.object for quad in quads)
        return sorted(term.value for term in found if isinstance(term, ox.NamedNode))

    def _texts(self, iri: str, predicate: str) -> dict[str, str]:
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None)
        literals = (quad.object for quad in quads if isinstance(quad.object, ox.Literal))
        return {term.language or "": term.value for term in literals}


def document_shapes(shapes: Iterable[NodeShape]) -> tuple[Shape, ...]:
    """The shapes as the documentation shows them, by class."""
    shown = (
        Shape(
            name=shape.name.rpartition("#")[2],
            target=link_to(shape.target),
            closed=shape.allowed is not None,
            labels=dict(shape.labels),
            promises=tuple(sorted(map(_promise, shape.properties), key=_place)),
            rules=tuple(
                (link_to(rule.name), rule.select, rule.severity, dict(rule.messages))
                for rule in shape.sparql
            ),
        )
        for shape in shapes
    )
    return tuple(sorted(shown, key=lambda shape: shape.target.name.casefold()))


def _place(promise: Promise) -> tuple[str, bool, str, tuple[str, ...]]:
    return promise.path.name, promise.inverse, promise.cardinality, promise.kinds


def _promise(shape: PropertyShape) -> Promise:
    counts = {"minCount": "0", "maxCount": "n"}
    kinds = []
    for one in shape.constraints:
        if one.component in counts:
            counts[one.component] = one.values[0].value
            continue
        values = ", ".join(
            abbreviated(value.value) if isinstance(value, ox.NamedNode) else value.value
            for value in one.values
        )
        kinds.append(f"{_COMPONENT_WORDS[one.component]} {values}")
    return Promise(
        path=link_to(shape.path.lstrip("^").strip("<>")),
        inverse=shape.path.startswith("^"),
        cardinality=f"{counts['minCount']}..{counts['maxCount']}",
        kinds=tuple(kinds),
        severity=shape.severity,
        messages=dict(shape.messages),
    )


def terms_of(query: Query) -> tuple[Link, ...]:
    """Our terms that a query uses."""
    tokens = tokens_of(query.text)
    names = {
        token.group()
        for before, colon, token in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if before.group() == "kg" and colon.group() == ":" and token.lastgroup == "word"
    }
    return tuple(link_to(KG + name) for name in sorted(names))


def examples(graph: ExportGraph, classes: Iterable[Term]) -> dict[str, str]:
    """For each class the first of its things, as Turtle without texts beyond a line."""
    first = graph.first_of({term.iri for term in classes})
    return {kind: _as_turtle(triples) for kind, triples in first.items()}


_MOST_VALUES = 3
_LONGEST_VALUE = 90


def _as_turtle(triples: Sequence[ox.Triple]) -> str:
    """A thing as Turtle for the eye: abbreviated, long texts and long lists cut with …."""
    values: dict[str, list[str]] = defaultdict(list)
    for triple in triples:
        values[abbreviated(triple.predicate.value)].append(_shown(triple.object))
    values.pop("rdf:type", None)
    lines = [str(triples[0].subject)]
    for predicate in sorted(values):
        some = sorted(values[predicate])
        cut = [*some[:_MOST_VALUES], *(["…"] if len(some) > _MOST_VALUES else [])]
        lines.append(f"    {predicate} {', '.join(cut)} ;")
    return "\n".join(lines).rstrip(" ;") + " ."


def _shown(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        short = abbreviated(term.value)
        return f"<{short}>" if short == term.value else short
    if isinstance(term, ox.Literal):
        text = " ".join(term.value.split())
        text = text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
        if term.language:
            return f'"{text}"@{term.language}'
        datatype = abbreviated(term.datatype.value)
        return f'"{text}"' if datatype == "xsd:string" else f'"{text}"^^{datatype}'
    return str(term)
