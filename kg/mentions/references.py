"""Pointers from one answer to another: `Zie antwoord vraag 6`, `vraag 2, 4 en 8`."""

import re
from collections.abc import Iterable

from kg.mentions.gazetteer import Trigger
from kg.mentions.normalise import NormalText
from kg.model.mention import CrossReference

TRIGGERS = ("vraag", "vragen", "antwoord", "antwoorden", "vorige antwoord", "vorige vraag")

_LIST = re.compile(
    r"\s?(?:nrs?\.?\s|nummers?\s|de\s)?(?P<list>\d{1,2}(?!\d|[.:,]\d|%|\s?(?:uur|keer|procent|miljoen|miljard))"
    r"(?:(?:\s?,\s?|\sen\s|\s?&\s?|\s?/\s?|,?\sen\svraag\s|,?\sen\svragen\s|\sof\s|,?\sevenals\s|"
    r"\st/m\s|\st\.e\.m\.\s|\stot\sen\smet\s|\s?[-–]\s?)\d{1,2}(?!\d|[.:]\d|%)){0,20})"
)
_RANGE = re.compile(r"(\d{1,2})\s?(?:t/m|t\.e\.m\.|tot en met|[-–])\s?(\d{1,2})|(\d{1,2})")
_OTHER_SET = re.compile(
    r"\s?,?\s?(?:van|uit|in|bij|door)\s(?:(?:de|het|mijn|onze|eerdere|eerder|die|deze)\s){0,2}"
    r"(?:lid|leden|Kamerlid|Kamerleden|fractie|Kamervragen|schriftelijke|vragen|feitelijke|eerdere|set|"
    r"Aanhangsel|verslag|brief|vragenuur|"
    r"beantwoording van (?:de )?(?:eerdere|Kamervragen|vragen|schriftelijke))"
    r"|\s?\(?(?:Aanhangsel|Kamerstuk|AH\s)"
)
_OTHER_BEFORE = re.compile(
    r"(?:eerdere|eerdere set|vorige|andere|feitelijke|jullie)\s$", re.IGNORECASE
)
_PREVIOUS = re.compile(r"(?:(?:het|mijn|ons)\s)?(?:vorige|voorgaande)\s$", re.IGNORECASE)
_ON = re.compile(r"\s(?:op|onder|bij|van)\s(?:de\s)?(?=vra)|\s(?:op\s|onder\s|bij\s)?(?=\d)")

EXAMPLES = (
    ("Zie antwoord vraag 6.", (6,)),
    ("Zie het antwoord op vraag 2 en 4.", (2, 4)),
    ("zie antwoorden op vraag 2, 4 en 8.", (2, 4, 8)),
    ("Zie de beantwoording van de vragen 3 t/m 5", (3, 4, 5)),
    ("Zie mijn antwoord onder 3.", (3,)),
    ("Dat is vraag 12.", (12,)),
)


def find_references(
    text: NormalText, triggers: Iterable[Trigger], own: tuple[int, ...] = ()
) -> list[CrossReference]:
    """The question numbers that `text` points at, as printed, spans in its original.

    `own` are the numbers of the question or answer itself, for "het vorige antwoord".
    """
    clean = text.clean
    found: list[CrossReference] = []
    reached = 0
    for trigger in triggers:
        if trigger.word not in TRIGGERS or trigger.start < reached:
            continue
        reference = _numbered(text, trigger) or _previous(text, trigger, own)
        if reference is not None:
            found.append(reference)
            reached = (
                trigger.end if reference.rule == "reference.previous" else _end(clean, trigger)
            )
    return found


def _end(clean: str, trigger: Trigger) -> int:
    match = _list_at(clean, trigger)
    return match.end() if match else trigger.end


def _list_at(clean: str, trigger: Trigger) -> re.Match[str] | None:
    if trigger.word.startswith("vra"):
        return _LIST.match(clean, trigger.end)
    if trigger.word.startswith("antwoord"):
        joint = _ON.match(clean, trigger.end)
        return _LIST.match(clean, joint.end()) if joint and clean[joint.end()].isdigit() else None
    return None


def _numbered(text: NormalText, trigger: Trigger) -> CrossReference | None:
    clean = text.clean
    match = _list_at(clean, trigger)
    if match is None or _OTHER_SET.match(clean, match.end()):
        return None
    if _OTHER_BEFORE.search(clean, max(0, trigger.start - 14), trigger.start):
        return None
    numbers: list[int] = []
    for first, last, single in _RANGE.findall(match["list"]):
        if single:
            numbers.append(int(single))
        elif int(first) < int(last):
            numbers.extend(range(int(first), int(last) + 1))
    if not numbers:
        return None
    span = text.span(trigger.start, match.end())
    return CrossReference(
        span, span.of(text.original), tuple(dict.fromkeys(numbers)), "reference.number"
    )


def _previous(text: NormalText, trigger: Trigger, own: tuple[int, ...]) -> CrossReference | None:
    if trigger.word not in ("antwoord", "vraag") or not own or min(own) < 2:
        return None
    before = _PREVIOUS.search(text.clean, max(0, trigger.start - 16), trigger.start)
    if before is None:
        return None
    span = text.span(before.start(), trigger.end)
    return CrossReference(span, span.of(text.original), (min(own) - 1,), "reference.previous")
