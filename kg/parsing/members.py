"""Members of the Kamer as heads print them: `A, B (beiden P) en C (Q)`."""

import re
from collections.abc import Iterator

from kg.model.document import PrintedPerson
from kg.model.spelling import CAPITAL, SMALL
from kg.parsing.running_text import Paragraph, compose_accents

_LINK = re.compile(r"\s*(?:,\s*en\s+|,|(?:\s|(?<=\)))en\s+|$)")
_NOT_IN_NAME = re.compile(
    r"^(?:het\s+|de\s+)?(?:(?:[Kk]amer)?(?:leden|lid)\s+)?|\s+(?:c\.\s?s\.?|et al\.?)$"
)
_NO_NAME = re.compile(r"^(?:aan|bij|ingezonden|inzake|kenmerk|met|namens|nr|over|van uw|uw)\b")
_SHARED = re.compile(r"^(?:beiden|allen|beide|alle|allebei)[\s:]+", re.IGNORECASE)
_PARTICLE = "".join(rf"|(?<=\b{word})" for word in ("Van", "De", "Den", "El", "Te", "Ten", "Ter"))
_HUMP = re.compile(rf"(?:(?<={SMALL}{{3}}){_PARTICLE})(?={CAPITAL}{SMALL})|(?<=\bVan)(?=de[nr]?\s)")


def read_members(paragraph: Paragraph, start: int, end: int) -> Iterator[PrintedPerson]:
    """Members in `text[start:end]` with their party; a party counts for all before it."""
    text = paragraph.text
    waiting: list[tuple[str, int, int]] = []
    at = start
    for bracket in re.compile(r"\(([^()]*)\)?").finditer(text, start, end):
        waiting += _names(text, at, bracket.start())
        party = clean(_SHARED.sub("", bracket[1].strip())) or None
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
    for link in (*_LINK.finditer(text, start, end), None):
        stop = link.start() if link else end
        printed = text[at:stop]
        name = _NOT_IN_NAME.sub("", printed.strip())
        if any(character.isupper() for character in name) and not _NO_NAME.match(name):
            first = at + len(printed) - len(printed.lstrip())
            yield read_name(name), first, first + len(printed.strip())
        if link is None or link.end() >= end:
            return
        at = link.end()


def read_name(printed: str) -> str:
    """A name with its accents composed and its parts apart (`VanNispen`)."""
    return _HUMP.sub(" ", compose_accents(clean(printed)))


def clean(printed: str) -> str:
    """`printed` with single spaces, without the punctuation around it."""
    return " ".join(printed.split()).strip(" ,.")
