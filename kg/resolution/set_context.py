"""What a set of questions itself tells about the names in it: its time, its people, its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.model.authority import Authority, AuthorityEntry, Period
from kg.model.mention import Mention, UnitMentions
from kg.model.question_set import Question, QuestionSet, Unit
from kg.resolution.names import fold

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A set with the mentions of each of its units, in the order of `units_of`."""

    question_set: QuestionSet
    found: tuple[UnitMentions, ...]


def units_of(question_set: QuestionSet) -> tuple[Unit, ...]:
    """The units of a set in reading order: each question, the answers that end with it, letters."""
    last: dict[int, list[Unit]] = {}
    for answer in question_set.answers:
        last.setdefault(max(answer.numbers, default=0), []).append(answer)
    units: list[Unit] = list(last.pop(0, ()))
    for question in question_set.questions:
        units.append(question)
        units.extend(last.pop(question.number, ()))
    for number in sorted(last):
        units.extend(last[number])
    return (*units, *question_set.letters)


def time_of(question_set: QuestionSet) -> Period:
    """The day of a set, or the time it must fall in; an open period where nothing dates it."""
    days = [d for d in (question_set.submitted_on, question_set.answered_on) if d is not None]
    if days:
        return Period(min(days), max(days) + timedelta(days=1))
    starts, ends = [], []
    for participant in question_set.participants:
        for standing in (participant.when_asked, participant.when_answered):
            if standing is not None:
                starts.append(standing.period.start)
                ends.append(standing.period.end)
    start = max((day for day in starts if day is not None), default=None)
    end = min((day for day in ends if day is not None), default=None)
    if start is not None and end is not None and start >= end:
        return Period(min(day for day in starts if day), max(day for day in ends if day))
    return Period(start, end)


def overlap(period: Period, other: Period) -> bool:
    """Whether two periods have a day in common."""
    return (period.start is None or other.end is None or period.start < other.end) and (
        other.start is None or period.end is None or other.start < period.end
    )


def widened(period: Period, *, before: timedelta) -> Period:
    """`period` with an earlier start."""
    if period.start is None or period.start - date.min < before:
        return period
    return Period(period.start - before, period.end)


@dataclass(slots=True)
class SetContext:
    """What is known while the names of one set are linked.

    `introduced` are the keys that a label which stands for one thing alone names in the set,
    `defined` the abbreviations that the text gives, folded, with the keys they stand for.
    """

    time: Period
    people: frozenset[str]
    introduced: set[str] = field(default_factory=set)
    defined: dict[str, tuple[str, ...]] = field(default_factory=dict)


def context_of(reading: Reading, authority: Authority) -> SetContext:
    """The context of a set, from its people and from all labels that need no context."""
    question_set = reading.question_set
    people = frozenset(p.person for p in question_set.participants if p.person is not None)
    context = SetContext(time_of(question_set), people)
    for unit in reading.found:
        for mention in unit.mentions:
            if mention.kind is None or not mention.candidates:
                continue
            keys = clear_keys(mention, authority)
            if len(keys) == 1:
                context.introduced.add(keys[0])
    return context


def clear_keys(mention: Mention, authority: Authority) -> list[str]:
    """The candidates for which the mention's text is a label that needs no context."""
    return [key for key in mention.candidates if rule_of(authority[key], mention.exact) == ""]


def rule_of(entry: AuthorityEntry, exact: str) -> str:
    """The context rule of a label of `entry`: empty where the label needs no context.

    A label is told by its letters; of labels that differ in capitals only, the very one counts.
    """
    rules = dict(entry.context_rules)
    if exact in rules:
        return rules[exact]
    if exact in (entry.label, *entry.labels):
        return ""
    form = _form(exact)
    unclear = {_form(label): rules.get(label, "introduced") for label in entry.ambiguous_labels}
    clear = {_form(label) for label in (entry.label, *entry.labels)}
    clear -= {_form(label) for label in entry.ambiguous_labels if label in (entry.label,)}
    if form in clear:
        return ""
    return unclear.get(form, "")


def _form(label: str) -> str:
    return _BETWEEN.sub("", fold(label)).replace("brede", "breed")


def question_texts(units: Sequence[Unit]) -> frozenset[str]:
    """The texts of the questions, for telling whether two sets ask the same."""
    return frozenset(_form(unit.passage.text) for unit in units if isinstance(unit, Question))
