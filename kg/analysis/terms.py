"""The ledger of terms: when a set was asked, when an answer was due, and how late it came.

The Rules of Procedure of the Tweede Kamer give the government three weeks for an answer; a letter
(*uitstelbericht*) buys three more. Recesses, in which the Kamer grants more time, are not counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.analysis.dutch_dates import read_dates
from kg.analysis.sentences import read_sentences
from kg.model.question_set import ExtensionLetter, QuestionSet
from kg.model.text import Span

FIRST_TERM = timedelta(days=21)
EXTENDED_TERM = timedelta(days=42)

_ASKS_FOR_ANSWER = re.compile(
    r"\b(?:beantwoord\w*|beantwoording|antwoord\w*|doen toekomen|toesturen|toe te sturen)\b", re.I
)
_DEADLINE = re.compile(
    r"\b(?:vóór|voor|(?:vóór|voor)afgaand aan|uiterlijk|tijdig|binnen|ten laatste)\b", re.I
)
_EVENT = re.compile(
    r"\b(?:vóór|voor|voorafgaand aan)\s+"
    r"(?P<event>(?:(?:het|de|een|aanvang|aankomende?|komende?)\s+)"
    r"(?:[\w«»'-]+\s+){0,6}?[\w-]*(?:debat|overleg|behandeling|stemming(?:en)?|reces|vergadering|"
    r"vragenuurtje)\b[^?;]*)",
    re.I,
)
_AFTER_EVENT = re.compile(
    r"(?:,?\s*\b(?:te\s+)?(?:beantwoorden|aan de Kamer\b.*|doen toekomen|toe te sturen))?[\s?.]*$",
    re.I | re.S,
)
_REASON = re.compile(
    r"\b(?:in verband met|vanwege|wegens|omdat|aangezien|ten behoeve van|gezien|daar)\s+"
    r"(?P<reason>[^.]+?)(?=\s+(?:kan|kunnen|is|zijn|wordt|worden|zal|zullen)\b|[.]|$)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class RequestedDate:
    """A date before which the Member asks to be answered.

    `question` is the number of the question that asks it, `span` half-open into its text.
    `due` is the day of the event or the last day of the stretch that is named; None where the
    text names none that can be dated, and then `reason` says why. `event` is what it precedes.
    """

    question: int
    span: Span
    exact: str
    due: date | None
    event: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A letter that postpones this set: its place in `letters`, its date and printed reason.

    `certain` is whether the letter names this set's kenmerk; a letter that stands with a set
    without a kenmerk extends it, too, but which of several numbers is this set stays open.
    """

    letter: int
    sent_on: date | None
    reason: str | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """One line of the ledger. Days are counted whole; what is not known is None.

    `late_*` are days between a term's end and the answer, negative when the answer was early.
    """

    set_key: str
    asked: date | None
    answered: date | None
    first_term: date | None
    extended_term: date | None
    extensions: tuple[Extension, ...]
    requested: tuple[RequestedDate, ...]

    @property
    def days(self) -> int | None:
        """Days from asking to answering."""
        return _days(self.asked, self.answered)

    @property
    def late_first(self) -> int | None:
        """Days over the term of 21 days."""
        return _days(self.first_term, self.answered)

    @property
    def late_extended(self) -> int | None:
        """Days over the term of 42 days, where a letter extended it."""
        return _days(self.extended_term, self.answered)

    @property
    def due_on_request(self) -> date | None:
        """The earliest date asked for by the Member that can be dated."""
        return min((one.due for one in self.requested if one.due is not None), default=None)

    @property
    def late_on_request(self) -> int | None:
        """Days after the date that the Member asked for."""
        return _days(self.due_on_request, self.answered)


def read_terms(question_set: QuestionSet) -> Terms:
    """The line of the ledger for one set; works with any of the dates missing."""
    asked = question_set.submitted_on
    answered = question_set.answered_on
    extensions = tuple(_extensions(question_set))
    return Terms(
        question_set.key,
        asked,
        answered,
        asked + FIRST_TERM if asked else None,
        asked + EXTENDED_TERM if asked and extensions else None,
        extensions,
        tuple(_requests(question_set)),
    )


def letter_reason(letter: ExtensionLetter) -> str | None:
    """Why an extension letter postpones, in its own words, or None where it gives no reason."""
    text = letter.passage.text
    for span in read_sentences(text):
        sentence = span.of(text)
        if re.search(r"\b(?:meer tijd|uitstel|langer|reden|niet binnen)\b", sentence, re.I):
            found = _REASON.search(sentence)
            if found and not found["reason"].lower().startswith(("de gestelde", "uw ")):
                return found["reason"].strip()
    return None


def _extensions(question_set: QuestionSet) -> Iterator[Extension]:
    for position, letter in enumerate(question_set.letters, 1):
        named = letter.kenmerken
        if named and question_set.kenmerk and question_set.kenmerk not in named:
            continue
        certain = question_set.kenmerk in named if named else True
        yield Extension(position, letter.sent_on, letter_reason(letter), certain)


def _requests(question_set: QuestionSet) -> Iterator[RequestedDate]:
    for question in question_set.questions:
        text = question.passage.text
        for sentence in read_sentences(text):
            part = sentence.of(text)
            if not (_ASKS_FOR_ANSWER.search(part) and _DEADLINE.search(part)):
                continue
            yield from _dates_asked(
                question.number, part, sentence.start, question_set.submitted_on
            )


def _dates_asked(
    number: int, part: str, offset: int, asked: date | None
) -> Iterator[RequestedDate]:
    first = _DEADLINE.search(part)
    assert first is not None
    event = _EVENT.search(part)
    named = _AFTER_EVENT.sub("", event["event"]) if event else None
    found = False
    for phrase in read_dates(part, asked):
        if phrase.span.end <= first.start() or phrase.rule in ("year", "relative-year"):
            continue
        found = True
        span = Span(phrase.span.start + offset, phrase.span.end + offset)
        end = phrase.period.end if phrase.period else None
        due = end - timedelta(days=1) if end else None
        yield RequestedDate(number, span, phrase.exact, due, named, phrase.reason)
    if not found and event is not None and named:
        start = event.start("event") + offset
        span = Span(start, start + len(named))
        yield RequestedDate(number, span, named, None, named, "the event is named without a date")


def _days(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start is not None and end is not None else None
