"""Tells question, answer and extension letter apart where nothing but the wording does."""

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.parsing.footnotes import strip_marks

_ASKS = re.compile(
    r"^(?:acht|begrijpt|bent|beschikt|deelt|denkt|dient|erkent|gaat|gelieve|graag|heeft|herinnert|"
    r"herkent|hoort|houdt|kent|kunt|neemt|onderschrijft|overweegt|realiseert|steunt|verwacht|vindt|"
    r"vreest|weet|wilt|zal|ziet|zou|zoudt|zult)\b.*\b(?:u|uw|de minister|de staatssecretaris)\b",
    re.IGNORECASE,
)
_INQUIRES = re.compile(
    r"^(?:hoeveel|in hoeverre|in welke mate|klopt|op basis waarvan|op welke|waarom|wanneer)\b"
    r"|^welke?\b"
    r"|^(?:hoe|wat|wie|waar\w*)\s+\w+\s+u\b",
    re.IGNORECASE,
)
_MAY_INQUIRE = re.compile(
    r"^(?:hoe|is|kan|kunnen|mag|moet|waar\w*|wat(?! betreft)|wie|wordt|worden|zijn)\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"^(?:ja|nee|neen|ik|wij|mijn|inderdaad|hierbij|dat klopt|zie (?:het |mijn )?antwoord)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«[^«»]*»|‘[^‘’]*’|“[^“”]*”|\"[^\"]*\"")
_GOVERNMENT_SPEAKS = re.compile(r"\b(?:ik|mijn|wij|we|onze)\b", re.IGNORECASE)
_GOVERNMENT_ADDRESSED = re.compile(
    r"\b(?:u|uw(?! Kamer)|minister|staatssecretaris)\b", re.IGNORECASE
)
_ASKS_ON = re.compile(r"\bzo (?:ja|nee|neen|niet)\b", re.IGNORECASE)
_STATES_FIRST = re.compile(r"^[^?]*?[^\W\d_]{3}\.\d{0,2}\s+[A-Z«].*\?", re.DOTALL)
_UNANSWERED = 2.0
"""What it costs to read a question of an answered set as one without an answer."""
_NEVER = 1e9
_TERM = r"\b(?:termijn|(?:drie|3) weken)\b"
_POSTPONES = re.compile(
    rf"\b(?:niet|onmogelijk)\b[^.]{{0,120}}{_TERM}[^.]{{0,80}}\b(?:be)?antwoord"
    rf"|\b(?:be)?antwoord[^.]{{0,160}}\b(?:niet|onmogelijk)\b[^.]{{0,80}}{_TERM}"
    rf"|{_TERM}[^.]{{0,80}}\bniet\b[^.]{{0,80}}\b(?:haalbaar|mogelijk|gehaald|lukt|halen)\b"
    rf"|\bbeantwoording\b[^.]{{0,80}}\bmeer tijd\b[^.]{{0,80}}{_TERM}",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:hierbij|deel ik u|bericht ik u|laat ik u weten|zo spoedig mogelijk|zo snel mogelijk|"
    r"tot mijn spijt|meer tijd|uitstel|nader(?:e)? (?:afstemming|overleg))\b",
    re.IGNORECASE,
)


def tell_apart(paragraphs: Sequence[str]) -> list[bool]:
    """Which of the paragraphs of an answered set are questions, the first being one.

    The cheapest reading wins in which hardly any question stands without an answer below it.
    """
    weights = [max(-4.0, min(4.0, question_weight(paragraph))) for paragraph in paragraphs]
    asked, said = -weights[0], _NEVER
    choices: list[tuple[bool, bool]] = []
    for weight in weights[1:]:
        choices.append((asked + _UNANSWERED <= said, asked <= said))
        asked, said = (
            min(asked + _UNANSWERED, said) - weight,
            min(asked, said) + weight,
        )
    reading = [asked < said]
    for after_question in reversed(choices):
        reading.append(after_question[0] if reading[-1] else after_question[1])
    return reading[::-1]


@lru_cache(maxsize=1024)
def question_weight(paragraph: str) -> float:
    """How much more a paragraph reads as a question of a Member than as an answer; 0 is undecided.

    What tells: the closing mark (glued footnote marks aside), the opening ("Kunt u …", "Ja."), and
    whether the government speaks or is spoken to, quotations aside.
    """
    text = strip_marks(paragraph)[0].rstrip(" »”\"')]")
    spoken = _QUOTED.sub("", text)
    weight = 0.0
    if text.rstrip(".").endswith("?"):
        weight += 3.0
    else:
        weight -= 3.0 if text.endswith((".", ";", ":")) else 1.0
        weight += 1.5 if "?" in spoken else 0.0
    addressed = bool(_GOVERNMENT_ADDRESSED.search(spoken))
    if "?" in spoken and _STATES_FIRST.match(spoken) and not _ASKS.match(text):
        weight -= 1.5 if addressed else 3.5
    for pattern, told in ((_ASKS, 4.0), (_INQUIRES, 2.5), (_MAY_INQUIRE, 1.5), (_ANSWERS, -5.0)):
        weight += told if pattern.match(text) else 0.0
    weight += 1.0 if addressed else 0.0
    weight += 1.5 if "zo " in spoken.lower() and _ASKS_ON.search(spoken) else 0.0
    if _GOVERNMENT_SPEAKS.search(spoken):
        weight -= 1.5 if addressed else 4.0
    return weight


def is_question(paragraph: str) -> bool:
    """Whether a paragraph reads as a question of a Member rather than as an answer."""
    return question_weight(paragraph) > 0


def opens_as_answer(paragraph: str) -> bool:
    """Whether a paragraph opens in the voice of the government ("Ja.", "Ik ben bereid …")."""
    return bool(_ANSWERS.match(paragraph))


def postpones(text: str) -> bool:
    """Whether a text says that questions are not answered within the term."""
    return ("termijn" in text or " weken" in text) and bool(_POSTPONES.search(text))


def is_extension_letter(paragraph: str) -> bool:
    """Whether a paragraph announces that the questions will not be answered within the term."""
    return postpones(paragraph) and bool(_ANNOUNCES.search(paragraph))
