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
_HEADS = ("hof", "autoriteit", "inspectie", "rechtbank", "ombudsman", "rekenkamer", "stichting")
_HEAD = re.compile(
    r"\b(?:[Hh]et|[Dd]e)\s(?P<head>Hof|Autoriteit|Inspectie|Rechtbank|Ombudsman|Rekenkamer|Stichting)"
    r"(?![\w-]|\s(?:[A-ZÀ-Ž]|van|voor|te|in\s[A-Z]))"
)
_GIVEN = re.compile(r"^\S+\s(?:[A-Z]\.?\s)*")
_SMALL_WORD = re.compile(r"\b[a-zà-ž]+\b")
_NAME_AFTER = re.compile(r"\s[A-ZÀ-Ž][a-zà-ž]")


def find_again(units: Sequence[Unit], authority: Authority) -> list[list[Link]]:
    """For each of the linked units of a set, in order, links of names that recur there.

    A surname is that of the one person of the set who bears it, a discovered body's name that
    body's. A name whose word the set also prints in small letters is left alone.
    """
    names = _names(units, authority)
    backward = _backward(units, authority)
    if not names:
        return backward
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(
        r"(?<![\w’'-])(?:"
        + "|".join(r"[\s-]".join(map(re.escape, re.split(r"[\s-]", name))) for name in longest)
        + r")(?![\w’'])"
    )
    return [
        [*_again(unit, pattern, names), *links] for unit, links in zip(units, backward, strict=True)
    ]


def _backward(units: Sequence[Unit], authority: Authority) -> list[list[Link]]:
    """Links of "het Hof" and the like: the body of that head that the set named last before."""
    last: dict[str, str] = {}
    found: list[list[Link]] = []
    for unit in units:
        named = sorted(
            (link.mention.span, link.keys[0])
            for link in unit.links
            if link.status in _SURE and link.mention.kind is Kind.ORGANISATION
        )
        links: list[Link] = []
        passed = 0
        for match in _HEAD.finditer(unit.passage.text):
            span = Span(*match.span("head"))
            while passed < len(named) and named[passed][0].end <= span.start:
                last |= dict.fromkeys(_heads_of(named[passed][1], authority), named[passed][1])
                passed += 1
            covered = passed < len(named) and named[passed][0].start < span.end
            target = last.get(match["head"].lower())
            if target is not None and not covered:
                exact = match["head"]
                mention = Mention(span, exact, Kind.ORGANISATION, "body.anaphor", (target,))
                links.append(Link(mention, LinkStatus.CERTAIN, (target,)))
        for _, key in named[passed:]:
            last |= dict.fromkeys(_heads_of(key, authority), key)
        found.append(links)
    return found


def _heads_of(key: str, authority: Authority) -> list[str]:
    """The words by which a text may point back at a body: "hof" at a Gerechtshof."""
    entry = authority.get(key)
    words = fold(entry.label if entry else key.partition("/")[2].replace("-", " ")).split()
    return [head for head in _HEADS if any(word.endswith(head) for word in words)]


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
    return {
        name: found
        for name, found in names.items()
        if len(name) >= _SHORTEST and not any(_in_small(name, unit) for unit in units)
    }


def _in_small(name: str, unit: Unit) -> bool:
    """Whether a text prints a name in small letters, as an ordinary word."""
    small, text = name.lower(), unit.passage.text
    return small in text and small in _SMALL_WORD.findall(text)


def _again(
    unit: Unit, pattern: re.Pattern[str], names: dict[str, tuple[str, Kind, str]]
) -> list[Link]:
    text = unit.passage.text
    covered = sorted(link.mention.span for link in unit.links)
    passed = 0
    forms = {_form(name): found for name, found in names.items()}
    links = []
    for match in pattern.finditer(text):
        start, end = match.span()
        while passed < len(covered) and covered[passed].end <= start:
            passed += 1
        if passed < len(covered) and covered[passed].start < end:
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
