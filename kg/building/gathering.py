"""Map 3: what shards state of the same thing, brought together part by part."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from kg.analysis.counts import Counted, Counting
from kg.building.code_version import stating_version
from kg.building.merging import Made
from kg.building.plain import from_plain
from kg.building.stating import PART_HASH, PARTS, Stated, blocks_of
from kg.building.work import Work, WorkFile, name_of
from kg.model.assertion import Assertion
from kg.model.mention import Entity
from kg.model.spelling import natural_order
from kg.rdf.counts import map_counts
from kg.rdf.iris import Mint
from kg.rdf.mapping import map_entity
from kg.resolution.entities import merge_entity
from kg.store.turtle import Block, join_blocks, to_blocks

_TASKS = 16
"""Into so many tasks the parts are divided at most; each opens all shards."""
_SHARDS_A_UNIT = 4
"""The more shards, the finer the units that are made again when one of them changes."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Adjoining parts from `first` up to `end`; `name` is that of the run that comes of them."""

    first: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class GatherTask:
    """Units to gather from shards."""

    work: Work
    base: str
    units: tuple[Unit, ...]
    shards: tuple[str, ...]

    def run(self) -> Made:
        """Makes the runs that are not there."""
        names = tuple(unit.name for unit in self.units)
        units = [unit for unit in self.units if self.work.find(unit.name) is None]
        unit_of = {part: unit for unit in units for part in range(unit.first, unit.end)}
        gathered = {unit.name: _Gathered() for unit in units}
        for shard in self.shards if units else ():
            for part, *told in _told(self.work.open(shard), unit_of.keys()):
                gathered[unit_of[part].name].add(*told)
        mint = Mint(self.base)
        for name, one in gathered.items():
            self.work.write(name, None, {"blocks": map(tuple, one.stated(mint))})
        return Made(names, names)


def gather_tasks(work: Work, base: str, stated: Sequence[Stated]) -> Iterator[GatherTask]:
    """The tasks that gather all parts of all shards."""
    units = list(_units(base, stated))
    each = -(-len(units) // _TASKS)
    for first in range(0, len(units), each or 1):
        shards = tuple(one.shard for one in stated)
        yield GatherTask(work, base, tuple(units[first : first + each]), shards)


def _units(base: str, stated: Sequence[Stated]) -> Iterator[Unit]:
    wanted = max(1, len(stated) // _SHARDS_A_UNIT)
    step = max(1, PARTS >> (wanted - 1).bit_length())
    for first in range(0, PARTS, step):
        end = first + step
        told = [one.parts[first * PART_HASH : end * PART_HASH] for one in stated]
        stating = [hashes for hashes in told if any(hashes)]
        if stating:
            yield Unit(first, end, name_of("gathered", stating_version(), base, first, *stating))


def _told(shard: WorkFile, parts: Collection[int]) -> Iterator[tuple[int, Any, Any, Any]]:
    """What a shard has for the parts."""
    hashes: bytes = shard.head[-1]
    order = 0
    for part in range(PARTS):
        start = part * PART_HASH
        if any(hashes[start : start + PART_HASH]):
            if part in parts:
                yield shard.at("parts", order)
            order += 1


@dataclass(slots=True)
class _Gathered:
    """What shards have for the parts of a unit."""

    blocks: list[Block] = field(default_factory=list)
    named: dict[str, list[tuple[str, bool, Entity]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    counts: Counter[Counted] = field(default_factory=Counter)

    def add(self, blocks: Any, entities: Any, counts: Any) -> None:
        """Takes in what one shard has for one part."""
        self.blocks += blocks_of(blocks)
        for key, set_key, used, entity in entities:
            self.named[key].append((natural_order(set_key), used, from_plain(entity)))
        for counting, first, second, count in counts:
            self.counts[Counting(counting), first, second] += count

    def stated(self, mint: Mint) -> Iterator[Block]:
        """All that is stated, in order."""
        of_these = to_blocks(
            (*_entities(self.named.values(), mint), *map_counts(self.counts, mint))
        )
        for _, same in groupby(sorted((*self.blocks, *of_these)), key=lambda block: block[:2]):
            of_one = list(same)
            yield of_one[0] if len(of_one) == 1 else join_blocks(of_one)


def _entities(named: Iterable[list[tuple[str, bool, Entity]]], mint: Mint) -> Iterator[Assertion]:
    """The entities that something refers to, each as all sets together name it."""
    for told in named:
        if any(used for _, used, _ in told):
            told.sort(key=lambda each: each[0])
            yield from map_entity(merge_entity([entity for *_, entity in told]), mint)
