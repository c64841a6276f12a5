"""Map 3: what shards state of the same thing, brought together part by part."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.analysis.counts import Counted, Counting
from kg.building.code_version import stating_version
from kg.building.merging import Made
from kg.building.plain import from_plain
from kg.building.stating import PARTITIONS, Stated, blocks_of
from kg.building.work import Work, name_of
from kg.model.assertion import Assertion
from kg.model.mention import Entity
from kg.model.spelling import natural_order
from kg.rdf.counts import map_counts
from kg.rdf.iris import Mint
from kg.rdf.mapping import map_entity
from kg.resolution.entities import merge_entity
from kg.store.turtle import Block, join_blocks, to_blocks

_FEW = 16
"""Up to so many shards one task gathers all parts."""


@dataclass(frozen=True, slots=True)
class GatherTask:
    """Parts to gather from shards; `name` is that of the run that comes of it."""

    work: Work
    base: str
    parts: tuple[int, ...]
    shards: tuple[str, ...]
    name: str

    def run(self) -> Made:
        """Makes the run, unless it is there."""
        if self.work.find(self.name) is None:
            blocks = (block for part in self.parts for block in _gather_part(self, part))
            self.work.write(self.name, None, {"blocks": map(tuple, sorted(blocks))})
        return Made((self.name,), (self.name,))


def gather_tasks(work: Work, base: str, stated: Sequence[Stated]) -> Iterator[GatherTask]:
    """The tasks that gather all parts of all shards."""
    step = PARTITIONS if len(stated) <= _FEW else 1
    for first in range(0, PARTITIONS, step):
        parts = tuple(range(first, first + step))
        used = [one for one in stated if any(part in one.parts for part in parts)]
        told = [(part, one.parts.get(part)) for part in parts for one in used]
        if used:
            name = name_of("gathered", stating_version(), base, told)
            yield GatherTask(work, base, parts, tuple(one.shard for one in used), name)


def _gather_part(task: GatherTask, part: int) -> Iterator[Block]:
    blocks: list[Block] = []
    named: dict[str, list[tuple[str, bool, Entity]]] = defaultdict(list)
    counts: Counter[Counted] = Counter()
    for shard in task.shards:
        opened = task.work.open(shard)
        blocks += blocks_of(opened.section(f"part {part}"))
        for key, set_key, used, entity in opened.section(f"entities {part}"):
            named[key].append((natural_order(set_key), used, from_plain(entity)))
        for counting, first, second, count in opened.section(f"counts {part}"):
            counts[Counting(counting), first, second] += count
    mint = Mint(task.base)
    blocks += to_blocks((*_entities(named.values(), mint), *map_counts(counts, mint)))
    for _, same in groupby(sorted(blocks), key=lambda block: block[:2]):
        of_one = list(same)
        yield of_one[0] if len(of_one) == 1 else join_blocks(of_one)


def _entities(named: Iterable[list[tuple[str, bool, Entity]]], mint: Mint) -> Iterator[Assertion]:
    """The entities that something refers to, each as all sets together name it."""
    for told in named:
        if any(used for _, used, _ in told):
            told.sort(key=lambda each: each[0])
            yield from map_entity(merge_entity([entity for *_, entity in told]), mint)
