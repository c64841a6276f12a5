"""Policies that no list knows: titles in quotes after "rapport" or "nota", and named plans."""

import re
from collections.abc import Iterable

from kg.mentions.gazetteer import Trigger
from kg.mentions.normalise import NormalText
from kg.model.authority import Kind
from kg.model.mention import Mention

_TITLED = (
    "rapport", "onderzoeksrapport", "adviesrapport", "eindrapport", "nota", "initiatiefnota",
    "notitie", "beleidsnota", "visie", "strategie", "agenda", "actieplan", "plan", "programma",
    "handreiking", "routekaart", "beleidsbrief", "advies", "leidraad", "richtsnoer",
    "actieagenda", "convenant", "beleidskader", "discussienota", "initiatiefnota s", "pamflet",
    "akkoord", "masterplan",
)  # fmt: skip
_NAMED = (
    "jaarplan", "jaarverslag", "actieplan", "actieprogramma", "actieagenda", "crisisplan",
    "strategie", "beleidslijn", "aanpak", "programma", "masterplan", "deltaplan", "convenant",
    "akkoord", "agenda", "visie", "kader", "afsprakenkader", "implementatiekader", "beleidskader",
    "handreiking", "routekaart", "monitor", "pact", "plan", "nota", "richtsnoer", "code",
    "leidraad", "taskforce", "beleidsagenda", "ontwikkelagenda", "hervormingsagenda",
    "toekomstvisie", "uitvoeringsagenda", "verzamelwet", "roadmap", "strategy", "action plan",
)  # fmt: skip
_TITLES, _NAMES = frozenset(_TITLED), frozenset(_NAMED)
TRIGGERS = _TITLES | _NAMES

_QUOTED = re.compile(
    r"\s(?:getiteld\s|genaamd\s|met\sde\stitel\s)?(?P<open>[«“\"‘'])(?P<title>[^«»“”\"\n]{4,160}?)(?P<close>[»”\"]|[’'](?!\w))"
)
_YEAR_NAME = re.compile(r"\s\d{4}(?:[-–]\d{2,4})?(?:\s(?:van\s(?:de\s|het\s)?)?[A-Z][\w-]+){0,4}")
_LEFT = re.compile(r"(?:(?<=[\s(«])|^)(?:[A-Z][\w’-]+\s){1,4}$")
_RIGHT = re.compile(
    r"(?:(?:,|\s[-–])?\s(?:(?:voor|en|van|de|het|op|der|in|tegen)\s){0,2}[A-Z][\w’-]*|\s[«“][^«»“”\n]{3,80}[»”]){1,6}"
)
_FIRST_WORDS = frozenset(
    [
        "de",
        "het",
        "een",
        "dit",
        "deze",
        "die",
        "dat",
        "in",
        "op",
        "bij",
        "via",
        "voor",
        "met",
        "naar",
        "uit",
        "aan",
        "om",
        "zo",
        "ook",
        "hoe",
        "wat",
        "welke",
        "kunt",
        "bent",
        "is",
        "deelt",
        "heeft",
        "wordt",
        "zijn",
    ]
)

EXAMPLES = (
    (
        "het rapport «GenAI: naar een productieve sector», waarin",
        "GenAI: naar een productieve sector",
    ),
    ("In het Jaarplan 2025 Belastingdienst dat", "Jaarplan 2025 Belastingdienst"),
    ("het Nationaal Crisisplan Elektriciteit is", "Nationaal Crisisplan Elektriciteit"),
    ("de Versterkte Aanpak Vitaal.", "Versterkte Aanpak Vitaal"),
)


def find_policies(text: NormalText, triggers: Iterable[Trigger]) -> list[Mention]:
    """Policies named by a title in quotes or by a capitalised name, spans in the original."""
    found = []
    for trigger in triggers:
        if trigger.word in _TITLES:
            quoted = _QUOTED.match(text.clean, trigger.end)
            if quoted is not None and (quoted["open"] != "'" or quoted["title"][0].isupper()):
                found.append(_policy(text, *quoted.span("title"), "policy.title"))
                continue
        if trigger.word in _NAMES:
            named = _named(text.clean, trigger)
            if named is not None:
                found.append(_policy(text, *named, "policy.name"))
    return found


def _named(clean: str, trigger: Trigger) -> tuple[int, int] | None:
    start, end = trigger.start, trigger.end
    if start and clean[start - 1] in "-–":
        return None
    left = _LEFT.search(clean, max(0, start - 70), start)
    capital = clean[start].isupper()
    if left is not None:
        words = left[0].split()
        while words and words[0].lower() in _FIRST_WORDS:
            words.pop(0)
        start = trigger.start - len(" ".join(words)) - 1 if words else trigger.start
    if capital and trigger.word in ("jaarplan", "jaarverslag"):
        dated = _YEAR_NAME.match(clean, end)
        if dated is not None:
            return start, dated.end()
    right = _RIGHT.match(clean, end) if capital else None
    if right is not None:
        end = right.end()
    if not capital or (start == trigger.start and right is None):
        return None
    return start, end


def _policy(text: NormalText, start: int, end: int, rule: str) -> Mention:
    span = text.span(start, end)
    return Mention(
        span, span.of(text.original), Kind.POLICY, rule, (), (("name", text.clean[start:end]),)
    )
