"""Official publications and their drafts as text, taken from PDF or Word.

Aanhangsel van de Handelingen (answers, extension letters), Vragen gesteld door de leden der
Kamer (questions, oral questions), and the same before they are published: `AH 604`, a kenmerk,
then `Antwoord van minister …`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.model.document import (
    DocumentKind,
    Flaw,
    LineRole,
    ParsedDocument,
    ParsedLetter,
    ParsedSet,
)
from kg.model.text import SourceText, Span
from kg.parsing.headings import heading_style, is_heading
from kg.parsing.lines import Ledger, Line, read_lines
from kg.parsing.offices import TITLE
from kg.parsing.official_body import read_body
from kg.parsing.official_head import OfficialHead, read_extension, read_head
from kg.parsing.printed_pages import Piece, PrintedPages, read_pages
from kg.parsing.running_text import RunningText

NAME = "official text"
_OPENS = re.compile(
    r"^(?:(?:(?:Mondelinge|Schriftelijke|Nadere|Aanvullende)\s+)?Vragen\s+(?:gesteld\s+)?"
    r"(?:van|door)\s+(?:het\s+|de\s+)?(?:Kamer)?(?:lid|leden)\b(?!\s+der\s+Kamer)"
    r"|(?:(?:Nader|Aanvullend)\s+)?(?:Antwoord(?:en)?|Mededeling)\s+van\s+(?:de\s+)?"
    rf"(?:de heer\s|mevrouw\s|{TITLE}))",
    re.IGNORECASE,
)
_KENMERK_LINE = re.compile(r"^((?:19|20)\d\dZ)\s?(\d{5})$")
_AH_LINE = re.compile(r"^AH\s*(\d{1,5})$")
_NUMBER_LINE = re.compile(r"^\d{1,5}$")
_HEAD_LINE = re.compile(
    rf"{_OPENS.pattern}|^\(?\s*(?:ingezonden|ontvangen)\b|^Zie ook\b|^AH\s*\d+$"
    r"|^(?:19|20)\d\dZ\s?\d{5}$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\((?:ingezonden|ontvangen)[^()]*\d{4}\s*\)[^()]{0,3}$")
_YEAR = re.compile(r"[Vv]ergaderjaar (\d{4})\s?[–-]\s?(\d{4})")
_IDENTIFIER = re.compile(r"^(?:ah-tk-(\d{8}-\d+)|kv-tk-((?:19|20)\d\dZ\d{5}))$")
_SESSION_OPENS = (9, 15)
"""A session year opens on the third Tuesday of September: from the 15th to the 21st."""


def recognises(source: SourceText) -> bool:
    """Whether a head of this family opens one of the first forty lines."""
    return any(_OPENS.match(line.text) for line in read_lines(source.text)[:40])


def parse(source: SourceText) -> ParsedDocument:
    """The one set that the document prints."""
    lines = read_lines(source.text)
    ledger = Ledger(lines)
    flaws: list[Flaw] = []
    pages = read_pages(lines, ledger)
    running = RunningText(pages)
    head_pieces, body_pieces = _divide(pages)
    for piece in head_pieces:
        ledger.claim(piece.line, LineRole.HEADER)
    head = read_head(running.read_line(head_pieces))
    numbers = _read_numbers(lines, pages, head, flaws)
    body = read_body(
        running.settle_marks(body_pieces, ledger),
        running,
        ledger,
        answers=head.kind is DocumentKind.ANSWERS,
    )
    flaws += body.flaws
    letters = [
        ParsedLetter(letter.passage, letter.kenmerken, head.answered_on) for letter in body.letters
    ]
    if not head.submitters and letters:
        told = read_extension(running.read_line(body_pieces), head.answered_on)
        head = replace(
            head,
            subject=told.subject,
            submitters=told.submitters,
            addressees=told.addressees,
            submitted_on=told.submitted_on,
        )
    named = {kenmerk for letter in letters for kenmerk in letter.kenmerken}
    kenmerk = numbers[0]
    if kenmerk is None and len(named) == 1 and head.kind is DocumentKind.EXTENSION:
        kenmerk = next(iter(named))
    answered = head.kind is not DocumentKind.EXTENSION
    parsed = ParsedSet(
        span=Span(lines[0].span.start, lines[-1].span.end),
        title=head.subject,
        kenmerk=kenmerk,
        aanhangsel=numbers[1],
        session_year=numbers[2],
        submitters=head.submitters,
        addressees=head.addressees,
        answerers=head.answerers if answered else (),
        postponers=() if answered else head.answerers,
        submitted_on=head.submitted_on,
        answered_on=head.answered_on if answered else None,
        see_also=head.see_also,
        questions=tuple(body.questions),
        answers=tuple(body.answers),
        letters=tuple(letters),
    )
    _flag_missing(parsed, head, flaws)
    return ParsedDocument(source, NAME, (parsed,), ledger.roles(), tuple(flaws), head.kind)


def _divide(pages: PrintedPages) -> tuple[list[Piece], list[Piece]]:
    """The pieces of the head and of the body below it."""
    pieces = pages.body
    style = heading_style(pieces, lambda text: bool(_HEAD_LINE.match(text)))
    first = next(
        (index for index, piece in enumerate(pieces) if is_heading(piece, style)), len(pieces)
    )
    if pages.is_publication:
        end = first if first < len(pieces) else _end_of_head(pieces)
        return list(pieces[:end]), list(pieces[end:])
    last_head = -1
    for index, piece in enumerate(pieces[:first]):
        if _HEAD_LINE.match(piece.text):
            last_head = index
        elif index > last_head + 1 and last_head >= 0:
            break
    return list(pieces[: last_head + 1]), list(pieces[last_head + 1 :])


def _end_of_head(pieces: Sequence[Piece]) -> int:
    """Where the text opens in a publication without headings, as one of a single question."""
    ends = [
        index + 1
        for index, piece in enumerate(pieces)
        if _DATED.search(f"{pieces[index - 1].text if index else ''} {piece.text}")
    ]
    end = ends[-1] if ends else len(pieces)
    while end < len(pieces) and re.match(r"Zie ook\b|.{0,40}\bnr\.", pieces[end].text):
        end += 1
    return end


def _read_numbers(
    lines: Sequence[Line], pages: PrintedPages, head: OfficialHead, flaws: list[Flaw]
) -> tuple[str | None, str | None, str | None]:
    """(kenmerk, aanhangsel, session year) from the top of the document and the page feet."""
    kenmerk = aanhangsel = printed_number = year = None
    top = next((at for at, line in enumerate(lines) if _OPENS.match(line.text)), len(lines))
    is_annex = any(line.text.endswith("Aanhangsel van de Handelingen") for line in lines[:top])
    for line in lines[:top]:
        if match := _KENMERK_LINE.match(line.text):
            kenmerk = kenmerk or match[1] + match[2]
        elif match := _AH_LINE.match(line.text):
            printed_number = printed_number or match[1]
        elif is_annex and _NUMBER_LINE.match(line.text):
            printed_number = printed_number or line.text
        elif match := _IDENTIFIER.match(line.text):
            aanhangsel = aanhangsel or match[1]
            kenmerk = kenmerk or match[2]
        if year is None and (match := _YEAR.search(line.text)):
            year = f"{match[1]}-{match[2]}"
    for identifier in pages.identifiers:
        if match := _IDENTIFIER.match(identifier):
            aanhangsel = aanhangsel or match[1]
            kenmerk = kenmerk or match[2]
    if year is None and head.answered_on and printed_number:
        year = _session_year(head.answered_on)
    if printed_number and year:
        joined = f"{year.replace('-', '')}-{printed_number}"
        if aanhangsel and joined != aanhangsel:
            flaws.append(
                Flaw(
                    "numbers-differ",
                    f"the head prints number {printed_number}, the page foot {aanhangsel}",
                )
            )
        aanhangsel = aanhangsel or joined
    return kenmerk, aanhangsel, year


def _session_year(day: date) -> str | None:
    """The session year of `day`; None in the days of September in which it may turn."""
    if day.month == _SESSION_OPENS[0] and 0 <= day.day - _SESSION_OPENS[1] <= timedelta(6).days:
        return None
    first = day.year if (day.month, day.day) > _SESSION_OPENS else day.year - 1
    return f"{first}-{first + 1}"


def _flag_missing(parsed: ParsedSet, head: OfficialHead, flaws: list[Flaw]) -> None:
    """Flags what a document of this kind prints and this one was not found to."""
    if head.kind is None:
        flaws.append(Flaw("kind-unknown", "the head says neither who asks nor who answers", 1))
    if head.kind is DocumentKind.ANSWERS and not (parsed.answers or parsed.letters):
        flaws.append(Flaw("no-answers", "the head announces answers, but none was found", 1))
    if head.kind is DocumentKind.QUESTIONS and not parsed.questions:
        flaws.append(Flaw("no-questions", "the head announces questions, but none was found", 1))
