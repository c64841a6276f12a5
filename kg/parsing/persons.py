"""Reads rows of people as openkamer prints them.

`David van Weel (minister justitie en veiligheid, minister asiel en migratie) , Struycken ,
Judith Uitermark (minister ) (NSC)`: names with commas only inside brackets, then an office, a
party, both or neither.
"""

import re

from kg.model.document import PrintedPerson
from kg.model.text import Span

_BRACKET = re.compile(r"\(([^()]*)\)")
_OFFICE = re.compile(
    r"^(?:vice-?)?(?:minister(?:-president)?|premier|staatssecretaris|demissionair)\b",
    re.IGNORECASE,
)


def read_people(text: str, span: Span) -> tuple[PrintedPerson, ...]:
    """The people of the row that `span` covers in `text`, in printed order."""
    return tuple(
        _read_person(text, part) for part in _split(text, span) if part.of(text).strip(" ,|")
    )


def _split(text: str, span: Span) -> list[Span]:
    """The row cut at commas outside brackets."""
    parts: list[Span] = []
    depth = 0
    start = span.start
    for position in range(span.start, span.end):
        character = text[position]
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif character == "," and not depth:
            parts.append(Span(start, position))
            start = position + 1
    parts.append(Span(start, span.end))
    return parts


def _read_person(text: str, part: Span) -> PrintedPerson:
    printed = part.of(text)
    start = part.start + len(printed) - len(printed.lstrip())
    end = part.end - (len(printed) - len(printed.rstrip()))
    name = _BRACKET.sub("", printed).replace("()", "")
    party = office = None
    for bracket in _BRACKET.findall(printed):
        content = " ".join(bracket.split())
        if not content:
            continue
        if _OFFICE.match(content):
            office = content
        else:
            party = content
    return PrintedPerson(" ".join(name.split()), Span(start, end), party=party, office=office)
