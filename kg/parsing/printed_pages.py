"""Takes a printed publication apart: page heads and feet, footnotes, and the lines between.

The official PDF text of Tweede Kamer has a head on its first page, a foot on every page
(`Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel 1`) and footnotes above the foot, each
opening with its number glued to its first word. Ministry letters and the texts of unpublished
documents are one long page with their notes at the end: `1) …`, `[1] …`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model.document import LineRole
from kg.model.months import MONTHS
from kg.model.spelling import CAPITAL, SMALL
from kg.model.text import Span
from kg.parsing.lines import Ledger, Line
from kg.parsing.physical_lines import find_line_ends
from kg.parsing.words import LETTERS, Vocabulary

_YEAR = r"\d{4}\s?[–-]\s?\d{4}"
_FOOT = re.compile(
    rf"^(?:ISSN\b.*|’s-Gravenhage \d{{4}}.*)?Tweede Kamer, vergaderjaar {_YEAR}, "
    r"(?:Aanhangsel|Vragen)(?: van de Handelingen)?\s*\d*$|^ISSN \d{4}\s?-\s?\d{4}$"
    r"|^’s-Gravenhage \d{4}$"
)
_IDENTIFIER = re.compile(r"^(?:ah|kv)-tk-[\w-]+$")
_HEAD = re.compile(
    rf"^Tweede Kamer der Staten-Generaal\s*\d?$|^(?:Vergaderjaar {_YEAR}\s*)?"
    r"(?:Aanhangsel van de Handelingen|Vragen gesteld door de leden der Kamer"
    r"(?:, met de daarop door de(?: regering gegeven antwoorden)?)?)$"
    rf"|^regering gegeven antwoorden$|^Vergaderjaar {_YEAR}$"
)
_NOTE_AT_FOOT = re.compile(
    r"^(\d{1,3}?)(?=[^\s\d.,;:)%\]’°/-]|(?:19|20)\d\d(?:\b|[A-Z]\d)"
    rf"|\d{{1,2}} (?:{'|'.join(MONTHS)})\b|\d\d \d{{3}}(?:[ ,-]|$))"
)
_NOTE_AT_END = re.compile(
    r"^(?:\[(\d{1,2})\]|(\d{1,2})\)|([⁰¹²³⁴-⁹]{1,3})\s|(\d{1,2})\.\s(?![^?]*\?)(?=.*(?:www\.|://|\.nl\b|"
    r"Kamerstuk|Aanhangsel|\b(?:19|20)\d\d\b)))\s*(?=\S)"
)
"""A number with a point opens a note only where the line cites something and asks nothing."""
_MAY_BE_TEXT = re.compile(rf"^\d{{1,2}} (?:{'|'.join(MONTHS)})\b|^\d{{2,3}} \d{{3}}\b")
_UNFINISHED = re.compile(r"[^\W\d_,]$")
_HEADING = re.compile(r"^(?:Vra(?:ag|gen)|Antwoord(?:en)?|Mededeling)\b[^.?!]{0,60}$")
_GLUED_LINE = 110
"""A line of a publication beyond this holds several printed lines: line ends were lost."""


_GLUED_SENTENCES = re.compile(rf"{SMALL}{{2}}[.?!]{CAPITAL}{SMALL}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed line: its source line and place, and how it meets the piece after it.

    `glued` says that the next piece follows without a space in the source, `apart` that a space
    is missing there.
    """

    line: Line
    span: Span
    text: str
    page: int
    glued: bool = False
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark, its page, its pieces without the mark."""

    mark: str
    page: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """The lines of a document, sorted out.

    `body` is everything that is neither head, foot nor note; `identifiers` the official ones in
    page feet (`ah-tk-20242025-562`); `is_publication` whether page heads and feet were there.
    """

    body: tuple[Piece, ...]
    notes: tuple[Note, ...]
    furniture: tuple[Line, ...]
    identifiers: tuple[str, ...]
    is_publication: bool
    words: Vocabulary


def read_pages(lines: Sequence[Line], ledger: Ledger) -> PrintedPages:
    """Sorts `lines` out, claiming furniture and notes in `ledger`."""
    words = Vocabulary(line.text for line in lines)
    is_publication = any(_FOOT.match(line.text) for line in lines)
    if not is_publication:
        body, notes = _take_end_notes(lines, ledger)
        pieces = [piece for line in body for piece in (Piece(line, line.span, line.text, 0),)]
        return PrintedPages(tuple(pieces), tuple(notes), (), (), False, words)
    furniture: list[Line] = []
    identifiers: list[str] = []
    pages: list[list[Line]] = [[]]
    for number, line in enumerate(lines):
        if _IDENTIFIER.match(line.text):
            identifiers.append(line.text)
        elif _FOOT.match(line.text):
            if pages[-1]:
                pages.append([])
        elif not (_HEAD.match(line.text) and (number < 6 or len(line.text) > 20)):
            pages[-1].append(line)
            continue
        furniture.append(line)
        ledger.claim(line, LineRole.FURNITURE)
    is_glued = any(
        len(line.text) > _GLUED_LINE or _GLUED_SENTENCES.search(line.text)
        for page_lines in pages
        for line in page_lines
    )
    kept: list[Piece] = []
    found: list[Note] = []
    expected = 1
    for page, on_page in enumerate(pages):
        body, notes, expected = _take_foot_notes(on_page, page, expected, ledger)
        for line in body:
            kept += _cut_into_pieces(line, page, words if is_glued else None)
        found += notes
    return PrintedPages(
        tuple(kept), tuple(found), tuple(furniture), tuple(identifiers), True, words
    )


def _cut_into_pieces(line: Line, page: int, words: Vocabulary | None) -> Iterable[Piece]:
    start = 0
    for end in find_line_ends(line.text, words) if words else ():
        yield _piece(line, start, end.offset, page, glued=True, apart=end.apart)
        start = end.offset
    yield _piece(line, start, len(line.text), page)


def _piece(
    line: Line, start: int, end: int, page: int, *, glued: bool = False, apart: bool = True
) -> Piece:
    span = Span(line.span.start + start, line.span.start + end)
    return Piece(line, span, line.text[start:end], page, glued, apart)


def _take_foot_notes(
    lines: list[Line], page: int, expected: int, ledger: Ledger
) -> tuple[list[Line], list[Note], int]:
    """The page's lines above its footnotes, its footnotes, and the number of the next one."""
    for first, line in enumerate(lines):
        opening = _NOTE_AT_FOOT.match(line.text)
        if not opening or not expected <= int(opening[1]) <= expected + 2:
            continue
        if any(_HEADING.match(below.text) for below in lines[first:]):
            continue
        if _MAY_BE_TEXT.match(line.text) and _UNFINISHED.search(lines[first - 1].text):
            continue
        notes: list[Note] = []
        number = int(opening[1])
        for below in lines[first:]:
            ledger.claim(below, LineRole.NOTE)
            match = _NOTE_AT_FOOT.match(below.text)
            if match and number <= int(match[1]) <= number + 1:
                number = int(match[1]) + 1
                notes.append(
                    Note(match[1], page, (_piece(below, match.end(), len(below.text), page),))
                )
            else:
                pieces = (*notes[-1].pieces, Piece(below, below.span, below.text, page))
                notes[-1] = Note(notes[-1].mark, page, pieces)
        return lines[:first], notes, number
    return lines, [], expected


def _take_end_notes(lines: Sequence[Line], ledger: Ledger) -> tuple[list[Line], list[Note]]:
    """The lines before a closing list of notes, and the notes; a remark below stays text."""
    last_heading = max(
        (index for index, line in enumerate(lines) if _HEADING.match(line.text)), default=0
    )
    start = next(
        (
            index
            for index, line in enumerate(lines)
            if index > last_heading + 1
            and _mark_of(line) in ("1", "¹")
            and (index >= len(lines) - 12 or _mostly_notes(lines[index:]))
        ),
        None,
    )
    if start is None:
        return list(lines), []
    body = list(lines[:start])
    notes: list[Note] = []
    for index, line in enumerate(lines[start:], start):
        if re.match(r"Toelichting\s*:", line.text):
            body += lines[index:]
            break
        ledger.claim(line, LineRole.NOTE)
        match = _NOTE_AT_END.match(line.text)
        if match:
            piece = _piece(line, match.end(), len(line.text), 0)
            notes.append(Note(_mark_of(line) or "", 0, (piece,)))
        else:
            pieces = (*notes[-1].pieces, Piece(line, line.span, line.text, 0))
            notes[-1] = Note(notes[-1].mark, 0, pieces)
    return body, notes


def _mark_of(line: Line) -> str | None:
    match = _NOTE_AT_END.match(line.text)
    return next(filter(None, match.groups())) if match else None


def _mostly_notes(lines: Sequence[Line]) -> bool:
    return sum(1 for line in lines if _NOTE_AT_END.match(line.text)) * 3 >= len(lines)


def note_text(note: Note, words: Vocabulary) -> str:
    """The text of a footnote, its lines joined and its hyphens undone."""
    text = ""
    for piece in note.pieces:
        text = join_lines(text, piece.text, words)
    return " ".join(text.split())


def join_lines(left: str, right: str, words: Vocabulary) -> str:
    """Two printed lines as one: a hyphen at the line end goes where the halves make a word."""
    if not left:
        return right
    if left.endswith("/") or re.search(r"(?:://|www\.)\S*-$", left):
        return left + right
    if left.endswith("-") and not left.endswith(" -"):
        return left[:-1] + right if closes_word(left, right, words) else left + right
    return f"{left} {right}"


def closes_word(left: str, right: str, words: Vocabulary) -> bool:
    """Whether the hyphen that ends `left` only broke a word, which `right` goes on with."""
    before = re.search(r"[^\W\d_]+(?=-$)", left)
    after = LETTERS.match(right)
    if before is None or after is None or not after.group()[0].islower():
        return False
    if before.group().isupper() and len(before.group()) > 1:
        return False
    if words.is_word(before.group() + after.group()):
        return True
    if len(before.group()) <= 3:
        return False
    return not (words.is_word(before.group()) and words.is_word(after.group()))
