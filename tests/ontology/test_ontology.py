"""The ontology file itself: complete, bilingual, aligned only to terms that exist."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef, namespace
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, QB

from kg.resources import ontology_dir

KG = Namespace("https://w3id.org/kamergraaf/def#")
SCHEMA = Namespace("https://schema.org/")
ALIGNING = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch)

# Terms of vocabularies that rdflib does not hold, each seen in its owner's file or shapes.
VERIFIED = {
    "http://data.europa.eu/eli/eli-draft-legislation-ontology#": {
        "Participation",
        "answers_to",
        "had_participant_organization",
        "had_participant_person",
        "participation_in_name_of",
        "participation_role",
    },
    "http://data.europa.eu/eli/ontology#": {"LegalResource", "Work", "cites"},
    "http://parliament.uk/ontologies/question-and-answer/": {
        "Answer",
        "ParliamentaryQuestion",
        "RoundRobin",
        "allocatedTo",
        "answerText",
        "answerTo",
        "answeredBy",
        "askedBy",
        "dateForAnswer",
        "partOfRoundRobin",
        "questionText",
        "refersToPreviousAnswer",
    },
    "http://www.w3.org/ns/oa#": {"TextPositionSelector", "start", "end", "exact", "hasSource"},
    "http://www.w3.org/ns/opengov#": {"Answer", "Motion", "Question"},
    "https://data.europarl.europa.eu/def/epvoc#": {"workHadParticipation"},
    "https://identifier.overheid.nl/tooi/def/ont/": {"Ministerie"},
}


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ontology_dir() / "kamergraaf.ttl")


def terms(ontology: Graph) -> set[URIRef]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    return {term for kind in kinds for term in ontology.subjects(RDF.type, kind)}


def exists_elsewhere(term: URIRef) -> bool:
    for known in (DCTERMS, FOAF, ORG, PROV, QB, SKOS):
        if term.startswith(str(known)):
            return term in known
    if term.startswith(str(SCHEMA)):
        return term in namespace.SDO
    return any(
        term.startswith(base) and term.removeprefix(base) in names
        for base, names in VERIFIED.items()
    )


def test_every_subject_in_the_namespace_is_a_class_or_property(ontology: Graph) -> None:
    subjects = {subject for subject in ontology.subjects() if subject in KG}
    assert subjects == terms(ontology)
    assert len(subjects) > 50


@pytest.mark.parametrize("predicate", [RDFS.label, RDFS.comment])
def test_every_term_speaks_dutch_and_english(ontology: Graph, predicate: URIRef) -> None:
    for term in terms(ontology):
        languages = sorted(text.language for text in ontology.objects(term, predicate))
        assert languages == ["en", "nl"], term


def test_every_term_says_where_it_is_defined(ontology: Graph) -> None:
    for term in terms(ontology):
        assert ontology.value(term, RDFS.isDefinedBy) == URIRef("https://w3id.org/kamergraaf/def")


def test_every_term_is_aligned_or_says_why_not(ontology: Graph) -> None:
    for term in terms(ontology):
        targets = [o for p in ALIGNING for o in ontology.objects(term, p) if o not in KG]
        inherited = any(o in KG for o in ontology.objects(term, RDFS.subClassOf))
        noted = (term, SKOS.editorialNote, None) in ontology
        assert (targets or inherited) != noted, term


def test_alignments_point_at_terms_that_exist(ontology: Graph) -> None:
    declared = terms(ontology)
    for predicate in ALIGNING:
        for term, target in ontology.subject_objects(predicate):
            if target in KG:
                assert target in declared, (term, target)
            else:
                assert exists_elsewhere(target), (term, target)


def test_a_misspelt_alignment_would_be_noticed() -> None:
    assert exists_elsewhere(DCTERMS.creator)
    assert not exists_elsewhere(URIRef(str(DCTERMS) + "creater"))
    assert not exists_elsewhere(URIRef("http://www.w3.org/ns/opengov#Questions"))
    assert not exists_elsewhere(URIRef("https://example.org/x"))


def test_properties_have_domain_and_range(ontology: Graph) -> None:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            assert list(ontology.objects(term, RDFS.domain)) or list(
                ontology.objects(term, SCHEMA.domainIncludes)
            ), term
            assert list(ontology.objects(term, RDFS.range)) or list(
                ontology.objects(term, SCHEMA.rangeIncludes)
            ), term


def test_header(ontology: Graph) -> None:
    header = URIRef("https://w3id.org/kamergraaf/def")
    version = str(ontology.value(header, OWL.versionInfo))
    assert ontology.value(header, OWL.versionIRI) == URIRef(f"{header}/{version}")
    assert {text.language for text in ontology.objects(header, DCTERMS.title)} == {"nl", "en"}
    assert ontology.value(header, DCTERMS.license) is not None


def test_every_turtle_file_of_the_ontology_parses() -> None:
    for path in sorted(Path(ontology_dir()).rglob("*.ttl")):
        assert any(parse(path=path, format=RdfFormat.TURTLE)), path
