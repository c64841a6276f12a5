"""Ministries: by name, by abbreviation, and by the office of a minister or state secretary."""

import re
from collections.abc import Iterable

from kg.mentions.gazetteer import Hit
from kg.mentions.normalise import NormalText
from kg.model.authority import Kind
from kg.model.mention import Mention

_HEAD = (
    r"(?:[Mm]inisters?|[Mm]inisterie|[Mm]inisteries|[Ss]taatssecretaris|[Ss]taatssecretarissen|"
    r"[Bb]ewindspersoon|[Bb]ewindspersonen|[Bb]ewindslieden|[Dd]epartement|[Dd]epartementen|MINISTER|MINISTERIE)"
)
_HEAD_BEFORE = re.compile(rf"\b{_HEAD}\s(?:van\s|voor\s)?(?:de\s|het\s)?$")
_CHAIN = re.compile(
    rf"(?:[\s,/;]|en\b|van\b|voor\b|de\b|het\b|evenals\b|mede\b|namens\b|(?:{_HEAD})\b|[Mm]edewerkers?\b)*"
)
_FOREIGN_BEFORE = re.compile(
    r"(?P<land>[A-Z][a-zëïöü]+(?:se|sche)|hun|haar|zijn)\s(?:[a-z]+\s|[Vv]ice-)?$"
)
_FOREIGN_AFTER = re.compile(
    r"\s(?:van|in|uit)\s(?:de\s|het\s)?(?:Verenigde Staten|VS|VK|Verenigd Koninkrijk|"
    r"Oekraïne|Rusland|"
    r"Israël|Duitsland|Frankrijk|België|China|Iran|Irak|Turkije|Marokko|Suriname|Curaçao|Aruba|"
    r"Sint Maarten|Polen|Hongarije|Italië|Spanje|Griekenland|Libanon|Syrië|Egypte|Qatar|India|"
    r"Pakistan|Japan|Zweden|Noorwegen|Denemarken|Finland|Oostenrijk|Zwitserland|Palestijnse)"
)
_OURS = frozenset(
    {"Nederlandse", "Demissionaire", "Toenmalige", "Voormalige", "Huidige", "Deze", "Onze"}
)
_OTHER_BEFORE = re.compile(
    r"(?:[Cc]ommissies?|Raad|[Rr]aad|[Ww]ethouder|[Bb]egroting\w*|behandeling|[Dd]ebat|[Cc]ommissaris|[Pp]ortefeuille|"
    r"[Hh]oogleraar|[Gg]edeputeerde|[Rr]apporteur|[Ww]oordvoerder|[Ii]nspectie|[Hh]oofdstuk|[Ii]nstituut|[Aa]cademie)"
    r"\s(?:voor\s|van\s|de\s|[IVX]+\s)*$"
)
_NAME_GOES_ON = re.compile(r"\s[A-Z][a-z]|\s[A-Z]{2,}-[a-z]")
_FULL = re.compile(r"(?:minister|staatssecretaris)", re.IGNORECASE)
_ALONE = frozenset({"defensie", "financien"})


def find_ministries(text: NormalText, hits: Iterable[Hit]) -> list[Mention]:
    """The ministries among `hits` of ministry labels, in order, spans in the original.

    A name without "ministerie van" before it counts after such a head, also further on in a list
    ("de Ministers van A en van B"), and otherwise only when it is no part of another name.
    """
    clean = text.clean
    found: list[Mention] = []
    chain = -1
    for hit in hits:
        before = max(0, hit.start - 60)
        head = _HEAD_BEFORE.search(clean, before, hit.start)
        full = _FULL.match(clean, hit.start, hit.end) is not None
        chained = chain >= 0 and _CHAIN.fullmatch(clean, chain, hit.start) is not None
        start = head.start() if head else hit.start
        if _is_foreign(clean, start, hit.end):
            chain = -1
            continue
        if full or head or chained:
            rule = "ministry.name" if full else "ministry.office"
            chain = hit.end
        elif _is_abbreviation(clean[hit.start : hit.end]):
            rule = "ministry.abbreviation"
            chain = hit.end
        elif _stands_alone(clean, hit):
            rule = "ministry.bare"
        else:
            continue
        span = text.span(start, hit.end)
        keys = tuple(dict.fromkeys(label.key for label in hit.labels))
        found.append(Mention(span, span.of(text.original), Kind.MINISTRY, rule, keys))
    return found


def _is_abbreviation(exact: str) -> bool:
    return " " not in exact and len(exact) <= 7 and sum(char.isupper() for char in exact) >= 2


def _is_foreign(clean: str, start: int, end: int) -> bool:
    before = _FOREIGN_BEFORE.search(clean, max(0, start - 30), start)
    if before is not None and before["land"] not in _OURS and before["land"][0].isupper():
        return True
    return _FOREIGN_AFTER.match(clean, end) is not None


def _stands_alone(clean: str, hit: Hit) -> bool:
    exact = clean[hit.start : hit.end]
    if not exact[0].isupper() or _NAME_GOES_ON.match(clean, hit.end):
        return False
    if " " not in exact:
        from_start = hit.start == 0 or clean[hit.start - 2 : hit.start] in (". ", "? ", "! ")
        if exact.casefold().replace("ë", "e") not in _ALONE:
            return False
        if from_start and exact != "Defensie":
            return False
    return _OTHER_BEFORE.search(clean, max(0, hit.start - 40), hit.start) is None
