"""Which questions of its own set an answer points at, also where the set numbers twice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.model.mention import CrossReference, LinkStatus
from kg.model.question_set import Answer, Question, QuestionSet, Unit
from kg.resolution.names import fold

_OPENING = re.compile(
    r"(?:Bent u (?:\w+ )?bekend|Kent u|Heeft u kennis\s?genomen|Bent u op de hoogte|Hebt u kennis)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:deze|de|bovenstaande) vragen (?:\S+ ){0,8}(?:beantwoorden|te beantwoorden)", re.IGNORECASE
)
_MARGIN = 2


def second_run(question_set: QuestionSet) -> int | None:
    """The number at which a second run of questions begins, or None.

    A run ends with the request to answer "these questions"; a further question after it that
    asks whether one knows a report begins another.
    """
    questions = question_set.questions
    for closing, opening in pairwise(questions):
        if _CLOSING.search(closing.passage.text) and _OPENING.match(opening.passage.text):
            return opening.number
    return None


def link_references(
    unit: Unit, references: Sequence[CrossReference], question_set: QuestionSet
) -> tuple[CrossReference, ...]:
    """`references` with the numbers that the set has; those in doubt are ambiguous.

    In a second run "vraag 3" may be the third of that run or of the set. The words that the
    referring sentence shares with each decide, by a margin; otherwise both stay candidates.
    """
    if not references:
        return ()
    numbers = {question.number for question in question_set.questions}
    printed = numbers or {n for answer in question_set.answers for n in answer.numbers}
    own = _own(unit)
    start = second_run(question_set)
    texts = _texts(question_set) if start is not None else {}
    linked = []
    for reference in references:
        pointed = tuple(n for n in reference.numbers if n in numbers and n not in own)
        if not numbers:
            # a page that prints answers alone: nothing says which numbers there are
            pointed = tuple(n for n in reference.numbers if n not in own)
        if not pointed:
            continue
        if not printed.intersection(pointed):
            reason = "the documents print no question or answer of this number"
            status = LinkStatus.UNLINKED
            linked.append(replace(reference, numbers=pointed, status=status, reason=reason))
            continue
        if start is None or not own or min(own) < start:
            linked.append(replace(reference, numbers=pointed))
            continue
        linked.append(_in_second_run(reference, unit, start, numbers, texts))
    return tuple(linked)


def _in_second_run(
    reference: CrossReference,
    unit: Unit,
    start: int,
    numbers: set[int],
    texts: Mapping[int, frozenset[str]],
) -> CrossReference:
    sentence = _sentence(unit.passage.text, reference.span.start, reference.span.end)
    words = _words(sentence)
    chosen: list[int] = []
    doubtful = False
    for number in reference.numbers:
        local = number + start - 1
        readings = [n for n in (number, local) if n in numbers and n not in _own(unit)]
        if len(readings) == 2:
            scores = [len(words & texts.get(n, frozenset())) for n in readings]
            if abs(scores[0] - scores[1]) >= _MARGIN:
                readings = [readings[scores[1] > scores[0]]]
            else:
                doubtful = True
        chosen.extend(readings)
    if doubtful:
        reason = "the set numbers its questions twice, and the words fit both questions"
        return replace(reference, numbers=tuple(chosen), status=LinkStatus.AMBIGUOUS, reason=reason)
    return replace(reference, numbers=tuple(dict.fromkeys(chosen)))


def _own(unit: Unit) -> tuple[int, ...]:
    if isinstance(unit, Answer):
        return unit.numbers
    return (unit.number,) if isinstance(unit, Question) else ()


def _texts(question_set: QuestionSet) -> dict[int, frozenset[str]]:
    texts = {q.number: _words(q.passage.text) for q in question_set.questions}
    for answer in question_set.answers:
        for number in answer.numbers:
            texts[number] = texts.get(number, frozenset()) | _words(answer.passage.text)
    return texts


def _sentence(text: str, start: int, end: int) -> str:
    before = max(text.rfind(mark, 0, start) for mark in (". ", "? ", "\n"))
    after = min(
        (i for mark in (". ", "? ", "\n") if (i := text.find(mark, end)) >= 0), default=len(text)
    )
    return text[before + 1 : after]


def _words(text: str) -> frozenset[str]:
    """The words of five letters or more by their stem: the first five letters."""
    return frozenset(
        word[:5] for word in re.findall(r"[a-z]{5,}", fold(text)) if word not in _COMMON
    )


_COMMON = frozenset(
    [
        "vraag",
        "vragen",
        "antwoord",
        "antwoorden",
        "beantwoording",
        "welke",
        "wordt",
        "worden",
        "waren",
        "zijn",
        "heeft",
        "hebben",
        "onder",
        "andere",
        "hierbij",
        "daarbij",
        "hiervoor",
        "beschreven",
        "aangegeven",
        "verwijs",
        "verwijzen",
    ]
)
