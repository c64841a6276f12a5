"""The graph as an entry of a data catalogue: what DCAT-AP-NL 3.0 asks of every dataset.

https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/
"""

from collections.abc import Callable, Sequence

import pyoxigraph as ox

from kg import __version__
from kg.rdf.vocabulary import PREFIXES

DATASET = "id/dataset"
"""Local part of the IRI of the graph as a whole."""

State = Callable[[ox.NamedNode, str, ox.NamedNode | ox.Literal], None]
"""Takes a statement: subject, prefixed name of the property, value."""

NAMESPACES = {
    **PREFIXES,
    "void": "http://rdfs.org/ns/void#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
MEDIA_TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
_IANA = "https://www.iana.org/assignments/media-types/"
_EU = "http://publications.europa.eu/resource/authority/"
_PUBLIC = ox.NamedNode(f"{_EU}access-right/PUBLIC")
_THEME = ox.NamedNode(f"{_EU}data-theme/GOVE")
_DUTCH = ox.NamedNode(f"{_EU}language/NLD")
_PUBLIC_DOMAIN = ox.NamedNode("http://creativecommons.org/publicdomain/mark/1.0/")
_CC_ZERO = ox.NamedNode("http://creativecommons.org/publicdomain/zero/1.0/")
_NAME = "Kamergraaf"
_TITLES = {
    "nl": "Kamergraaf: Kamervragen als kennisgraaf",
    "en": "Kamergraaf: Dutch parliamentary questions as a knowledge graph",
}
_TEXTS = {
    "nl": (
        "Schriftelijke vragen van Kamerleden, de antwoorden van het kabinet, wie ze stelt en "
        "beantwoordt, en wat erin genoemd wordt; elke uitspraak met de plaats in het document."
    ),
    "en": (
        "Written questions of the Dutch House of Representatives, the answers of the government, "
        "who asks and answers, and what they name; every statement with its place in a document."
    ),
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
_PARTS = {
    "texts": ("Teksten van vragen en antwoorden", "Texts of questions and answers", _PUBLIC_DOMAIN),
    "authority": (
        "Gezagsbestanden: personen, partijen, organisaties, wetten (grotendeels uit Datagraver en "
        "Wikidata)",
        "Authority files: people, parties, bodies, laws (mostly from Datagraver and Wikidata)",
        _CC_ZERO,
    ),
}
"""The parts that have a licence of their own, as ontology/authority and the documents state it."""


def node(name: str) -> ox.NamedNode:
    """The term with a prefixed name."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(NAMESPACES[prefix] + local)


def state_entry(base: str, endpoint: str | None, dumps: Sequence[str], state: State) -> None:
    """States the catalogue, its dataset, the dataset's files and the SPARQL service.

    `dumps` are the formats of the files that stand at the base of the IRIs; `endpoint` is the
    address of the service.
    """
    dataset = ox.NamedNode(base + DATASET)
    catalogue = ox.NamedNode(f"{base}id/catalog")
    publisher, contact = ox.NamedNode(f"{base}id/publisher"), ox.NamedNode(f"{base}id/contact")
    state(publisher, "rdf:type", node("foaf:Agent"))
    state(publisher, "foaf:name", ox.Literal(_NAME))
    state(contact, "rdf:type", node("vcard:Kind"))
    state(contact, "vcard:fn", ox.Literal(_NAME))
    state(contact, "vcard:hasURL", ox.NamedNode(base))
    state(catalogue, "rdf:type", node("dcat:Catalog"))
    state(catalogue, "dcat:dataset", dataset)
    state(catalogue, "foaf:homepage", ox.NamedNode(base))
    state(dataset, "rdf:type", node("dcat:Dataset"))
    state(dataset, "dcat:landingPage", ox.NamedNode(base))
    state(dataset, "dcat:version", ox.Literal(__version__))
    state(dataset, "dcterms:license", _PUBLIC_DOMAIN)
    described = [catalogue, dataset]
    if endpoint is not None:
        described.append(_state_service(dataset, endpoint, state))
    for thing in described:
        for language, title in _TITLES.items():
            state(thing, "dcterms:title", ox.Literal(title, language=language))
            state(thing, "dcterms:description", ox.Literal(_TEXTS[language], language=language))
            state(thing, "dcterms:rights", ox.Literal(_RIGHTS[language], language=language))
        state(thing, "dcterms:identifier", ox.Literal(thing.value))
        state(thing, "dcterms:publisher", publisher)
        state(thing, "dcterms:creator", publisher)
        state(thing, "dcat:contactPoint", contact)
        state(thing, "dcat:theme", _THEME)
        state(thing, "dcterms:accessRights", _PUBLIC)
        state(thing, "dcterms:language", _DUTCH)
    for form in dumps:
        _state_file(dataset, form, f"{base}kamergraaf.{form}", state)
    for name, (title_nl, title_en, licence) in _PARTS.items():
        part = ox.NamedNode(f"{dataset.value}/part/{name}")
        state(dataset, "void:subset", part)
        state(part, "rdf:type", node("void:Dataset"))
        state(part, "dcterms:title", ox.Literal(title_nl, language="nl"))
        state(part, "dcterms:title", ox.Literal(title_en, language="en"))
        state(part, "dcterms:license", licence)


def _state_file(dataset: ox.NamedNode, form: str, url: str, state: State) -> None:
    distribution = ox.NamedNode(f"{dataset.value}/distribution/{form}")
    state(dataset, "dcat:distribution", distribution)
    state(dataset, "void:dataDump", ox.NamedNode(url))
    state(distribution, "rdf:type", node("dcat:Distribution"))
    state(distribution, "dcterms:title", ox.Literal(f"kamergraaf.{form}"))
    state(distribution, "dcat:accessURL", ox.NamedNode(url))
    state(distribution, "dcat:downloadURL", ox.NamedNode(url))
    state(distribution, "dcat:mediaType", ox.NamedNode(_IANA + MEDIA_TYPES[form]))
    state(distribution, "dcterms:license", _PUBLIC_DOMAIN)


def _state_service(dataset: ox.NamedNode, endpoint: str, state: State) -> ox.NamedNode:
    service = ox.NamedNode(f"{dataset.value}/service/sparql")
    distribution = ox.NamedNode(f"{dataset.value}/distribution/sparql")
    address = ox.NamedNode(endpoint)
    state(dataset, "void:sparqlEndpoint", address)
    state(dataset, "dcat:distribution", distribution)
    state(distribution, "rdf:type", node("dcat:Distribution"))
    state(distribution, "dcterms:title", ox.Literal("SPARQL 1.1"))
    state(distribution, "dcat:accessURL", address)
    state(distribution, "dcat:accessService", service)
    state(distribution, "dcterms:license", _PUBLIC_DOMAIN)
    state(service, "rdf:type", node("dcat:DataService"))
    state(service, "dcat:endpointURL", address)
    state(service, "dcat:endpointDescription", address)
    state(service, "dcat:servesDataset", dataset)
    state(service, "dcterms:license", _PUBLIC_DOMAIN)
    state(service, "dcterms:conformsTo", ox.NamedNode("https://www.w3.org/TR/sparql11-protocol/"))
    return service
