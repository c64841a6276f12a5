"""What shards tell of one another's sets: papers, round robins and reused passages."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np

from kg.analysis.near_copies import Search
from kg.analysis.passages import Compared, Sentences, find_recurrences, read_recurrences
from kg.analysis.round_robins import Asked, describe_round_robin, group_round_robins
from kg.building.code_version import stating_version
from kg.building.merging import Made, sorted_runs
from kg.building.plain import from_plain, to_plain
from kg.building.planning import Unit
from kg.building.stating import Stated
from kg.building.work import Work, name_of
from kg.model.assertion import Assertion
from kg.model.question_set import QuestionSet
from kg.rdf.iris import Mint
from kg.rdf.repetition import map_occurrence, map_passage, map_round_robin
from kg.resolution.paper_trail import PaperFacts, PaperTrail

_MEAN = 8
"""Shards of which one task states the passages, or round robins that it states."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The shards of all sets, in order, and for each a hash of what matters here."""

    work: Work
    shards: tuple[str, ...]
    hashes: tuple[str, ...]

    def section(self, name: str) -> Iterator[tuple[int, Any]]:
        """What all shards have in a section, with the number of the shard."""
        for number, shard in enumerate(self.shards):
            for told in self.work.open(shard).section(name):
                yield number, told


@dataclass(frozen=True, slots=True)
class PapersTask:
    """Answer what sets ask of one another's papers."""

    facts: Facts

    @property
    def name(self) -> str:
        """Named after what shards tell of papers, not after the shards."""
        return name_of("papers", stating_version(), self.facts.hashes)

    def run(self) -> tuple[tuple[int, tuple[tuple[str, Any], ...]], ...]:
        """The answers for each shard that asks, by the key of the set."""
        asking = [each for each in self._told() if each[1].asks]
        trail = PaperTrail(facts for _, facts in asking)
        for _, facts in self._told() if asking else ():
            trail.learn(facts)
        return tuple(
            (shard, tuple((facts.set_key, to_plain(trail.answer(facts))) for _, facts in here))
            for shard, here in groupby(asking, key=lambda each: each[0])
        )

    def _told(self) -> Iterator[tuple[int, PaperFacts]]:
        for shard, told in self.facts.section("papers"):
            yield shard, from_plain(told)


@dataclass(frozen=True, slots=True)
class RoundRobinsTask:
    """Find which sets are round robins."""

    facts: Facts

    @property
    def name(self) -> str:
        """Named after what sets ask, not after the shards."""
        return name_of("round robins", stating_version(), self.facts.hashes)

    def run(self) -> tuple[tuple[tuple[str, int, int], ...], ...]:
        """The sets of each: key, number of the shard, and place among its units."""
        places: dict[str, tuple[str, int, int]] = {}

        def asked() -> Iterator[Asked]:
            for shard, (place, told) in self.facts.section("asked"):
                one: Asked = from_plain(told)
                places.setdefault(one.key, (one.key, shard, place))
                yield one

        return tuple(tuple(places[key] for key in keys) for keys in group_round_robins(asked()))


@dataclass(frozen=True, slots=True)
class PassagesTask:
    """Find the sentences that recur in answers; `older` is the name of what an older one kept."""

    facts: Facts
    older: str = ""

    @property
    def name(self) -> str:
        """Named after the sentences, not after the shards."""
        return name_of("passages", stating_version(), self.facts.hashes)

    def run(self) -> list[tuple[int, bytes]]:
        """For each shard that has any, its number and which these are.

        A file of the task's name keeps what the next one need not do again.
        """
        work = self.facts.work
        kept = work.find(self.older) if self.older else None
        older = None
        if kept is not None:
            names, sizes = kept.head
            keys, leaders = kept.section("sentences")
            found = Search.unpacked(kept.section("search"))
            older = Compared(names, sizes, keys, found, np.frombuffer(leaders, np.int64))
        told = self.facts.section("sentences")
        pieces = ((self.facts.hashes[shard], Sentences(*one)) for shard, one in told)
        recurring, compared = find_recurrences(pieces, older)
        head = compared.names, compared.sizes
        sections = {
            "sentences": (compared.keys, compared.leaders.tobytes()),
            "search": compared.search.packed(),
        }
        work.write(self.name, head, sections)
        return recurring


@dataclass(frozen=True, slots=True)
class RoundRobinStatementsTask:
    """State some round robins, each by the keys of its sets and their units."""

    work: Work
    base: str
    groups: tuple[tuple[tuple[str, Unit], ...], ...]

    @property
    def name(self) -> str:
        """Named after all that is known of the sets."""
        return name_of("stated round robins", stating_version(), self.base, self.groups)

    def run(self) -> Made:
        """Makes the runs that state them."""
        return tuple(sorted_runs(self.work, self._assertions()))

    def _assertions(self) -> Iterator[Assertion]:
        for group in self.groups:
            sets: dict[str, QuestionSet] = {}
            for _, unit in group:
                sets.update((one.key, one) for one in unit.merged(self.work))
            found = describe_round_robin([sets[key] for key, _ in group])
            yield from map_round_robin(found, sets, Mint(self.base))


@dataclass(frozen=True, slots=True)
class OccurrencesTask:
    """State the recurring sentences of some shards, as `PassagesTask` tells them."""

    work: Work
    base: str
    recurring: tuple[tuple[str, bytes], ...]

    @property
    def name(self) -> str:
        """Named after the shards and what recurs in them."""
        return name_of("occurrences", stating_version(), self.base, self.recurring)

    def run(self) -> Made:
        """Makes the runs that state them."""
        return tuple(sorted_runs(self.work, self._assertions()))

    def _assertions(self) -> Iterator[Assertion]:
        mint = Mint(self.base)
        for shard, told in self.recurring:
            opened = self.work.open(shard)
            for one in read_recurrences(told):
                occurrence = from_plain(opened.at("occurrences", one.place))
                if one.first:
                    yield from map_passage(one.key, occurrence, mint)
                yield from map_occurrence(one.key, occurrence, mint)


def round_robin_tasks(
    work: Work,
    base: str,
    batches: Sequence[Sequence[Unit]],
    found: Iterable[Sequence[tuple[str, int, int]]],
) -> Iterator[RoundRobinStatementsTask]:
    """The tasks that state the round robins that were found in the shards of `batches`."""
    groups = (tuple((key, batches[shard][place]) for key, shard, place in group) for group in found)
    for some in _cut((group[0][0], group) for group in groups):
        yield RoundRobinStatementsTask(work, base, some)


def occurrence_tasks(
    work: Work, base: str, stated: Sequence[Stated], found: Iterable[tuple[int, bytes]]
) -> Iterator[OccurrencesTask]:
    """The tasks that state the sentences that were found to recur in shards."""
    by_shard: Mapping[int, bytes] = dict(found)
    told = ((one.first, number, one.shard) for number, one in enumerate(stated))
    for some in _cut((first, (shard, by_shard.get(number, b""))) for first, number, shard in told):
        recurring = tuple(each for each in some if each[1])
        if recurring:
            yield OccurrencesTask(work, base, recurring)


def _cut(keyed: Iterable[tuple[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """Stretches that end where a key says so, whatever stands around it."""
    some: list[Any] = []
    for key, one in keyed:
        # batches begin at a CRC of their own, which tells nothing more
        if some and hashlib.sha256(key.encode()).digest()[0] % _MEAN == 0:
            yield tuple(some)
            some = []
        some.append(one)
    if some:
        yield tuple(some)
