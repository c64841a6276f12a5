"""What everybody asks about the archive as a whole, counted set by set."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import combinations, product

from kg.model.authority import Authority
from kg.model.mention import LinkStatus
from kg.model.question_set import QuestionSet, Role, Unit


class Counting(StrEnum):
    """By what sets, or texts of sets, are counted."""

    SUBMITTER = "sets-by-submitter"
    SOLE_SUBMITTER = "sets-by-sole-submitter"
    SUBMITTER_PARTY = "sets-by-submitter-and-party"
    SUBMITTER_PAIR = "sets-by-pair-of-submitters"
    ADDRESSEE = "sets-by-addressee"
    ANSWERER = "sets-by-answerer"
    GOVERNMENT = "sets-by-member-of-government"
    PARTY = "sets-by-party"
    MINISTRY = "sets-by-ministry"
    PARTY_MINISTRY = "sets-by-party-and-ministry"
    MONTH = "sets-by-month"
    LAW = "sets-by-law"
    LAW_PAIR = "sets-by-pair-of-laws"
    BODY = "sets-by-body"
    BODY_TEXT = "texts-by-body"
    MOTION_ANSWERER = "questions-on-motions-by-answerer"


Counted = tuple[Counting, str, str]
"""Of which counting, and the local ids of one or two things ("" for no second); or a month."""

_SURE = (LinkStatus.CERTAIN, LinkStatus.CORRECTED)
_BODIES = ("organisation/", "ministry/")


def counted_in(question_set: QuestionSet, authority: Authority) -> Counter[Counted]:
    """All that a set counts for, and how often; two things of one kind stand in order of id."""
    counted = Counter(set(_counted(question_set, authority)))
    texts = (*question_set.questions, *question_set.answers, *question_set.letters)
    for text in texts:
        counted.update((Counting.BODY_TEXT, body, "") for body in set(_named([text], _BODIES)))
    answered = {number for answer in question_set.answers for number in answer.numbers}
    for question in question_set.questions:
        if question.number in answered and any(_named([question], ("motion/",))):
            counted.update(
                (Counting.MOTION_ANSWERER, person, "")
                for person in _people(question_set, Role.ANSWERER)
            )
    return counted


def _counted(question_set: QuestionSet, authority: Authority) -> Iterator[Counted]:
    people = {role: _people(question_set, role) for role in Role}
    submitters = sorted(people[Role.SUBMITTER])
    asking = [one for one in question_set.participants if one.role is Role.SUBMITTER]
    parties = {one.party for one in asking if one.party}
    ministries = {
        entry.ministry
        for one in question_set.participants
        if one.office and (entry := authority.get(one.office)) and entry.ministry
    }
    texts = (*question_set.questions, *question_set.answers)
    laws = sorted(set(_named(texts, ("law/",))))
    singles: dict[Counting, Iterable[str]] = {
        Counting.SUBMITTER: submitters,
        Counting.SOLE_SUBMITTER: submitters if len(submitters) == 1 else (),
        Counting.ADDRESSEE: people[Role.ADDRESSEE],
        Counting.ANSWERER: people[Role.ANSWERER],
        Counting.GOVERNMENT: people[Role.ADDRESSEE] | people[Role.ANSWERER],
        Counting.PARTY: parties,
        Counting.MINISTRY: ministries,
        Counting.MONTH: [f"{question_set.submitted_on:%Y-%m}"] if question_set.submitted_on else (),
        Counting.LAW: laws,
        Counting.BODY: _named((*texts, *question_set.letters), _BODIES),
    }
    pairs: dict[Counting, Iterable[tuple[str, str]]] = {
        Counting.SUBMITTER_PARTY: ((o.person, o.party) for o in asking if o.person and o.party),
        Counting.SUBMITTER_PAIR: combinations(submitters, 2),
        Counting.PARTY_MINISTRY: product(parties, ministries),
        Counting.LAW_PAIR: combinations(laws, 2),
    }
    for counting, keys in singles.items():
        yield from ((counting, key, "") for key in keys)
    for counting, both in pairs.items():
        yield from ((counting, one, other) for one, other in both)


def _people(question_set: QuestionSet, role: Role) -> set[str]:
    return {one.person for one in question_set.participants if one.role is role and one.person}


def _named(texts: Iterable[Unit], kinds: tuple[str, ...]) -> Iterator[str]:
    """The local ids that begin with one of `kinds` and are surely named in the texts."""
    for text in texts:
        for link in text.links:
            if link.status in _SURE:
                yield from (key for key in link.keys if key.startswith(kinds))
