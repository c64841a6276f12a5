"""Sorted runs of blocks to one sequence in order, in segments that stay where others change.

Few blocks of each run are in memory at a time.
"""

import hashlib
import heapq
import sys
import zlib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count, groupby, islice, pairwise, repeat, starmap
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.building.stating import blocks_of
from kg.building.work import CHUNK, Work, WorkFile, name_of
from kg.model.assertion import Assertion
from kg.model.spelling import natural_order
from kg.store.segments import Source
from kg.store.turtle import HEAD, Block, join_blocks, to_blocks

_RUN = 50_000
"""Assertions that are sorted in memory."""
_BLOCKS_A_SEGMENT = 128
"""The mean of segments that are not of sets."""
_MARK_BYTES = 8
"""Of a hash of a block, and of its order."""
_ORDERS = 64
"""Orders of blocks that are packed together: so many of each run are in memory at a time."""
_AT_ONCE = 1000
"""Places of blocks that are made numbers of in one step."""
_PLACED = np.dtype([("run", "<u4"), ("place", "<u4")])
"""A block: the number of its run, and its place there."""


Made = tuple[str, ...]
"""The names of the runs that a task made."""


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks in order, read when needed, under the name of what they are made of.

    `first` is where they begin at the earliest, `last` where they end.
    """

    name: str
    read: Callable[[], Iterator[Block]]
    first: str = ""
    last: str = ""


def run_of(work: Work, name: str, section: str, first: str, last: str) -> Run:
    """The run in a section of a file."""
    return Run(name, partial(_read, work, name, section), first, last)


def _read(work: Work, name: str, section: str) -> Iterator[Block]:
    return blocks_of(work.open(name).section(section))


def sorted_runs(work: Work, assertions: Iterable[Assertion]) -> Iterator[str]:
    """Writes assertions in any order and number to runs, and gives the name of each."""
    waiting = iter(assertions)
    while chunk := list(islice(waiting, _RUN)):
        blocks = list(to_blocks(chunk))
        name = name_of("run", [tuple(block) for block in blocks])
        if work.find(name) is None:
            write_run(work, name, blocks)
        yield name


def write_run(work: Work, name: str, blocks: Sequence[Block]) -> None:
    """Writes blocks in order, and apart from them what is needed to bring runs in one order."""
    marks = b"".join(_mark(block.order) + _mark(block.text) for block in blocks)
    orders = [block.order for block in blocks]
    packed = [
        zlib.compress("\n".join(orders[first : first + _ORDERS]).encode(), 1)
        for first in range(0, len(orders), _ORDERS)
    ]
    work.write(name, (packed, marks), {"blocks": map(tuple, blocks)})


def _unpacked(orders: Iterable[bytes]) -> Iterator[str]:
    for some in orders:
        yield from zlib.decompress(some).decode().split("\n")


def _mark(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:_MARK_BYTES]


def in_segments(
    sets: Iterable[Run], others: Sequence[str], work: Work, base: str
) -> Iterator[Source]:
    """The segments of the graph under `base`, in order.

    `sets` have blocks of sets alone; those of the runs called `others` may be of anything. A
    segment of these ends where the order of a block says so, whatever stands around it.
    """
    merged = MergedRuns(work, others)
    prefix = natural_order(f"{base}id/set/")
    first, end = merged.stretch(prefix)
    yield from merged.segments(0, first)
    yield from _of_sets(sets, merged.blocks(first, end))
    yield from merged.segments(end, len(merged))


class MergedRuns:
    """The blocks of runs in one order; read when needed."""

    def __init__(self, work: Work, names: Sequence[str]) -> None:
        heads = [work.open(name).head for name in names]
        marks = np.frombuffer(b"".join(marks for _, marks in heads), np.uint64).reshape(-1, 2)
        sizes = [len(marks) // (2 * _MARK_BYTES) for _, marks in heads]
        in_order = heapq.merge(
            *(zip(_unpacked(orders), repeat(run), count()) for run, (orders, _) in enumerate(heads))
        )
        self._files = [_Reader(work, name) for name in names]
        self._placed = np.fromiter((tuple(at) for _, *at in in_order), _PLACED, len(marks))
        begins = np.cumsum([0, *sizes])
        self._marks = marks[begins[self._placed["run"]] + self._placed["place"]]

    def __len__(self) -> int:
        return len(self._placed)

    def stretch(self, prefix: str) -> tuple[int, int]:
        """Where the blocks of an order that begins with `prefix` begin and end."""

        def order(number: int) -> str:
            return self._block(*self._placed[number].item()).order

        numbers = range(len(self))
        first = bisect_left(numbers, prefix, key=order)
        return first, bisect_left(numbers, prefix + chr(sys.maxunicode), first, key=order)

    def segments(self, first: int, end: int) -> Iterator[Source]:
        """The segments of a stretch."""
        orders = self._marks[first:end, 0]
        new = np.concatenate(([True], orders[1:] != orders[:-1])) if len(orders) else orders > 0
        cuts = np.flatnonzero(new & (orders % np.uint64(_BLOCKS_A_SEGMENT) == 0)) + first
        borders = np.unique(np.concatenate(([first], cuts, [end]))).tolist()
        for begin, until in pairwise(borders):
            name = name_of("blocks", HEAD, self._marks[begin:until].tobytes())
            yield Source(name, partial(self.blocks, begin, until))

    def blocks(self, first: int, end: int) -> Iterator[Block]:
        """The blocks of a stretch, those of the same subject as one."""
        return self._told(self._placed[first:end])

    def about(self, subjects: Collection[str]) -> Iterator[Block]:
        """The blocks of subjects, in order."""
        orders = b"".join(_mark(natural_order(subject)) for subject in subjects)
        found = np.isin(self._marks[:, 0], np.frombuffer(orders, np.uint64))
        return (block for block in self._told(self._placed[found]) if block.subject in subjects)

    def _told(self, placed: NDArray[Any]) -> Iterator[Block]:
        pieces = (placed[at : at + _AT_ONCE].tolist() for at in range(0, len(placed), _AT_ONCE))
        blocks = starmap(self._block, chain.from_iterable(pieces))
        same_order = groupby(blocks, key=attrgetter("order"))
        return _joined(block for _, same in same_order for block in sorted(same))

    def _block(self, run: int, place: int) -> Block:
        return self._files[run].block(place)


class _Reader:
    """Reads blocks of a run, mostly in order; a few are in memory."""

    def __init__(self, work: Work, name: str) -> None:
        self._open = partial(work.open, name)
        self._opened: WorkFile | None = None
        self._kept: tuple[int, list[Any]] = (-1, [])

    def block(self, place: int) -> Block:
        """The block at a place."""
        if self._opened is None:
            self._opened = self._open()
        number, inside = divmod(place, CHUNK)
        if self._kept[0] != number:
            self._kept = (number, self._opened.piece("blocks", number))
        return Block._make(self._kept[1][inside])


def _of_sets(sets: Iterable[Run], added: Iterator[Block]) -> Iterator[Source]:
    """A segment for each run, or for several where one goes on when the next has begun; what is
    added in order goes to the last that began before it.
    """
    groups: list[list[Run]] = []
    last = ""
    for run in sorted(sets, key=attrgetter("first", "name")):
        if groups and run.first <= last:
            groups[-1].append(run)
        else:
            groups.append([run])
        last = max(last, run.last)
    ends = chain((runs[0].first for runs in groups[1:]), (None,))
    following = next(added, None)
    for runs, end in zip(groups, ends, strict=False):
        blocks = []
        while following is not None and (end is None or following.order < end):
            blocks.append(following)
            following = next(added, None)
        name = name_of("sets", [run.name for run in runs], [tuple(block) for block in blocks])
        yield Source(name, partial(merge_runs, (*runs, Run("", blocks.__iter__))))


def merge_runs(runs: Sequence[Run]) -> Iterator[Block]:
    """All blocks of all runs in order, those of the same subject as one."""
    return _joined(_in_order(runs))


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks in order, those of the same subject as one."""
    same: list[Block] = []
    for block in blocks:
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
