"""Records of the Tweede Kamer's open data: *Zaak*, as a csv row each or as OData v4 JSON.

A record gives number, subject, date and people of a set, never its text. Known defects of the
data: a party printed for ministers, empty actors, deleted records, two rows for one number.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kg.model.document import Flaw, LineRole, ParsedDocument, ParsedSet, PrintedPerson
from kg.model.text import SourceText, Span
from kg.parsing.kenmerken import KENMERK
from kg.parsing.lines import Ledger, read_lines

NAME = "open data Zaak records"
_COLUMNS = frozenset(("nummer", "onderwerp", "gestart_op"))
_QUESTIONS = frozenset(("schriftelijke vragen", "mondelinge vragen"))
_INITIALS = re.compile(r"\s*\(([^()]*)\)\s*$")
_UNWRITABLE = re.compile(r"[\ud800-\udfff]|(?<!\\)(?:\\\\)*\\u0000")
"""Halves of characters, and NUL as JSON writes it."""
_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})")
_SESSION = re.compile(r"^(\d{4})\s?[-–/]\s?(\d{4})$")


def recognises(source: SourceText) -> bool:
    """Whether a csv head names the columns of a Zaak, or JSON holds Zaak objects."""
    if source.media_type == "application/json":
        return '"Nummer"' in source.text and '"Onderwerp"' in source.text
    first = source.text.split("\n", 1)[0].strip().lower()
    return _COLUMNS.issubset(name.strip('" ') for name in first.split(","))


def parse(source: SourceText) -> ParsedDocument:
    """A set for each record of written or oral questions; other records are flaws."""
    lines = read_lines(source.text)
    ledger = Ledger(lines)
    for line in lines:
        ledger.claim(line, LineRole.HEADER)
    flaws: list[Flaw] = []
    read = _read_json if source.media_type == "application/json" else _read_csv
    sets = tuple(read(source.text, flaws))
    return ParsedDocument(source, NAME, sets, ledger.roles(), tuple(flaws))


def _read_csv(text: str, flaws: list[Flaw]) -> Iterator[ParsedSet]:
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    rows = csv.reader(line + "\n" for line in lines)
    names = [name.strip().lower() for name in next(rows)]
    before = rows.line_num
    seen: set[str] = set()
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            flaws.append(Flaw("row-unreadable", f"row cannot be read: {error}", before + 1))
            before = rows.line_num
            continue
        first, before = before, rows.line_num
        if not any(cell.strip() for cell in row):
            continue
        span = Span(starts[first], min(starts[before] - 1, len(text)))
        if len(row) != len(names):
            message = f"row has {len(row)} cells where the head has {len(names)}"
            flaws.append(Flaw("row-width", message, first + 1))
        record = dict(zip(names, row, strict=False))
        if _is_question(record.get("soort", ""), record.get("nummer", ""), first + 1, flaws, seen):
            yield _set_of_row(text, span, record)


def _set_of_row(text: str, span: Span, record: Mapping[str, str]) -> ParsedSet:
    return ParsedSet(
        span=span,
        title=" ".join(record["onderwerp"].split()) or None,
        kenmerk=record["nummer"].strip(),
        session_year=_session_year(record.get("vergaderjaar", "")),
        submitters=(
            *_people(text, span, record.get("indiener", "")),
            *_people(text, span, record.get("medeindiener", "")),
        ),
        addressees=tuple(_people(text, span, record.get("gericht_aan", ""))),
        submitted_on=_day(record["gestart_op"]),
    )


def _people(text: str, span: Span, cell: str) -> Iterator[PrintedPerson]:
    """The people of a cell: `Dilan Yeşilgöz-Zegerius (D.), K.H. Ollongren`; initials go."""
    at = span.start
    for printed in (part.strip() for part in cell.split(", ")):
        name = _INITIALS.sub("", printed)
        if name:
            found = text.find(printed, at, span.end)
            place = span if found < 0 else Span(found, found + len(printed))
            at = place.end if found >= 0 else at
            yield PrintedPerson(name, place)


def _read_json(text: str, flaws: list[Flaw]) -> Iterator[ParsedSet]:
    try:
        data = json.loads(text)
    except ValueError as error:
        message = f"JSON cannot be read ({error}); download it again"
        flaws.append(Flaw("json-unreadable", message, getattr(error, "lineno", None)))
        return
    except RecursionError:
        flaws.append(Flaw("json-unreadable", "JSON is nested too deeply", 1))
        return
    records = data.get("value", [data]) if isinstance(data, dict) else data
    seen: set[str] = set()
    at = 0
    for record in records if isinstance(records, list) else ():
        if not isinstance(record, dict):
            flaws.append(Flaw("record-unreadable", "a record is no object"))
            continue
        number = str(record.get("Nummer") or "")
        found = text.find(f'"{number}"', at) if number else -1
        at = found if found >= 0 else at
        line = text.count("\n", 0, at) + 1
        if record.get("Verwijderd"):
            flaws.append(Flaw("record-deleted", f"{number} was deleted at the source", line))
        elif _UNWRITABLE.search(json.dumps(record, ensure_ascii=False)):
            message = f"a record holds half a character or NUL after «{ascii(number)[1:-1]}»"
            flaws.append(Flaw("record-unreadable", message, line))
        elif _is_question(str(record.get("Soort") or ""), number, line, flaws, seen):
            yield _set_of_object(text, Span(at, at + len(number) + 2), record, line, flaws)


def _set_of_object(
    text: str, span: Span, record: Mapping[str, Any], line: int, flaws: list[Flaw]
) -> ParsedSet:
    roles: dict[str, list[PrintedPerson]] = {"indiener": [], "medeindiener": [], "gericht aan": []}
    actors = record.get("ZaakActor")
    for actor in actors if isinstance(actors, list) else ():
        if not isinstance(actor, dict) or actor.get("Verwijderd"):
            continue
        relation = str(actor.get("Relatie") or "").lower()
        name = " ".join(str(actor.get("ActorNaam") or "").split())
        if relation not in roles:
            continue
        if not name:
            flaws.append(Flaw("actor-without-name", f"a {relation} has no name", line))
            continue
        party = str(actor.get("ActorFractie") or "") or None
        office = str(actor.get("Functie") or "") or None
        if relation == "gericht aan" and party:
            message = f"a party ({party}) is printed for {name}, who is addressed; left out"
            flaws.append(Flaw("party-of-minister", message, line))
            party = None
        found = text.find(name, span.start)
        place = span if found < 0 else Span(found, found + len(name))
        is_member = relation != "gericht aan"
        roles[relation].append(
            PrintedPerson(name, place, party=party, office=None if is_member else office)
        )
    return ParsedSet(
        span=span,
        title=" ".join(str(record.get("Onderwerp") or "").split()) or None,
        kenmerk=str(record["Nummer"]),
        session_year=_session_year(str(record.get("Vergaderjaar") or "")),
        submitters=(*roles["indiener"], *roles["medeindiener"]),
        addressees=tuple(roles["gericht aan"]),
        submitted_on=_day(str(record.get("GestartOp") or "")),
    )


def _is_question(kind: str, number: str, line: int, flaws: list[Flaw], seen: set[str]) -> bool:
    """Whether a record is a set of questions with a number of its own; flags what is not."""
    number = number.strip()
    if kind and kind.strip().lower() not in _QUESTIONS:
        flaws.append(Flaw("not-a-question", f"{number or 'a record'} is «{kind}»", line))
    elif not KENMERK.fullmatch(number):
        flaws.append(Flaw("number-unreadable", f"«{number}» is no number of a Zaak", line))
    elif number in seen:
        flaws.append(Flaw("number-repeated", f"{number} stands in several records", line))
    else:
        seen.add(number)
        return True
    return False


def _day(printed: str) -> date | None:
    """The day of `2022-12-30T00:00:00+01:00`, as the clock of The Hague shows it."""
    match = _DAY.match(printed.strip())
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _session_year(printed: str) -> str | None:
    match = _SESSION.match(printed.strip())
    return f"{match[1]}-{match[2]}" if match else None
