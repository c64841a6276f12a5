"""Results in the formats of the W3C, byte for byte, and as plain values."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.querying.results import to_table, write_results

QUERY = """
SELECT ?thing ?text ?number WHERE {
    VALUES (?thing ?text ?number) {
        (<https://example.org/a> "a, \\"b\\"\\nc"@nl 42)
        (UNDEF "😀" UNDEF)
    }
}
"""


def written(form: str, query: str = QUERY) -> bytes:
    output = io.BytesIO()
    write_results(ox.Store().query(query), form, output)
    return output.getvalue()


# SPARQL 1.1 Query Results CSV and TSV Formats, sections 3 and 4; JSON Format, section 3.
@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("csv", 'thing,text,number\r\nhttps://example.org/a,"a, ""b""\nc",42\r\n,😀,\r\n'),
        (
            "tsv",
            '?thing\t?text\t?number\n<https://example.org/a>\t"a, \\"b\\"\\nc"@nl\t42\n\t"😀"\t\n',
        ),
        (
            "json",
            '{"head":{"vars":["thing","text","number"]},"results":{"bindings":['
            '{"thing":{"type":"uri","value":"https://example.org/a"},'
            '"text":{"type":"literal","value":"a, \\"b\\"\\nc","xml:lang":"nl"},'
            '"number":{"type":"literal","value":"42",'
            '"datatype":"http://www.w3.org/2001/XMLSchema#integer"}},'
            '{"text":{"type":"literal","value":"😀"}}]}}',
        ),
    ],
)
def test_the_bytes_of_a_table(form: str, expected: str) -> None:
    assert written(form).decode("utf-8") == expected


def test_other_readers_read_them() -> None:
    rows = list(csv.reader(io.StringIO(written("csv").decode("utf-8"), newline="")))
    assert rows[1] == ["https://example.org/a", 'a, "b"\nc', "42"]
    assert len(json.loads(written("json"))["results"]["bindings"]) == 2
    names = {"s": "http://www.w3.org/2005/sparql-results#"}
    root = ElementTree.fromstring(written("xml"))
    assert [one.get("name") for one in root.findall("s:head/s:variable", names)] == [
        "thing",
        "text",
        "number",
    ]
    assert root.findtext(".//s:literal", namespaces=names) == 'a, "b"\nc'


def test_a_truth() -> None:
    assert json.loads(written("json", "ASK { }")) == {"head": {}, "boolean": True}
    assert b"<boolean>true</boolean>" in written("xml", "ASK { }")


def test_a_graph_is_sorted_turtle() -> None:
    query = "CONSTRUCT { <https://example.org/b> <https://example.org/p> ?x } "
    text = written("ttl", query + "{ VALUES ?x { 2 1 3 } }").decode("utf-8")
    assert " 1 , 2 , 3 " in text


@pytest.mark.parametrize(
    ("form", "query", "reason"),
    [
        ("ttl", QUERY, "SELECT and ASK have no format ttl"),
        ("ttl", "ASK { }", "SELECT and ASK have no format ttl"),
        ("csv", "CONSTRUCT WHERE { ?s ?p ?o }", "give a graph; use --format ttl"),
    ],
)
def test_a_format_that_does_not_fit(form: str, query: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        written(form, query)


def test_plain_values() -> None:
    table = to_table(
        ox.Store().query(
            "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ?a ?b ?c ?d ?e ?f ?g WHERE { "
            'VALUES (?a ?b ?c ?d ?e ?f) { (1 1.5 true "2025-05-23"^^xsd:date "x"@nl UNDEF) } '
            'BIND ("2025-02-31"^^xsd:date AS ?g) }'
        )
    )
    assert list(table.plain()) == [
        (1, Decimal("1.5"), True, date(2025, 5, 23), "x", None, "2025-02-31")
    ]
    (row,) = table.rows
    assert row[4] is not None
    assert (row[4].kind, row[4].language) == ("literal", "nl")
    assert next(table.records())["a"] == 1
    assert len(table) == 1
