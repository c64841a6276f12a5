"""Sorted runs of blocks to one sequence in order, holding a few blocks of each run at a time."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from kg.building.stating import blocks_of
from kg.building.work import Work, name_of
from kg.model.assertion import Assertion
from kg.store.turtle import Block, join_blocks, to_blocks

_RUN = 50_000
"""Assertions that are sorted in memory."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a task made: the names of its runs, and of all files that it needs again."""

    runs: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks in order, read when needed; `first` is where they begin at the earliest."""

    first: str
    read: Callable[[], Iterator[Block]]


def run_of(work: Work, name: str, section: str = "blocks", first: str = "") -> Run:
    """The run in a section of a file."""
    return Run(first, lambda: blocks_of(work.open(name).section(section)))


def sorted_runs(work: Work, assertions: Iterable[Assertion]) -> Iterator[str]:
    """Writes assertions in any order and number to runs, and gives the name of each."""
    waiting = iter(assertions)
    while chunk := list(islice(waiting, _RUN)):
        blocks = [tuple(block) for block in to_blocks(chunk)]
        name = name_of("run", blocks)
        if work.find(name) is None:
            work.write(name, None, {"blocks": blocks})
        yield name


def merge_runs(runs: Sequence[Run]) -> Iterator[Block]:
    """All blocks of all runs in order, those of the same subject as one."""
    for _, same in groupby(_in_order(runs), key=itemgetter(0, 1)):
        blocks = list(same)
        yield blocks[0] if len(blocks) == 1 else join_blocks(blocks)


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
