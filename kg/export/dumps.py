"""The whole graph in one of the RDF formats: the same graph, the same bytes."""

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Generic, TypeVar

import pyoxigraph as ox

from kg import __version__
from kg.export.graph import LABEL, SOURCE_DOCUMENT, TYPE, ExportGraph
from kg.export.jsonld import short_document, write_document
from kg.export.rdfxml import write_rdfxml
from kg.rdf.vocabulary import PREFIXES

RDF_FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", "rdfxml")
_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
Statement = TypeVar("Statement", ox.Triple, ox.Quad)
PROVENANCE_GRAPH = "id/provenance"
"""Local part of the named graph that tells how the named graphs of documents came about."""


def write_dump(graph: ExportGraph, form: str, output: BinaryIO) -> int:
    """Writes `graph` to `output` in one of `RDF_FORMATS`, thing by thing; returns the statements.

    nq and trig keep a named graph for each source document, named by its IRI, and one more that
    gives their provenance; the union of the others is the graph of the other formats. Raises
    GraphError where RDF/XML cannot hold the graph.
    """
    if form in ("nq", "trig"):
        quads = _Counted(_dataset(graph))
        ox.serialize(quads, output, _FORMATS[form], prefixes=PREFIXES)
        return quads.count
    triples = _Counted(graph.triples())
    _write(triples, form, output, PREFIXES)
    return triples.count


def _write(
    triples: Iterable[ox.Triple], form: str, output: BinaryIO, prefixes: Mapping[str, str]
) -> None:
    if form == "jsonld":
        for piece in write_document(triples):
            output.write(piece.encode())
    elif form == "rdfxml":
        write_rdfxml(triples, output, prefixes)
    else:
        ox.serialize(triples, output, _FORMATS[form], prefixes=dict(prefixes))


def count_of(graph: ExportGraph, form: str) -> int:
    """The number of statements that `write_dump` writes."""
    statements = _dataset(graph) if form in ("nq", "trig") else graph.triples()
    return sum(1 for _ in statements)


def count_statements(stream: BinaryIO, form: str) -> int:
    """The number of statements in a file of ours in one of `RDF_FORMATS`. Raises SyntaxError."""
    # the reader of any JSON-LD keeps the whole file in memory, for a context may come last
    streamed = ox.RdfFormat.STREAMING_JSON_LD if form == "jsonld" else _FORMATS[form]
    return sum(1 for _ in ox.parse(stream, streamed))


class _Counted(Generic[Statement]):
    """Passes statements on and counts them."""

    def __init__(self, statements: Iterator[Statement]) -> None:
        self._statements: Iterator[Statement] = statements
        self.count = 0

    def __iter__(self) -> Iterator[Statement]:
        for each in self._statements:
            self.count += 1
            yield each


def to_bytes(
    triples: Iterable[ox.Triple], form: str, prefixes: Mapping[str, str] | None = None
) -> bytes:
    """Some triples, subject by subject, in a format other than nq and trig.

    `prefixes` are added to those of the graph. Raises GraphError where RDF/XML cannot hold them.
    """
    if form == "jsonld":
        return short_document(triples).encode()
    output = io.BytesIO()
    _write(triples, form, output, {**PREFIXES, **(prefixes or {})})
    return output.getvalue()


def _dataset(graph: ExportGraph) -> Iterator[ox.Quad]:
    yield from graph.quads()
    name = ox.NamedNode(graph.base + PROVENANCE_GRAPH)
    for triple in provenance(graph):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, name)


def provenance(graph: ExportGraph) -> Iterator[ox.Triple]:
    """For each document the activity that read it, and with which version of this program."""
    prov = PREFIXES["prov"]
    agent = ox.NamedNode(f"{graph.base}id/software/kamergraaf-{__version__}")
    yield ox.Triple(agent, TYPE, ox.NamedNode(prov + "SoftwareAgent"))
    yield ox.Triple(agent, LABEL, ox.Literal(f"Kamergraaf {__version__}"))
    for document in graph.documents:
        reading = ox.NamedNode(f"{document.value}/reading")
        yield ox.Triple(reading, TYPE, ox.NamedNode(prov + "Activity"))
        yield ox.Triple(reading, ox.NamedNode(prov + "used"), document)
        yield ox.Triple(reading, ox.NamedNode(prov + "wasAssociatedWith"), agent)
        yield ox.Triple(document, TYPE, SOURCE_DOCUMENT)
        yield ox.Triple(document, TYPE, ox.NamedNode(prov + "Entity"))
