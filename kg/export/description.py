"""What is in the graph, counted: a description in VoID, beside its entry for a catalogue.

https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import BinaryIO
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.export.catalogue_entry import DATASET, NAMESPACES, State, node, state_entry
from kg.export.dumps import provenance, to_bytes
from kg.export.graph import DERIVED_FROM, TYPE, ExportGraph, local_name
from kg.rdf.vocabulary import KG, PREFIXES

_SCHEMES = {
    "www.wikidata.org": "Wikidata",
    "identifier.overheid.nl": "TOOI",
    "standaarden.overheid.nl": "OWMS",
    "data.europa.eu": "ELI",
    "wetten.overheid.nl": "Basiswettenbestand",
    "zoek.officielebekendmakingen.nl": "Officiële bekendmakingen",
}
"""Names of the sources of other identifiers, by their host."""


def describe_graph(
    graph: ExportGraph, endpoint: str | None = None, dumps: Sequence[str] = ()
) -> list[ox.Triple]:
    """The description of a graph, all numbers counted, with the provenance of its documents.

    `endpoint` is the address of its SPARQL endpoint, `dumps` are the formats of the files with the
    whole graph that stand at the base of its IRIs.
    """
    dataset = ox.NamedNode(graph.base + DATASET)
    triples: list[ox.Triple] = []

    def state(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        triples.append(ox.Triple(subject, node(name), value))

    state_entry(graph.base, endpoint, dumps, state)
    _state_whole(graph, dataset, state)
    classes, properties, hosts = _counts(graph)
    for kind, parts in (("class", classes), ("property", properties)):
        for iri, count in sorted(parts.items()):
            part = ox.NamedNode(f"{dataset.value}/{kind}/{_slug(iri)}")
            state(dataset, f"void:{kind}Partition", part)
            state(part, "rdf:type", node("void:Dataset"))
            state(part, f"void:{kind}", ox.NamedNode(iri))
            state(part, "void:entities" if kind == "class" else "void:triples", _number(count))
    for (predicate, host), count in sorted(hosts.items()):
        linkset = ox.NamedNode(f"{dataset.value}/links/{_slug(predicate)}/{host}")
        target = ox.NamedNode(f"{dataset.value}/target/{host}")
        state(dataset, "void:subset", linkset)
        state(linkset, "rdf:type", node("void:Linkset"))
        state(linkset, "void:subjectsTarget", dataset)
        state(linkset, "void:objectsTarget", target)
        state(linkset, "void:linkPredicate", ox.NamedNode(predicate))
        state(linkset, "void:triples", _number(count))
        state(target, "rdf:type", node("void:Dataset"))
        state(target, "dcterms:title", ox.Literal(_SCHEMES.get(host, host)))
        state(target, "foaf:homepage", ox.NamedNode(f"https://{host}/"))
    return list(dict.fromkeys([*triples, *provenance(graph)]))


def to_description(
    graph: ExportGraph,
    endpoint: str | None = None,
    form: str = "ttl",
    dumps: Sequence[str] = (),
) -> bytes:
    """`describe_graph` in an RDF format other than nq and trig."""
    triples = sorted(describe_graph(graph, endpoint, dumps), key=lambda one: str(one.subject))
    return to_bytes(triples, form, NAMESPACES)


def write_description(graph: ExportGraph, output: BinaryIO) -> int:
    """Writes `describe_graph` to `output` as Turtle; returns the number of triples."""
    output.write(to_description(graph))
    return len(describe_graph(graph))


def _state_whole(graph: ExportGraph, dataset: ox.NamedNode, state: State) -> None:
    state(dataset, "rdf:type", node("void:Dataset"))
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


def _slug(iri: str) -> str:
    """A name for a term that is its own among all terms: prefix and local name."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}-{local_name(iri)}"
    return f"{urlsplit(iri).hostname}-{local_name(iri)}"


def _number(count: int) -> ox.Literal:
    return ox.Literal(count)
