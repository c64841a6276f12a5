"""Finds the mark of each footnote: `gemeld.3`, a figure on its own line, `1)`, `[1]`, `¹`.

A figure may stand for itself (`vraag 3`, `12 december`), so the marks of a page are placed
together: in the order of their notes, each where its shape says most.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model.spelling import CAPITAL
from kg.model.text import Span
from kg.parsing.printed_pages import Note, Piece, PrintedPages

_AFTER = r"(?=[\s.,;:)?!»”]|$)(?![.,]\d)"
_COUNTS = re.compile(
    r"\b(?:aan|antwoord|artikel|bij|de|een|en|het|in|lid|met|na|of|om|op|over|per|ruim|te|tot|uit|van|"
    r"voor|vraag|vragen)$",
    re.IGNORECASE,
)
"""Words before which a line end was lost rather than a mark stands, when a figure follows."""
_PLACED = 10
"""What placing a mark at all is worth, in the units of the scores of the shapes."""


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A footnote mark and where it stands in the source."""

    span: Span
    mark: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mark may stand; `after` is where the mark before it must end, if anywhere."""

    start: int
    end: int
    score: int
    after: int | None = None


def place_marks(pages: PrintedPages) -> tuple[PlacedMark, ...]:
    """The mark of each note: on its own page in a publication, else anywhere; in order."""
    placed: list[PlacedMark] = []
    for page in dict.fromkeys(note.page for note in pages.notes):
        text, offsets = _page_text(piece for piece in pages.body if piece.page == page)
        for typed in (True, False):
            notes = [
                note for note in pages.notes if note.page == page and note.mark.isascii() is typed
            ]
            for note, place in _choose(notes, text, printed=pages.is_publication):
                span = Span(offsets[place.start], offsets[place.end - 1] + 1)
                placed.append(PlacedMark(span, note.mark))
    if not pages.is_publication:
        placed += _find_raised(pages, {mark.span for mark in placed})
    return tuple(sorted(placed, key=lambda mark: mark.span))


def _choose(notes: Sequence[Note], text: str, *, printed: bool) -> Iterator[tuple[Note, _Place]]:
    """The places in rising order that are worth most together, the earlier among equals."""
    chains: list[tuple[int, int, tuple[tuple[Note, _Place], ...]]] = [(0, 0, ())]
    for note in notes:
        places = _superscripts(text, note.mark) if printed else _bracketed(text, note.mark)
        longer = []
        for place in places:
            fitting = [
                chain
                for chain in chains
                if chain[1] <= place.start and (place.after is None or chain[1] == place.after)
            ]
            if fitting:
                worth, _, chain = max(fitting, key=lambda chain: (chain[0], -chain[1]))
                longer.append((worth + _PLACED + place.score, place.end, (*chain, (note, place))))
        chains = _worth_most([*chains, *longer])
    yield from max(chains, key=lambda chain: (chain[0], -chain[1]))[2]


def _worth_most(
    chains: list[tuple[int, int, tuple[tuple[Note, _Place], ...]]],
) -> list[tuple[int, int, tuple[tuple[Note, _Place], ...]]]:
    """`chains` without those that end later than another of the same worth or more."""
    kept: list[tuple[int, int, tuple[tuple[Note, _Place], ...]]] = []
    for chain in sorted(chains, key=lambda chain: (chain[1], -chain[0])):
        if not kept or chain[0] > kept[-1][0]:
            kept.append(chain)
    return kept


def _find_raised(pages: PrintedPages, placed: set[Span]) -> list[PlacedMark]:
    """Raised figures are marks even where the document does not print their notes."""
    return [
        PlacedMark(span, found.group())
        for piece in pages.body
        for found in re.finditer(r"[⁰¹²³⁴-⁹]+", piece.text)
        if (span := Span(piece.span.start + found.start(), piece.span.start + found.end()))
        not in placed
    ]


def _page_text(pieces: Iterable[Piece]) -> tuple[str, list[int]]:
    text: list[str] = []
    offsets: list[int] = []
    for piece in pieces:
        text.append(piece.text)
        offsets += range(piece.span.start, piece.span.end)
        if not piece.glued:
            text.append("\n")
            offsets.append(piece.span.end)
    return "".join(text), offsets


def _superscripts(text: str, figures: str) -> Iterator[_Place]:
    """Where a raised mark may stand: glued to a word, on a line of its own, or opening one."""
    mark = re.escape(figures)
    shapes = (
        (rf"(?<=[.?!»”)]\n)({mark})(?= (?:{CAPITAL}|[«“(]))", 5),
        (rf"(?<=\n)(?:\d{{1,3}} )*({mark})(?: \d{{1,3}})*(?=\n|$)", 4),
        (rf"(?<=[?!»”)’])({mark}){_AFTER}", 4),
        (rf"(?<=[^\W\d_][.,;:])({mark}){_AFTER}(?![.)]\s)", 4),
        (rf"(?<=[a-zà-ÿ])({mark}){_AFTER}", 4),
        (rf"(?<=\b20\d\d)({mark}){_AFTER}", 3),
        (rf"(?<=\d\.)({mark})(?= [A-ZÀ-Þ«]|\n|$)", 3),
        (rf"(?<=[A-Z])({mark}){_AFTER}", 3),
        (rf"(?<=[^.?!:;]\n)({mark})(?=[.,;:)?!](?!\d))", 2),
        (rf"(?<=\n)({mark})(?= [^\d\s])", 2),
    )
    for pattern, score in shapes:
        for match in re.finditer(pattern, text):
            before = text[max(0, match.start(1) - 200) : match.start(1)]
            if "://" not in before.rsplit("\n", 1)[-1].rsplit(" ", 1)[-1]:
                sure = 1 if _COUNTS.search(before) else score
                yield _Place(match.start(1), match.end(1), sure)
    for further in re.finditer(rf"(?<=\d)[ ,]\s?({mark}){_AFTER}", text):
        yield _Place(further.start(1), further.end(1), 5, after=further.start())


def _bracketed(text: str, figures: str) -> Iterator[_Place]:
    """Where `1)`, `[1]` or `(1)` may mark a note in a letter or a Word document."""
    mark = re.escape(figures)
    shapes: tuple[tuple[str, int], ...] = (
        (rf"\[{mark}\]", 4),
        (rf"(?<=[?.!»”’'\"])\s?{mark}\)(?=\s|$)", 4),
        (rf"(?<=\S)\s?(?<!\d){mark}\)(?=\s*(?:\n|$)|[.,;?])", 3),
        (rf"\({mark}\)", 3),
        (rf"(?<=[^\W\d_]){mark}\)(?=\s|$)", 3),
        (rf"(?<=[\w»”’)])\s{mark}\)(?=\s)", 1),
    )
    if not figures.isascii():
        shapes = ((rf"(?<![⁰¹²³⁴-⁹]){mark}(?![⁰¹²³⁴-⁹])", 4),)
    for pattern, score in shapes:
        for match in re.finditer(pattern, text):
            yield _Place(match.start(), match.end(), score)
