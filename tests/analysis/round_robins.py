"""Round robins of whole sets in one go, as a build finds them in shards."""

from collections.abc import Sequence

from kg.analysis.round_robins import (
    RoundRobin,
    asked_of,
    describe_round_robin,
    group_round_robins,
)
from kg.model.question_set import QuestionSet


def find_round_robins(question_sets: Sequence[QuestionSet]) -> tuple[RoundRobin, ...]:
    """The round robins among sets, in order of key; the order of the sets has no influence."""
    by_key = {one.key: one for one in sorted(question_sets, key=lambda one: one.key)}
    found = [
        describe_round_robin([by_key[key] for key in keys])
        for keys in group_round_robins(map(asked_of, by_key.values()))
    ]
    return tuple(sorted(found, key=lambda one: one.key))
