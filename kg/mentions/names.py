"""Names of people as running text prints them, read at a place where one is expected."""

import re

from kg.mentions.given_names import GIVEN_NAMES
from kg.mentions.normalise import fold
from kg.model.authority import Authority, Kind

PREFIX = (
    r"(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Tt]en|[Tt]er|[Ee]l|[Aa]l|[’']t|[Vv]on|[Ll]a|[Ll]e|[Dd]i|[Dd]u|"
    r"[Oo]p|[Ii]n|[Tt]e|[Ff]on|[Zz]u)"
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’']*"
_PART = rf"{_CAPITAL}(?:\s?[-–]\s?(?:{PREFIX}\s){{0,2}}{_CAPITAL})?"
NAME = re.compile(rf"(?:{PREFIX}\s){{0,3}}{_PART}(?:\s(?:{PREFIX}\s){{0,2}}{_PART}){{0,3}}")
"""A run of capitalised words with the prefixes of Dutch names, at most four."""

_INITIALS = re.compile(r"(?:[A-Z]\.){1,5}\s?")
_NO_NAMES = frozenset(
    [
        "tweede",
        "eerste",
        "kamer",
        "kamerstuk",
        "kamer",
        "minister",
        "ministers",
        "staatssecretaris",
        "handelingen",
        "europese",
        "nederlandse",
        "raad",
        "wet",
        "staten",
        "generaal",
        "motie",
        "motion",
        "het",
        "een",
        "nr",
        "op",
        "over",
        "en",
        "of",
    ]
)


class Surnames:
    """The names that the authority knows, to find where a printed name begins and ends.

    `given` are the given names of its people, folded, but for those that open sentences.
    """

    def __init__(self, authority: Authority) -> None:
        self._keys: dict[str, list[str]] = {}
        self.given = (
            frozenset(
                first
                for entry in authority.of_kind(Kind.PERSON)
                if len(first := fold(entry.label.split()[0]).strip()) > 2
            )
            | GIVEN_NAMES
        ) - _WORDS_TOO
        for entry in authority.of_kind(Kind.PERSON):
            if entry.surname:
                for form in _surname_forms(entry.surname):
                    self._keys.setdefault(form, []).append(entry.key)
            for label in (entry.label, *entry.labels):
                form = _form(label)
                if form not in self._keys or entry.key not in self._keys[form]:
                    self._keys.setdefault(form, []).append(entry.key)

    def keys(self, name: str) -> tuple[str, ...]:
        """The people whose surname or full name `name` is; none where it is unknown."""
        return tuple(dict.fromkeys(self._keys.get(_form(name), ())))

    def read(self, clean: str, position: int) -> tuple[int, int, tuple[str, ...]] | None:
        """The name at `position`: its start, its end, and the people known by it.

        The longest known name wins; an unknown one is its prefixes, its first part and, where
        that is followed by another capitalised word, no more.
        """
        start = position
        initials = _INITIALS.match(clean, position)
        if initials is not None:
            position = initials.end()
        match = NAME.match(clean, position)
        if match is None:
            return None
        ends = [m.end() + position for m in re.finditer(r"[\w’'](?=\s|[-–]|$)", match[0])]
        for end in reversed(ends):
            keys = self.keys(clean[position:end])
            if keys:
                return start, end, keys
        first = _CLOSED.match(clean, position) or _FIRST.match(clean, position)
        if first is None or fold(first["last"]).split()[0] in _NO_NAMES:
            return None
        if first.start("last") > position and clean[position].islower():
            # "leden van de Commissie": a body, as long as nobody of that name is known
            return None
        return start, first.end(), ()


def bare_surnames(authority: Authority) -> dict[str, list[str]]:
    """For each member and office holder, the spellings of a surname that is no word."""
    spellings: dict[str, list[str]] = {}
    for entry in authority.of_kind(Kind.PERSON):
        if entry.surname and (entry.parties or entry.offices):
            whole = entry.surname[0].upper() + entry.surname[1:]
            names = {whole, re.split(r"\s?[-–]\s?", whole)[0]}
            spellings[entry.key] = sorted(filter(_is_telling, names))
    return spellings


def _is_telling(name: str) -> bool:
    return len(name) >= _SHORTEST_BARE and _form(name) not in _SURNAMES_TOO


_SHORTEST_BARE = 5
_SURNAMES_TOO = frozenset((
    "bakker", "bevers", "bisschop", "bruin", "dekker", "groot", "hamer", "helder", "jager",
    "kerkhof", "klaver", "klein", "koning", "koster", "kuiper", "kuipers", "molen", "palmen",
    "peper", "prins", "schippers", "slager", "sneller", "sterk", "tuinman", "uitslag", "visser",
    "vondeling", "welzijn", "winter", "zomer", "zeedijk",
))  # fmt: skip
"""Surnames that texts also print as ordinary words."""

_CLOSED = re.compile(
    rf"(?:{PREFIX}\s){{0,3}}(?P<last>{_PART})(?:\s{_PART})?(?=\s?(?:c\.s|\(|,|\.|$))"
)
_WORDS_TOO = frozenset(
    {
        "wil",
        "mei",
        "roos",
        "floor",
        "linde",
        "den",
        "van",
        "der",
        "iris",
        "elke",
        "hero",
        "don",
        "max",
    }
)
_FIRST = re.compile(rf"(?:{PREFIX}\s){{0,3}}(?P<last>{_PART})")


def _form(name: str) -> str:
    return " ".join(fold(name).split())


def _surname_forms(surname: str) -> set[str]:
    form = _form(surname)
    forms = {form}
    # "Faber-van de Klashorst" is also called "Faber"
    head = re.split(r"\s?[-–]\s?", surname)[0]
    if head != surname and len(head) > 3:
        forms.add(_form(head))
    return forms
