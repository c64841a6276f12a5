"""Names that a set gives once in full, or with what they are, and then bare.

"President Zelensky" and later "Zelensky", "het bedrijf Palantir" and later "Palantir".
"""

import re
from collections.abc import Sequence

from kg.model.authority import Authority, Kind
from kg.model.mention import Link, LinkStatus, Mention
from kg.model.question_set import Unit
from kg.model.text import Span
from kg.resolution.names import fold

_DISCOVERED = frozenset({"body.head", "body.apposition", "name.defined"})
_SURE = (LinkStatus.CERTAIN, LinkStatus.CORRECTED)
_SHORTEST = 4
_NAME_BEFORE = re.compile(
    r"(?<![.?!:»”])\s(?!(?:De|Het|President|Premier|Minister)\s)[A-ZÀ-Ž][\w’-]+\s$"
)
_GIVEN = re.compile(r"^\S+\s(?:[A-Z]\.?\s)*")
_NAME_AFTER = re.compile(r"\s[A-ZÀ-Ž][a-zà-ž]")


def find_again(units: Sequence[Unit], authority: Authority) -> list[list[Link]]:
    """For each of the linked units of a set, in order, links of names that recur there.

    A surname is that of the one person of the set who bears it, a discovered body's name that
    body's. A name whose word the set also prints in small letters is left alone.
    """
    names = _names(units, authority)
    if not names:
        return [[] for _ in units]
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(
        r"(?<![\w’'-])(?:"
        + "|".join(r"[\s-]".join(map(re.escape, re.split(r"[\s-]", name))) for name in longest)
        + r")(?![\w’'])"
    )
    return [_again(unit, pattern, names) for unit in units]


def _names(units: Sequence[Unit], authority: Authority) -> dict[str, tuple[str, Kind, str]]:
    """Each name that may recur, with the key, kind and rule of its link."""
    people: dict[str, set[str]] = {}
    bodies: dict[str, tuple[str, Kind, str]] = {}
    for unit in units:
        for link in unit.links:
            if link.status not in _SURE:
                continue
            mention = link.mention
            if mention.kind is Kind.PERSON:
                entry = authority.get(link.keys[0])
                surname = entry.surname if entry else _GIVEN.sub("", mention.exact)
                if surname:
                    people.setdefault(surname[0].upper() + surname[1:], set()).add(link.keys[0])
            elif mention.rule in _DISCOVERED and mention.kind is Kind.ORGANISATION:
                name = mention.read("name") or mention.exact
                bodies[name] = (link.keys[0], Kind.ORGANISATION, "body.again")
    names = {
        surname: (next(iter(keys)), Kind.PERSON, "person.surname")
        for surname, keys in people.items()
        if len(keys) == 1
    }
    names |= bodies
    small = {word for unit in units for word in re.findall(r"\b[a-zà-ž]+\b", unit.passage.text)}
    return {
        name: found
        for name, found in names.items()
        if len(name) >= _SHORTEST and name.lower() not in small
    }


def _again(
    unit: Unit, pattern: re.Pattern[str], names: dict[str, tuple[str, Kind, str]]
) -> list[Link]:
    text = unit.passage.text
    covered = [link.mention.span for link in unit.links]
    forms = {_form(name): found for name, found in names.items()}
    links = []
    for match in pattern.finditer(text):
        start, end = match.span()
        if any(span.start < end and start < span.end for span in covered):
            continue
        key, kind, rule = forms[_form(match[0])]
        if kind is Kind.PERSON and (
            text[end : end + 1] in ("-", "–")
            or _NAME_AFTER.match(text, end)
            or _NAME_BEFORE.search(text, max(0, start - 30), start)
        ):
            continue
        mention = Mention(Span(start, end), match[0], kind, rule, (key,))
        links.append(Link(mention, LinkStatus.CERTAIN, (key,)))
    return links


def _form(name: str) -> str:
    return " ".join(re.split(r"[\s-]", fold(name)))
