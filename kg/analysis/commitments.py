"""Reads commitments from answers: who will do what, by when, with the words that say so.

A Member's request is no commitment, and neither is a refusal, a condition or what others expect.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.analysis.cued_patterns import CuedPattern, cued
from kg.analysis.dutch_dates import DatedPhrase, read_dates
from kg.analysis.sentences import read_sentences
from kg.model.authority import Kind, Period
from kg.model.mention import LinkStatus
from kg.model.question_set import Answer, QuestionSet
from kg.model.text import Span


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise in an answer.

    `answer` holds the answer's numbers, `span` is half-open into its text and `quote` the sentence
    there. `actor` is who will do it in the answer's words, None in a passive sentence. `due_text`
    and `due` are the time named; `due` is None where it cannot be dated. `request` is the number
    of the question that a bare *ja* grants. `announces` are keys of policies and papers named.
    """

    answer: tuple[int, ...]
    span: Span
    quote: str
    rule: str
    actor: str | None = None
    due_text: str | None = None
    due: Period | None = None
    request: int | None = None
    announces: tuple[str, ...] = ()


_WHO = (
    r"(?:ik|wij|we|het\s+kabinet|de\s+(?:minister|staatssecretaris)(?:\s+van\s+[A-Z][\w ,]+?)?|"
    r"het\s+ministerie\s+van\s+[A-Z]\w+|Defensie|de\s+Belastingdienst)"
)
_AFTER = rf"(?P<after>{_WHO})"
_BEFORE = rf"(?P<before>{_WHO})"
_KAMER = r"(?:(?:uw|de)\s+Kamer|\bu\b)"
_SENT = r"(?:gestuurd|gezonden|aangeboden|gedeeld)"
_WILL_BE = r"(?:wordt|worden|zal|zullen)"
_RULES: tuple[tuple[str, CuedPattern], ...] = tuple(
    (name, cued(cues, *patterns))
    for name, cues, *patterns in (
        (
            "promises",
            "zeg",
            rf"\bzeg(?:gen)?\s+{_AFTER}\b[^.]*\btoe\b",
            rf"\b{_BEFORE}\s+zeg(?:gen)?\b.*\btoe\b",
        ),
        (
            "sends-to-kamer",
            "ontvangt",
            rf"\bontvangt\s+{_KAMER}",
            rf"{_KAMER}\s+[^.,]*\bontvangt\b",
        ),
        (
            "is-sent-to-kamer",
            "gestuurd gezonden aangeboden gedeeld",
            rf"\b{_WILL_BE}\b[^.]*\b(?:naar|aan)\s+{_KAMER}[^.]*\b{_SENT}\b",
            rf"\b{_WILL_BE}\b[^.]*\b{_SENT}\s+(?:aan|naar)\s+{_KAMER}",
        ),
        (
            "informs-kamer",
            "informe bericht",
            rf"\b(?:informeer|informeren|bericht)\s+{_AFTER}\s+{_KAMER}",
            rf"\b{_BEFORE}\s+(?:informeert?|informeren)\s+{_KAMER}",
        ),
        (
            "comes-back",
            "kom",
            rf"\bkom(?:t|en)?\s+{_AFTER}\b[^.]*\b(?:terug|met)\b",
            rf"\b{_BEFORE}\s+kom(?:t|en)?\b[^.]*\bterug\b",
        ),
        (
            "has-done",
            "laat",
            rf"\blaat\s+{_AFTER}\b[^.]*\b(?:onderzoeken|uitzoeken|nagaan|uitvoeren|doen)\b",
        ),
        (
            "will",
            "zal zullen",
            rf"\b(?:zal|zullen)\s+{_AFTER}\b",
            rf"\b{_BEFORE}\s+(?:zal|zullen)\b",
        ),
        (
            "is-willing",
            "bereid",
            rf"\b(?:ben|is|zijn)\s+{_AFTER}\s+[^.]*\bbereid\b",
            rf"\b{_BEFORE}\s+(?:ben|is|zijn)\s[^.]*\bbereid\b",
        ),
    )
)
_DATED_RULES: tuple[tuple[str, CuedPattern], ...] = (
    ("starts", cued("start begint", r"\b(?:start|starten|begint)\b")),
    ("appears", cued("kom verschijn", r"\b(?:komt|komen|verschijnt|verschijnen)\b")),
)
_DATED = frozenset(name for name, _ in _DATED_RULES)
_NEGATED = re.compile(r"\b(?:niet|geen|nooit|evenmin)\b", re.IGNORECASE)
_NO_PROMISE = re.compile(
    r"\b(?:zou(?:den)?|toegezegd|toezegging(?:en)?|kunt\s+u|wilt\s+u|mits)\b|\?\s*$|"
    r"^(?:als|indien|wanneer|mocht|zoals\s+gezegd)\b|\bverwacht\s*\.?$",
    re.IGNORECASE,
)
_ABOUT_ANSWERS = re.compile(r"\b(?:antwoord(?:en)?|vra(?:ag|gen)|beantwoording)\b[^.]*\d", re.I)
_EMPTY_FUTURE = re.compile(
    r"\b(?:zal|zullen)\s+(?:(?:\w+\s+){0,2}(?:blijven\s+(?:zijn|werken)|kunnen)|[^.,;]*moeten)\b",
    re.IGNORECASE,
)
_REQUEST = cued(
    "bereid toezeggen zegt wilt",
    r"\b(?:bent\s+u\b[^?]*\bbereid|kunt\s+u\s+toezeggen|zegt\s+u\s+toe|wilt\s+u)\b",
)
_REQUEST_TO_ANSWER = re.compile(r"\b(?:beantwoord\w*|antwoorden)\b", re.IGNORECASE)
_YES = re.compile(r"^ja\b(?!\s*,?\s*(?:maar|tenzij|mits))", re.IGNORECASE)


def read_commitments(question_set: QuestionSet) -> tuple[Commitment, ...]:
    """The commitments in the answers of a set, in reading order, one a sentence at most."""
    requests = {
        question.number: question.passage.text
        for question in question_set.questions
        if _REQUEST.search(question.passage.text)
        and not _REQUEST_TO_ANSWER.search(question.passage.text)
    }
    return tuple(
        commitment
        for answer in question_set.answers
        for commitment in _of_answer(answer, question_set, requests)
    )


def _of_answer(
    answer: Answer, question_set: QuestionSet, requests: dict[int, str]
) -> Iterator[Commitment]:
    text = answer.passage.text
    asked = [number for number in answer.numbers if number in requests]
    for position, span in enumerate(read_sentences(text)):
        sentence = span.of(text)
        rule, actor = _promise(sentence)
        dates: tuple[DatedPhrase, ...] = ()
        if rule is not None:
            dates = read_dates(sentence, question_set.answered_on)
            if rule in _DATED and not dates:
                rule = None
        if rule is None and position == 0 and asked and _YES.search(sentence):
            rule = "grants-request"
        if rule is None:
            continue
        due = next(iter(dates), None)
        yield Commitment(
            answer.numbers,
            span,
            sentence,
            rule,
            actor,
            due.exact if due else None,
            due.period if due else None,
            asked[0] if rule in ("grants-request", "is-willing") and asked else None,
            _announced(answer, span),
        )


def _promise(sentence: str) -> tuple[str | None, str | None]:
    """The rule that reads a promise in a sentence, and who makes it.

    A rule in `_DATED` counts only where the sentence names a time as well.
    """
    for rule, pattern in _RULES:
        match = pattern.search(sentence)
        if match is None:
            continue
        if _is_no_promise(sentence):
            return None, None
        clause = re.split(r"[,;]", sentence[match.start() :])[0]
        if _NEGATED.search(clause) or (rule == "will" and _EMPTY_FUTURE.search(sentence)):
            return None, None
        groups = match.groupdict()
        return rule, groups.get("after") or groups.get("before")
    for rule, pattern in _DATED_RULES:
        if pattern.search(sentence) and not _NEGATED.search(sentence):
            return (None if _is_no_promise(sentence) else rule), None
    return None, None


def _is_no_promise(sentence: str) -> bool:
    return bool(_NO_PROMISE.search(sentence) or _ABOUT_ANSWERS.search(sentence))


def _announced(answer: Answer, span: Span) -> tuple[str, ...]:
    keys = {
        key
        for link in answer.links
        if link.status in (LinkStatus.CERTAIN, LinkStatus.CORRECTED)
        and link.mention.kind in (Kind.POLICY, Kind.PAPER)
        and span.start <= link.mention.span.start < span.end
        for key in link.keys
    }
    return tuple(sorted(keys))
