"""What kind of answer each question got: read from the words of the answer, with rule and quote.

An answer may do several things at once (answer and announce a letter); each is a finding of its
own. Nothing here scores a person, and what no rule reads is `unknown`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.analysis.cued_patterns import cued
from kg.analysis.sentences import read_sentences
from kg.model.question_set import Answer, QuestionSet
from kg.model.text import Span


class AnswerKind(StrEnum):
    """What an answer does with a question."""

    ANSWERED = "answered"
    REFERS = "refers"
    DECLINED = "declined"
    HANDED_OVER = "handed-over"
    DEFERRED = "deferred"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KindFinding:
    """One thing that the answer to a question does.

    `answer` holds the numbers of the answer, `span` is half-open into its text and `quote` the
    characters there; all empty where the documents hold no answer. `targets` are the numbers of
    the questions referred to, `ground` the printed ground of declining. `whole` is whether the
    answer does nothing else.
    """

    question: int
    kind: AnswerKind
    rule: str
    answer: tuple[int, ...] = ()
    span: Span | None = None
    quote: str = ""
    targets: tuple[int, ...] = ()
    ground: str | None = None
    whole: bool = False


_NUMBERS = r"\d+(?:\s*(?:,|en|t/m|tot en met|tot|-|–)\s*\d+)*"
_POINTER = r"(?:(?:het|de|mijn|onze|alle|bovenstaande)\s+)*(?:antwoord(?:en)?|beantwoording)"
_OPENING = (
    r"(?:ja|nee)?[,.]?\s*(?:hiervoor|daarvoor|voor (?:het|een) antwoord)?\s*"
    r"(?:zie|ik verwijs|wij verwijzen|verwezen wordt|kortheidshalve verwijs ik|verwijs ik|"
    r"verwijzen wij)"
)
_BETWEEN = (
    r"(?:u|ook|verder|hiervoor|daarvoor|graag|naar|tevens|"
    r"voor (?:het|de|een) (?:antwoord|beantwoording)(?: (?:op|van) deze vra(?:ag|gen))?)"
)
_REFERENCE_ONLY = cued(
    "zie verwijs verwijzen verwezen",
    rf"^{_OPENING}(?:\s+{_BETWEEN})*\s+(?:{_POINTER}(?:\s+(?:op|van|bij|onder))?\s+)?(?:de\s+)?"
    rf"(?:vra(?:ag|gen)\s+)?{_NUMBERS}\W*$",
    rf"^zie\s+(?:ook\s+)?(?:hierboven|{_POINTER}[^.;]*(?:vragen|vraag|hierboven))\W*$",
    rf"^zie\s+(?:ook\s+)?{_POINTER}\s+(?:op\s+)?(?:de\s+)?(?:vorige|voorgaande|eerdere)"
    r"\s+vra(?:ag|gen)\W*$",
)
_REFERENCE = cued(
    "vra antwoord",
    r"\b(?:zie|verwijs|verwijzen|verwezen)\b[^.]*\b(?:vra(?:ag|gen)|antwoord(?:en)?)\b[^.]*\d",
    r"\b(?:zoals|als)\b[^.]*\b(?:antwoord|vraag|vragen)\b[^.]*\d+[^.]*\b(?:aangegeven|gemeld|toegelicht)",
    r"\bheb ik beantwoord in vraag \d+",
)
_DECLINED = cued(
    "geen niet onthou",
    r"\b(?:doe|doet|doen|kan|kunnen|wil|willen)\b[^.]*\bgeen\s+(?:\w+\s+)?(?:uitspra(?:ak|ken)|"
    r"mededeling(?:en)?|uitlating(?:en)?|oordeel|nadere informatie)\b",
    r"\b(?:kan|kunnen|zal|zullen)\b[^.]*\bniet\s+(?:\w+\s+){0,2}(?:ingaan|vooruitlopen|speculeren)\b",
    r"\b(?:ga|gaat|gaan)\b[^.]*\bniet\s+(?:nader\s+)?in\s+op\b",
    r"\bkunnen\s+(?:wij|we|ik)\s+geen\s+namen\b",
    r"\b(?:het\s+is|is\s+het)\s+niet\s+aan\s+(?:mij|ons|het\s+kabinet|de\s+(?:minister|regering))\b",
    r"\b(?:kan|kunnen)\b[^.]*\bniet\s+(?:met\s+(?:u|uw\s+kamer)\s+)?(?:worden\s+)?(?:delen|gedeeld|"
    r"openbaar)\b",
    r"\bonthoud\w*\s+(?:ik|wij)?\s*(?:mij|ons)\b[^.]*\bvan\b",
)
_HANDED_OVER = cued(
    "doorge voorgelegd overge",
    r"\bdoorgeleid\s+(?:naar|aan)\b",
    r"\bdoorge(?:zonden|stuurd)\s+(?:naar|aan)\b",
    r"\b(?:naar|aan)\b[^.]*\bdoorge(?:leid|zonden|stuurd)\b",
    r"\buw\s+(?:vraag|vragen|verzoek)\b[^.]*\b(?:voorgelegd|overgebracht|overgedragen)\s+aan\b",
)
_TO_KAMER = r"(?:(?:uw|de)\s+Kamer|\bu\b)"
_DEFERRED = (
    cued("terug", r"\b(?:kom|komen|komt|zal|zullen)\b[^.]*\bterug(?:komen|koppelen)?\b"),
    cued("kom", r"\b(?:kom|komen|komt)\s+(?:ik|wij|we|het\s+kabinet)\b[^.]*\bmet\b"),
    cued(
        "nforme stu bericht",
        rf"\b(?:zal|zullen|ga|gaan)\b[^.]*{_TO_KAMER}[^.]*"
        r"\b(?:informer\w+|toesturen|sturen|berichten)\b",
        rf"\b(?:informeer|informeren|stuur|sturen|bericht)\b[^.]*{_TO_KAMER}",
    ),
    cued(
        "ontvang geïnformeerd",
        rf"{_TO_KAMER}\s+(?:zal\s+|wordt\s+)?[^.]*\b(?:ontvangt|ontvangen|geïnformeerd)\b",
        rf"\bontvangt\s+{_TO_KAMER}",
    ),
    cued(
        "gestuurd gezonden aangeboden",
        r"\bwordt\b[^.]*\b(?:naar|aan)\s+(?:uw|de)\s+Kamer\s+(?:gestuurd|gezonden|aangeboden)\b",
        r"\b(?:wordt|worden|zal|zullen)\b[^.]*\b(?:aangeboden\s+aan|gestuurd\s+naar)\s+(?:uw|de)"
        r"\s+Kamer\b",
    ),
)
_PAST = cued(
    "ontvangen nforme gestuurd aangeboden toegezegd gedeeld gemeld hebben",
    r"\b(?:heeft|hebben|heb|is|zijn|was|werd|bent)\b[^.]*\b(?:ontvangen|geïnformeerd|gestuurd|"
    r"aangeboden|toegezegd|gedeeld|gemeld)\b",
    r"\b(?:eerder|recent|reeds)\b[^.]*\b(?:geïnformeerd|ontvangen|gestuurd)\b",
    r"\bzou(?:den)?\b[^.]*\bhebben\b",
    r"\bhet\s+informeren\s+van\b",
)
_NOT_MINE = cued("als indien wanneer mocht", r"^(?:als|indien|wanneer|mocht)\b")
_GROUND = re.compile(
    r"\b(?:vanwege|omdat|aangezien|gezien|wegens|in verband met|gelet op|over|op|daar)\s+"
    r"(?P<ground>[^,.;]+?)(?=[,.;]|\s+(?:kan|kunnen|doe|doet|doen|wil|zal|is|wordt)\b|$)",
    re.IGNORECASE,
)


def read_answer_kinds(question_set: QuestionSet) -> tuple[KindFinding, ...]:
    """The findings for every question of a set, in order of question and place.

    Every question has at least one; questions that no document answers are `absent`, which does
    not mean that nobody answered them.
    """
    findings: list[KindFinding] = []
    read: dict[int, list[KindFinding]] = {}
    for question in question_set.questions:
        number = question.number
        answers = [one for one in question_set.answers if number in one.numbers]
        if not answers:
            findings.append(KindFinding(number, AnswerKind.ABSENT, "no-answer-printed"))
        for answer in answers:
            found = read.get(id(answer))
            if found is None:
                found = read[id(answer)] = _of_answer(number, answer)
            findings += (
                one if one.question == number else replace(one, question=number) for one in found
            )
    return tuple(findings)


def _of_answer(number: int, answer: Answer) -> list[KindFinding]:
    text = answer.passage.text
    sentences = [
        span for span in read_sentences(text) if any(char.isalnum() for char in span.of(text))
    ]
    found: list[KindFinding] = []
    rest: list[Span] = []
    for span in sentences:
        kinds = list(_of_sentence(number, answer, span, span.of(text)))
        found += kinds
        if not any(one.rule == "only-a-reference" or one.kind in _STANDS_ALONE for one in kinds):
            rest.append(span)
    if not sentences:
        return [KindFinding(number, AnswerKind.UNKNOWN, "no-words", answer.numbers)]
    if not rest and found:
        alone = len({one.kind for one in found}) == 1
        return [replace(one, whole=alone) for one in found]
    substance = [span for span in rest if not _is_lead_in(span.of(text))]
    first = substance[0] if substance else rest[0]
    kind, rule = (
        (AnswerKind.ANSWERED, "own-words") if substance else (AnswerKind.UNKNOWN, "only-a-lead-in")
    )
    quote = first.of(text)
    own = KindFinding(number, kind, rule, answer.numbers, first, quote, whole=not found)
    return [own, *found]


_STANDS_ALONE = (AnswerKind.DECLINED, AnswerKind.HANDED_OVER, AnswerKind.DEFERRED)


def _is_lead_in(sentence: str) -> bool:
    """Whether a sentence only opens a list that the document does not print."""
    return sentence.rstrip().endswith(":")


def _of_sentence(number: int, answer: Answer, span: Span, text: str) -> Iterator[KindFinding]:
    def finding(kind: AnswerKind, rule: str, ground: str | None = None) -> KindFinding:
        targets = _targets(answer, span) if kind is AnswerKind.REFERS else ()
        return KindFinding(number, kind, rule, answer.numbers, span, text, targets, ground)

    if _REFERENCE_ONLY.search(text):
        yield finding(AnswerKind.REFERS, "only-a-reference")
        return
    if _REFERENCE.search(text):
        yield finding(AnswerKind.REFERS, "reference-beside-words")
    if _NOT_MINE.search(text):
        return
    if _HANDED_OVER.search(text):
        yield finding(AnswerKind.HANDED_OVER, "handed-over")
    elif _DECLINED.search(text):
        ground = _GROUND.search(text)
        yield finding(AnswerKind.DECLINED, "declined", ground["ground"].strip() if ground else None)
    elif any(one.search(text) for one in _DEFERRED) and not _PAST.search(text):
        yield finding(AnswerKind.DEFERRED, "announced")


def _targets(answer: Answer, span: Span) -> tuple[int, ...]:
    numbers = {
        number
        for reference in answer.references
        if reference.span.start < span.end and span.start < reference.span.end
        for number in reference.numbers
    }
    return tuple(sorted(numbers))
