"""Groups alike bags around the first of each group, its leader."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush

import numpy as np

from kg.analysis.bag_likeness import Alike
from kg.analysis.bags import Numbers, StoredBags, numbers_now


@dataclass(frozen=True, slots=True)
class Grouped:
    """An older choice of `leaders`, by the pairs that were `alike`.

    `kept` has for each bag of now its number then, or -1; the numbers rise.
    """

    alike: tuple[Alike, ...]
    leaders: Numbers
    kept: Numbers


def choose_leaders(
    bags: StoredBags, found: Iterable[Alike], threshold: float, before: Grouped | None = None
) -> Numbers:
    """For each bag the first that it resembles by `threshold`, itself where there is none.

    A bag that is another's leader leads itself. The result depends on the order of the bags. With
    the choice `before`, it is made again only for bags with a changed pair, and for those that
    resemble one whose leader is another now; the result is the same.
    """
    earlier, later, likeness = in_order(found)
    if before is None:
        chosen, changed = np.arange(len(bags.sizes)), np.unique(later)
    else:
        chosen, changed = _kept(earlier, later, before)
    leaders, waiting = array("q", chosen.tobytes()), changed.tolist()
    awaited = bytearray(len(leaders))
    for number in waiting:
        awaited[number] = True
    begins = np.searchsorted(later, np.arange(len(leaders) + 1))
    onward = np.argsort(earlier, kind="stable")
    ends = np.searchsorted(earlier, np.arange(len(leaders) + 1), sorter=onward)

    @lru_cache(maxsize=2_000)
    def codes_of(number: int) -> frozenset[int]:
        return frozenset(bags.bag(number).tolist())

    def alike(leader: int, number: int) -> float:
        first, second = codes_of(leader), bags.bag(number).tolist()
        shared = len(first.intersection(second))
        return shared / (len(first) + len(second) - shared)

    def choose(number: int) -> int:
        pairs = slice(begins[number], begins[number + 1])
        nearest = {number: threshold}
        for one, value in zip(earlier[pairs].tolist(), likeness[pairs].tolist(), strict=True):
            leader = leaders[one]
            if leader == one:
                nearest[leader] = value
            elif leader not in nearest:
                nearest[leader] = alike(leader, number)
        return max(nearest, key=lambda leader: (nearest[leader], -leader))

    while waiting:
        number = heappop(waiting)
        leader = choose(number)
        if leader != leaders[number]:
            leaders[number] = leader
            for other in later[onward[ends[number] : ends[number + 1]]].tolist():
                if not awaited[other]:
                    awaited[other] = True
                    heappush(waiting, other)
    return np.array(leaders, np.int64)


def _kept(earlier: Numbers, later: Numbers, before: Grouped) -> tuple[Numbers, Numbers]:
    """For each bag its leader before, or -1 where that is gone, itself where the bag came; and the
    bags that are the later one of a pair that came or went.
    """
    here = np.flatnonzero(before.kept >= 0)
    numbers = numbers_now(before.kept, len(before.leaders))
    leaders = np.arange(len(before.kept))
    leaders[here] = numbers[before.leaders[before.kept[here]]]
    one, other = (numbers[np.concatenate([each[end] for each in before.alike])] for end in (0, 1))
    both = (one >= 0) & (other >= 0)
    changed = np.setxor1d(earlier << 32 | later, one[both] << 32 | other[both])
    alone = other[(one < 0) & (other >= 0)]
    return leaders, np.union1d(changed & 0xFFFFFFFF, alone)


def in_order(found: Iterable[Alike]) -> Alike:
    """Alike pairs in order of the later one, then of the earlier."""
    earlier, later, likeness = (np.concatenate(each) for each in zip(*found, strict=True))
    order = np.lexsort((earlier, later))
    return earlier[order], later[order], likeness[order]
