"""The metadata that officielebekendmakingen.nl keeps beside a publication (metadata.xml)."""

import re
from datetime import date

from kg.model.document import (
    DocumentKind,
    Flaw,
    LineRole,
    ParsedDocument,
    ParsedSet,
    PrintedPerson,
)
from kg.model.text import SourceText, Span
from kg.parsing.kenmerken import KENMERK, aanhangsel_of_page
from kg.parsing.lines import Ledger, read_lines

NAME = "official metadata"
_FIELD = re.compile(r"^(?P<name>(?:OVERHEID(?:op)?|DC(?:TERMS)?)\.\w+)\s*:\s*(?P<value>.*)$")

_TELLING = frozenset(
    f"OVERHEIDop.{name}" for name in ("vraagnummer", "aanhangsel", "indiener", "datumIndiening")
)


def recognises(source: SourceText) -> bool:
    """Whether the text has metadata of a question: its number, or the number of its answer."""
    names = {
        match["name"] for line in read_lines(source.text) if (match := _FIELD.match(line.text))
    }
    return bool(names & {"OVERHEIDop.vraagnummer", "OVERHEIDop.aanhangsel", "OVERHEIDop.indiener"})


def parse(source: SourceText) -> ParsedDocument:
    """The set that the metadata describes, without any text."""
    lines = read_lines(source.text)
    ledger = Ledger(lines)
    flaws: list[Flaw] = []
    values: dict[str, list[tuple[str, Span]]] = {}
    for line in lines:
        match = _FIELD.match(line.text)
        if match is None:
            continue
        ledger.claim(line, LineRole.HEADER)
        start = line.span.start + match.start("value")
        values.setdefault(match["name"], []).append((match["value"], Span(start, line.span.end)))

    def first(*names: str) -> str | None:
        return next((values[name][0][0] for name in names if name in values), None)

    def people(name: str, *, as_office: bool) -> tuple[PrintedPerson, ...]:
        return tuple(
            PrintedPerson("", span, office=value) if as_office else PrintedPerson(value, span)
            for value, span in values.get(name, [])
            if value
        )

    def day(*names: str) -> date | None:
        printed = first(*names)
        try:
            return date.fromisoformat(printed[:10]) if printed else None
        except ValueError:
            flaws.append(Flaw("date-unreadable", f"no date in «{printed}»", quote=printed))
            return None

    identifier = first("DC.identifier", "DCTERMS.identifier") or ""
    year = (first("OVERHEIDop.vergaderjaar") or "").replace("–", "-") or None
    number = first("OVERHEIDop.aanhangsel")
    joined = f"{year.replace('-', '')}-{number}" if year and number and number.isdigit() else None
    kenmerk = KENMERK.search(f"{first('OVERHEIDop.vraagnummer') or ''} {identifier}")
    parsed = ParsedSet(
        span=Span(lines[0].span.start, lines[-1].span.end),
        title=first("DC.title", "DCTERMS.title", "OVERHEIDop.onderwerp"),
        kenmerk=kenmerk.group() if kenmerk else None,
        aanhangsel=aanhangsel_of_page(identifier) or joined,
        session_year=year,
        submitters=people("OVERHEIDop.indiener", as_office=False),
        addressees=people("OVERHEIDop.ontvanger", as_office=True),
        submitted_on=day("OVERHEIDop.datumIndiening"),
        answered_on=day("OVERHEIDop.datumOntvangst"),
        topics=" ".join(value for value, _ in values.get("OVERHEID.category", [])) or None,
    )
    kind = DocumentKind.ANSWERS if parsed.aanhangsel else DocumentKind.QUESTIONS
    return ParsedDocument(source, NAME, (parsed,), ledger.roles(), tuple(flaws), kind)
