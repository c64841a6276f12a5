"""A thing in terms of schema.org, for search engines: JSON-LD in the head of its page."""

from collections.abc import Mapping, Set
from typing import Any

import pyoxigraph as ox

from kg.export.page_parts import first_literal, full_iri
from kg.rdf.vocabulary import KG

_TYPES = {
    "QuestionSet": "CreativeWork",
    "Person": "Person",
    "Party": "Organization",
    "Ministry": "GovernmentOrganization",
    "Organisation": "Organization",
    "Law": "Legislation",
    "Motion": "CreativeWork",
    "ParliamentaryPaper": "CreativeWork",
    "Policy": "CreativeWork",
}


def describe(
    iri: str, name: str, kinds: Set[str], values: Mapping[str, list[object]]
) -> dict[str, Any]:
    """The thing with its name, number, dates, people and other identifiers."""
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": next((_TYPES[one] for one in sorted(kinds) if one in _TYPES), "Thing"),
        "@id": iri,
        "name": name,
    }
    for key, predicate in (
        ("identifier", full_iri("dcterms:identifier")),
        ("dateCreated", KG + "submittedOn"),
    ):
        if (value := first_literal(dict(values), predicate)) is not None:
            about[key] = value
    for key, predicate in (
        ("author", KG + "submittedBy"),
        ("about", full_iri("dcterms:subject")),
        ("sameAs", full_iri("skos:exactMatch")),
        ("url", full_iri("foaf:page")),
    ):
        things = [one.value for one in values.get(predicate, ()) if isinstance(one, ox.NamedNode)]
        if things and key in ("author", "about"):
            about[key] = [{"@id": one} for one in things]
        elif things:
            about[key] = things
    return about
