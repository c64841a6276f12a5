"""What everybody asks about the archive as a whole, counted set by set."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations, product

from kg.model.authority import Authority
from kg.model.mention import LinkStatus
from kg.model.question_set import QuestionSet, Role


class Counting(StrEnum):
    """By what sets are counted."""

    SUBMITTER = "sets-by-submitter"
    SOLE_SUBMITTER = "sets-by-sole-submitter"
    SUBMITTER_PARTY = "sets-by-submitter-and-party"
    SUBMITTER_PAIR = "sets-by-pair-of-submitters"
    PARTY = "sets-by-party"
    MINISTRY = "sets-by-ministry"
    PARTY_MINISTRY = "sets-by-party-and-ministry"
    MONTH = "sets-by-month"
    LAW = "sets-by-law"
    LAW_PAIR = "sets-by-pair-of-laws"


Counted = tuple[Counting, str, str]
"""Of which counting, and the local ids of one or two things ("" for no second); or a month."""

_SURE = (LinkStatus.CERTAIN, LinkStatus.CORRECTED)


def counted_in(question_set: QuestionSet, authority: Authority) -> frozenset[Counted]:
    """All that a set counts for, each once; two things of one kind stand in order of id."""
    return frozenset(_counted(question_set, authority))


def _counted(question_set: QuestionSet, authority: Authority) -> Iterator[Counted]:
    submitters = [one for one in question_set.participants if one.role is Role.SUBMITTER]
    people = sorted({one.person for one in submitters if one.person})
    parties = {one.party for one in submitters if one.party}
    ministries = {
        entry.ministry
        for one in question_set.participants
        if one.office and (entry := authority.get(one.office)) and entry.ministry
    }
    units = (*question_set.questions, *question_set.answers)
    laws = sorted(
        {
            key
            for unit in units
            for link in unit.links
            if link.status in _SURE
            for key in link.keys
            if key.startswith("law/")
        }
    )
    singles = {
        Counting.SUBMITTER: people,
        Counting.SOLE_SUBMITTER: people if len(people) == 1 else (),
        Counting.PARTY: parties,
        Counting.MINISTRY: ministries,
        Counting.MONTH: [f"{question_set.submitted_on:%Y-%m}"] if question_set.submitted_on else (),
        Counting.LAW: laws,
    }
    pairs = {
        Counting.SUBMITTER_PARTY: ((o.person, o.party) for o in submitters if o.person and o.party),
        Counting.SUBMITTER_PAIR: combinations(people, 2),
        Counting.PARTY_MINISTRY: product(parties, ministries),
        Counting.LAW_PAIR: combinations(laws, 2),
    }
    for counting, keys in singles.items():
        yield from ((counting, key, "") for key in keys)
    for counting, both in pairs.items():
        yield from ((counting, one, other) for one, other in both)
