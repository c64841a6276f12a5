"""Finds bags that are nearly the same among millions, by MinHash.

Each bag has a few keys, the least of its codes in as many random orders (Broder, SEQUENCES 1997).
Bags that share two keys meet; the exact Jaccard index decides whether they are alike. Bags about as
alike as the threshold may never meet, equal ones always do. Sketches rule out most that meet
without a look at their codes. Takes the memory of codes, keys and sketches.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

_KEYS = 8
_PAIRS = (
    (0, 0),
    *((1 + place, 1 + (place + apart) % _KEYS) for apart in (1, 3) for place in range(_KEYS)),
)
"""The keys that are compared together: the sum of all codes alone, the others by two."""
_REGION_BITS = 20
"""Keys that begin with the same bits are compared again together."""
_ORDER, _STEP, _MIX = 0x9E3779B1, 0x5851F42C, 0x2C1B3C6D
_AT_ONCE = 50_000
"""Bags, or pairs of them, that are looked at in one step."""
_BITS = 256
"""Of a sketch of a sentence: enough that few of its codes share one."""
_THREADS = 2
"""Sorting and counting leave Python to another thread."""

Numbers = NDArray[np.int64]
Sketches = NDArray[np.uint64]
Alike = tuple[Numbers, Numbers, NDArray[np.float64]]
"""Pairs of bags, the earlier and the later one, and how alike they are."""


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

    def some(self, numbers: Numbers) -> "Bags":
        """The bags of these numbers."""
        sizes = self.sizes[numbers]
        starts = np.cumsum(sizes) - sizes
        inside = np.arange(sizes.sum()) - np.repeat(starts, sizes)
        return Bags(self.codes[np.repeat(self.starts[numbers], sizes) + inside], starts, sizes)

    def sketches(self, bits: int) -> Sketches:
        """For each bag a row of `bits` bits, with a one for the remainder of each code."""
        found = np.zeros((len(self.sizes), bits // 64), np.uint64)
        for first in range(0, len(self.sizes), _AT_ONCE):
            sizes = self.sizes[first : first + _AT_ONCE]
            begin = int(self.starts[first])
            codes = self.codes[begin : begin + int(sizes.sum())]
            marks = np.zeros((len(sizes), bits), bool)
            marks[np.repeat(np.arange(len(sizes)), sizes), codes % np.uint32(bits)] = True
            found[first : first + len(sizes)] = np.packbits(marks, axis=1).view(np.uint64)
        return found

    def bag(self, number: int) -> NDArray[np.uint32]:
        """The codes of one bag."""
        return self.codes[self.starts[number] : self.starts[number] + self.sizes[number]]


@dataclass(frozen=True, slots=True)
class Search:
    """What a search among bags found: `keys` has a column of keys for each bag, `alike` the pairs
    that met by each of `_PAIRS` and are alike.
    """

    keys: NDArray[np.uint32]
    alike: tuple[Alike, ...]

    def packed(self) -> list[bytes]:
        """All of it, to be kept."""
        return [self.keys.tobytes(), *(each.tobytes() for pairs in self.alike for each in pairs)]

    @classmethod
    def unpacked(cls, told: Sequence[bytes]) -> "Search":
        """What `packed` made."""
        keys = np.frombuffer(told[0], np.uint32).reshape(1 + _KEYS, -1)
        numbers = [np.frombuffer(each, np.int64) for each in told[1:]]
        likeness = [each.view(np.float64) for each in numbers[2::3]]
        return cls(keys, tuple(zip(numbers[::3], numbers[1::3], likeness, strict=True)))


def search(bags: Bags, threshold: float, before: tuple[Search, Numbers] | None = None) -> Search:
    """The bags that met and are alike by `threshold`.

    `before` is an older search with, for each bag, its number then, or -1, in the same order. Only
    bags that share a key with one that came or went are compared again; the result is the same.
    """
    older, kept = before or (_NOTHING, np.full(len(bags.sizes), -1))
    known, new = np.flatnonzero(kept >= 0), np.flatnonzero(kept < 0)
    keys = np.empty((1 + _KEYS, len(kept)), np.uint32)
    keys[:, known] = older.keys[:, kept[known]]
    number = np.full(older.keys.shape[1], -1)
    number[kept[known]] = known
    gone = older.keys[:, number < 0]
    with ThreadPoolExecutor(_THREADS) as threads:
        sketching = threads.submit(bags.sketches, _BITS)
        keys[:, new] = _keys(bags if len(new) == len(kept) else bags.some(new))
        sketches = sketching.result()

        def alike(place: int) -> Alike:
            buckets = _buckets(keys, place)
            touched = np.zeros(1 << _REGION_BITS, bool)
            for changed in (buckets[new], _buckets(gone, place)):
                touched[changed >> (32 - _REGION_BITS)] = True
            some = np.flatnonzero(touched[buckets >> (32 - _REGION_BITS)])
            found = find_alike(bags, *_meetings(keys, place, buckets, some), threshold, sketches)
            one, other, likeness = older.alike[place]
            stay = (number[one] >= 0) & (number[other] >= 0)
            stay &= ~touched[_buckets(older.keys[:, one], place) >> (32 - _REGION_BITS)]
            stayed = (number[one[stay]], number[other[stay]], likeness[stay])
            first, second, value = map(np.concatenate, zip(found, stayed, strict=True))
            return first, second, value

        return Search(keys, tuple(threads.map(alike, range(len(_PAIRS)))))


def find_alike(
    bags: Bags, one: Numbers, other: Numbers, threshold: float, sketches: Sketches
) -> Alike:
    """Of pairs those whose Jaccard index is `threshold` at least, with the index.

    Every bit that one sketch has alone stands for a code that the other bag lacks.
    """
    found = [
        _alike(bags, one[start : start + _AT_ONCE], other[start : start + _AT_ONCE], threshold,
               sketches)
        for start in range(0, max(len(one), 1), _AT_ONCE)
    ]  # fmt: skip
    first, second, likeness = (np.concatenate(each) for each in zip(*found, strict=True))
    return first, second, likeness


def _alike(bags: Bags, one: Numbers, other: Numbers, threshold: float, sketches: Sketches) -> Alike:
    first, second = bags.sizes[one], bags.sizes[other]
    mine, theirs = sketches[one], sketches[other]
    both = _ones(mine & theirs)
    most = np.minimum(first - _ones(mine), second - _ones(theirs)) + both
    near = most >= threshold * (first + second - most)
    one, other = one[near], other[near]
    shared = _shared(bags, one, other)
    likeness = shared / (bags.sizes[one] + bags.sizes[other] - shared)
    kept = likeness >= threshold
    return one[kept], other[kept], likeness[kept]


def _ones(sketches: Sketches) -> Numbers:
    """How many bits of each sketch are set."""
    count: Numbers = np.bitwise_count(sketches).sum(axis=1, dtype=np.int64)
    return count


def _shared(bags: Bags, one: Numbers, other: Numbers) -> Numbers:
    """How many codes the bags of each pair share: those that stand twice among the pair's."""
    pair = np.arange(len(one), dtype=np.uint64) << np.uint64(32)
    both = bags.some(np.concatenate((one, other)))
    codes = np.repeat(np.concatenate((pair, pair)), both.sizes)
    codes |= both.codes
    codes.sort()
    twice = codes[1:][codes[1:] == codes[:-1]] >> np.uint64(32)
    return np.bincount(twice.astype(np.int64), minlength=len(one))


def choose_leaders(bags: Bags, found: Iterable[Alike], threshold: float) -> Numbers:
    """For each bag the first that it resembles by `threshold`, itself where there is none.

    A bag that is another's leader leads itself. The result depends on the order of the bags.
    """
    leaders = list(range(len(bags.sizes)))

    @lru_cache(maxsize=20_000)
    def codes_of(number: int) -> frozenset[int]:
        return frozenset(bags.bag(number).tolist())

    def alike(one: int, other: int) -> float:
        first, second = codes_of(one), codes_of(other)
        shared = len(first & second)
        return shared / (len(first) + len(second) - shared)

    for number, edges in groupby(by_later(found), key=itemgetter(0)):
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


def by_later(found: Iterable[Alike]) -> Iterator[tuple[int, int, float]]:
    """Alike pairs as (later, earlier, likeness), in order of the later one."""
    earlier, later, likeness = (np.concatenate(each) for each in zip(*found, strict=True))
    order = np.lexsort((earlier, later))
    for start in range(0, len(order), _AT_ONCE):
        part = order[start : start + _AT_ONCE]
        yield from zip(
            later[part].tolist(), earlier[part].tolist(), likeness[part].tolist(), strict=True
        )


def _keys(bags: Bags) -> NDArray[np.uint32]:
    """A sum of all codes of each bag, and its least code in each of the random orders."""
    count = len(bags.sizes)
    found = np.zeros((1 + _KEYS, count), np.uint32)
    for first in range(0, count, _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        starts = bags.starts[some]
        codes = bags.codes[starts[0] : starts[-1] + bags.sizes[some][-1]]
        for number in range(_KEYS):
            mixed = codes * np.uint32((_ORDER + 2 * number * _STEP) % 2**32 | 1)
            mixed ^= mixed >> np.uint32(15)
            mixed *= np.uint32(_MIX)
            mixed ^= mixed >> np.uint32(13)
            found[1 + number, some] = np.minimum.reduceat(mixed, starts - starts[0])
        found[0, some] = np.add.reduceat(mixed, starts - starts[0], dtype=np.uint32)
    return found


def _buckets(keys: NDArray[np.uint32], place: int) -> NDArray[np.uint32]:
    """What bags have in common that have both keys of a pair in common."""
    one, other = _PAIRS[place]
    mixed: NDArray[np.uint32] = keys[one] * np.uint32(_ORDER) ^ keys[other] * np.uint32(_MIX)
    return mixed


def _meetings(
    keys: NDArray[np.uint32], place: int, buckets: NDArray[np.uint32], some: Numbers
) -> tuple[Numbers, Numbers]:
    """Neighbours by a pair of keys among some bags, but for those that share an older pair."""
    earlier, later = (some[each] for each in _neighbours(buckets[some]))
    for one, other in _PAIRS[1:place]:
        new = (keys[one][earlier] != keys[one][later]) | (
            keys[other][earlier] != keys[other][later]
        )
        earlier, later = earlier[new], later[new]
    return earlier, later


def _neighbours(keys: NDArray[np.uint32]) -> tuple[Numbers, Numbers]:
    """Each of those with the same key with the one before it, and with the first of them."""
    ordered = keys.astype(np.uint64) << np.uint64(32) | np.arange(len(keys), dtype=np.uint64)
    ordered.sort()
    order = (ordered & np.uint64(0xFFFFFFFF)).astype(np.int64)
    ordered >>= np.uint64(32)
    begins = np.ones(len(ordered), bool)
    begins[1:] = ordered[1:] != ordered[:-1]
    places = np.flatnonzero(begins)
    first = np.repeat(order[places], np.diff(np.append(places, len(order))))
    follows = np.flatnonzero(~begins)
    before, later = order[follows - 1], order[follows]
    far = first[follows] != before
    return (
        np.concatenate((before, first[follows][far])),
        np.concatenate((later, later[far])),
    )


_NOTHING = Search(
    np.zeros((1 + _KEYS, 0), np.uint32),
    ((np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)),) * len(_PAIRS),
)
