"""Finds round robins: nearly the same questions, put to several ministries as sets of their own."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.analysis.likeness import (
    codes_of,
    from_bytes,
    shingles_of,
    to_bytes,
    words_of,
)
from kg.model.question_set import QuestionSet, Role
from kg.model.spelling import letters_only, to_slug

ALIKE = 0.4
"""Jaccard index of three-word shingles above which two sets ask nearly the same."""

_SAME_QUESTION = 0.5
_SAME_TIME = timedelta(days=7)
_CODE_BYTES = 4
_BITS = 1024
"""Bits of a sketch: enough that few of the shingles of a set share one."""
_NAME = re.compile(
    r"(?<![\w-])[A-Z]\w*(?:[-'’]\w+)*-?(?:\s+(?:(?:en|van|voor|de|der|het)\s+)?[A-Z]\w+(?:[-'’]\w+)*)*"
)


@dataclass(frozen=True, slots=True)
class AlignedQuestions:
    """The forms of one question: (key of the set, number of the question) in order of key."""

    order: int
    members: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RoundRobin:
    """Sets that put nearly the same questions to different members of the government.

    `sets` are their keys, `answered` those with answers in these documents. `varies` gives for
    each set the names that stand in its questions and in no other set's.
    """

    key: str
    label: str
    sets: tuple[str, ...]
    answered: tuple[str, ...]
    questions: tuple[AlignedQuestions, ...]
    varies: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a set tells whether it is of a round robin; `shingles` are codes of four bytes."""

    key: str
    submitters: frozenset[str]
    government: frozenset[str]
    submitted_on: date | None
    shingles: bytes


def asked_of(question_set: QuestionSet) -> Asked:
    """What a set asks, of whom and when."""
    texts = "\n".join(question.passage.text for question in question_set.questions)
    return Asked(
        question_set.key,
        _submitters(question_set),
        _government(question_set),
        question_set.submitted_on,
        to_bytes(shingles_of(codes_of(texts))),
    )


def group_round_robins(sets: Iterable[Asked]) -> Iterator[tuple[str, ...]]:
    """The keys of the sets of each round robin; the order of `sets` decides where several fit.

    A round robin shares a submitter, lies within a week where dates are known, and differs in
    whom it addresses. Dated sets take time in proportion to their number; an undated one is
    compared with all sets of its Members.
    """
    groups: list[list[Asked]] = []
    sketches: list[int] = []
    of_member: dict[str, _Groups] = defaultdict(_Groups)
    for one in sets:
        bag = frozenset(from_bytes(one.shingles))
        sketch = _sketch(bag)
        near = {number for who in one.submitters for number in of_member[who].near(one)}
        alike = (
            (_alike(bag, groups[number][0]), -number)
            for number in near
            if _may_be_alike(len(bag), sketch, groups[number][0], sketches[number])
        )
        best = max(alike, default=(0.0, 0))
        if best[0] >= ALIKE:
            groups[-best[1]].append(one)
            continue
        for who in one.submitters if bag else ():
            of_member[who].add(one, len(groups))
        groups.append([one])
        sketches.append(sketch)
    for group in groups:
        if len({one.government for one in group}) > 1:
            yield tuple(one.key for one in group)


class _Groups:
    """Groups of sets that one Member submitted, by the week of the first set."""

    def __init__(self) -> None:
        self._of_week: dict[int | None, list[tuple[date | None, int]]] = defaultdict(list)

    def add(self, first: Asked, number: int) -> None:
        self._of_week[_week(first)].append((first.submitted_on, number))

    def near(self, one: Asked) -> Iterator[int]:
        """The groups within a week of a set, or of unknown date; of an undated set all."""
        week, on = _week(one), one.submitted_on
        weeks = self._of_week if week is None else (week - 1, week, week + 1, None)
        for each in weeks:
            for day, number in self._of_week.get(each, ()):
                if on is None or day is None or abs(on - day) <= _SAME_TIME:
                    yield number


def _week(one: Asked) -> int | None:
    return one.submitted_on.toordinal() // _SAME_TIME.days if one.submitted_on else None


def _sketch(bag: frozenset[int]) -> int:
    """A number with a bit for the remainder of each shingle."""
    sketch = 0
    for code in bag:
        sketch |= 1 << (code % _BITS)
    return sketch


def _may_be_alike(size: int, sketch: int, other: Asked, others: int) -> bool:
    """False where sketches show that a set of `size` shingles is not alike to another.

    Every bit that one sketch has alone stands for a shingle that the other set lacks.
    """
    other_size = len(other.shingles) // _CODE_BYTES
    most = min(size - (sketch & ~others).bit_count(), other_size - (others & ~sketch).bit_count())
    return most >= ALIKE * (size + other_size - most)


def _alike(bag: frozenset[int], other: Asked) -> float:
    shared = len(bag.intersection(from_bytes(other.shingles)))
    together = len(bag) + len(other.shingles) // _CODE_BYTES - shared
    return shared / together if together else 0.0


def _submitters(question_set: QuestionSet) -> frozenset[str]:
    return _people(question_set, (Role.SUBMITTER,))


def _government(question_set: QuestionSet) -> frozenset[str]:
    return _people(question_set, (Role.ADDRESSEE, Role.ANSWERER))


def _people(question_set: QuestionSet, roles: tuple[Role, ...]) -> frozenset[str]:
    return frozenset(
        one.person or letters_only(f"{one.printed.name} {one.printed.office or ''}")
        for one in question_set.participants
        if one.role in roles
    )


def describe_round_robin(sets: Sequence[QuestionSet]) -> RoundRobin:
    """What the sets of a round robin have in common, and where they vary."""
    titles = Counter(one.title or "" for one in sets)
    label = min(titles, key=lambda title: (-titles[title], title))
    keys = tuple(sorted(one.key for one in sets))
    digest = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    return RoundRobin(
        f"{to_slug(label, 40) or 'rondvraag'}-{digest[:8]}",
        label,
        keys,
        tuple(sorted(one.key for one in sets if one.answers)),
        _align(sets),
        _varies(sets),
    )


def _align(sets: Sequence[QuestionSet]) -> tuple[AlignedQuestions, ...]:
    """Questions that ask the same, in the order of the set that asks most in one question.

    A question that another set splits in two is aligned with both parts.
    """
    groups: list[tuple[frozenset[int], list[tuple[str, int]]]] = []
    coarsest, *others = sorted(sets, key=lambda each: (len(each.questions), each.key))
    for question in coarsest.questions:
        groups.append(
            (shingles_of(codes_of(question.passage.text), 2), [(coarsest.key, question.number)])
        )
    for one in others:
        position = 0
        for question in one.questions:
            bag = shingles_of(codes_of(question.passage.text), 2)
            scored = [
                (_contained(bag, other), -abs(index - position), index)
                for index, (other, _) in enumerate(groups)
            ]
            best = max(scored, default=(0.0, 0, 0))
            if best[0] >= _SAME_QUESTION:
                position = best[2]
                groups[position][1].append((one.key, question.number))
            else:
                position = min(position + 1, len(groups))
                groups.insert(position, (bag, [(one.key, question.number)]))
    return tuple(
        AlignedQuestions(order, tuple(sorted(members)))
        for order, (_, members) in enumerate(groups, 1)
    )


def _contained(one: frozenset[int], other: frozenset[int]) -> float:
    """Shared shingles as part of the smaller text's."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _varies(sets: Sequence[QuestionSet]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names that only one set's questions have, in reading order; sentence openings left out."""
    texts = {one.key: [question.passage.text for question in one.questions] for one in sets}
    users: dict[str, set[str]] = defaultdict(set)
    for key, questions in texts.items():
        for question in questions:
            for word in words_of(question.replace("-", " ")):
                users[word].add(key)
    result = []
    for key, questions in sorted(texts.items()):
        own: dict[str, None] = {}
        for question in questions:
            for match in _NAME.finditer(question):
                words = words_of(match[0].replace("-", " "))
                if match.start() and words and users[words[0]] == {key}:
                    own.setdefault(match[0].strip(" -"))
        result.append((key, tuple(own)))
    return tuple(result)
