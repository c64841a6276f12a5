"""What recurs between sets: round robins and reused passages, from the shards' facts alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

from kg.analysis.passages import Occurrence, Sentences, find_recurrences
from kg.analysis.round_robins import Asked, describe_round_robin, group_round_robins
from kg.building.code_version import stating_version
from kg.building.merging import Made, sorted_runs
from kg.building.plain import from_plain
from kg.building.planning import Unit
from kg.building.work import Work, name_of
from kg.model.assertion import Assertion
from kg.model.question_set import QuestionSet
from kg.rdf.iris import Mint
from kg.rdf.repetition import map_occurrence, map_passage, map_round_robin

_SHARDS_A_TASK = 8


@dataclass(frozen=True, slots=True)
class RoundRobinTask:
    """Find which sets of `shards`, which are in order, are round robins."""

    work: Work
    base: str
    shards: tuple[str, ...]

    def run(self) -> Made:
        """Makes the runs that state them, unless they are there."""
        name = name_of("round robins", stating_version(), self.base, self.shards)
        return _made(self.work, name, self._assertions())

    def _assertions(self) -> Iterator[Assertion]:
        asked: Iterator[Asked] = (from_plain(one) for _, one in self._section())
        groups = list(group_round_robins(asked))
        wanted = {key for keys in groups for key in keys}
        sets: dict[str, QuestionSet] = {}
        for unit, (_, key, *_) in self._section() if wanted else ():
            if key in wanted and key not in sets:
                merged = Unit.from_tuple(unit).merged(self.work)
                sets.update((one.key, one) for one in merged)
        for keys in groups:
            found = describe_round_robin([sets[key] for key in keys])
            yield from map_round_robin(found, sets, Mint(self.base))

    def _section(self) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        return (each for shard in self.shards for each in self.work.open(shard).section("asked"))


@dataclass(frozen=True, slots=True)
class PassagesTask:
    """Find the sentences that recur in the answers of `shards`, which are in order.

    `sentences` has a hash of those of each: as long as they stay, what was found does too.
    """

    work: Work
    shards: tuple[str, ...]
    sentences: tuple[str, ...]

    def run(self) -> Made:
        """Makes the file that tells which they are, unless it is there.

        Its head has a value for each shard that has any, by its number.
        """
        name = name_of("passages", stating_version(), self.sentences)
        if self.work.find(name) is None:
            self.work.write(name, tuple(self._found()), {})
        return Made((), (name,))

    def _found(self) -> Iterator[tuple[int, tuple[tuple[int, str, bool], ...]]]:
        pieces = (
            Sentences(*one)
            for shard in self.shards
            for one in self.work.open(shard).section("sentences")
        )
        for piece, here in groupby(find_recurrences(pieces), key=attrgetter("piece")):
            yield piece, tuple((one.place, one.key, one.first) for one in here)


@dataclass(frozen=True, slots=True)
class OccurrencesTask:
    """State the recurring sentences of some shards, as `PassagesTask` tells them."""

    work: Work
    base: str
    recurring: tuple[tuple[str, tuple[tuple[int, str, bool], ...]], ...]

    def run(self) -> Made:
        """Makes the runs that state them, unless they are there."""
        name = name_of("occurrences", stating_version(), self.base, self.recurring)
        return _made(self.work, name, self._assertions())

    def _assertions(self) -> Iterator[Assertion]:
        mint = Mint(self.base)
        for shard, told in self.recurring:
            opened = self.work.open(shard)
            for place, key, first in told:
                occurrence: Occurrence = from_plain(opened.at("occurrences", place))
                if first:
                    yield from map_passage(key, occurrence, mint)
                yield from map_occurrence(key, occurrence, mint)


def occurrence_tasks(
    work: Work, base: str, passages: Made, shards: Sequence[str]
) -> Iterator[OccurrencesTask]:
    """The tasks that state what a `PassagesTask` found in `shards`."""
    found = ((shards[piece], told) for piece, told in work.open(passages.files[0]).head)
    while some := tuple(islice(found, _SHARDS_A_TASK)):
        yield OccurrencesTask(work, base, some)


def _made(work: Work, name: str, assertions: Iterable[Assertion]) -> Made:
    """The runs of assertions; the file of that name keeps which they are."""
    kept = work.find(name)
    if kept is None or any(work.find(run) is None for run in kept.head):
        work.write(name, tuple(sorted_runs(work, assertions)), {})
        kept = work.open(name)
    return Made(kept.head, (name, *kept.head))
