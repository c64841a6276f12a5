"""Documents whose accents are characters of their own: composed texts, places as they were."""

import unicodedata
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.model.text import Span
from kg.parsing import parse_document
from kg.parsing.composed import _Places
from kg.sources import read_bytes

LETTERS = st.text(
    st.sampled_from("ae\u0301\u0308é\u0327ç Åß\u212b\u1112\u1161\u11ab\n😀n"), max_size=30
)


@given(LETTERS, st.integers(0, 30), st.integers(0, 30))
def test_every_span_of_the_composed_text_is_found_back(text: str, one: int, other: int) -> None:
    places = _Places(text)
    assert places.composed == unicodedata.normalize("NFC", text)
    start, end = sorted((min(one, len(places.composed)), min(other, len(places.composed))))
    back = places.back(Span(start, end))
    found = unicodedata.normalize("NFC", back.of(text))
    assert places.composed[start:end] in found
    assert len(found) <= end - start + 2


@given(LETTERS)
def test_what_is_composed_already_stays_where_it_is(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    places = _Places(composed)
    for start in range(len(composed)):
        assert places.back(Span(start, len(composed))) == Span(start, len(composed))


def test_a_document_reads_the_same_with_its_accents_apart(seeds: Path) -> None:
    compared = 0
    for path in sorted(seeds.glob("*.txt")):
        text = path.read_text("utf-8")
        apart = unicodedata.normalize("NFD", text)
        (plain,), (other,) = (
            list(read_bytes(one.encode(), path.name))
            for one in (unicodedata.normalize("NFC", text), apart)
        )
        expected, found = parse_document(plain), parse_document(other)
        assert found.source.text == apart
        assert found.roles == expected.roles
        for a, b in zip(expected.sets, found.sets, strict=True):
            assert a.title == b.title
            units = zip(
                (*a.questions, *a.answers, *a.letters),
                (*b.questions, *b.answers, *b.letters),
                strict=True,
            )
            for one, two in units:
                assert replace(two.passage, spans=(), printed=None) == replace(
                    one.passage, spans=()
                )
                for here, there in zip(one.passage.spans, two.passage.spans, strict=True):
                    quoted = there.of(apart)
                    assert unicodedata.normalize("NFC", quoted) == here.of(plain.text)
                    compared += quoted != here.of(plain.text)
                changed = any(
                    not unicodedata.is_normalized("NFC", s.of(apart)) for s in two.passage.spans
                )
                assert (two.passage.printed is not None) is changed
    assert compared > 10
