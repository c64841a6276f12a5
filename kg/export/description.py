"""What is in the graph, counted: a description in VoID and DCAT.

https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/
"""

from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg import __version__
from kg.export.dumps import RDF_FORMATS, to_bytes
from kg.export.graph import DERIVED_FROM, TYPE, ExportGraph, local_name
from kg.rdf.vocabulary import KG, PREFIXES

DATASET = "id/dataset"
"""Local part of the IRI of the graph as a whole."""

_VOID = "http://rdfs.org/ns/void#"
_SCHEMES = {
    "www.wikidata.org": "Wikidata",
    "identifier.overheid.nl": "TOOI",
    "standaarden.overheid.nl": "OWMS",
    "data.europa.eu": "ELI",
    "wetten.overheid.nl": "Basiswettenbestand",
    "zoek.officielebekendmakingen.nl": "Officiële bekendmakingen",
}
"""Names of the sources of other identifiers, by their host."""

_MEDIA_TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
_TITLES = {
    "nl": "Kamergraaf: Kamervragen als kennisgraaf",
    "en": "Kamergraaf: Dutch parliamentary questions as a knowledge graph",
}
_RIGHTS = {
    "nl": (
        "De teksten zijn openbare stukken van Staten-Generaal en regering (Auteurswet, artikel "
        "15b). De herkomst van elke aanduiding van personen, organisaties en wetten staat bij de "
        "gezagsbestanden. De licentie van het programma (MIT) geldt niet voor de gegevens."
    ),
    "en": (
        "The texts are public documents of Parliament and government (Auteurswet, article 15b). "
        "The authority files state the source of each identifier of a person, body or law. The "
        "licence of the program (MIT) does not cover the data."
    ),
}


def describe_graph(graph: ExportGraph, endpoint: str | None = None) -> list[ox.Triple]:
    """The description of a graph, all numbers counted; `endpoint` is its SPARQL endpoint."""
    dataset = ox.NamedNode(graph.base + DATASET)
    triples: list[ox.Triple] = []

    def state(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        triples.append(ox.Triple(subject, _node(name), value))

    _state_whole(graph, dataset, state)
    if endpoint is not None:
        state(dataset, "void:sparqlEndpoint", ox.NamedNode(endpoint))
    classes, properties, hosts = _counts(graph)
    for kind, parts in (("class", classes), ("property", properties)):
        for iri, count in sorted(parts.items()):
            part = ox.NamedNode(f"{dataset.value}/{kind}/{_slug(iri)}")
            state(dataset, f"void:{kind}Partition", part)
            state(part, "rdf:type", _node("void:Dataset"))
            state(part, f"void:{kind}", ox.NamedNode(iri))
            state(part, "void:entities" if kind == "class" else "void:triples", _number(count))
    for (predicate, host), count in sorted(hosts.items()):
        linkset = ox.NamedNode(f"{dataset.value}/links/{_slug(predicate)}/{host}")
        target = ox.NamedNode(f"{dataset.value}/target/{host}")
        state(dataset, "void:subset", linkset)
        state(linkset, "rdf:type", _node("void:Linkset"))
        state(linkset, "void:subjectsTarget", dataset)
        state(linkset, "void:objectsTarget", target)
        state(linkset, "void:linkPredicate", ox.NamedNode(predicate))
        state(linkset, "void:triples", _number(count))
        state(target, "rdf:type", _node("void:Dataset"))
        state(target, "dcterms:title", ox.Literal(_SCHEMES.get(host, host)))
        state(target, "foaf:homepage", ox.NamedNode(f"https://{host}/"))
    return list(dict.fromkeys(triples))


def to_description(graph: ExportGraph, endpoint: str | None = None, form: str = "ttl") -> bytes:
    """`describe_graph` in an RDF format other than nq and trig."""
    triples = sorted(describe_graph(graph, endpoint), key=lambda one: str(one.subject))
    return to_bytes(triples, form, {"void": _VOID})


def write_description(graph: ExportGraph, output: BinaryIO) -> int:
    """Writes `describe_graph` to `output` as Turtle; returns the number of triples."""
    output.write(to_description(graph))
    return len(describe_graph(graph))


def _state_whole(graph: ExportGraph, dataset: ox.NamedNode, state: "_State") -> None:
    for kind in ("void:Dataset", "dcat:Dataset"):
        state(dataset, "rdf:type", _node(kind))
    for language, title in _TITLES.items():
        state(dataset, "dcterms:title", ox.Literal(title, language=language))
        state(dataset, "dcterms:rights", ox.Literal(_RIGHTS[language], language=language))
    state(dataset, "dcat:version", ox.Literal(__version__))
    state(dataset, "dcterms:language", ox.Literal("nl"))
    state(dataset, "void:uriSpace", ox.Literal(f"{graph.base}id/"))
    for namespace in sorted({KG, *PREFIXES.values()}):
        state(dataset, "void:vocabulary", ox.NamedNode(namespace))
    for document in graph.documents:
        state(dataset, "dcterms:source", document)
    for question_set in _instances(graph, KG + "QuestionSet")[:3]:
        state(dataset, "void:exampleResource", question_set)
    quads = [quad.triple for quad in graph.store.quads_for_pattern(None, None, None)]
    state(dataset, "void:triples", _number(len(set(quads))))
    state(dataset, "void:distinctSubjects", _number(len({str(one.subject) for one in quads})))
    state(dataset, "void:distinctObjects", _number(len({str(one.object) for one in quads})))
    state(dataset, "void:properties", _number(len({one.predicate.value for one in quads})))
    typed = [one for one in quads if one.predicate == TYPE]
    state(dataset, "void:classes", _number(len({str(one.object) for one in typed})))
    state(dataset, "void:entities", _number(len({str(one.subject) for one in typed})))
    for form in RDF_FORMATS:
        distribution = ox.NamedNode(f"{dataset.value}/distribution/{form}")
        state(dataset, "dcat:distribution", distribution)
        state(distribution, "rdf:type", _node("dcat:Distribution"))
        state(distribution, "dcterms:title", ox.Literal(f"kamergraaf.{form}"))
        state(distribution, "dcat:mediaType", ox.NamedNode(_IANA + _MEDIA_TYPES[form]))


_IANA = "https://www.iana.org/assignments/media-types/"


def _counts(
    graph: ExportGraph,
) -> tuple[Counter[str], Counter[str], Counter[tuple[str, str]]]:
    """Entities by class, triples by property, and links to other hosts by property and host."""
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    hosts: Counter[tuple[str, str]] = Counter()
    for triple in graph.triples():
        predicate = triple.predicate.value
        properties[predicate] += 1
        if not isinstance(triple.object, ox.NamedNode):
            continue
        if triple.predicate == TYPE:
            classes[triple.object.value] += 1
        elif triple.predicate != DERIVED_FROM and not triple.object.value.startswith(graph.base):
            host = urlsplit(triple.object.value).hostname
            if host:
                hosts[predicate, host] += 1
    return classes, properties, hosts


def _instances(graph: ExportGraph, kind: str) -> list[ox.NamedNode]:
    quads = graph.store.quads_for_pattern(None, TYPE, ox.NamedNode(kind))
    found: Iterable[ox.NamedNode] = (
        quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)
    )
    return sorted(found, key=lambda node: node.value)


class _State(Protocol):
    def __call__(
        self, subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal
    ) -> None: ...


def _node(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode((_VOID if prefix == "void" else PREFIXES[prefix]) + local)


def _slug(iri: str) -> str:
    """A name for a term that is its own among all terms: prefix and local name."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}-{local_name(iri)}"
    return f"{urlsplit(iri).hostname}-{local_name(iri)}"


def _number(count: int) -> ox.Literal:
    return ox.Literal(count)
