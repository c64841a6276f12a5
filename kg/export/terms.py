"""What classes and properties are called in Dutch."""

from datetime import date
from functools import cache

import pyoxigraph as ox

from kg.export.graph import local_name
from kg.model.months import MONTHS
from kg.rdf.vocabulary import KG, PREFIXES
from kg.resources import ontology_dir

_DUTCH_NAMES = {
    "dcat:endDate": "tot",
    "dcat:startDate": "vanaf",
    "dcterms:format": "formaat",
    "dcterms:identifier": "nummer",
    "dcterms:isPartOf": "maakt deel uit van",
    "dcterms:isReplacedBy": "opgevolgd door",
    "dcterms:spatial": "gebied",
    "dcterms:subject": "onderwerp",
    "dcterms:temporal": "periode",
    "dcterms:title": "titel",
    "dcterms:type": "soort",
    "foaf:familyName": "achternaam",
    "foaf:givenName": "voornaam",
    "foaf:name": "naam",
    "foaf:page": "webpagina",
    "org:hasMembership": "lidmaatschap",
    "org:member": "lid",
    "org:memberDuring": "periode",
    "org:organization": "organisatie",
    "org:postIn": "ambt bij",
    "org:role": "rol",
    "prov:specializationOf": "vorm van",
    "prov:wasDerivedFrom": "bron",
    "prov:wasQuotedFrom": "plaats in de bron",
    "rdf:type": "klasse",
    "rdfs:label": "naam",
    "skos:altLabel": "ook bekend als",
    "skos:broader": "valt onder",
    "skos:editorialNote": "aantekening",
    "skos:exactMatch": "zelfde als",
    "skos:notation": "code",
    "skos:prefLabel": "naam",
    "dcterms:PeriodOfTime": "Periode",
    "org:Post": "Ambt",
    "org:Role": "Rol",
}
"""Terms of others that the graph uses; ours carry their names in the ontology."""

_PLURALS = {
    "set kamervragen": "Sets Kamervragen",
    "persoon": "Personen",
    "partij of fractie": "Partijen en fracties",
    "ministerie": "Ministeries",
    "organisatie": "Organisaties",
    "wet of regeling": "Wetten en regelingen",
    "motie": "Moties",
    "kamerstuk": "Kamerstukken",
    "beleid": "Beleid",
    "onderwerp": "Onderwerpen",
    "ambt": "Ambten",
    "rondvraag": "Rondvragen",
    "hergebruikte passage": "Hergebruikte passages",
    "brondocument": "Brondocumenten",
    "bronfout": "Bronfouten",
    "telling": "Tellingen",
    "aantal": "Aantallen",
    "periode": "Perioden",
    "rol": "Rollen",
}
"""What several things of a class are called, in the order in which the index shows them."""

_INVERSE_NAMES = {
    KG + "submittedBy": "diende vragen in",
    KG + "answeredBy": "beantwoordde vragen",
    KG + "postponedBy": "stelde het antwoord uit op",
    KG + "addressedTo": "kreeg vragen",
    KG + "mentions": "genoemd in",
    KG + "memberOf": "leden",
    KG + "holdsOffice": "bekleed door",
    KG + "inRoundRobin": "sets in deze ronde",
    KG + "inferredTopic": "sets over dit onderwerp",
    PREFIXES["dcterms"] + "subject": "sets met dit onderwerp",
    PREFIXES["prov"] + "wasDerivedFrom": "hieruit gelezen",
    KG + "person": "optredens",
    KG + "party": "optredens voor deze partij",
    KG + "office": "optredens in dit ambt",
    PREFIXES["org"] + "postIn": "ambten",
    PREFIXES["org"] + "organization": "lidmaatschappen",
    PREFIXES["org"] + "member": "lidmaatschappen",
    PREFIXES["dcterms"] + "isReplacedBy": "opvolger van",
    PREFIXES["dcterms"] + "isPartOf": "onderdelen",
    PREFIXES["skos"] + "broader": "hieronder vallen",
    KG + "printedAs": "stuk van",
    KG + "refersTo": "hiernaar verwijzen",
}
"""How a property is called from its object, in the order in which a page shows them."""


@cache
def _names() -> dict[str, str]:
    names = {}
    for prefixed, name in _DUTCH_NAMES.items():
        prefix, _, local = prefixed.partition(":")
        names[PREFIXES[prefix] + local] = name
    ontology = ox.Store()
    file = ontology_dir() / "kamergraaf.ttl"
    ontology.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
    label = ox.NamedNode(PREFIXES["rdfs"] + "label")
    for quad in ontology.quads_for_pattern(None, label, None):
        if isinstance(quad.object, ox.Literal) and quad.object.language == "nl":
            names[str(quad.subject).strip("<>")] = quad.object.value
    return names


def dutch_name(iri: str) -> str:
    """The Dutch name of a class or property, else the last part of its IRI."""
    return _names().get(iri) or local_name(iri)


def plural_name(kind: str) -> tuple[int, str]:
    """What several things of a kind are called in Dutch, and their place on the index."""
    name = kind.lower()
    if name in _PLURALS:
        return list(_PLURALS).index(name), _PLURALS[name]
    return len(_PLURALS), kind


def inverse_name(iri: str) -> tuple[int, str]:
    """What a property is called in Dutch from its object, and its place on a page."""
    if iri in _INVERSE_NAMES:
        return list(_INVERSE_NAMES).index(iri), _INVERSE_NAMES[iri]
    return len(_INVERSE_NAMES), f"{dutch_name(iri)} (van)"


def dutch_number(value: int) -> str:
    """A number as Dutch readers write it."""
    return f"{value:,}".replace(",", ".")


def dutch_date(value: str) -> str:
    """An xsd:date as Dutch readers write it, such as 23 mei 2025; others as they are."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
