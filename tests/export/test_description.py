"""The description of the graph says what is true of it."""

import io
import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from kg.export.description import describe_graph
from kg.export.distributions import GraphFile
from kg.export.exporting import export_file
from kg.export.graph import ExportGraph

PREFIX = """PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX kg: <https://w3id.org/kamergraaf/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> """
EU = "http://publications.europa.eu/resource/authority/file-type/"


FILES = (
    GraphFile("kamergraaf.ttl", "ttl", 12, "ab" * 32),
    GraphFile("kamer graaf.nq", "nq", 34, "cd" * 32),
)
SHAPES = Path(__file__).with_name("dcat-ap-nl.ttl")


@pytest.fixture(scope="module")
def graph(seed_graph: Path) -> ExportGraph:
    return ExportGraph.open(seed_graph)


@pytest.fixture(scope="module")
def triples(graph: ExportGraph) -> list[ox.Triple]:
    return describe_graph(graph, "https://example.org/sparql", FILES)


@pytest.fixture(scope="module")
def description(triples: list[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(one.subject, one.predicate, one.object) for one in triples)
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
    rights = "SELECT ?r { ?d a dcat:Dataset ; dcterms:rights/rdfs:label ?r }"
    assert len(rows(description, rights)) == 2
    assert len(rows(description, "SELECT ?s { ?d a dcat:Dataset ; prov:wasDerivedFrom ?s }")) == 2
    assert rows(
        description,
        """SELECT ?u ?n ?c ?f { ?d dcat:downloadURL ?u ; dcat:byteSize ?n ; dcterms:format ?f ;
        spdx:checksum/spdx:checksumValue ?c } ORDER BY ?u""",
    ) == [
        ["https://w3id.org/kamergraaf/kamer%20graaf.nq", "34", "cd" * 32, f"{EU}RDF_N_QUADS"],
        ["https://w3id.org/kamergraaf/kamergraaf.ttl", "12", "ab" * 32, f"{EU}RDF_TURTLE"],
    ]


def test_the_period_is_that_of_the_questions_and_answers(
    graph: ExportGraph, description: ox.Store
) -> None:
    counted = rows(
        graph.store,
        "SELECT (MIN(?d) AS ?a) (MAX(?d) AS ?b) { ?s kg:submittedOn|kg:answeredOn ?d }",
    )
    period = "SELECT ?a ?b { ?d dcterms:temporal [ dcat:startDate ?a ; dcat:endDate ?b ] }"
    assert rows(description, period) == counted


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


MANDATORY = {
    "Catalog": "dct:title dct:description dct:publisher dcat:contactPoint dcat:dataset",
    "Dataset": (
        "dct:title dct:description dct:identifier dct:publisher dct:creator dcat:contactPoint "
        "dcat:theme dct:accessRights"
    ),
    "Distribution": "dcat:accessURL dct:license dcat:mediaType",
    "DataService": (
        "dct:title dct:description dct:identifier dct:publisher dcat:contactPoint dcat:theme "
        "dct:accessRights dct:license dcat:endpointURL dcat:endpointDescription"
    ),
}
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")


@pytest.fixture(scope="module")
def entry(triples: list[ox.Triple]) -> rdflib.Graph:
    """The description without what VoID adds, which no shape is about."""
    asked = "".join(f"{one} .\n" for one in triples if "rdfs.org/ns/void" not in str(one))
    return rdflib.Graph().parse(data=asked, format="nt")


def test_the_entry_is_as_dcat_ap_nl_asks(entry: rdflib.Graph) -> None:
    conforms, _, text = pyshacl.validate(entry, shacl_graph=str(SHAPES), inference="none")
    assert conforms, text


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in MANDATORY.items() for name in names.split()]
)
def test_the_shapes_miss_what_dcat_ap_nl_makes_mandatory(
    entry: rdflib.Graph, kind: str, name: str
) -> None:
    prefix, _, local = name.partition(":")
    predicate = rdflib.DCTERMS[local] if prefix == "dct" else DCAT[local]
    poorer = rdflib.Graph()
    for triple in entry:
        poorer.add(triple)
    for thing in entry.subjects(rdflib.RDF.type, DCAT[kind]):
        poorer.remove((thing, predicate, None))
    assert len(poorer) < len(entry)
    assert not pyshacl.validate(poorer, shacl_graph=str(SHAPES), inference="none")[0]


def test_the_files_beside_the_graph_are_described(tmp_path: Path, seed_graph: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(seed_graph.parent, folder)
    for form, name in (("nq", "all.nq"), ("rdfxml", "all.rdf"), ("void", "void.ttl")):
        export_file(form, folder, folder / name, io.BytesIO(), pytest.fail)
    export_file("void", folder, folder / "void.ttl", io.BytesIO(), pytest.fail)
    assert described_files(folder / "void.ttl") == {
        (name, (folder / name).stat().st_size) for name in ("all.nq", "all.rdf", "graph.ttl")
    }


def test_files_that_are_not_this_graph_are_left_out_and_named(
    tmp_path: Path, seed_graph: Path
) -> None:
    export_file("nt", seed_graph, tmp_path / "cut.nt", io.BytesIO(), pytest.fail)
    (tmp_path / "cut.nt").write_bytes((tmp_path / "cut.nt").read_bytes()[:-10])
    small = tmp_path / "small.ttl"
    small.write_text("<https://example.org/a> a <https://example.org/B> .")
    export_file("nt", small, tmp_path / "other.nt", io.BytesIO(), pytest.fail)
    (tmp_path / "unlisted.nt").write_bytes((tmp_path / "other.nt").read_bytes())
    warnings: list[str] = []
    export_file("void", seed_graph, tmp_path / "void.ttl", io.BytesIO(), warnings.append)
    assert described_files(tmp_path / "void.ttl") == set()
    whole = len(ExportGraph.open(seed_graph).store)
    assert [re.sub(r".*/(\w+\.nt)", r"\1", one) for one in warnings] == [
        f"cut.nt: is not what its manifest says; `kg validate {tmp_path}` tells; "
        "the description leaves it out",
        f"other.nt: holds 1 statements where this graph has {whole}; the description leaves it out",
    ]


def test_on_stdout_the_files_of_the_graphs_folder_are_described(
    tmp_path: Path, seed_graph: Path
) -> None:
    shutil.copytree(seed_graph.parent, tmp_path / "out")
    stdout = io.BytesIO()
    export_file("void", tmp_path / "out", None, stdout, pytest.fail)
    (tmp_path / "void.ttl").write_bytes(stdout.getvalue())
    assert {name for name, _ in described_files(tmp_path / "void.ttl")} == {"graph.ttl"}


def described_files(path: Path) -> set[tuple[str, int]]:
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    found = rows(store, "SELECT ?u ?n { ?d dcat:downloadURL ?u ; dcat:byteSize ?n }")
    return {(url.removeprefix("https://w3id.org/kamergraaf/"), int(size)) for url, size in found}


def test_no_blank_nodes_and_the_same_each_time(graph: ExportGraph) -> None:
    triples = describe_graph(graph)
    assert triples == describe_graph(graph)
    assert not any(isinstance(one.subject, ox.BlankNode) for one in triples)
