"""The form of a query, whatever stands in its prologue and comments."""

import pytest

from kg.store.sparql import form_of


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
