"""Finds bags that are nearly the same among millions, by MinHash.

Each bag has a few keys, the least of its codes in as many random orders (Broder, SEQUENCES 1997).
Bags that share two keys meet; the exact Jaccard index decides whether they are alike. Bags about as
alike as the threshold may never meet, equal ones always do. Takes the memory of codes and keys.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

_KEYS = 8
_APART = (1, 3)
"""Keys so many places apart, in a ring, are compared together."""
_ORDER, _STEP, _MIX = 0x9E3779B1, 0x5851F42C, 0x2C1B3C6D
_AT_ONCE = 50_000
"""Bags, or pairs of them, that are looked at in one step."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bags:
    """Bags of distinct codes below 2**32, in order of code, one bag after the other; none is empty.

    `starts` tells where each begins in `codes`, `sizes` how many it has.
    """

    codes: NDArray[np.uint32]
    starts: Numbers
    sizes: Numbers

    @classmethod
    def packed(cls, pieces: Iterable[tuple[bytes, bytes]]) -> "Bags":
        """From the sizes and the codes of some bags in each piece, four bytes a number."""
        sizes, codes = bytearray(), bytearray()
        for some, their in pieces:
            sizes += some
            codes += their
        counts = np.frombuffer(sizes, np.uint32).astype(np.int64)
        return cls(np.frombuffer(codes, np.uint32), np.cumsum(counts) - counts, counts)

    def bag(self, number: int) -> NDArray[np.uint32]:
        """The codes of one bag."""
        return self.codes[self.starts[number] : self.starts[number] + self.sizes[number]]


def find_leaders(bags: Bags, threshold: float) -> Numbers:
    """For each bag the first that it resembles by `threshold`, itself where there is none.

    A bag that is another's leader leads itself. The result depends on the order of the bags.
    """
    count = len(bags.sizes)
    leaders = list(range(count))
    if count < 2:
        return np.array(leaders, np.int64)

    @lru_cache(maxsize=20_000)
    def codes_of(number: int) -> frozenset[int]:
        return frozenset(bags.bag(number).tolist())

    def alike(one: int, other: int) -> float:
        first, second = codes_of(one), codes_of(other)
        shared = len(first & second)
        return shared / (len(first) + len(second) - shared)

    for number, edges in groupby(_edges(bags, threshold), key=itemgetter(0)):
        likeness: dict[int, float] = {}
        for _, earlier, value in edges:
            leader = leaders[earlier]
            if leader == earlier:
                likeness[leader] = value
            elif leader not in likeness:
                likeness[leader] = alike(leader, number)
        best = max(likeness, key=lambda leader: (likeness[leader], -leader))
        if likeness[best] >= threshold:
            leaders[number] = best
    return np.array(leaders, np.int64)


def _edges(bags: Bags, threshold: float) -> Iterator[tuple[int, int, float]]:
    """Bags that met and are alike, as (later, earlier, likeness), in order of the later one."""
    found = [_alike(bags, earlier, later, threshold) for earlier, later in _meetings(bags)]
    earlier, later, likeness = (np.concatenate(each) for each in zip(*found, strict=True))
    order = np.lexsort((earlier, later))
    for start in range(0, len(order), _AT_ONCE):
        part = order[start : start + _AT_ONCE]
        yield from zip(
            later[part].tolist(), earlier[part].tolist(), likeness[part].tolist(), strict=True
        )


def _meetings(bags: Bags) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of neighbours, earlier and later one, by all of their codes and by each two keys."""
    whole, keys = _keys(bags)
    yield _neighbours(whole)
    tried: list[tuple[NDArray[np.uint32], NDArray[np.uint32]]] = []
    for apart in _APART:
        for place in range(_KEYS):
            one, other = keys[place], keys[(place + apart) % _KEYS]
            earlier, later = _neighbours(one.astype(np.uint64) << np.uint64(32) | other)
            for first, second in tried:
                # those that share an older pair of keys have met
                new = (first[earlier] != first[later]) | (second[earlier] != second[later])
                earlier, later = earlier[new], later[new]
            tried.append((one, other))
            yield earlier, later


def _keys(bags: Bags) -> tuple[NDArray[np.uint64], list[NDArray[np.uint32]]]:
    """A sum of all codes of each bag, and its least code in each of the random orders."""
    count = len(bags.sizes)
    whole = np.zeros(count, np.uint64)
    keys = [np.zeros(count, np.uint32) for _ in range(_KEYS)]
    for first in range(0, count, _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        starts = bags.starts[some]
        codes = bags.codes[starts[0] : starts[-1] + bags.sizes[some][-1]]
        for number, key in enumerate(keys):
            mixed = codes * np.uint32((_ORDER + 2 * number * _STEP) % 2**32 | 1)
            mixed ^= mixed >> np.uint32(15)
            mixed *= np.uint32(_MIX)
            mixed ^= mixed >> np.uint32(13)
            key[some] = np.minimum.reduceat(mixed, starts - starts[0])
        whole[some] = np.add.reduceat(mixed, starts - starts[0], dtype=np.uint64)
    return whole, keys


def _neighbours(keys: NDArray[np.uint64]) -> tuple[Numbers, Numbers]:
    """Each of those with the same key with the one before it, and with the first of them."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    begins = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    places = np.flatnonzero(begins)
    first = np.repeat(order[places], np.diff(np.append(places, len(order))))
    follows = np.flatnonzero(~begins)
    before, later = order[follows - 1], order[follows]
    far = first[follows] != before
    return (
        np.concatenate((before, first[follows][far])),
        np.concatenate((later, later[far])),
    )


def _alike(
    bags: Bags, one: Numbers, other: Numbers, threshold: float
) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    """Of pairs those whose Jaccard index is `threshold` at least, with the index."""
    first, second = bags.sizes[one], bags.sizes[other]
    near = np.minimum(first, second) >= threshold * np.maximum(first, second)
    one, other = one[near], other[near]
    together = bags.sizes[one] + bags.sizes[other]
    shared = np.concatenate(
        [np.zeros(0, np.int64)]
        + [
            _shared(bags, one[start : start + _AT_ONCE], other[start : start + _AT_ONCE])
            for start in range(0, len(one), _AT_ONCE)
        ]
    )
    likeness = shared / (together - shared)
    kept = likeness >= threshold
    return one[kept], other[kept], likeness[kept]


def _shared(bags: Bags, one: Numbers, other: Numbers) -> Numbers:
    """How many codes the bags of each pair share: those that stand twice among the pair's."""
    pair = np.arange(len(one), dtype=np.uint64) << np.uint64(32)
    both = np.concatenate((one, other))
    sizes = bags.sizes[both]
    inside = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    codes = np.repeat(np.concatenate((pair, pair)), sizes)
    codes |= bags.codes[np.repeat(bags.starts[both], sizes) + inside]
    codes.sort()
    twice = codes[1:][codes[1:] == codes[:-1]] >> np.uint64(32)
    return np.bincount(twice.astype(np.int64), minlength=len(one))
