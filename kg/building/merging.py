"""Sorted runs of blocks to one sequence in order, in segments that stay where others change.

Few blocks of each run are in memory at a time.
"""

import heapq
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from operator import attrgetter
from zlib import crc32

from kg.building.stating import blocks_of
from kg.building.work import Work, name_of
from kg.model.assertion import Assertion
from kg.model.spelling import natural_order
from kg.store.segments import Source
from kg.store.turtle import HEAD, Block, join_blocks, to_blocks

_RUN = 50_000
"""Assertions that are sorted in memory."""
_BLOCKS_A_SEGMENT = 512
"""The mean of segments that are not of sets."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a task made: the names of its runs, and of all files that it needs again."""

    runs: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks in order, read when needed, under the name of what they are made of.

    `first` is where they begin at the earliest, `last` where they end.
    """

    name: str
    read: Callable[[], Iterator[Block]]
    first: str = ""
    last: str = ""


def run_of(work: Work, name: str, section: str = "blocks", first: str = "", last: str = "") -> Run:
    """The run in a section of a file."""
    return Run(name, partial(_read, work, name, section), first, last)


def _read(work: Work, name: str, section: str) -> Iterator[Block]:
    return blocks_of(work.open(name).section(section))


def sorted_runs(work: Work, assertions: Iterable[Assertion]) -> Iterator[str]:
    """Writes assertions in any order and number to runs, and gives the name of each."""
    waiting = iter(assertions)
    while chunk := list(islice(waiting, _RUN)):
        blocks = [tuple(block) for block in to_blocks(chunk)]
        name = name_of("run", blocks)
        if work.find(name) is None:
            work.write(name, None, {"blocks": blocks})
        yield name


def in_segments(sets: Iterable[Run], others: Sequence[Run], base: str) -> Iterator[Source]:
    """The segments of the graph under `base`, in order.

    `sets` have blocks of sets alone; those of `others` may be of anything.
    """
    prefix = f"{base}id/set/"
    border = Block(natural_order(prefix), prefix, 0, "")
    stream = merge_runs((*others, Run("", [border].__iter__)))
    for is_of_sets, blocks in groupby(stream, key=lambda block: block.subject.startswith(prefix)):
        if is_of_sets:
            yield from _of_sets(sets, [block for block in blocks if block is not border])
        else:
            yield from _cut(blocks)


def _of_sets(sets: Iterable[Run], added: Sequence[Block]) -> Iterator[Source]:
    """A segment for each run, or for several where one goes on when the next has begun."""
    groups: list[list[Run]] = []
    last = ""
    for run in sorted(sets, key=attrgetter("first", "name")):
        if groups and run.first <= last:
            groups[-1].append(run)
        else:
            groups.append([run])
        last = max(last, run.last)
    starts = [runs[0].first for runs in groups]
    more: dict[int, list[Block]] = defaultdict(list)
    for block in added:
        more[max(bisect_right(starts, block.order) - 1, 0)].append(block)
    for number, runs in enumerate(groups):
        blocks = more.get(number, [])
        name = name_of("sets", [run.name for run in runs], [tuple(block) for block in blocks])
        yield _source(name, (*runs, Run("", blocks.__iter__)))


def _source(name: str, runs: Sequence[Run]) -> Source:
    return Source(name, lambda: merge_runs(runs))


def _cut(blocks: Iterable[Block]) -> Iterator[Source]:
    """Segments that end where the subject of a block says so, whatever stands around it."""
    segment: list[Block] = []
    for block in blocks:
        if segment and crc32(block.subject.encode()) % _BLOCKS_A_SEGMENT == 0:
            yield _named(segment)
            segment = []
        segment.append(block)
    if segment:
        yield _named(segment)


def _named(blocks: list[Block]) -> Source:
    text = "".join([one.text for one in blocks]).encode()
    return Source(name_of("blocks", HEAD, text), lambda: blocks)


def merge_runs(runs: Sequence[Run]) -> Iterator[Block]:
    """All blocks of all runs in order, those of the same subject as one."""
    same: list[Block] = []
    for block in _in_order(runs):
        if same and same[0].subject != block.subject:
            yield same[0] if len(same) == 1 else join_blocks(same)
            same = []
        same.append(block)
    if same:
        yield same[0] if len(same) == 1 else join_blocks(same)


def _in_order(runs: Sequence[Run]) -> Iterator[Block]:
    """A heap of the runs that have begun; the others are not yet opened."""
    later = sorted(range(len(runs)), key=lambda place: runs[place].first, reverse=True)
    begun: list[tuple[Block, int, Iterator[Block]]] = []
    while later or begun:
        while later and (not begun or runs[later[-1]].first <= begun[0][0].order):
            place = later.pop()
            blocks = runs[place].read()
            first = next(blocks, None)
            if first is not None:
                heapq.heappush(begun, (first, place, blocks))
        if not begun:
            continue
        block, place, blocks = begun[0]
        yield block
        following = next(blocks, None)
        if following is None:
            heapq.heappop(begun)
        else:
            heapq.heapreplace(begun, (following, place, blocks))
