"""The graph in a Python program."""

from datetime import date
from pathlib import Path

import pytest
import rdflib

import kg
from kg.errors import GraphError, QueryError
from kg.library import Graph

TITLE = "SELECT (COUNT(*) AS ?m) { ?s a <https://w3id.org/kamergraaf/def#Question> }"
DAY = "SELECT ?day { ?s <https://w3id.org/kamergraaf/def#submittedOn> ?day }"


@pytest.fixture(scope="module")
def graph(seed_build: Path) -> Graph:
    return kg.load(seed_build)


def test_a_named_query_gives_a_table(graph: Graph) -> None:
    table = graph.query("sets")
    assert not isinstance(table, bool | list)
    assert len(table) == 19
    assert {record["kenmerk"] for record in table.records()} == {None, "2025Z10397"}


def test_values_are_what_python_has_for_them(graph: Graph) -> None:
    table = graph.query(DAY)
    assert not isinstance(table, bool | list)
    assert [*table.plain()] == [(date(2025, 5, 23),)]


def test_truths_and_graphs_are_given_as_such(graph: Graph) -> None:
    assert graph.query("ASK { ?s ?p ?o }") is True
    assert graph.query("ASK { <urn:x> ?p ?o }") is False
    triples = graph.query("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 3")
    assert isinstance(triples, list)
    assert len(triples) == 3


def test_tables_become_data_frames(graph: Graph) -> None:
    table = graph.query("sets")
    assert not isinstance(table, bool | list)
    pandas, polars = table.to_pandas(), table.to_polars()
    assert list(pandas.columns) == polars.columns == list(table.columns)
    assert pandas["questions"].sum() == polars["questions"].sum() == 238
    counted = graph.query(TITLE)
    assert not isinstance(counted, bool | list)
    assert counted.to_pandas()["m"].tolist() == [238]


def test_rdflib_gets_the_same_triples(graph: Graph) -> None:
    view = graph.to_rdflib()
    assert isinstance(view, rdflib.Graph)
    assert len(view) == len(graph)


def test_rdflib_looks_into_the_graph_without_a_copy(graph: Graph) -> None:
    view = graph.rdflib_view()
    assert isinstance(view, rdflib.Dataset)
    assert len(view) == len(graph)
    (row,) = view.query(TITLE)
    assert row.m == rdflib.Literal(238)
    day = rdflib.URIRef("https://w3id.org/kamergraaf/def#submittedOn")
    assert [value.toPython() for value in view.objects(None, day)] == [date(2025, 5, 23)]


def test_rows_become_rdflib_terms(graph: Graph) -> None:
    table = graph.query(
        "SELECT ?s ?day ?label ?none { ?s <https://w3id.org/kamergraaf/def#submittedOn> ?day ; "
        "<http://www.w3.org/2000/01/rdf-schema#label> ?label }"
    )
    assert not isinstance(table, bool | list)
    (row,) = table.to_rdflib()
    assert row["s"] == rdflib.URIRef("https://w3id.org/kamergraaf/id/set/2025Z10397")
    assert row["day"] == rdflib.Literal(date(2025, 5, 23))
    assert row["label"].language == "nl"
    assert "none" not in row


def test_errors_are_those_of_the_command_line(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="kg build"):
        kg.load(tmp_path)
    with pytest.raises(QueryError, match="no query is named"):
        graph.query("nonsense")
    with pytest.raises(QueryError, match="not valid SPARQL"):
        graph.query("SELECT {")
    with pytest.raises(QueryError, match="no parameter"):
        graph.query("sets", nonsense=1)
