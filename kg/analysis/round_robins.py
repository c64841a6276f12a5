"""Finds round robins: nearly the same questions, put to several ministries as sets of their own."""

import hashlib
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

import numpy as np

from kg.analysis.bag_likeness import Alike, find_alike
from kg.analysis.bags import Bags, Numbers, Sketches
from kg.analysis.leaders import in_order
from kg.analysis.likeness import codes_of, shingles_of, to_bytes, words_of
from kg.model.question_set import QuestionSet, Role
from kg.model.spelling import letters_only, to_slug

ALIKE = 0.4
"""Jaccard index of three-word shingles above which two sets ask nearly the same."""

_SAME_QUESTION = 0.5
_SAME_TIME = 7
"""Days."""
_CODE_BYTES = 4
_BITS, _FINE_BITS = 512, 2048
"""Of a sketch of a set that is compared with all of a Member, and with those that come near."""
_AT_ONCE = 256
"""Sets of a Member that are compared with all earlier ones in one step."""
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
    whom it addresses. Each set joins the first set of the group that it is most alike to.
    """
    asking = [one for one in sets if one.shingles]
    groups = {number: [one] for number, one in enumerate(asking)}
    earlier, later, likeness = (each.tolist() for each in in_order(_alike(asking)))
    pairs = zip(later, earlier, likeness, strict=True)
    for number, alike in groupby(pairs, key=itemgetter(0)):
        firsts = [(value, -one) for _, one, value in alike if one in groups]
        if firsts:
            groups[-max(firsts)[1]] += groups.pop(number)
    for group in groups.values():
        if len({one.government for one in group}) > 1:
            yield tuple(one.key for one in group)


def _alike(sets: Sequence[Asked]) -> Iterator[Alike]:
    """The pairs of sets that share a submitter and a time and ask nearly the same, once each.

    The sets of each Member are compared all with all, by their sketches.
    """
    bags = Bags.packed(
        (array("I", [len(one.shingles) // _CODE_BYTES]).tobytes(), one.shingles) for one in sets
    )
    sketches = bags.sketches(_BITS)
    days = np.array([one.submitted_on.toordinal() if one.submitted_on else 0 for one in sets])
    of_member: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(sets):
        for who in one.submitters:
            of_member[who].append(number)
    pairs = [np.zeros(0, np.int64)]
    for numbers in of_member.values():
        theirs = np.array(numbers)
        for start in range(0, len(theirs), _AT_ONCE):
            pairs.append(_near(bags.sizes, days, sketches, theirs[: start + _AT_ONCE], start))
    found = np.sort(np.concatenate(pairs))
    found = found[np.diff(found, prepend=-1) > 0]
    earlier, later = np.divmod(found, max(len(sets), 1))
    yield find_alike(bags, earlier, later, ALIKE, bags.sketches(_FINE_BITS))


def _near(
    sizes: Numbers, days: Numbers, sketches: Sketches, theirs: Numbers, start: int
) -> Numbers:
    """Pairs of a Member's sets at one time, `earlier * number of sets + later`, whose sketches do
    not show that they differ; the later is one of those from `start` on.
    """
    marks = sketches[theirs]
    alone = (sizes[theirs] - np.bitwise_count(marks).sum(axis=1)).astype(np.int32)
    most = np.minimum.outer(alone[start:], alone)
    for bits in marks.T:
        most += np.bitwise_count(np.bitwise_and.outer(bits[start:], bits))
    together = np.add.outer(sizes[theirs[start:]], sizes[theirs])
    found = np.nonzero(most >= ALIKE * (together - most))
    later, earlier = theirs[start:][found[0]], theirs[found[1]]
    first, second = days[earlier], days[later]
    near = (first == 0) | (second == 0) | (abs(first - second) <= _SAME_TIME)
    near &= earlier < later
    pairs: Numbers = earlier[near] * len(sizes) + later[near]
    return pairs


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
