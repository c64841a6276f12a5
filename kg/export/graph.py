"""The graph as exports read it: thing by thing, in an order that does not change."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.iris import DEFAULT_BASE
from kg.rdf.vocabulary import KG, PREFIXES
from kg.store.embedded import open_graph

TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
DERIVED_FROM = ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
SOURCE_DOCUMENT = ox.NamedNode(KG + "SourceDocument")

Subject = ox.NamedNode | ox.BlankNode
_DIGITS = re.compile(r"\d+")


class ExportGraph:
    """A graph with its things in canonical order; named graphs count as one graph."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    @classmethod
    def open(cls, path: Path) -> "ExportGraph":
        """The graph at `path` (a folder with graph.ttl or an RDF file); see `open_graph`."""
        return cls(open_graph(path))

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """All subjects: documents, sets and so on by IRI, numbers in it in numeric order."""
        found = {quad.subject for quad in self.store.quads_for_pattern(None, None, None)}
        return tuple(
            sorted((one for one in found if not isinstance(one, ox.Triple)), key=_subject_key)
        )

    @cached_property
    def base(self) -> str:
        """The base of the graph's IRIs: what stands before `id/` in those of its documents."""
        for document in self.documents:
            before, found, _ = document.value.partition("id/document/")
            if found:
                return before
        return DEFAULT_BASE

    @cached_property
    def documents(self) -> tuple[ox.NamedNode, ...]:
        """The source documents, by IRI."""
        quads = self.store.quads_for_pattern(None, TYPE, SOURCE_DOCUMENT)
        found = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        return tuple(sorted(found, key=_subject_key))

    def describe(self, subject: Subject) -> list[ox.Triple]:
        """The triples of one subject: its types first, then by predicate and object."""
        quads = self.store.quads_for_pattern(subject, None, None)
        return sorted({quad.triple for quad in quads}, key=_triple_key)

    def incoming(self, thing: ox.NamedNode) -> list[ox.Triple]:
        """The triples that point at `thing`."""
        quads = self.store.quads_for_pattern(None, None, thing)
        return sorted({quad.triple for quad in quads}, key=_incoming_key)

    def triples(self) -> Iterator[ox.Triple]:
        """All triples, subject by subject."""
        for subject in self.subjects:
            yield from self.describe(subject)

    def quads(self) -> Iterator[ox.Quad]:
        """All triples, each in the named graph of every document that its subject comes from.

        The graph's name is the document's IRI. What no document states (authority data, the
        documents themselves) stands in the default graph.
        """
        by_graph: dict[str, list[ox.Triple]] = {}
        known = {document.value for document in self.documents}
        owners = self._owners(known)
        for subject in self.subjects:
            for name in owners.get(str(subject)) or ("",):
                by_graph.setdefault(name, []).extend(self.describe(subject))
        for name, triples in sorted(by_graph.items()):
            graph = ox.NamedNode(name) if name else ox.DefaultGraph()
            for triple in triples:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)

    def _owners(self, known: set[str]) -> dict[str, list[str]]:
        """The documents of each subject: its own, else those of the thing it is a part of."""
        owners: dict[str, list[str]] = {}
        for quad in self.store.quads_for_pattern(None, DERIVED_FROM, None):
            if isinstance(quad.object, ox.NamedNode) and quad.object.value in known:
                owners.setdefault(str(quad.subject), []).append(quad.object.value)
        for subject in self.subjects:
            if str(subject) not in owners and isinstance(subject, ox.NamedNode):
                for whole in _wholes(subject.value):
                    if found := owners.get(f"<{whole}>"):
                        owners[str(subject)] = found
                        break
        return owners

    def value(self, subject: Subject, predicate: ox.NamedNode) -> str | None:
        """The first value of a property in canonical order, Dutch before other languages."""
        found = [
            triple.object for triple in self.describe(subject) if triple.predicate == predicate
        ]
        literals = [term for term in found if isinstance(term, ox.Literal)]
        dutch = next((term.value for term in literals if term.language == "nl"), None)
        return dutch or next((term.value for term in literals), None)

    def types(self, subject: Subject) -> list[str]:
        """The IRIs of a subject's classes, ours before others."""
        quads = self.store.quads_for_pattern(subject, TYPE, None)
        found = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
        return sorted(found, key=lambda iri: (not iri.startswith(KG), iri))


def compact(iri: str) -> str:
    """An IRI as a prefixed name where one of the graph's prefixes fits, else as it is."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and re.fullmatch(r"\w+", local):
            return f"{prefix}:{local}"
    return iri


def local_name(iri: str) -> str:
    """What stands after the last `#` or `/` of an IRI."""
    return re.split(r"[#/]", iri.rstrip("#/"))[-1]


def _wholes(iri: str) -> Iterator[str]:
    """The IRIs that `iri` may be a part of, the nearest first."""
    while "/" in iri.partition("://")[2]:
        iri = iri.rpartition("/")[0]
        yield iri


def _natural(text: str) -> str:
    return _DIGITS.sub(lambda match: match.group().zfill(12), text)


def _subject_key(subject: Subject) -> str:
    return _natural(str(subject))


def _term_key(term: object) -> tuple[bool, str]:
    return isinstance(term, ox.Literal), _natural(str(term))


def _triple_key(triple: ox.Triple) -> tuple[bool, str, tuple[bool, str]]:
    return triple.predicate != TYPE, triple.predicate.value, _term_key(triple.object)


def _incoming_key(triple: ox.Triple) -> tuple[str, tuple[bool, str]]:
    return triple.predicate.value, _term_key(triple.subject)
