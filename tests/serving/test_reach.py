"""Queries that reach beyond the graph, in every spelling, and those that only look like it."""

from pathlib import Path

import pytest

from kg.querying.catalogue import read_catalogue
from kg.serving.reach import MOST_NESTING, ReachError, refuse_reach

BASE = "http://here.example/sparql"
HERE = {"http://here.example/g", "urn:g"}

OUTSIDE = [
    ("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { sErViCe SILENT <http://a.example/> { ?s ?p ?o } }", "SERVICE"),
    ("PREFIX a: <http://a.example/> SELECT * { SERVICE a:b { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { \\u0053ERVICE <http://a.example/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { SERVIC\\U00000045 <http://a.example/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { SERVICE # comment\n# more\n<http://a.example/>\n{ ?s ?p ?o } }", "SERVICE"),
    ("BASE <http://a.example/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { ?s ?p ?e . SERVICE ?e { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { { SELECT * { OPTIONAL { SERVICE <x:> {} } } } }", "SERVICE"),
    ("ASK { FILTER EXISTS { SERVICE <x:> {} } }", "SERVICE"),
    ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://a.example/> { ?s ?p ?o } }", "SERVICE"),
    ("LOAD <http://a.example/x.ttl>", "LOAD"),
    ("LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:g>", "LOAD"),
    ("LO\\u0041D <file:///etc/passwd>", "LOAD"),
    ("SELECT * FROM <http://a.example/x.ttl> { ?s ?p ?o }", "FROM <http://a.example/x.ttl>"),
    ("SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", "FROM NAMED <file:///etc/passwd>"),
    ("PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }", "FROM <file:///etc/passwd>"),
    ("BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }", "FROM <file:///etc/passwd>"),
    ("BASE <file:///> BASE <etc/> SELECT * FROM <passwd> {}", "FROM <file:///etc/passwd>"),
    ("SELECT * FROM <../x.ttl> { ?s ?p ?o }", "FROM <http://here.example/x.ttl>"),
    ("SELECT * \\u0046ROM <file:///etc/passwd> { ?s ?p ?o }", "FROM <file:///etc/passwd>"),
    ("SELECT * FROM#\n<file:///etc/passwd> { ?s ?p ?o }", "FROM <file:///etc/passwd>"),
    ("SELECT * FROM <urn:g> FROM <urn:h> { ?s ?p ?o }", "FROM <urn:h>"),
    ("DELETE { ?s ?p ?o } USING <http://a.example/> WHERE { ?s ?p ?o }", "USING"),
    ("SELECT * { ?s ?p ?o ( SERVICE <x:> {} }", "SERVICE"),
    ("SELECT * { ?s ?p ?o } SERVICE", "not clear near line 1"),
    ("SELECT * { ?s ?p 'a\\u0027 . SERV\\u0049CE <x:> {} # '", ""),
    ("SELECT * { ?s ?p 'a\\u0027' . SERV\\u0049CE <x:> {} }", "SERVICE"),
]  # fmt: skip

INSIDE = [
    "SELECT * { ?s ?p ?o }",
    "SELECT ?service ?from { ?service <urn:from> 'SERVICE <http://a.example/>' } # FROM LOAD",
    "PREFIX service: <urn:> SELECT * { ?s service:from service:load }",
    'SELECT * { ?s ?p "\\u0022 . SERVICE <http://a.example/> { ?s ?p ?o } #" }',
    "SELECT * FROM <g> { ?s ?p ?o }",
    "PREFIX u: <urn:> SELECT * FROM u:g FROM NAMED <urn:g> { GRAPH u:g { ?s ?p ?o } }",
    "SELECT * { GRAPH <http://a.example/> { ?s ?p ?o } }",
    "no SPARQL at all",
    "SELECT * { " + "{ " * 100 + "?s ?p ?o" + " }" * 101,
    "SELECT * { ?s ?p ?o " + "OPTIONAL { ?a ?b ?c } " * 5000 + "}",
]


@pytest.mark.parametrize(("query", "reason"), OUTSIDE)
def test_what_reaches_outside_is_refused(query: str, reason: str) -> None:
    with pytest.raises(ReachError) as refused:
        refuse_reach(query, BASE, HERE.__contains__)
    assert reason in str(refused.value)


@pytest.mark.parametrize("query", INSIDE[:3] + INSIDE[4:])
def test_what_stays_inside_passes(query: str) -> None:
    refuse_reach(query, BASE, HERE.__contains__)


def test_a_text_that_another_reading_takes_for_a_call_is_refused() -> None:
    with pytest.raises(ReachError):
        refuse_reach(INSIDE[3], BASE, HERE.__contains__)


@pytest.mark.parametrize(("opens", "closes"), [("{", "}"), ("(", ")")])
def test_what_is_nested_too_deeply_is_refused(opens: str, closes: str) -> None:
    inside = "" if opens == "{" else "?s ?p ?o FILTER ("
    outside = "" if opens == "{" else "?o)"
    deep = 5 * MOST_NESTING
    query = f"SELECT * {{ {inside}{opens * deep}{outside[:2]}{closes * deep}{outside[2:]} }}"
    with pytest.raises(ReachError, match="levels deep"):
        refuse_reach(query, BASE, HERE.__contains__)


def test_no_named_query_is_refused() -> None:
    for query in read_catalogue():
        refuse_reach(query.bound({}), BASE, HERE.__contains__)


def test_the_queries_of_the_standard_are_read(shared: Path) -> None:
    tests = sorted((shared / "w3c-sparql11-tests").rglob("*.rq"))
    refused = []
    for path in tests:
        try:
            refuse_reach(path.read_text("utf-8"), BASE, lambda _: True)
        except ReachError as error:
            refused.append(f"{path.name}: {error}")
    assert [one for one in refused if "SERVICE is refused" not in one] == []
