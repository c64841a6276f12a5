"""How much text a page carries: whole texts while they fit, then the sentences that matter.

A page has room for about a megabyte of text. Where the texts behind its edges are longer, each
is cut to the sentences around the places that edges point at, and where even those do not fit,
the lightest edges keep their set and its official links but no quotation.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.views.corpus import Corpus, Evidence, Text

_ROOM = 1_000_000
_EXCERPT = 320
_SENTENCE_END = re.compile(r"(?<=[.?!…])\s+(?=[\W\d]*[A-ZÀ-Þ])|\n+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text or a piece of it; `offset` is where the piece starts in the whole."""

    text: Text
    piece: str
    offset: int

    @property
    def whole(self) -> bool:
        """Whether nothing was cut."""
        return len(self.piece) == len(self.text.text)


def choose_excerpts(corpus: Corpus, evidence: Iterable[Evidence]) -> dict[str, Excerpt]:
    """Text id -> what of it the page carries; `evidence` comes most important first."""
    places = list(evidence)
    sets = {place.set for place in places}
    texts = [text for text in corpus.texts.values() if text.set in sets]
    if sum(len(text.text) for text in texts) <= _ROOM:
        return {text.id: Excerpt(text, text.text, 0) for text in texts}
    first: dict[str, Text] = {}
    for text in texts:
        first.setdefault(text.set, text)
    chosen: dict[str, Excerpt] = {}
    room = _ROOM
    for place in places:
        found = corpus.texts.get(place.unit) if place.unit else first.get(place.set)
        if found is None or found.id in chosen:
            continue
        excerpt = _cut(found, max(place.start, 0), max(place.end, 0))
        room -= len(excerpt.piece)
        if room < 0:
            break
        chosen[found.id] = excerpt
    return chosen


def _cut(text: Text, start: int, end: int) -> Excerpt:
    """The sentence around `start`..`end`, at most 320 characters of it."""
    if len(text.text) <= _EXCERPT:
        return Excerpt(text, text.text, 0)
    bounds = [0, *(match.end() for match in _SENTENCE_END.finditer(text.text)), len(text.text)]
    low = max((bound for bound in bounds if bound <= start), default=0)
    high = min((bound for bound in bounds if bound >= max(end, start + 1)), default=len(text.text))
    if high - low > _EXCERPT:
        low = max(low, start - _EXCERPT // 2)
        high = min(high, low + _EXCERPT)
    return Excerpt(text, text.text[low:high], low)
