"""People, where the text says that a name is coming: `het lid Six Dijkstra`, `minister Faber`."""

import re
from collections.abc import Iterable, Iterator

from kg.mentions.gazetteer import Trigger
from kg.mentions.names import PREFIX, Surnames
from kg.mentions.normalise import NormalText
from kg.model.authority import Kind
from kg.model.mention import Mention

MEMBER_WORDS = (
    "lid",
    "leden",
    "kamerlid",
    "kamerleden",
    "tweede kamerlid",
    "indiener",
    "indieners",
)
GOVERNMENT_WORDS = (
    "minister", "ministers", "staatssecretaris", "staatssecretarissen", "bewindspersoon",
    "minister president", "premier", "oud minister", "voormalig minister",
    "demissionair minister",
)  # fmt: skip
OTHER_WORDS = (
    "amendement", "professor", "president",
    "eurocommissaris", "commissaris", "burgemeester", "commissie", "regering", "kabinet",
)  # fmt: skip
HONORIFICS = ("heer", "mevrouw", "meneer", "dhr", "mevr")
TRIGGERS = frozenset((*MEMBER_WORDS, *GOVERNMENT_WORDS, *OTHER_WORDS, *HONORIFICS))

_FULL_NAME = re.compile(
    rf"[A-ZÀ-Ž][\w’'-]+\s(?:[A-Z]\.?\s){{0,2}}(?:(?!in\s|te\s|op\s(?!de\s)){PREFIX}\s){{0,3}}[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-ž’'][\w’'-]+(?![\w])"
)
_PLACE = re.compile(r"(?:straat|laan|plein|school|buurt|kerk|kazerne|ziekenhuis|weg|park|hal)$")
_PART_OF_NAME = re.compile(r"\s(?:[A-Z][a-z]|&)|[-–][A-Z]|\s?(?:straat|laan|plein|school)")
_NAME_BEFORE = re.compile(r"(?<![.?!:]\s)(?<!^)\b[A-Z][\w’-]+\s$")
_LINK = re.compile(r"\s(?=\S)")
_COMPOUND = re.compile(r"[-–]")
_PARTY = re.compile(r"\s?\((?:beiden\s|allen\s|toen\s)?(?P<party>[A-Z][\w+/& -]{1,24})\)")
_NEXT = re.compile(
    r"[-–](?=(?:[Vv]an|[Dd]e|[Tt]er|[Tt]en)?\s?[A-Z])|(?:\s?,|\s?/|\sen|\sc\.s\.\sen)\s(?:het\slid\s)?|\s?/\s?"
)
_MANY = frozenset({"leden", "kamerleden", "indieners", "ministers", "staatssecretarissen"})


def read_names(
    clean: str, position: int, surnames: Surnames, *, many: bool
) -> Iterator[tuple[int, int, tuple[str, ...], str | None]]:
    """The names at `position`: (start, end, people known by it, printed party).

    With `many`, names joined by commas and `en` are read on, as long as there is a name.
    """
    while True:
        name = surnames.read(clean, position)
        if name is None:
            return
        start, end, keys = name
        party = _PARTY.match(clean, end)
        yield start, end, keys, party["party"] if party else None
        following = _NEXT.match(clean, party.end() if party else end)
        if not many or following is None:
            return
        position = following.end()


def find_persons(
    text: NormalText, triggers: Iterable[Trigger], surnames: Surnames
) -> list[Mention]:
    """The people that `text` names after a word that announces one, spans in its original."""
    clean = text.clean
    found = []
    for trigger in triggers:
        joint = _LINK.match(clean, trigger.end)
        if joint is None and trigger.word in ("regering", "kabinet", "commissie"):
            joint = _COMPOUND.match(clean, trigger.end)
        if joint is None:
            continue
        role = _role(trigger.word)
        many = trigger.word in _MANY
        for start, end, keys, party in read_names(clean, joint.end(), surnames, many=many):
            if not keys and role != "member":
                break
            found.append(person(text, start, end, keys, role, party))
    return found


def find_full_names(
    text: NormalText, triggers: Iterable[Trigger], surnames: Surnames
) -> list[Mention]:
    """People that no list knows, named by a given name and a surname."""
    clean = text.clean
    found = []
    for trigger in triggers:
        if trigger.word not in surnames.given or not clean[trigger.start].isupper():
            continue
        if clean[trigger.start - 1 : trigger.start] in ("-", "–", "/") and trigger.start:
            continue
        match = _FULL_NAME.match(clean, trigger.start)
        if match is None or _PART_OF_NAME.match(clean, match.end()) or _PLACE.search(match[0]):
            continue
        if match[0].split()[0].isupper() or clean[trigger.end : trigger.end + 1] != " ":
            continue
        if _NAME_BEFORE.search(clean, max(0, trigger.start - 30), trigger.start):
            continue
        found.append(person(text, match.start(), match.end(), (), "named", None))
    return found


def person(
    text: NormalText, start: int, end: int, keys: tuple[str, ...], role: str, party: str | None
) -> Mention:
    """The mention of a person by a name that is at `start` in the clean text."""
    span = text.span(start, end)
    reading = [("name", text.clean[start:end])]
    if party:
        reading.append(("party", party))
    reading.append(("role", role))
    return Mention(
        span, span.of(text.original), Kind.PERSON, f"person.{role}", keys, tuple(reading)
    )


def _role(word: str) -> str:
    if word in MEMBER_WORDS:
        return "member"
    if word in HONORIFICS:
        return "honorific"
    return "government" if word in GOVERNMENT_WORDS else "other"
