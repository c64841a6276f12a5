"""How alike pairs of bags are, by the Jaccard index; sketches rule out most without their codes."""

from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from kg.analysis.bags import Bags, Numbers, Sketches, StoredBags

_AT_ONCE = 50_000
"""Pairs whose sketches are looked at in one step."""
_COMPARED = 10_000
"""Pairs whose codes are."""
_WINDOW = 50_000
"""Neighbouring bags of which the codes are in memory at a time, and as many of the others."""

Pairs = tuple[Numbers, Numbers]
"""Pairs of bags, the earlier and the later one."""
Alike = tuple[Numbers, Numbers, NDArray[np.float64]]
"""The same, and how alike they are."""


def find_alike(
    bags: Bags, one: Numbers, other: Numbers, threshold: float, sketches: Sketches
) -> Alike:
    """Of pairs those whose Jaccard index is `threshold` at least, with the index."""
    one, other = near_pairs(bags.sizes, one, other, threshold, sketches)
    likeness = _index(bags.sizes, one, other, _shared(bags, bags, one, other))
    kept = likeness >= threshold
    return one[kept], other[kept], likeness[kept]


def near_pairs(
    sizes: Numbers, one: Numbers, other: Numbers, threshold: float, sketches: Sketches
) -> Pairs:
    """Of pairs of bags those whose sketches do not show that their index is below `threshold`.

    Every bit that one sketch has alone stands for a code that the other bag lacks.
    """
    found = np.zeros(len(one), bool)
    for start in range(0, len(one), _AT_ONCE):
        mine, theirs = one[start : start + _AT_ONCE], other[start : start + _AT_ONCE]
        first, second = sizes[mine], sizes[theirs]
        here, there = sketches[mine], sketches[theirs]
        most = np.minimum(first - _ones(here), second - _ones(there)) + _ones(here & there)
        found[start : start + _AT_ONCE] = most >= threshold * (first + second - most)
    return one[found], other[found]


def likeness_of(bags: StoredBags, near: list[Pairs], threads: Executor) -> list[Alike]:
    """The pairs of each part of `near`, which is emptied, with their Jaccard index.

    They are compared window by window: of each thread two are in memory.
    """
    ends = np.cumsum([len(one) for one, _ in near])[:-1]
    one, other = map(np.concatenate, zip(*near, strict=True))
    near.clear()
    windows = -(-len(bags.sizes) // _WINDOW)
    tiles = one // _WINDOW * windows + other // _WINDOW
    order = np.argsort(tiles, kind="stable")
    borders = np.searchsorted(tiles, np.arange(windows * windows + 1), sorter=order)
    shared = np.empty(len(one), np.int64)

    def compare(row: int) -> None:
        first = row * _WINDOW
        mine = bags.between(first, first + _WINDOW)
        for column in range(row, windows):
            begin = column * _WINDOW
            tile = row * windows + column
            pairs = order[borders[tile] : borders[tile + 1]]
            if len(pairs):
                theirs = bags.between(begin, begin + _WINDOW)
                shared[pairs] = _shared(mine, theirs, one[pairs] - first, other[pairs] - begin)

    for _ in threads.map(compare, range(windows)):
        pass
    likeness = _index(bags.sizes, one, other, shared)
    each = (np.split(told, ends) for told in (one, other, likeness))
    return list(zip(*each, strict=True))


def _ones(sketches: Sketches) -> Numbers:
    """How many bits of each sketch are set."""
    count: Numbers = np.bitwise_count(sketches).sum(axis=1, dtype=np.int64)
    return count


def _shared(bags: Bags, others: Bags, one: Numbers, other: Numbers) -> Numbers:
    """How many codes the bags of each pair share: those that stand twice among the pair's."""
    found = np.empty(len(one), np.int64)
    for start in range(0, len(one), _COMPARED):
        some = slice(start, start + _COMPARED)
        mine, theirs = bags.some(one[some]), others.some(other[some])
        pair = np.arange(len(mine.sizes), dtype=np.uint64) << np.uint64(32)
        codes = np.repeat(np.concatenate((pair, pair)), np.concatenate((mine.sizes, theirs.sizes)))
        codes |= np.concatenate((mine.codes, theirs.codes))
        codes.sort()
        twice = codes[1:][codes[1:] == codes[:-1]] >> np.uint64(32)
        found[some] = np.bincount(twice.astype(np.int64), minlength=len(pair))
    return found


def _index(sizes: Numbers, one: Numbers, other: Numbers, shared: Numbers) -> NDArray[np.float64]:
    likeness: NDArray[np.float64] = shared / (sizes[one] + sizes[other] - shared)
    return likeness
