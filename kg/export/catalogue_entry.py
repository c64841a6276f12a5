"""The graph as an entry of a data catalogue, by DCAT-AP-NL 3.0.

The profile is version 3.0.0 of 12 December 2024 (https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/,
shapes in https://github.com/Geonovum/DCAT-AP-NL30), which narrows DCAT-AP 3.0
(https://semiceu.github.io/DCAT-AP/releases/3.0.0/). It makes mandatory, and is stated here:

- catalogue: title, description, publisher, one contact point, its datasets;
- dataset: title, description, one identifier, publisher and access right, creator, theme, one
  contact point;
- distribution: one access URL, one licence; the media type where there is a download URL;
- data service: title, description, one identifier, publisher, access right, licence, contact
  point, endpoint URL and endpoint description, theme.

Values are of the lists that it prescribes: the EU's authority tables (access right, theme,
language, file type, country), IANA's media types, and Geonovum's list of licences. Not stated:
applicable legislation and category, which are for High-Value Datasets; frequency and dates of
issue and change, which depend on whoever publishes, and never are the time of a run; the type of
publisher and its number in TOOI, since anybody may publish, not only the government.
"""

from collections.abc import Callable, Sequence
from urllib.parse import quote

import pyoxigraph as ox

from kg import __version__
from kg.export.distributions import GraphFile
from kg.rdf.vocabulary import KG, PREFIXES

DATASET = "id/dataset"
"""Local part of the IRI of the graph as a whole."""

State = Callable[[ox.NamedNode, str, ox.NamedNode | ox.Literal], None]
"""Takes a statement: subject, prefixed name of the property, value."""

NAMESPACES = {
    **PREFIXES,
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_FILE_TYPES = {
    "ttl": ("text/turtle", "RDF_TURTLE"),
    "nt": ("application/n-triples", "RDF_N_TRIPLES"),
    "nq": ("application/n-quads", "RDF_N_QUADS"),
    "trig": ("application/trig", "RDF_TRIG"),
    "jsonld": ("application/ld+json", "JSON_LD"),
    "rdfxml": ("application/rdf+xml", "RDF_XML"),
}
"""For each form of files its media type (IANA) and its file type (EU)."""

_IANA = "https://www.iana.org/assignments/media-types/"
_EU = "http://publications.europa.eu/resource/authority/"
_PUBLIC = ox.NamedNode(f"{_EU}access-right/PUBLIC")
_THEMES = ox.NamedNode(f"{_EU}data-theme")
_THEME = ox.NamedNode(f"{_EU}data-theme/GOVE")
_DUTCH = ox.NamedNode(f"{_EU}language/NLD")
_NETHERLANDS = ox.NamedNode(f"{_EU}country/NLD")
_LICENCES = "https://definities.geostandaarden.nl/dcat-ap-nl/id/waardelijst/licenties/"
_PUBLIC_DOMAIN = ox.NamedNode(f"{_LICENCES}public_domain_mark")
_PUBLIC_DOMAIN_MARK = ox.NamedNode("http://creativecommons.org/publicdomain/mark/1.0/")
_CC_ZERO = ox.NamedNode("http://creativecommons.org/publicdomain/zero/1.0/")
_ONTOLOGY = ox.NamedNode(KG.rstrip("#"))
_SPARQL = ox.NamedNode("https://www.w3.org/TR/sparql11-protocol/")
_SHA256 = ox.NamedNode(NAMESPACES["spdx"] + "checksumAlgorithm_sha256")
_KINDS = {
    _PUBLIC: "dcterms:RightsStatement",
    _THEME: "skos:Concept",
    _THEMES: "skos:ConceptScheme",
    _DUTCH: "dcterms:LinguisticSystem",
    _NETHERLANDS: "dcterms:Location",
    _PUBLIC_DOMAIN: "dcterms:LicenseDocument",
    _ONTOLOGY: "dcterms:Standard",
    _SHA256: "spdx:ChecksumAlgorithm",
}
"""What the values of lists are, which the lists themselves do not all say."""
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
_KEYWORDS = {
    "nl": ("Kamervragen", "Tweede Kamer", "kabinet"),
    "en": ("parliamentary questions", "House of Representatives", "government"),
}
_THEME_NAMES = {"nl": "Overheid en publieke sector", "en": "Government and public sector"}
_PARTS = {
    "texts": (
        "Teksten van vragen en antwoorden",
        "Texts of questions and answers",
        _PUBLIC_DOMAIN_MARK,
    ),
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


def state_entry(base: str, endpoint: str | None, files: Sequence[GraphFile], state: State) -> None:
    """States the catalogue, its dataset, the dataset's files and the SPARQL service.

    `files` stand at the base of the IRIs; `endpoint` is the address of the service.
    """
    dataset = ox.NamedNode(base + DATASET)
    catalogue = ox.NamedNode(f"{base}id/catalog")
    described = [catalogue, dataset]
    rights = _state_shared(base, state)
    state(catalogue, "rdf:type", node("dcat:Catalog"))
    state(catalogue, "dcat:dataset", dataset)
    state(catalogue, "foaf:homepage", ox.NamedNode(base))
    state(catalogue, "dcat:themeTaxonomy", _THEMES)
    state(dataset, "rdf:type", node("dcat:Dataset"))
    state(dataset, "dcat:landingPage", ox.NamedNode(base))
    state(dataset, "foaf:page", _ONTOLOGY)
    state(dataset, "dcat:version", ox.Literal(__version__))
    state(dataset, "dcterms:conformsTo", _ONTOLOGY)
    if endpoint is not None:
        service = _state_service(dataset, endpoint, rights, state)
        state(catalogue, "dcat:service", service)
        described.append(service)
    for thing in described:
        _state_resource(thing, base, state)
    for thing in (catalogue, dataset):
        state(thing, "dcterms:license", _PUBLIC_DOMAIN)
        state(thing, "dcterms:rights", rights)
        state(thing, "dcterms:spatial", _NETHERLANDS)
    for file in files:
        _state_file(dataset, file, rights, state)
    for name, (title_nl, title_en, licence) in _PARTS.items():
        part = ox.NamedNode(f"{dataset.value}/part/{name}")
        state(dataset, "void:subset", part)
        state(part, "rdf:type", node("void:Dataset"))
        state(part, "dcterms:title", ox.Literal(title_nl, language="nl"))
        state(part, "dcterms:title", ox.Literal(title_en, language="en"))
        state(part, "dcterms:license", licence)


def _state_shared(base: str, state: State) -> ox.NamedNode:
    """States what several things refer to; gives the statement of rights."""
    publisher, contact = ox.NamedNode(f"{base}id/publisher"), ox.NamedNode(f"{base}id/contact")
    rights = ox.NamedNode(f"{base}id/rights")
    state(publisher, "rdf:type", node("foaf:Agent"))
    state(publisher, "foaf:name", ox.Literal(_NAME))
    state(contact, "rdf:type", node("vcard:Kind"))
    state(contact, "vcard:fn", ox.Literal(_NAME))
    state(contact, "vcard:hasURL", ox.NamedNode(base))
    state(rights, "rdf:type", node("dcterms:RightsStatement"))
    for language, text in _RIGHTS.items():
        state(rights, "rdfs:label", ox.Literal(text, language=language))
    state(ox.NamedNode(base), "rdf:type", node("foaf:Document"))
    state(_ONTOLOGY, "rdf:type", node("foaf:Document"))
    for value, kind in _KINDS.items():
        state(value, "rdf:type", node(kind))
    state(_PUBLIC_DOMAIN, "rdfs:seeAlso", _PUBLIC_DOMAIN_MARK)
    state(_THEMES, "dcterms:title", ox.Literal("Data theme", language="en"))
    state(_THEME, "skos:inScheme", _THEMES)
    for language, name in _THEME_NAMES.items():
        state(_THEME, "skos:prefLabel", ox.Literal(name, language=language))
    return rights


def _state_resource(thing: ox.NamedNode, base: str, state: State) -> None:
    """What catalogue, dataset and service have alike."""
    publisher = ox.NamedNode(f"{base}id/publisher")
    for language, title in _TITLES.items():
        state(thing, "dcterms:title", ox.Literal(title, language=language))
        state(thing, "dcterms:description", ox.Literal(_TEXTS[language], language=language))
        for word in _KEYWORDS[language]:
            state(thing, "dcat:keyword", ox.Literal(word, language=language))
    state(thing, "dcterms:identifier", ox.Literal(thing.value))
    state(thing, "dcterms:publisher", publisher)
    state(thing, "dcterms:creator", publisher)
    state(thing, "dcat:contactPoint", ox.NamedNode(f"{base}id/contact"))
    state(thing, "dcat:theme", _THEME)
    state(thing, "dcterms:accessRights", _PUBLIC)
    state(thing, "dcterms:language", _DUTCH)


def _state_distribution(
    dataset: ox.NamedNode, name: str, address: ox.NamedNode, rights: ox.NamedNode, state: State
) -> ox.NamedNode:
    distribution = ox.NamedNode(f"{dataset.value}/distribution/{quote(name)}")
    state(dataset, "dcat:distribution", distribution)
    state(distribution, "rdf:type", node("dcat:Distribution"))
    state(distribution, "dcat:accessURL", address)
    state(distribution, "dcterms:license", _PUBLIC_DOMAIN)
    state(distribution, "dcterms:rights", rights)
    state(distribution, "dcterms:language", _DUTCH)
    state(distribution, "dcterms:conformsTo", _ONTOLOGY)
    return distribution


def _state_file(dataset: ox.NamedNode, file: GraphFile, rights: ox.NamedNode, state: State) -> None:
    address = ox.NamedNode(dataset.value.removesuffix(DATASET) + quote(file.name))
    distribution = _state_distribution(dataset, file.name, address, rights, state)
    checksum = ox.NamedNode(f"{distribution.value}/checksum")
    media_type, file_type = _FILE_TYPES[file.form]
    for name, value, kind in (
        ("dcat:mediaType", _IANA + media_type, "dcterms:MediaType"),
        ("dcterms:format", f"{_EU}file-type/{file_type}", "dcterms:MediaTypeOrExtent"),
    ):
        state(distribution, name, ox.NamedNode(value))
        state(ox.NamedNode(value), "rdf:type", node(kind))
    state(dataset, "void:dataDump", address)
    state(distribution, "dcterms:title", ox.Literal(file.name))
    state(distribution, "dcat:downloadURL", address)
    state(distribution, "dcat:byteSize", _typed(str(file.size), "xsd:nonNegativeInteger"))
    state(distribution, "spdx:checksum", checksum)
    state(checksum, "rdf:type", node("spdx:Checksum"))
    state(checksum, "spdx:algorithm", _SHA256)
    state(checksum, "spdx:checksumValue", _typed(file.sha256, "xsd:hexBinary"))


def _typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=node(datatype))


def _state_service(
    dataset: ox.NamedNode, endpoint: str, rights: ox.NamedNode, state: State
) -> ox.NamedNode:
    service = ox.NamedNode(f"{dataset.value}/service/sparql")
    address = ox.NamedNode(endpoint)
    distribution = _state_distribution(dataset, "sparql", address, rights, state)
    state(distribution, "dcterms:title", ox.Literal("SPARQL 1.1"))
    state(distribution, "dcat:accessService", service)
    state(dataset, "void:sparqlEndpoint", address)
    state(service, "rdf:type", node("dcat:DataService"))
    state(service, "dcat:endpointURL", address)
    state(service, "dcat:endpointDescription", address)
    state(service, "dcat:servesDataset", dataset)
    state(service, "dcterms:license", _PUBLIC_DOMAIN)
    state(service, "dcterms:rights", rights)
    state(service, "dcterms:conformsTo", _SPARQL)
    state(_SPARQL, "rdf:type", node("dcterms:Standard"))
    return service
