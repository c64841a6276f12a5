"""The graph as exports read it: thing by thing, in an order that does not change."""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

import pyoxigraph as ox

from kg.export.written_subjects import WrittenSubjects
from kg.model.spelling import natural_order
from kg.rdf.iris import DEFAULT_BASE
from kg.rdf.vocabulary import KG, PREFIXES
from kg.store.embedded import GRAPH_FILE, graph_file, no_graph, open_graph
from kg.store.manifest import manifest_of, read_manifest

TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
DERIVED_FROM = ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
SOURCE_DOCUMENT = ox.NamedNode(KG + "SourceDocument")

Subject = ox.NamedNode | ox.BlankNode
AFTER_PARTS = chr(ord("/") + 1)
"""Behind the `natural_order` of an IRI: the place after all IRIs that continue it with a `/`."""
_COMPARED = 1000
_XSD_STRING = PREFIXES["xsd"] + "string"


class ExportGraph:
    """A graph with its things in canonical order; named graphs count as one graph.

    `written` is the file of a build with the same graph. It has the canonical order, so that what
    reads the whole graph reads it from there and holds one thing at a time. Then `store` may be
    what opens it, and is called when something else is asked.
    """

    def __init__(
        self, store: ox.Store | Callable[[], ox.Store], written: Path | None = None
    ) -> None:
        self._store = store
        self.written = written

    @classmethod
    def open(cls, path: Path) -> "ExportGraph":
        """The graph at `path` (a folder with graph.ttl or an RDF file); see `open_graph`."""
        written = _written_by_a_build(path)
        return cls(open_graph(path) if written is None else partial(open_graph, path), written)

    @cached_property
    def store(self) -> ox.Store:
        """The graph as a store."""
        return self._store if isinstance(self._store, ox.Store) else self._store()

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """All subjects: documents, sets and so on by IRI, numbers in it in numeric order."""
        found = {quad.subject for quad in self.store.quads_for_pattern(None, None, None)}
        return tuple(
            sorted((one for one in found if not isinstance(one, ox.Triple)), key=_subject_key)
        )

    @cached_property
    def _written_subjects(self) -> WrittenSubjects:
        assert self.written is not None
        return WrittenSubjects(self.written)

    def iris(self, order: str = "") -> Iterator[str]:
        """The IRIs of all subjects, in the same order, from a place in the `natural_order` on."""
        if self.written is not None:
            yield from self._written_subjects.iris(order)
            return
        start = bisect_left(self.subjects, order, key=_subject_key)
        for one in islice(self.subjects, start, None):
            if isinstance(one, ox.NamedNode):
                yield one.value

    def briefly(
        self, wanted: Callable[[str], bool], properties: Collection[ox.NamedNode]
    ) -> Iterator[tuple[str, list[ox.Triple]]]:
        """The IRIs that are `wanted`, in order, each with its classes and some properties."""
        if self.written is not None:
            names = [compact(one.value) for one in properties]
            yield from self._written_subjects.briefly(wanted, names)
            return
        for iri in filter(wanted, self.iris()):
            yield iri, self.describe(ox.NamedNode(iri), (TYPE, *properties))

    @cached_property
    def base(self) -> str:
        """The base of the graph's IRIs: what stands before `id/` in those of its documents."""
        written = self.written is not None
        for iri in self.first_iris() if written else (one.value for one in self.documents):
            before, found, _ = iri.partition("id/document/")
            if found:
                return before
        return DEFAULT_BASE

    def first_iris(self) -> Iterator[str]:
        """Of the IRIs of all subjects the first in each folder below `/id/`."""
        order = ""
        while iri := next(self.iris(order), ""):
            yield iri
            before, found, local = iri.rpartition("/id/")
            folder = f"{before}{found}{local.partition('/')[0]}" if found else iri
            order = natural_order(folder) + AFTER_PARTS

    @cached_property
    def documents(self) -> tuple[ox.NamedNode, ...]:
        """The source documents, by IRI."""
        if self.written is not None:
            return tuple(self._documents_written())
        quads = self.store.quads_for_pattern(None, TYPE, SOURCE_DOCUMENT)
        found = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        return tuple(sorted(found, key=_subject_key))

    def _documents_written(self) -> Iterator[ox.NamedNode]:
        """The documents in the file of the build, where they stand together."""
        place = ""
        for subject, triples in self.things():
            if SOURCE_DOCUMENT.value in types_of(triples):
                assert isinstance(subject, ox.NamedNode)
                place = place or subject.value[: subject.value.rindex("/") + 1]
                yield subject
            elif place and not subject.value.startswith(place):
                return

    def first_of(self, kinds: Collection[str]) -> dict[str, list[ox.Triple]]:
        """For each of some classes that the graph has, the triples of its first thing.

        Of very many things that an engine holds, it is the first of some.
        """
        found: dict[str, list[ox.Triple]] = {}
        if self.written is None:
            for kind in kinds:
                quads = self.store.quads_for_pattern(None, TYPE, ox.NamedNode(kind))
                things = (one.subject for one in quads if isinstance(one.subject, ox.NamedNode))
                if first := min(islice(things, _COMPARED), key=_subject_key, default=None):
                    found[kind] = self.describe(first)
        else:
            for _, triples in self.things():
                for kind in types_of(triples):
                    if kind in kinds:
                        found.setdefault(kind, triples)
        return found

    def describe(
        self, subject: Subject, properties: Collection[ox.NamedNode | None] = (None,)
    ) -> list[ox.Triple]:
        """The triples of one subject: its types first, then by predicate and object.

        The engine looks up far less where only those of some properties are asked.
        """
        found = (self.store.quads_for_pattern(subject, one, None) for one in properties)
        return sorted({quad.triple for quads in found for quad in quads}, key=_triple_key)

    def incoming(self, thing: ox.NamedNode, but: Iterable[ox.NamedNode] = ()) -> list[ox.Triple]:
        """The triples that point at `thing`, without those of the properties `but`.

        The engine passes over these without looking up what they say.
        """
        left_out = ", ".join(map(str, but))
        query = f"SELECT ?subject ?by {{ ?subject ?by {thing} FILTER(?by NOT IN ({left_out})) }}"
        rows = self.store.query(query, use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)
        found = {ox.Triple(row["subject"], row["by"], thing) for row in rows}
        return sorted(found, key=_incoming_key)

    def triples(self) -> Iterator[ox.Triple]:
        """All triples, subject by subject."""
        if self.written is None:
            for subject in self.subjects:
                yield from self.describe(subject)
        else:
            try:
                for quad in ox.parse(path=str(self.written), format=ox.RdfFormat.TURTLE):
                    yield quad.triple
            except SyntaxError as error:
                raise no_graph(str(self.written), ox.RdfFormat.TURTLE, error) from error

    def things(self) -> Iterator[tuple[Subject, list[ox.Triple]]]:
        """All subjects, each with its triples."""
        for subject, triples in groupby(self.triples(), key=attrgetter("subject")):
            yield subject, list(triples)

    def quads(self) -> Iterator[ox.Quad]:
        """All triples, each in the named graph of every document that its subject comes from.

        The graph's name is the document's IRI. A thing that names no document comes from those of
        the thing it is a part of. What no document states (authority data, the documents
        themselves) stands in the default graph.
        """
        known = {document.value for document in self.documents}
        above: list[tuple[str, str, list[ox.NamedNode]]] = []
        for subject, triples in self.things():
            order = natural_order(subject.value)
            while above and not order.startswith(above[-1][0]):
                above.pop()
            graphs = [
                triple.object
                for triple in triples
                if triple.predicate == DERIVED_FROM
                and isinstance(triple.object, ox.NamedNode)
                and triple.object.value in known
            ]
            if graphs:
                above.append((order, f"{subject.value}/", graphs))
            else:
                wholes = (of for _, whole, of in reversed(above) if subject.value.startswith(whole))
                graphs = next(wholes, [])
            names: list[ox.NamedNode | ox.DefaultGraph] = [*graphs] or [ox.DefaultGraph()]
            for name in names:
                for triple in triples:
                    yield ox.Quad(triple.subject, triple.predicate, triple.object, name)

    def value(self, subject: Subject, predicate: ox.NamedNode) -> str | None:
        """The first value of a property in canonical order, Dutch before other languages."""
        quads = self.store.quads_for_pattern(subject, predicate, None)
        found = sorted({quad.object for quad in quads}, key=_object_key)
        literals = [term for term in found if isinstance(term, ox.Literal)]
        dutch = next((term.value for term in literals if term.language == "nl"), None)
        return dutch or next((term.value for term in literals), None)

    def types(self, subject: Subject) -> list[str]:
        """The IRIs of a subject's classes, ours before others."""
        return types_of(quad.triple for quad in self.store.quads_for_pattern(subject, TYPE, None))


def types_of(triples: Iterable[ox.Triple]) -> list[str]:
    """The IRIs of the classes that triples of one subject name, ours before others."""
    found = {
        triple.object.value
        for triple in triples
        if triple.predicate == TYPE and isinstance(triple.object, ox.NamedNode)
    }
    return sorted(found, key=lambda iri: (not iri.startswith(KG), iri))


@lru_cache(maxsize=10_000)
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


def _written_by_a_build(path: Path) -> Path | None:
    """The graph.ttl that a build wrote at `path`, as far as its manifest and its size tell."""
    if str(path) == "-":
        return None
    file = graph_file(path)
    listed = manifest_of(file)
    manifest = read_manifest(listed) if listed else None
    entry = manifest.files.get(file.name) if manifest else None
    whole = entry is not None and entry.size == file.stat().st_size
    return file if whole and file.name == GRAPH_FILE else None


# The order of files that `kg.store.turtle` writes.


def _subject_key(subject: Subject) -> str:
    return natural_order(subject.value)


def _triple_key(triple: ox.Triple) -> tuple[bool, str, tuple[str, str, str]]:
    return triple.predicate != TYPE, triple.predicate.value, _object_key(triple.object)


def _object_key(term: object) -> tuple[str, str, str]:
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        kind = term.language or ("" if datatype == _XSD_STRING else datatype)
        return kind, term.value, "literal"
    return "", natural_order(term.value if isinstance(term, ox.NamedNode) else str(term)), ""


def _incoming_key(triple: ox.Triple) -> tuple[str, str]:
    return triple.predicate.value, natural_order(str(triple.subject))
