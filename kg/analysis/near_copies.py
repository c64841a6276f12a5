"""Finds bags that are nearly the same among millions, by MinHash.

Each bag has a few keys, the least of its codes in as many random orders (Broder, SEQUENCES 1997).
Bags that share two keys meet; the exact Jaccard index decides whether they are alike. Bags about as
alike as the threshold may never meet, equal ones always do. Sketches rule out most that meet
without a look at their codes. Takes the memory of keys and sketches, 68 bytes a bag; the codes lie
in a file.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.analysis.bag_likeness import Alike, Pairs, likeness_of, near_pairs
from kg.analysis.bags import Bags, Numbers, StoredBags, numbers_now

_KEYS = 8
_PAIRS = (
    (0, 0),
    *((1 + place, 1 + (place + apart) % _KEYS) for apart in (1, 3) for place in range(_KEYS)),
)
"""The keys that are compared together: the sum of all codes alone, the others by two."""
_REGION_BITS = 20
"""Keys that begin with the same bits are compared again together."""
_IN_REGION = 32 - _REGION_BITS
_ORDER, _STEP, _MIX = 0x9E3779B1, 0x5851F42C, 0x2C1B3C6D
_AT_ONCE = 20_000
"""Bags that are described in one step."""
_SORTED = 100_000
"""Bags that are brought in order by a pair of keys in one step."""
_BITS = 256
"""Of a sketch of a sentence: enough that few of its codes share one."""
_THREADS = 2
"""Sorting and counting leave Python to another thread."""

Keys = NDArray[np.uint32]
Chosen = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Search:
    """What a search among bags found: `keys` has a column of keys for each bag, `alike` the pairs
    that met by each of `_PAIRS` and are alike.
    """

    keys: Keys
    alike: tuple[Alike, ...]

    def packed(self) -> Iterator[bytes]:
        """All of it, to be kept."""
        yield from (each.tobytes() for pairs in self.alike for each in pairs)
        for first in range(0, self.keys.shape[1], _AT_ONCE):
            yield self.keys[:, first : first + _AT_ONCE].tobytes()

    @classmethod
    def unpacked(cls, told: Iterable[bytes]) -> "Search":
        """What `packed` made."""
        each = iter(told)
        numbers = [np.frombuffer(one, np.int64) for one in islice(each, 3 * len(_PAIRS))]
        likeness = [one.view(np.float64) for one in numbers[2::3]]
        columns = [np.frombuffer(some, np.uint32).reshape(1 + _KEYS, -1) for some in each]
        keys = np.concatenate((_NOTHING.keys, *columns), axis=1)
        return cls(keys, tuple(zip(numbers[::3], numbers[1::3], likeness, strict=True)))


def search(
    bags: StoredBags, threshold: float, before: tuple[Search, Numbers] | None = None
) -> Search:
    """The bags that met and are alike by `threshold`.

    `before` is an older search with, for each bag, its number then, or -1, in the same order. Only
    bags that share a key with one that came or went are compared again; the result is the same.
    """
    older, kept = before or (_NOTHING, np.full(len(bags.sizes), -1))
    number = numbers_now(kept, older.keys.shape[1])
    keys = np.empty((1 + _KEYS, len(kept)), np.uint32)
    keys[:, kept >= 0] = older.keys[:, kept[kept >= 0]]
    with ThreadPoolExecutor(_THREADS) as threads:
        _describe(bags, kept < 0, keys.T, lambda some: _keys(some).T, threads)
        gone = older.keys[:, number < 0]
        touched = [_touched(keys, kept < 0, gone, place) for place in range(len(_PAIRS))]
        near = likeness_of(bags, _near(bags, keys, touched, threshold, threads), threads)
    stayed = (
        _stayed(found, number, ~regions[_regions(older.keys[:, found[0]], place)])
        for place, (found, regions) in enumerate(zip(older.alike, touched, strict=True))
    )
    return Search(keys, tuple(_found(stayed, near, threshold)))


def _describe(
    bags: StoredBags,
    chosen: Chosen,
    rows: NDArray[Any],
    describe: Callable[[Bags], NDArray[Any]],
    threads: Executor,
) -> None:
    """Describes each chosen bag in its row."""

    def fill(first: int) -> None:
        here = np.flatnonzero(chosen[first : first + _AT_ONCE])
        if len(here):
            some = bags.between(first, first + _AT_ONCE)
            rows[first + here] = describe(some if len(here) == len(some.sizes) else some.some(here))

    for _ in threads.map(fill, range(0, len(chosen), _AT_ONCE)):
        pass


def _touched(keys: Keys, came: Chosen, gone: Keys, place: int) -> Chosen:
    """The regions of a pair of keys in which something came or went."""
    touched = np.zeros(1 << _REGION_BITS, bool)
    touched[_regions(keys, place)[came]] = True
    touched[_regions(gone, place)] = True
    return touched


def _near(
    bags: StoredBags,
    keys: Keys,
    touched: Sequence[Chosen],
    threshold: float,
    threads: Executor,
) -> list[Pairs]:
    """For each pair of keys the bags that meet in its touched regions and come near."""
    again = np.zeros(len(bags.sizes), bool)
    for place, regions in enumerate(touched):
        again |= regions[_regions(keys, place)]
    sketches = np.zeros((len(again), _BITS // 64), np.uint64)
    _describe(bags, again, sketches, lambda some: some.sketches(_BITS), threads)

    def meet(place: int) -> Pairs:
        buckets = _buckets(keys, place)
        near = [
            near_pairs(bags.sizes, *_meetings(keys, place, buckets, some), threshold, sketches)
            for some in _parts(_regions(keys, place), touched[place])
        ]
        one, other = map(np.concatenate, zip(*near, strict=True))
        return one, other

    return list(threads.map(meet, range(len(_PAIRS))))


def _stayed(found: Alike, number: Numbers, still: Chosen) -> Alike:
    """The older pairs of which both are still there, by their numbers now, and nothing is new."""
    one, other, likeness = found
    still &= (number[one] >= 0) & (number[other] >= 0)
    return number[one[still]], number[other[still]], likeness[still]


def _found(stayed: Iterable[Alike], near: Iterable[Alike], threshold: float) -> Iterator[Alike]:
    """Those that stayed alike, and of the near pairs those that are, by the pair of keys."""
    for (one, other, likeness), same in zip(near, stayed, strict=True):
        alike = likeness >= threshold
        yield (
            np.concatenate((one[alike], same[0])),
            np.concatenate((other[alike], same[1])),
            np.concatenate((likeness[alike], same[2])),
        )


def _keys(bags: Bags) -> Keys:
    """A sum of all codes of each bag, and its least code in each of the random orders."""
    found = np.zeros((1 + _KEYS, len(bags.sizes)), np.uint32)
    for number in range(_KEYS):
        mixed = bags.codes * np.uint32((_ORDER + 2 * number * _STEP) % 2**32 | 1)
        mixed ^= mixed >> np.uint32(15)
        mixed *= np.uint32(_MIX)
        mixed ^= mixed >> np.uint32(13)
        found[1 + number] = np.minimum.reduceat(mixed, bags.starts)
    found[0] = np.add.reduceat(mixed, bags.starts, dtype=np.uint32)
    return found


def _buckets(keys: Keys, place: int) -> Keys:
    """What bags have in common that have both keys of a pair in common."""
    one, other = _PAIRS[place]
    mixed: Keys = keys[one] * np.uint32(_ORDER) ^ keys[other] * np.uint32(_MIX)
    return mixed


def _regions(keys: Keys, place: int) -> Keys:
    return _buckets(keys, place) >> np.uint32(_IN_REGION)


def _parts(regions: Keys, touched: Chosen) -> Iterator[Numbers]:
    """The bags of all regions that are touched, those of a stretch of regions at a time."""
    again = np.flatnonzero(touched[regions])
    bits = min((len(again) // _SORTED).bit_length(), _REGION_BITS)
    part = regions[again] >> np.uint32(_REGION_BITS - bits)
    for number in range(1 << bits):
        yield again[part == number]


def _meetings(keys: Keys, place: int, buckets: Keys, some: Numbers) -> tuple[Numbers, Numbers]:
    """Neighbours by a pair of keys among some bags, but for those that share an older pair."""
    earlier, later = (some[each] for each in _neighbours(buckets[some]))
    for one, other in _PAIRS[1:place]:
        new = (keys[one][earlier] != keys[one][later]) | (
            keys[other][earlier] != keys[other][later]
        )
        earlier, later = earlier[new], later[new]
    return earlier, later


def _neighbours(keys: Keys) -> tuple[Numbers, Numbers]:
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
