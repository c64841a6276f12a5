"""Values get into queries as checked terms, never as query text."""

import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.querying.parameters import Parameter, bind, defaults, to_term

ECHO = 'SELECT ?value WHERE { VALUES ?value { "x" } }'


def parameter(kind: str, default: str = "") -> Parameter:
    return Parameter("value", kind, default, "waarde", "value")


def echo(kind: str, value: str) -> object:
    """What an engine reads where the value was put."""
    text = bind(ECHO, (parameter(kind, "x"),), {"value": value})
    (row,) = ox.Store().query(text)
    return row["value"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_comes_back_as_itself(value: str) -> None:
    assert echo("string", value) == ox.Literal(value)


ATTACKS = [
    '" } } ; DROP ALL #',
    '"@nl',
    "\\",
    '\\"',
    "\\u0022 } SELECT * { ?s ?p ?o } #",
    "\\\\u0022",
    "\u0022 } UNION { ?s ?p ?value } {",
    "line\nbreak\r\ttab",
    "?value }",
    "'''",
    '"""',
    "😀 Yılmaz",
]


@pytest.mark.parametrize("value", ATTACKS)
def test_attacks_come_back_as_text(value: str) -> None:
    assert echo("string", value) == ox.Literal(value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "42"),
        ("integer", "-1"),
        ("decimal", "0.5"),
        ("date", "2024-02-29"),
        ("boolean", "true"),
    ],
)
def test_typed_values_carry_their_datatype(kind: str, value: str) -> None:
    datatype = ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")
    assert echo(kind, value) == ox.Literal(value, datatype=datatype)


def test_an_iri_is_an_iri() -> None:
    assert echo("iri", "https://example.org/é?a=b#c") == ox.NamedNode("https://example.org/é?a=b#c")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "4.2"),
        ("integer", ""),
        ("integer", "1 }"),
        ("integer", "٣"),
        ("decimal", "1e3"),
        ("decimal", "."),
        ("date", "2025-02-30"),
        ("date", "23-05-2025"),
        ("date", "20250523"),
        ("boolean", "yes"),
        ("iri", "person/x"),
        ("iri", "https://example.org/> } #"),
        ("iri", "https://example.org/a b"),
        ("iri", "https://example.org/\\u003E"),
        ("iri", "javascript:{}"),
        ("string", "\ud800"),
        ("string", "nul\0"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(kind: str, value: str) -> None:
    with pytest.raises(QueryError, match="parameter value"):
        to_term(parameter(kind), value)


@given(st.sampled_from(["integer", "decimal", "date", "boolean", "iri"]), st.text())
def test_what_is_accepted_is_one_term(kind: str, value: str) -> None:
    try:
        to_term(parameter(kind), value)
    except QueryError:
        return
    assert len(json.dumps(str(echo(kind, value)))) > 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('SELECT * { VALUES ?a { "x" } }', {"a": '"x"'}),
        ("SELECT * { values $a { 1 } VALUES ?b {<i:b>} }", {"a": "1", "b": "<i:b>"}),
        ('SELECT * { VALUES ?a { "}" } }', {"a": '"}"'}),
        ("SELECT * { VALUES ?a { 1 # }\n } }", {"a": "1 # }"}),
        ("# VALUES ?a { 1 }\nSELECT * { }", {}),
        ('SELECT * { BIND ("VALUES ?a { 1 }" AS ?b) }', {}),
        ("SELECT * { BIND ('''VALUES ?a { 1 }''' AS ?b) }", {}),
        ("SELECT * { ?s <http://a/#> ?o VALUES ?a { 1 } }", {"a": "1"}),
        ("SELECT * { ?s <http://a/#VALUES?a> ?o }", {}),
        ("SELECT * { VALUES (?a ?b) { (1 2) } }", {}),
        ("SELECT * { VALUES ?a", {}),
    ],
)
def test_slots_are_told_from_text(text: str, expected: dict[str, str]) -> None:
    assert defaults(text) == expected


def test_every_slot_of_a_name_is_filled() -> None:
    text = "SELECT * { VALUES ?value { 1 } { SELECT ?value { VALUES ?value { 1 } } } }"
    bound = bind(text, (parameter("integer", "1"),), {"value": "7"})
    assert [row["value"].value for row in ox.Store().query(bound)] == ["7"]


def test_without_value_the_default_stands() -> None:
    text = bind(ECHO, (parameter("string", "cloud"),), {})
    (row,) = ox.Store().query(text)
    assert row["value"] == ox.Literal("cloud")


@pytest.mark.parametrize(
    ("text", "values", "reason"),
    [
        (ECHO, {"word": "x"}, "no parameter 'word'; its parameters: value"),
        ("SELECT * { }", {}, "no VALUES"),
    ],
)
def test_values_without_place_are_refused(text: str, values: dict[str, str], reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        bind(text, (parameter("string"),), values)
