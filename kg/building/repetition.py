"""What recurs between sets: round robins and reused passages, from the shards' facts alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.analysis.passages import Occurrence, group_passages, passage_key
from kg.analysis.round_robins import Asked, describe_round_robin, group_round_robins
from kg.building.code_version import stating_version
from kg.building.merging import Made, sorted_runs
from kg.building.plain import from_plain
from kg.building.planning import Unit
from kg.building.work import Work, name_of
from kg.model.assertion import Assertion
from kg.model.question_set import QuestionSet
from kg.rdf.iris import Mint
from kg.rdf.repetition import map_occurrence, map_round_robin


@dataclass(frozen=True, slots=True)
class RoundRobinTask:
    """Find which sets of `shards`, which are in order, are round robins."""

    work: Work
    base: str
    shards: tuple[str, ...]

    def run(self) -> Made:
        """Makes the runs that state them, unless they are there."""
        return _made(self.work, name_of("round robins", _version(self)), self._assertions())

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
    """Find the sentences that recur in the answers of `shards`, which are in order."""

    work: Work
    base: str
    shards: tuple[str, ...]

    def run(self) -> Made:
        """Makes the runs that state them, unless they are there."""
        return _made(self.work, name_of("passages", _version(self)), self._assertions())

    def _assertions(self) -> Iterator[Assertion]:
        mint = Mint(self.base)
        group_of: dict[int, int] = {}
        for number, group in enumerate(group_passages(self._section("sentences"))):
            group_of.update(dict.fromkeys(group, number))
        texts: dict[int, str] = {}
        for index, told in enumerate(self._section("occurrences") if group_of else ()):
            number = group_of.get(index, -1)
            if number >= 0:
                one: Occurrence = from_plain(told)
                text = texts.setdefault(number, one.text)
                yield from map_occurrence(passage_key(text), text, one, mint)

    def _section(self, name: str) -> Iterator[Any]:
        return (each for shard in self.shards for each in self.work.open(shard).section(name))


def _version(task: RoundRobinTask | PassagesTask) -> tuple[object, ...]:
    return (stating_version(), task.base, task.shards)


def _made(work: Work, name: str, assertions: Iterable[Assertion]) -> Made:
    """The runs of assertions; the file of that name keeps which they are."""
    kept = work.find(name)
    if kept is None or any(work.find(run) is None for run in kept.head):
        work.write(name, tuple(sorted_runs(work, assertions)), {})
        kept = work.open(name)
    return Made(kept.head, (name, *kept.head))
