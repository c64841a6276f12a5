"""Takes glued footnote marks out of running text and keeps them as data.

Web copies of parliamentary papers lose the superscript: `Kamer»1?`, `c.s.3 die`,
`22 november 20242 is`, `worden?1 2`. Digits that belong to the text stay: `NIS2`, `M365`,
`425.0000`, `99.99%`, `2,4 miljoen`, `CU14`, `AI4NL`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.model.months import MONTHS
from kg.model.text import FootnoteMark, Passage, Span

_NUMBER = re.compile(r"\d+")
_CLOSERS = r"""[.,;:?!)\]»”’"'…]"""
_ENDS = r"(?=\s|$|[.,;:?!)\]»”’…–])"
_NO_MARK_AFTER = re.compile(
    r"(?:\b(?:nrs?|no|artt?|pp?|blz|pag|par|hfst|ca|vs|versie|v|dr|max|min|§)\.|//\S*)$",
    re.IGNORECASE,
)

# Each pattern is tried where a number starts; the word or number before it stays.
_MARK = re.compile(
    # after closing punctuation, unless that stands between digits
    rf"(?<=[^\d\s]{_CLOSERS})\d{{1,2}}{_ENDS}"
    rf"|(?<=\d[?!)\]»”’])\d{{1,2}}{_ENDS}"
    # after a year that ends its sentence: `in 2024.3 Het`
    r"|(?<=\b(?:19|20)\d\d\.)\d{1,2}(?=\s+[A-ZÀ-Þ«]|$)"
    # after a lower-case word, or a name that ends in lower case
    rf"|(?<=[a-zà-ÿ]{{3}})\d{{1,2}}{_ENDS}"
)
# after a year in a date: `23 oktober 20242`
_YEAR_DIGITS = 4
_MARK_AFTER_YEAR = re.compile(rf"(?<=\b(?:19|20)\d\d)(?<=[a-z] \d{{4}})\d{{1,2}}{_ENDS}")
_YEAR_BEFORE = re.compile(
    rf"\b(?:{'|'.join(MONTHS)}|"
    r"in|sinds|vanaf|tot|eind|medio|begin|voorjaar|najaar|zomer|van|jaar) \d{4}$",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"(?: ?[, ] ?)(\d{1,2})(?=\s*$| \d{1,2}\s*$|[?.]\s*$)")


def find_marks(text: str) -> tuple[FootnoteMark, ...]:
    """The glued footnote marks of `text`, in order; offsets are into `text` as given."""
    marks: dict[int, str] = {}
    for number in _NUMBER.finditer(text):
        match = _MARK.match(text, number.start()) or _mark_after_year(text, number.start())
        if match is None:
            continue
        before = text[: match.start()].rsplit(maxsplit=1)[-1]
        if not ("://" in before or "www." in before or _NO_MARK_AFTER.search(before)):
            marks[match.start()] = match[0]
    for start, mark in sorted(marks.items()):
        end = start + len(mark)
        while further := _FURTHER.match(text, end):
            marks[further.start(1)] = further.group(1)
            end = further.end(1)
    return tuple(FootnoteMark(start, mark) for start, mark in sorted(marks.items()))


def _mark_after_year(text: str, start: int) -> re.Match[str] | None:
    match = _MARK_AFTER_YEAR.match(text, start + _YEAR_DIGITS)
    return match if match and _YEAR_BEFORE.search(text[: match.start()]) else None


@lru_cache(maxsize=256)
def strip_marks(text: str) -> tuple[str, tuple[FootnoteMark, ...]]:
    """`text` without its marks, and the marks with offsets into the stripped text.

    Kept for a moment: a paragraph is stripped to tell what it is, and then to be read.
    """
    pieces: list[str] = []
    kept: list[FootnoteMark] = []
    position = length = 0
    for mark in find_marks(text):
        piece = text[position : mark.offset]
        if kept and length == kept[-1].offset and not piece.strip(" ,"):
            piece = ""  # the separator of a further mark goes with it
        pieces.append(piece)
        length += len(piece)
        kept.append(FootnoteMark(length, mark.mark))
        position = mark.offset + len(mark.mark)
    pieces.append(text[position:])
    return "".join(pieces), tuple(kept)


def read_passage(text: str, spans: Iterable[Span]) -> Passage:
    """The passage made of the paragraphs that `spans` cover in the source `text`."""
    covered = tuple(spans)
    paragraphs: list[str] = []
    marks: list[FootnoteMark] = []
    length = 0
    for span in covered:
        paragraph, found = strip_marks(span.of(text))
        marks += (FootnoteMark(length + mark.offset, mark.mark) for mark in found)
        paragraphs.append(paragraph)
        length += len(paragraph) + 1
    return Passage("\n".join(paragraphs), covered, tuple(marks))
