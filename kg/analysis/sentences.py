"""Cuts Dutch running text into sentences, with their places."""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.model.text import Span

_END = re.compile(
    r"(?=[.?!\n])"  # what ends no sentence is passed over before anything dearer is asked
    r"(?:(?<!\ba\.s)(?<!\bjl)(?<!\bnr)(?<!\bd\.d)(?<!\bart)(?<!\bo\.a)(?<!\b[mM]\.b\.t)(?<!\b[tT]\.b\.v)"
    r"(?<!\bc\.q)(?<!\bc\.s)(?<!\bca)(?<!\bmln)(?<!\bdrs)(?<!\bmw)(?<!\bdhr)(?<!\bm\.n)(?<!\bincl)"
    r"(?<!\b[A-Z])[.?!]+[»”’\"')\]]*(?=\s|$)|\n+)"
)


def read_sentences(text: str) -> Iterator[Span]:
    """The sentences of `text` in order, without the white space around them.

    A line break ends a sentence; a full stop in `a.s.`, `c.s.`, `nr.` and the like does not, unless
    a line break follows.
    """
    return iter(_sentences(text))


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[Span, ...]:
    """Several readers cut the texts of one set, one after the other."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        spans += _trimmed(text, start, match.end())
        start = match.end()
    spans += _trimmed(text, start, len(text))
    return tuple(spans)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    if part.strip():
        lead = len(part) - len(part.lstrip())
        yield Span(start + lead, end - (len(part) - len(part.rstrip())))
