"""What is in the graph, counted: a description in VoID, beside its entry for a catalogue.

https://www.w3.org/TR/void/ and https://www.w3.org/TR/vocab-dcat-3/
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.export.catalogue_entry import DATASET, NAMESPACES, State, node, state_entry
from kg.export.distributions import GraphFile
from kg.export.dumps import provenance, to_bytes
from kg.export.graph import ExportGraph, local_name
from kg.export.graph_counts import GraphCounts, count_graph
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
    graph: ExportGraph,
    endpoint: str | None = None,
    files: Sequence[GraphFile] = (),
    counts: GraphCounts | None = None,
) -> list[ox.Triple]:
    """The description of a graph, all numbers counted, with the provenance of its documents.

    `endpoint` is the address of its SPARQL endpoint, `files` are those with the whole graph that
    stand at the base of its IRIs, `counts` what `count_graph` gave, if it did already.
    """
    dataset = ox.NamedNode(graph.base + DATASET)
    triples: list[ox.Triple] = []

    def state(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        triples.append(ox.Triple(subject, node(name), value))

    counts = counts or count_graph(graph)
    state_entry(graph.base, endpoint, files, state)
    _state_whole(graph, dataset, counts, state)
    for kind, parts in (("class", counts.classes), ("property", counts.properties)):
        for iri, count in sorted(parts.items()):
            part = ox.NamedNode(f"{dataset.value}/{kind}/{_slug(iri)}")
            state(dataset, f"void:{kind}Partition", part)
            state(part, "rdf:type", node("void:Dataset"))
            state(part, f"void:{kind}", ox.NamedNode(iri))
            state(part, "void:entities" if kind == "class" else "void:triples", _number(count))
    for (predicate, host), count in sorted(counts.links.items()):
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
    files: Sequence[GraphFile] = (),
    counts: GraphCounts | None = None,
) -> bytes:
    """`describe_graph` in an RDF format other than nq and trig."""
    described = describe_graph(graph, endpoint, files, counts)
    triples = sorted(described, key=lambda one: str(one.subject))
    return to_bytes(triples, form, NAMESPACES)


def _state_whole(
    graph: ExportGraph, dataset: ox.NamedNode, counts: GraphCounts, state: State
) -> None:
    state(dataset, "rdf:type", node("void:Dataset"))
    state(dataset, "void:uriSpace", ox.Literal(f"{graph.base}id/"))
    for namespace in sorted({KG, *PREFIXES.values()}):
        state(dataset, "void:vocabulary", ox.NamedNode(namespace))
    for document in graph.documents:
        state(dataset, "prov:wasDerivedFrom", document)
    for question_set in counts.sets:
        state(dataset, "void:exampleResource", question_set)
    state(dataset, "void:triples", _number(counts.triples))
    state(dataset, "void:distinctSubjects", _number(counts.subjects))
    state(dataset, "void:distinctObjects", _number(counts.objects))
    state(dataset, "void:properties", _number(len(counts.properties)))
    state(dataset, "void:classes", _number(len(counts.classes)))
    state(dataset, "void:entities", _number(counts.typed))
    if counts.days:
        period = ox.NamedNode(f"{dataset.value}/period")
        state(dataset, "dcterms:temporal", period)
        state(period, "rdf:type", node("dcterms:PeriodOfTime"))
        for name, day in zip(("dcat:startDate", "dcat:endDate"), counts.days, strict=True):
            state(period, name, ox.Literal(day, datatype=node("xsd:date")))


def _slug(iri: str) -> str:
    """A name for a term that is its own among all terms: prefix and local name."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}-{local_name(iri)}"
    return f"{urlsplit(iri).hostname}-{local_name(iri)}"


def _number(count: int) -> ox.Literal:
    return ox.Literal(count)
