"""The form of a query, whatever stands in its prologue and comments."""

import pytest

from kg.store.sparql import form_of, names_dataset


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { }", "SELECT"),
        ("ask{}", "ASK"),
        ("# INSERT\nSELECT * { }", "SELECT"),
        ("PREFIX add: <http://drop/#insert> SELECT ?added { }", "SELECT"),
        ("BASE <http://a/> PREFIX : <#> prefix select: <b> CONSTRUCT { } WHERE { }", "CONSTRUCT"),
        ("PREFIX kg: <http://a/#> INSERT DATA { <a:select> <a:b> <a:c> }", "INSERT"),
        ("DROP ALL # SELECT", "DROP"),
        ("", ""),
        ("# nothing", ""),
        ("PREFIX", ""),
        ("{", "{"),
    ],
)
def test_form(text: str, form: str) -> None:
    assert form_of(text) == form


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("SELECT * FROM <http://a/> { }", True),
        ("select * from named <http://a/> { }", True),
        ("PREFIX x: <http://a/> ASK FROM x:g { }", True),
        ("PREFIX : <http://a/> ASK FROM :g { }", True),
        ("SELECT * { ?from ?p ?o }", False),
        ("SELECT * { ?s x:from <http://a/> }", False),
        ('SELECT * { ?s ?p "FROM <http://a/>" } # FROM <http://a/>', False),
        ("SELECT (1 AS ?x) { }", False),
        ("SELECT *FROM<http://a/>{ }", True),
        ("SELECT * FROM <http://\\u0061/> { }", True),
        ("PREFIX from: <http://a/> SELECT * { }", False),
        ("PREFIX from: <http://a/> SELECT * { ?s from:x ?o }", False),
        ("SELECT * { ?s x:a-from <http://a/> }", False),
        ("SELECT * { ?s x:a.from <http://a/> }", False),
        ('SELECT * { ?s ?p "a"@nl-from , <http://a/> }', False),
    ],
)
def test_dataset(text: str, named: bool) -> None:
    assert names_dataset(text) is named
