"""Reads documents in composed letters (NFC), and finds every place back in what they print.

`é` may be one character or two. Texts are compared and stated in the first form; spans stay those
of the document as it is, and a passage that prints the other form keeps what it prints.
https://www.unicode.org/reports/tr15/
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from kg.model.document import ParsedDocument
from kg.model.text import Passage, SourceText, Span


def parse_composed(
    source: SourceText, parse: Callable[[SourceText], ParsedDocument]
) -> ParsedDocument:
    """What `parse` reads in `source` with its letters composed, at the places in `source`."""
    if unicodedata.is_normalized("NFC", source.text):
        return parse(source)
    markup = None if source.markup is None else unicodedata.normalize("NFC", source.markup)
    places = _Places(source.text)
    parsed = parse(replace(source, text=places.composed, markup=markup))
    return replace(parsed, source=source, sets=_moved(parsed.sets, places))


class _Places:
    """The composed form of a text, with the way back."""

    def __init__(self, original: str) -> None:
        self.original = original
        pieces = [(part, unicodedata.normalize("NFC", part)) for part in _parts(original)]
        self.composed = "".join(piece for _, piece in pieces)
        self._here = [0]
        self._there = [0]
        for part, piece in pieces:
            self._here.append(self._here[-1] + len(piece))
            self._there.append(self._there[-1] + len(part))

    def back(self, span: Span) -> Span:
        """The span of the original that holds what a span of the composed form holds."""
        first = bisect_right(self._here, span.start) - 1
        last = bisect_right(self._here, max(span.start, span.end - 1)) - 1
        start = self._there[first]
        if first + 1 == len(self._there):
            return Span(start, start)
        if self._same_length(first):
            start += span.start - self._here[first]
        if span.end == span.start:
            return Span(start, start)
        end = self._there[last + 1]
        if self._same_length(last):
            end -= self._here[last + 1] - span.end
        return Span(start, end)

    def _same_length(self, part: int) -> bool:
        here = self._here[part + 1] - self._here[part]
        return here == self._there[part + 1] - self._there[part]


def _parts(text: str) -> Iterator[str]:
    """The text in runs that compose by themselves: plain ones, and letters that change."""
    plain = at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        if not unicodedata.is_normalized("NFC", text[at:end]):
            if plain < at:
                yield text[plain:at]
            yield text[at:end]
            plain = end
        at = end
    if plain < len(text):
        yield text[plain:]


def _joins(char: str) -> bool:
    """Whether a character may become one with the letter before it: marks, and Hangul vowels."""
    return unicodedata.combining(char) != 0 or "\u1160" <= char <= "\u11ff"


def _moved(value: Any, places: _Places) -> Any:
    """A value with the spans in it moved back to the original."""
    if isinstance(value, Span):
        return places.back(value)
    if isinstance(value, tuple):
        return tuple(_moved(one, places) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    inside = {field.name: _moved(getattr(value, field.name), places) for field in fields(value)}
    if isinstance(value, Passage):
        printed = "\n".join(span.of(places.original) for span in inside["spans"])
        if not unicodedata.is_normalized("NFC", printed):
            inside["printed"] = printed
    return replace(value, **inside)
