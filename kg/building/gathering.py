"""Map 3: what shards state of the same thing, brought together part by part."""

import marshal
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import numpy as np

from kg.analysis.counts import Counted, Counting
from kg.building.catalog import Catalog
from kg.building.code_version import stating_version
from kg.building.merging import write_run
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

_PARTS_A_TASK = 128
"""Of a task, which opens the shards that have any of them: few enough to be in memory at once."""
_FEWEST_TASKS = 2
"""For as many workers at least, where there are as many units."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Adjoining parts from `first` up to `end`, and the shards that have something for these;
    `name` is that of the run that comes of them.
    """

    name: str
    first: int
    end: int
    shards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GatherTask:
    """Units to gather from shards."""

    work: Work
    base: str
    units: tuple[Unit, ...]

    @property
    def name(self) -> str:
        """The name of all that it makes."""
        return name_of("gathering", [unit.name for unit in self.units])

    def run(self) -> None:
        """Makes the runs that are not there."""
        gathered = {unit: _Gathered() for unit in self.units if self.work.find(unit.name) is None}
        wanted: dict[str, dict[int, _Gathered]] = defaultdict(dict)
        for unit, one in gathered.items():
            for shard in unit.shards:
                wanted[shard].update(dict.fromkeys(range(unit.first, unit.end), one))
        for shard, parts in wanted.items():
            for part, *told in _told(self.work.open(shard), parts):
                parts[part].add(*told)
        mint = Mint(self.base)
        for unit, one in gathered.items():
            write_run(self.work, unit.name, list(one.stated(mint)))


def gather_tasks(
    work: Work, base: str, stated: Sequence[Stated], older: Catalog
) -> tuple[list[str], list[GatherTask]]:
    """The names of the runs of all parts of all shards, and what makes those that `older` lacks."""
    units = list(_units(base, stated))
    missing = [unit for unit in units if unit.name not in older.results]
    each = min(_PARTS_A_TASK * len(units) // PARTS, -(-len(missing) // _FEWEST_TASKS)) or 1
    tasks = [
        GatherTask(work, base, tuple(missing[first : first + each]))
        for first in range(0, len(missing), each)
    ]
    return [unit.name for unit in units], tasks


def _units(base: str, stated: Sequence[Stated]) -> Iterator[Unit]:
    # the more shards, the finer the units that are made again when one of them changes
    step = max(1, PARTS >> (len(stated) - 1).bit_length())
    told = np.frombuffer(b"".join(one.parts for one in stated), np.dtype(f"V{PART_HASH}"))
    hashes = told.reshape(len(stated), PARTS)
    for first in range(0, PARTS, step):
        end = first + step
        here = np.ascontiguousarray(hashes[:, first:end])
        having = np.flatnonzero(here.view(np.uint64).any(axis=1)).tolist()
        if len(having):
            name = name_of("gathered", stating_version(), base, first, here[having].tobytes())
            yield Unit(name, first, end, tuple(stated[number].shard for number in having))


def _told(shard: WorkFile, parts: Collection[int]) -> Iterator[tuple[int, Any, Any, Any]]:
    """What a shard has for the parts."""
    having = np.flatnonzero(np.frombuffer(shard.head[-1], np.uint64)).tolist()
    wanted = [place for place, part in enumerate(having) if part in parts]
    return map(marshal.loads, shard.some("parts", wanted))


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
