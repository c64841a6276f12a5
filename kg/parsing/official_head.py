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
from kg.parsing.portfolios import PORTFOLIO
from kg.parsing.running_text import Paragraph, compose_accents

_DATE = rf"(\d{{1,2}})\s*({'|'.join(MONTHS)})\s*((?:19|20)\d\d)"
_TITLE = r"(?:vice-)?minister-president|ministers?|minsters?|staatss?ecretaris(?:sen)?"
_HAVE_ASKED = re.compile(
    r"\b(?:heeft|hebben)\s+(?:de\s+|het\s+)?(?:[Kk]amer)?(?:leden|lid)\s+(?P<by>.+?)"
    r"(?=\s+(?:\w+\s+){0,2}vragen\s+gesteld)"
)
_WERE_ASKED = re.compile(
    r"\bvragen\s+van\s+(?:het\s+|de\s+)?(?:[Kk]amer)?(?:leden|lid)\s+(?P<by>.+?)"
    rf"(?=\s+(?:aan\s+(?:de\s+)?(?:{_TITLE})|over|inzake|betreffende|kunnen|niet|met)\b)"
    r"(?P<rest>.*?)(?=\s+(?:kunnen|niet|worden|zullen|die|welke)\s|\s*\((?:ingezonden|kenmerk|\d)|$)",
    re.IGNORECASE,
)
_RECENT_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(MONTHS)})(?:\s+(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_SENT = re.compile(rf"\(?\s*ingezonden(?:\s+op)?\s+{_DATE}", re.IGNORECASE)
_RECEIVED = re.compile(rf"\(?\s*ontvangen(?:\s+op)?\s+{_DATE}", re.IGNORECASE)
_ASKS = re.compile(
    r"(?P<oral>Mondelinge\s+)?\b(?:[Kk]amer)?[Vv]ragen\s+(?:gesteld\s+)?(?:(?:van|door)\s+)?"
    r"(?:het\s+|de\s+)?(?:[Kk]amer)?(?:leden|lid)\s+(?P<by>.+)"
)
_TO = re.compile(rf"\s+aan\s*(?:de\s*|het\s*)?(?={_TITLE})", re.IGNORECASE)
_OVER = re.compile(
    r",?\s+(?:over|inzake|betreffende|betreft|omtrent|naar\s+aanleiding\s+van|"
    r"met\s+betrekking\s+tot|aangaande)\s+"
)
_GLUED_OVER = re.compile(r"(?:over|inzake|betreffende)\s+")
_ANSWERS = re.compile(
    rf"\b(?P<kind>Antwoord(?:en)?|Beantwoording|Mededeling)\s+van\s+(?=(?:de\s+)?(?:{_TITLE})\b)",
    re.IGNORECASE,
)
_SEE_ALSO = re.compile(r"Zie\s+ook\s+(?:het\s+)?Aanhangsel\b.*", re.IGNORECASE)
_YEAR_AND_NUMBERS = re.compile(
    r"vergaderjaar\s*(\d{4})\s*[–-]\s*(\d{4}),?\s*(?:nrs?\.?|nummers?)\s*"
    r"(\d+(?:\s*(?:,|en|t/m)\s*\d+(?!\s*[–-]))*)",
    re.IGNORECASE,
)
_OFFICE = re.compile(rf"\b({_TITLE})\b", re.IGNORECASE)
_SECOND_TITLE = re.compile(r"minister-president\s*,\s*(?:de\s+)?minister$", re.IGNORECASE)
"""The prime minister is printed as `Minister-President, Minister van Algemene Zaken`."""
_SHARES_PORTFOLIO = re.compile(r"\s+en\s+(?:de\s+)?")
_OFFICIAL = re.compile(
    rf"(?P<title>{_TITLE})?\s*(?P<name>[^()]*?)\s*\((?P<portfolio>[^()]*)\)?", re.IGNORECASE
)
_NAMED_OFFICIAL = re.compile(
    rf"(?P<title>{_TITLE})\s+(?!van\b|voor\b)(?P<name>(?-i:[A-ZÀ-Þ])[^,(.]*)", re.IGNORECASE
)
_NOT_IN_NAME = re.compile(r"^(?:het|de|(?:de )?leden|(?:het )?lid)\s+|\s+(?:c\.s\.?|et al\.?)$")
_ON_BEHALF = re.compile(r",?\s*(?:mede\s+)?namens\s+", re.IGNORECASE)
_INSTEAD = re.compile(r",?\s+bij\s+afwezigheid\s+van\b", re.IGNORECASE)
_SHARED = re.compile(r"^(?:beiden|allen|beide|alle)\s+", re.IGNORECASE)
_HUMP = re.compile(r"(?:(?<=[a-zà-ÿ]{3})|(?<=\bVan)|(?<=\bDe)|(?<=\bEl))(?=[A-ZÀ-Þ][a-zà-ÿ])")


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
        answerers = tuple(_read_answerers(paragraph, answers.end(), end))
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


def read_extension(paragraph: Paragraph, sent_on: date | None) -> OfficialHead:
    """What an extension letter without a head says of the questions it postpones.

    `Op 6 november jl. hebben de leden A en B (beiden P) schriftelijke vragen gesteld aan de
    minister van X over …`; a date without a year is the last such day before `sent_on`.
    """
    text = paragraph.text
    asked = _HAVE_ASKED.search(text)
    if asked:
        stop = re.compile(r"[.?](?:\s|$)").search(text, asked.end())
        end = stop.start() if stop else len(text)
        day = _RECENT_DAY.search(text, 0, asked.start())
    else:
        asked = _WERE_ASKED.search(text)
        if asked is None:
            return OfficialHead()
        end = asked.end("rest")
        sent = _SENT.search(text, asked.end())
        day = _RECENT_DAY.search(text, sent.start()) if sent else None
    addressees, subject = _read_addressing(paragraph, asked.end("by"), end)
    return OfficialHead(
        subject=subject,
        submitters=tuple(read_members(paragraph, asked.start("by"), asked.end("by"))),
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


def read_offices(
    paragraph: Paragraph, start: int, end: int, *, on_behalf: bool = False
) -> Iterator[PrintedPerson]:
    """The offices in `text[start:end]`: `de Ministers van A en voor B en de Staatssecretaris …`."""
    text = paragraph.text
    titles = [
        title
        for title in _OFFICE.finditer(text, start, end)
        if not _SECOND_TITLE.search(text[start : title.end()])
    ]
    for index, title in enumerate(titles):
        stop = titles[index + 1].start() if index + 1 < len(titles) else end
        singular = _singular(title.group())
        plural = title.group().lower().endswith(("ministers", "minsters", "sen"))
        portfolios = list(_portfolios(text, title.end(), stop, plural=plural))
        if not portfolios and _SHARES_PORTFOLIO.fullmatch(text, title.end(), stop):
            after = titles[index + 1].end()
            last = titles[index + 2].start() if index + 2 < len(titles) else end
            portfolios = list(_portfolios(text, after, last, plural=False))
        if not portfolios:
            yield PrintedPerson(
                "", paragraph.span(title.start(), title.end()), None, singular, on_behalf
            )
        for place, (preposition, first, last) in enumerate(portfolios):
            begin = title.start() if place == 0 else first
            yield PrintedPerson(
                "",
                paragraph.span(begin, last),
                None,
                f"{singular} {preposition} {_clean(text[first:last])}",
                on_behalf,
            )


def _portfolios(text: str, start: int, end: int, *, plural: bool) -> Iterator[tuple[str, int, int]]:
    """(preposition, start, end) of each portfolio after a title."""
    opening = re.compile(r"\s*(?:(van|voor)\s*(?=[A-ZÀ-Þa-z])|\s)").match(text, start, end)
    if opening is None or not (opening[1] or PORTFOLIO.match(text, opening.end(), end)):
        return
    preposition = opening[1] or "van"
    at = opening.end()
    while at < end:
        known = PORTFOLIO.match(text, at, end)
        following = re.compile(r"(?:,|\s+en)\s+(van|voor)\s*(?:de\s+|het\s+)?").search(
            text, known.end() if known else at, end
        )
        stop = following.start() if following else end
        if plural and known and known.end() < stop:
            linked = re.compile(r"(?:,|\s*en)\s*(?=[A-ZÀ-Þ])").match(text, known.end(), stop)
            if linked:
                yield preposition, at, known.end()
                at = linked.end()
                continue
        last = _trim(text, at, stop)
        if last > at:
            yield preposition, at, last
        if following is None:
            return
        preposition, at = following[1], following.end()


def _trim(text: str, start: int, end: int) -> int:
    """`end` without a trailing link to what follows (`, de`, ` en`, ` en de`)."""
    link = re.search(r"(?:[\s,.;:]|\ben\b|\bde\b|\bhet\b|\balsmede\b|\bmede\b)+$", text[start:end])
    return start + link.start() if link else end


def _read_answerers(paragraph: Paragraph, start: int, end: int) -> Iterator[PrintedPerson]:
    text = paragraph.text
    behalf = _ON_BEHALF.search(text, start, end)
    yield from _read_officials(paragraph, start, behalf.start() if behalf else end)
    if behalf:
        yield from _read_officials(paragraph, behalf.end(), end, on_behalf=True)


def _read_officials(
    paragraph: Paragraph, start: int, end: int, *, on_behalf: bool = False
) -> Iterator[PrintedPerson]:
    """People with their office behind in brackets, or offices without a name."""
    text = paragraph.text
    title = ""
    at = start
    for match in _OFFICIAL.finditer(text, start, end):
        name = re.sub(r"^(?:,|en\b|de\b|\s)+", "", match["name"].strip())
        found = _OFFICE.search(match.group())
        if found and not match["title"]:
            name = text[match.start() + found.end() : match.end("name")].strip()
        if found:
            title = _singular(found.group())
        if re.match(r"(?:van|voor)\s", name) or not name:
            yield from read_offices(paragraph, match.start(), match.end(), on_behalf=on_behalf)
        else:
            first = match.start() if not found else match.start() + found.start()
            portfolio = "" if title.lower() == "minister-president" else _clean(match["portfolio"])
            place = paragraph.span(first, match.end())
            sharing = re.split(rf"\s+en\s+({_TITLE})\s+", f"{title} {name}", flags=re.IGNORECASE)
            names = [name] if len(sharing) == 1 else [sharing[0][len(title) + 1 :], *sharing[2::2]]
            for each, own in zip(names, [title, *map(_singular, sharing[1::2])], strict=True):
                office = f"{own} van {portfolio}" if portfolio else own or None
                yield PrintedPerson(_name(each), place, None, office, on_behalf)
        at = match.end()
    rest = text[at:end]
    if _OFFICE.search(rest):
        named = _NAMED_OFFICIAL.search(text, at, end)
        if named and not re.search(r"\b(?:van|voor)\s+[A-ZÀ-Þ].*\ben\b", named["name"]):
            yield PrintedPerson(
                _name(named["name"]),
                paragraph.span(named.start(), named.end()),
                None,
                _singular(named["title"]),
                on_behalf,
            )
        else:
            yield from read_offices(paragraph, at, end, on_behalf=on_behalf)


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


def read_members(paragraph: Paragraph, start: int, end: int) -> Iterator[PrintedPerson]:
    """Members with their party: `A, B (beiden P) en C (Q)`; a party counts for all before it."""
    text = paragraph.text
    waiting: list[tuple[str, int, int]] = []
    at = start
    for bracket in re.compile(r"\(([^()]*)\)?").finditer(text, start, end):
        waiting += _names(text, at, bracket.start())
        party = _clean(_SHARED.sub("", bracket[1])) or None
        for name, first, last in waiting:
            close = bracket.end() if (name, first, last) == waiting[-1] else last
            yield PrintedPerson(name, paragraph.span(first, close), party)
        waiting = []
        at = bracket.end()
    for name, first, last in (*waiting, *_names(text, at, end)):
        yield PrintedPerson(name, paragraph.span(first, last))


def _names(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """(name, start, end) of each name between commas and `en`."""
    at = start
    for link in (*re.compile(r"\s*(?:,\s*en\s+|,|\ben\s+|$)").finditer(text, start, end), None):
        stop = link.start() if link else end
        printed = text[at:stop]
        name = re.sub(
            r"^(?:het|de|(?:de )?leden|(?:het )?lid)\s+|\s+(?:c\.s\.?|et al\.?)$",
            "",
            printed.strip(),
        )
        if name and re.search(r"[A-ZÀ-Þ]", name):
            first = at + len(printed) - len(printed.lstrip())
            yield _name(name), first, first + len(printed.strip())
        if link is None or link.end() >= end:
            return
        at = link.end()


def _name(printed: str) -> str:
    return _HUMP.sub(" ", compose_accents(_clean(printed)))


def _clean(printed: str) -> str:
    return " ".join(printed.split()).strip(" ,.")


def _singular(title: str) -> str:
    """`Ministers` as `Minister`, misprints (`Staatsecretaris`, `minster`) mended."""
    lower = title.lower()
    for plural, singular in (
        ("ministers", "minister"),
        ("minsters", "minister"),
        ("minster", "minister"),
        ("staatssecretarissen", "staatssecretaris"),
        ("staatsecretarissen", "staatssecretaris"),
        ("staatsecretaris", "staatssecretaris"),
    ):
        if lower == plural:
            return singular.capitalize() if title[0].isupper() else singular
    return title


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
