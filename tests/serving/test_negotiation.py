"""The format that a client gets for what it accepts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serving.negotiation import (
    CSV,
    GRAPH_TYPES,
    HTML,
    JSON_LD,
    JSON_RESULTS,
    TABLE_TYPES,
    TURTLE,
    XML_RESULTS,
    choose,
)


@pytest.mark.parametrize(
    ("accept", "offered", "chosen"),
    [
        (None, TABLE_TYPES, JSON_RESULTS),
        ("", TABLE_TYPES, JSON_RESULTS),
        ("*/*", TABLE_TYPES, JSON_RESULTS),
        ("text/csv", TABLE_TYPES, CSV),
        ("TEXT/CSV ; Q=0.5", TABLE_TYPES, CSV),
        ("text/*", TABLE_TYPES, CSV),
        ("application/json", TABLE_TYPES, JSON_RESULTS),
        ("application/xml", TABLE_TYPES, XML_RESULTS),
        ("application/json;q=0.2, text/csv;q=0.9", TABLE_TYPES, CSV),
        ("*/*;q=0.8, application/sparql-results+json;q=0", TABLE_TYPES, XML_RESULTS),
        ("application/ld+json, text/turtle;q=0.9", GRAPH_TYPES, JSON_LD),
        ("text/html,application/xhtml+xml,*/*;q=0.8", (TURTLE, HTML), HTML),
        ("image/png", TABLE_TYPES, None),
        ("text/csv;q=0", TABLE_TYPES, None),
        ("text/csv;q=x", TABLE_TYPES, None),
        ("text", TABLE_TYPES, None),
    ],
)
def test_choice(accept: str | None, offered: tuple[str, ...], chosen: str | None) -> None:
    assert choose(accept, offered) == chosen


@given(st.text())
def test_any_header_gives_something_offered_or_nothing(accept: str) -> None:
    assert choose(accept, TABLE_TYPES) in (*TABLE_TYPES, None)


@given(st.permutations(TABLE_TYPES))
def test_an_exact_wish_is_granted_wherever_it_stands(types: list[str]) -> None:
    weighted = [f"{one};q={1 - index / 10}" for index, one in enumerate(types)]
    assert choose(", ".join(reversed(weighted)), TABLE_TYPES) == types[0]
