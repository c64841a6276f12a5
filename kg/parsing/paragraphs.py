"""Tells question, answer and extension letter apart where nothing but the wording does."""

import re

from kg.parsing.footnotes import strip_marks

_ASKS = re.compile(
    r"^(?:kunt|wilt|zou|zoudt|bent|gaat|deelt|heeft|graag|gelieve)\b.*\b(?:u|uw)\b", re.IGNORECASE
)
_ANSWERS = re.compile(r"^(?:ja|nee|neen|ik|wij|mijn|inderdaad|hierbij|dat klopt)\b", re.IGNORECASE)
_GOVERNMENT_SPEAKS = re.compile(r"\b(?:ik|mijn)\b", re.IGNORECASE)
_GOVERNMENT_ADDRESSED = re.compile(r"\b(?:u|uw|minister|staatssecretaris)\b", re.IGNORECASE)
_POSTPONES = re.compile(
    r"\b(?:niet|onmogelijk)\b[^.]{0,120}\btermijn\b[^.]{0,80}\b(?:be)?antwoord"
    r"|\bantwoord[^.]{0,80}\b(?:niet|onmogelijk)\b[^.]{0,80}\btermijn\b"
    r"|\btermijn\b[^.]{0,80}\bniet\b[^.]{0,80}\b(?:haalbaar|mogelijk|gehaald|lukt|halen)\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:hierbij|deel ik u|bericht ik u|laat ik u weten|zo spoedig mogelijk|zo snel mogelijk|"
    r"meer tijd|uitstel|nader(?:e)? (?:afstemming|overleg))\b",
    re.IGNORECASE,
)


def is_question(paragraph: str) -> bool:
    """Whether a paragraph reads as a question of a Member rather than as an answer.

    A closing question mark decides, glued footnote marks aside, unless the paragraph opens or
    speaks as the government does. Without one, an opening such as "Kunt u …" decides.
    """
    text = strip_marks(paragraph)[0].rstrip(" .»”\"')]")
    if not text.endswith("?"):
        return bool(_ASKS.match(text))
    if _ANSWERS.match(text):
        return False
    return bool(_GOVERNMENT_ADDRESSED.search(text)) or not _GOVERNMENT_SPEAKS.search(text)


def opens_as_answer(paragraph: str) -> bool:
    """Whether a paragraph opens in the voice of the government ("Ja.", "Ik ben bereid …")."""
    return bool(_ANSWERS.match(paragraph))


def is_extension_letter(paragraph: str) -> bool:
    """Whether a paragraph announces that the questions will not be answered within the term."""
    if "termijn" not in paragraph.lower():
        return False
    return bool(_POSTPONES.search(paragraph) and _ANNOUNCES.search(paragraph))
