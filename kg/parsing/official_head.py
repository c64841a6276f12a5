"""Reads the head of an official document: one or two long sentences.

    Vragen van de leden A (P) en B (beiden Q) aan de Minister van X en de Staatssecretaris van Y
    over … (ingezonden D).
    Antwoord van Minister Z (X), mede namens de Staatssecretaris van Y (ontvangen D).
    Zie ook Aanhangsel Handelingen, vergaderjaar …, nr. ….

Ministry letters print `Antwoorden van de minister van X op Kamervragen van … over …` instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.model.document import DocumentKind, PrintedPerson
from kg.model.months import MONTHS
from kg.model.spelling import CAPITAL
from kg.parsing.members import read_members
from kg.parsing.offices import TITLE, read_offices, read_officials
from kg.parsing.portfolios import PORTFOLIO
from kg.parsing.running_text import Paragraph

_DATE = rf"(\d{{1,2}})\s*({'|'.join(MONTHS)})\s*((?:19|20)\d\d)"
_HAVE_ASKED = re.compile(
    r"\b(?:heeft|hebben)\s+(?:de\s+|het\s+)?(?:[Kk]amer)?(?:leden|lid)\s+(?P<by>.{1,600}?)"
    r"(?=\s+(?:\w+\s+){0,2}vragen\s+gesteld)"
    r"|\b(?:leden|lid)\s+(?P<first>[^.]{1,400}?)\s+(?:heeft|hebben)\s+(?:(?:op\s+)?"
    rf"(?P<on>\d{{1,2}}\s+(?:{'|'.join(MONTHS)})(?:\s+\d{{4}})?(?:\s+jl\.)?)\s+)?"
    r"(?:\w+\s+){0,3}vragen\s+gesteld"
)
_WERE_ASKED = re.compile(
    r"\bvragen\s+van\s+(?:het\s+|de\s+)?(?:[Kk]amer)?(?:leden|lid)\s+(?P<by>.{1,600}?)"
    rf"(?=,?\s+(?:aan\s+(?:de\s+)?(?:{TITLE}|mij)|over|inzake|betreffende|kunnen|niet|met|van\s+uw)\b)"
    r"(?P<rest>.{0,1500}?)(?=\s+(?:kunnen|worden|zullen)\s+(?:\w+\s+){0,4}(?:niet|worden|beantwoord)"
    r"|\s+niet\s+(?:binnen|tijdig|op\s+tijd|mogelijk|kunnen|kan|kon|lukt)\b"
    r"|\s+binnen\s+(?:de\s+)?(?:gebruikelijke|gestelde|daarvoor|drie|termijn)"
    r"|\s+die\s+(?:op\s+\d|u\b|zijn\s+ingezonden|werden\s+ingezonden)"
    r"|\s+(?:laat|deel|bericht|meld|doe|zend|stuur|bied)\s+ik\b|\.(?:\s+[A-Z]|$)"
    r"|\s*\((?:ingezonden|kenmerk|met\s+kenmerk|\d)|$)",
    re.IGNORECASE,
)
_RECENT_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(MONTHS)})(?:\s+(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_SENT = re.compile(rf"\(?\s*ingezonden(?:\s+op|\s+d\.d\.|:)?\s*{_DATE}", re.IGNORECASE)
_RECEIVED = re.compile(rf"\(?\s*ontvangen(?:\s+op|\s+d\.d\.|:)?\s*{_DATE}", re.IGNORECASE)
_ASKS = re.compile(
    r"(?P<oral>Mondelinge\s+)?\b(?:[Kk]amer)?[Vv]ragen\s+(?:gesteld\s+)?(?:(?:van|door)\s+)?"
    r"(?:het\s+|de\s+)?(?:[Kk]amer)?(?:leden|lid)\s+(?P<by>.+)"
)
_TO = re.compile(rf"\s+aan\s*(?:de\s*|het\s*)?(?={TITLE})", re.IGNORECASE)
_OVER = re.compile(
    r",?\s+(?:over|inzake|betreffende|betreft|omtrent|naar\s+aanleiding\s+van|"
    r"met\s+betrekking\s+tot|aangaande)\s+"
)
_GLUED_OVER = re.compile(r"(?:over|inzake|betreffende)\s+")
_ANSWERS = re.compile(
    rf"\b(?P<kind>Antwoord(?:en)?|Beantwoording|Mededeling)\s+van\s+(?=(?:de\s+)?(?:{TITLE})\b)",
    re.IGNORECASE,
)
_GLUED = re.compile(
    rf"(?:\b|(?=’))(?:(?:aan|allen|beiden|de|door|en|[Ff]ractie|[Gg]roep|het|inzake|leden|lid|mede|namens|over|van|voor|’t"
    rf"|(?i:{TITLE}))(?={CAPITAL})|(?:aan|en|namens|van)(?=de\s+(?i:{TITLE})\b)"
    r"|en(?=(?:van|voor)\s))"
)
"""A word after which a lost line end has left no space."""
_SEE_ALSO = re.compile(r"Zie\s+ook\s+(?:het\s+)?Aanhangsel\b.*", re.IGNORECASE)
_YEAR_AND_NUMBERS = re.compile(
    r"vergaderjaar\s*(\d{4})\s*[–-]\s*(\d{4}),?\s*(?:nrs?\.?|nummers?)\s*"
    r"(\d+(?:\s*(?:,|en|t/m)\s*\d+(?!\s*[–-]))*)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r",?\s+bij\s+afwezigheid\s+van\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfficialHead:
    """What a head says; absent things are empty."""

    kind: DocumentKind | None = None
    subject: str | None = None
    submitters: tuple[PrintedPerson, ...] = ()
    addressees: tuple[PrintedPerson, ...] = ()
    answerers: tuple[PrintedPerson, ...] = ()
    submitted_on: date | None = None
    answered_on: date | None = None
    see_also: tuple[str, ...] = ()


def read_head(paragraph: Paragraph) -> OfficialHead:
    """The head that `paragraph` prints."""
    paragraph = _mend(paragraph)
    text = paragraph.text
    answers = _ANSWERS.search(text)
    received = _RECEIVED.search(text)
    sent = _SENT.search(text)
    asks = _ASKS.search(text)
    see_also = _SEE_ALSO.search(text)
    kind: DocumentKind | None = None
    if asks:
        kind = DocumentKind.ORAL if asks["oral"] else DocumentKind.QUESTIONS
    answerers: tuple[PrintedPerson, ...] = ()
    if answers:
        extends = answers["kind"].lower() == "mededeling"
        kind = DocumentKind.EXTENSION if extends else DocumentKind.ANSWERS
        end = received.start() if received else (see_also.start() if see_also else len(text))
        on_questions = re.compile(r"\s+op\s+(?:de\s+)?(?:[Kk]amer)?vragen\b").search(
            text, answers.end()
        )
        if on_questions:
            end = min(end, on_questions.start())
        answerers = tuple(read_officials(paragraph, answers.end(), end))
    submitters: tuple[PrintedPerson, ...] = ()
    addressees: tuple[PrintedPerson, ...] = ()
    subject = None
    if asks:
        limit = min(
            (found.start() for found in (sent, answers) if found and found.start() > asks.start()),
            default=len(text),
        )
        submitters, addressees, subject = _read_asking(paragraph, asks.start("by"), limit)
    return OfficialHead(
        kind,
        subject,
        submitters,
        addressees,
        answerers,
        _date(sent),
        _date(received),
        tuple(_read_see_also(see_also.group())) if see_also else (),
    )


def _mend(paragraph: Paragraph) -> Paragraph:
    """`paragraph` with the words of a head apart that lost line ends have joined."""
    mended = Paragraph()
    start = 0
    for glued in _GLUED.finditer(paragraph.text):
        end = glued.end()
        mended.add(f"{paragraph.text[start:end]} ", paragraph.offsets[start:end])
        mended.offsets.append(paragraph.offsets[end])
        start = end
    mended.add(paragraph.text[start:], paragraph.offsets[start:])
    return mended


def read_extension(paragraph: Paragraph, sent_on: date | None) -> OfficialHead:
    """What an extension letter without a head says of the questions it postpones.

    `Op 6 november jl. hebben de leden A en B (beiden P) schriftelijke vragen gesteld aan de
    minister van X over …`; a date without a year is the last such day before `sent_on`.
    """
    text = paragraph.text
    asked = _HAVE_ASKED.search(text)
    by = "by"
    if asked:
        by = "by" if asked["by"] else "first"
        stop = re.compile(r"[.?](?:\s|$)|\s+\((?=ingezonden|kenmerk|\d{4}Z)").search(
            text, asked.end()
        )
        end = stop.start() if stop else len(text)
        day = _RECENT_DAY.search(asked["on"] or text[: asked.start()])
    else:
        asked = _WERE_ASKED.search(text)
        if asked is None:
            return OfficialHead()
        end = asked.end("rest")
        sent = _SENT.search(text, asked.end())
        day = _RECENT_DAY.search(text, sent.start()) if sent else None
    after = asked.end(by) if by == "by" else asked.end()
    addressees, subject = _read_addressing(paragraph, after, end)
    return OfficialHead(
        subject=subject,
        submitters=tuple(read_members(paragraph, asked.start(by), asked.end(by))),
        addressees=addressees,
        submitted_on=_last_before(day, sent_on) if day else None,
    )


def _last_before(day: re.Match[str], limit: date | None) -> date | None:
    month = MONTHS.index(day["month"].lower()) + 1
    try:
        if day["year"]:
            return date(int(day["year"]), month, int(day["day"]))
        if limit is None:
            return None
        this_year = date(limit.year, month, int(day["day"]))
        return this_year if this_year <= limit else this_year.replace(year=limit.year - 1)
    except ValueError:
        return None


def _read_asking(
    paragraph: Paragraph, start: int, end: int
) -> tuple[tuple[PrintedPerson, ...], tuple[PrintedPerson, ...], str | None]:
    """Submitters, addressees and subject of `A (P) en B (Q) aan de Minister van X over …`."""
    to = _TO.search(paragraph.text, start, end)
    over = None if to else _OVER.search(paragraph.text, start, end)
    people_end = to.start() if to else (over.start() if over else end)
    addressees, subject = _read_addressing(paragraph, people_end, end)
    return tuple(read_members(paragraph, start, people_end)), addressees, subject


def _read_addressing(
    paragraph: Paragraph, start: int, end: int
) -> tuple[tuple[PrintedPerson, ...], str | None]:
    """Addressees and subject of ` aan de Minister van X over …`."""
    text = paragraph.text
    to = _TO.search(text, start, end)
    over = _find_subject(text, to.end() if to else start, end)
    addressees: tuple[PrintedPerson, ...] = ()
    if to:
        office_end = over.start() if over else end
        instead = _INSTEAD.search(text, to.end(), office_end)
        addressees = tuple(
            read_offices(paragraph, to.end(), instead.start() if instead else office_end)
        )
    subject = text[over.end() : end].strip(" .(,") if over else ""
    return addressees, subject[:1].upper() + subject[1:] if subject else None


def _find_subject(text: str, start: int, end: int) -> re.Match[str] | None:
    """Where `over …` opens, also where it is glued to the ministry before it (`Sportover`)."""
    over = _OVER.search(text, start, end)
    for known in PORTFOLIO.finditer(text, start, over.start() if over else end):
        if glued := _GLUED_OVER.match(text, known.end(), end):
            return glued
    return over


def _read_see_also(text: str) -> Iterator[str]:
    """The numbers (`20242025-393`) that `Zie ook Aanhangsel …` points at, ranges written out."""
    seen: set[str] = set()
    for match in _YEAR_AND_NUMBERS.finditer(text):
        first, last, numbers = match.groups()
        for number in _numbers(numbers):
            key = f"{first}{last}-{number}"
            if key not in seen:
                seen.add(key)
                yield key


def _numbers(text: str) -> Iterator[int]:
    parts = re.findall(r"\d+|t/m", text)
    for index, part in enumerate(parts):
        if part == "t/m":
            yield from range(int(parts[index - 1]) + 1, int(parts[index + 1]))
        else:
            yield int(part)


def _date(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    day, month, year = match.groups()[-3:]
    try:
        return date(int(year), MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return None
