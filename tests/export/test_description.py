"""The description of the graph says what is true of it."""

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from kg.export.description import describe_graph
from kg.export.graph import ExportGraph

PREFIX = """PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX kg: <https://w3id.org/kamergraaf/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> """


@pytest.fixture(scope="module")
def graph(seed_graph: Path) -> ExportGraph:
    return ExportGraph.open(seed_graph)


@pytest.fixture(scope="module")
def description(graph: ExportGraph) -> ox.Store:
    store = ox.Store()
    store.extend(
        ox.Quad(one.subject, one.predicate, one.object)
        for one in describe_graph(graph, "https://example.org/sparql", ("ttl", "nq"))
    )
    return store


def rows(store: ox.Store, query: str) -> list[list[str]]:
    return [[term.value for term in row] for row in store.query(PREFIX + query)]


def test_each_number_is_the_count_of_the_graph(graph: ExportGraph, description: ox.Store) -> None:
    counts = {
        "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
        "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        "classes": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }",
        "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?o }",
    }
    for name, query in counts.items():
        described = rows(description, f"SELECT ?n {{ ?d a dcat:Dataset ; void:{name} ?n }}")
        assert described == rows(graph.store, query), name


def test_the_partitions_are_the_counts_of_the_graph(
    graph: ExportGraph, description: ox.Store
) -> None:
    assert rows(
        description,
        "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] } ORDER BY ?c",
    ) == rows(graph.store, "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c")
    assert rows(
        description,
        "SELECT ?p ?n { ?d void:propertyPartition [ void:property ?p ; void:triples ?n ] } "
        "ORDER BY ?p",
    ) == rows(graph.store, "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p")


def test_links_to_other_sources_are_counted(graph: ExportGraph, description: ox.Store) -> None:
    described = rows(
        description,
        """SELECT ?title ?n { ?l a void:Linkset ; void:linkPredicate skos:exactMatch ;
        void:triples ?n ; void:objectsTarget/dcterms:title ?title FILTER(?title = "TOOI") }""",
    )
    counted = rows(
        graph.store,
        """SELECT (COUNT(*) AS ?n) { ?s skos:exactMatch ?o
        FILTER(STRSTARTS(STR(?o), "https://identifier.overheid.nl/")) }""",
    )
    assert described == [["TOOI", *counted[0]]]
    assert int(described[0][1]) > 10


def test_the_description_says_where_and_under_which_terms(description: ox.Store) -> None:
    assert rows(description, "SELECT ?e { ?d void:sparqlEndpoint ?e }") == [
        ["https://example.org/sparql"]
    ]
    assert len(rows(description, "SELECT ?r { ?d a dcat:Dataset ; dcterms:rights ?r }")) == 2
    assert len(rows(description, "SELECT ?s { ?d dcterms:source ?s }")) == 2
    found = rows(description, "SELECT ?u { ?d dcat:distribution/dcat:downloadURL ?u } ORDER BY ?u")
    assert found == [
        ["https://w3id.org/kamergraaf/kamergraaf.nq"],
        ["https://w3id.org/kamergraaf/kamergraaf.ttl"],
    ]


def test_each_part_has_its_licence_as_an_iri(description: ox.Store) -> None:
    assert rows(
        description,
        "SELECT ?l { ?d void:subset [ dcterms:license ?l ; a void:Dataset ] } ORDER BY ?l",
    ) == [
        ["http://creativecommons.org/publicdomain/mark/1.0/"],
        ["http://creativecommons.org/publicdomain/zero/1.0/"],
    ]


def test_the_sources_that_users_know_have_linksets(description: ox.Store) -> None:
    linked = {
        title
        for (title,) in rows(
            description,
            "SELECT DISTINCT ?t { ?l a void:Linkset ; void:objectsTarget/dcterms:title ?t }",
        )
    }
    assert {
        "Wikidata", "TOOI", "ELI", "Basiswettenbestand", "Officiële bekendmakingen",
    } <= linked  # fmt: skip


@pytest.mark.parametrize("whole", [True, False])
def test_the_entry_has_what_dcat_ap_nl_asks(description: ox.Store, whole: bool) -> None:
    shapes = Path(__file__).with_name("dcat-ap-nl.ttl")
    data = rdflib.Graph()
    for quad in description.quads_for_pattern(None, None, None):
        if whole or quad.predicate.value != "http://purl.org/dc/terms/publisher":
            data.parse(data=f"{quad.triple} .", format="nt")
    conforms, _, text = pyshacl.validate(data, shacl_graph=str(shapes), inference="none")
    assert conforms is whole, text


def test_no_blank_nodes_and_the_same_each_time(graph: ExportGraph) -> None:
    triples = describe_graph(graph)
    assert triples == describe_graph(graph)
    assert not any(isinstance(one.subject, ox.BlankNode) for one in triples)
