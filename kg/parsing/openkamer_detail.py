"""The detail page of openkamer as text: a table of facts, then the answer, paragraph by paragraph.

The page prints neither the questions nor their numbers: the paragraphs wait for another document
that does.
"""

import re
from datetime import date

from kg.model.document import (
    Flaw,
    LineRole,
    ParsedDocument,
    ParsedLetter,
    ParsedSet,
    PrintedPerson,
)
from kg.model.text import Passage, SourceText, Span
from kg.parsing.dates import find_date
from kg.parsing.footnotes import read_passage
from kg.parsing.kenmerken import aanhangsel_of_page, find_kenmerken, kenmerk_of_page
from kg.parsing.lines import Ledger, Line, read_lines
from kg.parsing.paragraphs import is_extension_letter
from kg.parsing.persons import read_people

NAME = "openkamer detail"
_ROW = re.compile(r"^(?P<key>[^|]+?)\s*\|\s*(?P<value>[^|]*?)\s*\|$")
_RULE = re.compile(r"^[-:| ]+$")
_EXPECTED = ("ingediend", "indieners")
_KNOWN = (
    *_EXPECTED,
    "beantwoord",
    "beantwoord door",
    "gericht aan",
    "onderwerpen",
    "bron vraag",
    "bron antwoord",
    "bron uitstel",
)


def recognises(source: SourceText) -> bool:
    """Whether the text has the rows `Ingediend |` and `Indieners |`."""
    keys = {
        match["key"].lower()
        for line in read_lines(source.text)
        if line.text.endswith("|") and (match := _ROW.match(line.text))
    }
    return keys.issuperset(_EXPECTED)


def parse(source: SourceText) -> ParsedDocument:
    """The one set of the page, its answer paragraphs unaligned."""
    lines = read_lines(source.text)
    ledger = Ledger(lines)
    flaws: list[Flaw] = []
    rows: dict[str, Span] = {}
    paragraphs: list[Passage] = []
    letters: list[ParsedLetter] = []
    for line in lines:
        row = _ROW.match(line.text)
        if _RULE.match(line.text):
            ledger.claim(line, LineRole.HEADER)
        elif row:
            key = row["key"].lower()
            if key not in _KNOWN:
                flaws.append(Flaw("unknown-row", f"unknown row «{row['key']}»", line.number))
                continue
            ledger.claim(line, LineRole.HEADER)
            rows[key] = Span(
                line.span.start + row.start("value"), line.span.start + row.end("value")
            )
        elif is_extension_letter(line.text):
            ledger.claim(line, LineRole.LETTER)
            letters.append(
                ParsedLetter(read_passage(source.text, [line.span]), find_kenmerken(line.text))
            )
        else:
            ledger.claim(line, LineRole.ANSWER)
            paragraphs.append(read_passage(source.text, [line.span]))
    pages = tuple(
        rows[key].of(source.text)
        for key in ("bron vraag", "bron antwoord", "bron uitstel")
        if key in rows and rows[key].of(source.text)
    )
    answerers = _people(source.text, rows, "beantwoord door")
    parsed = ParsedSet(
        span=Span(lines[0].span.start, lines[-1].span.end),
        kenmerk=next(filter(None, map(kenmerk_of_page, pages)), None),
        aanhangsel=next(filter(None, map(aanhangsel_of_page, pages)), None),
        submitters=_people(source.text, rows, "indieners"),
        addressees=_people(source.text, rows, "gericht aan"),
        answerers=answerers,
        submitted_on=_date(source.text, rows, "ingediend", lines, flaws),
        answered_on=_date(source.text, rows, "beantwoord", lines, flaws),
        topics=rows["onderwerpen"].of(source.text) if "onderwerpen" in rows else None,
        pages=pages,
        answer_paragraphs=tuple(paragraphs),
        letters=tuple(letters),
    )
    return ParsedDocument(source, NAME, (parsed,), ledger.roles(), tuple(flaws))


def _people(text: str, rows: dict[str, Span], key: str) -> tuple[PrintedPerson, ...]:
    return read_people(text, rows[key]) if key in rows else ()


def _date(
    text: str, rows: dict[str, Span], key: str, lines: tuple[Line, ...], flaws: list[Flaw]
) -> date | None:
    if key not in rows:
        return None
    printed = rows[key].of(text)
    found = find_date(printed)
    if found is None and any(character.isdigit() for character in printed):
        line = next(line for line in lines if line.span.start <= rows[key].start <= line.span.end)
        flaws.append(Flaw("date-unreadable", f"no date in «{printed}»", line.number, printed))
    return found
