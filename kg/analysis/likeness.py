"""Finds texts that are nearly the same, in time linear in their number.

Each text is a bag of word shingles, as codes. Texts that resemble each other share some of their
rarest shingles (prefix filtering: Chaudhuri, Ganti and Kaushik, ICDE 2006; with several shared
ones: Wang, Li and Feng, SIGMOD 2012); these name the candidates, and the exact Jaccard index
decides. A text joins the group whose leader, its first text, it resembles most.
"""

import math
import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from zlib import crc32

from kg.model.spelling import letters_only

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_FACTOR = 0x9E3779B1
_CODES = 0xFFFFFFFF
_COUNTED = 0x3FFFFF
"""Rarity is counted by these bits of a code: that few share a count only puts some out of order."""
_SHARED = 4
"""How many rare shingles a candidate shares, where the texts are long enough."""
_MOST_LEADERS = 16
"""A shingle of more leaders is a turn of phrase and names the first of them alone."""


@lru_cache(maxsize=200_000)
def _letters_of(word: str) -> str:
    return letters_only(word)


@lru_cache(maxsize=200_000)
def _code_of(word: str) -> int:
    letters = _letters_of(word)
    return crc32(letters.encode()) | 1 if letters else 0


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order, as letters only; numbers and punctuation left out."""
    return tuple(filter(None, map(_letters_of, _WORD.findall(text))))


def codes_of(text: str) -> list[int]:
    """A number below 2**32 for each of `words_of` a text, in order."""
    return list(filter(None, map(_code_of, _WORD.findall(text))))


def shingles_of(words: Sequence[int], size: int = 3) -> frozenset[int]:
    """The codes of all runs of `size` words, as `codes_of` gives them; of fewer words the whole."""
    runs = [0] * max(1, len(words) - size + 1) if words else []
    for start in range(min(size, len(words))):
        following = words[start : start + len(runs)]
        runs = [(run * _FACTOR + word) & _CODES for run, word in zip(runs, following, strict=True)]
    return frozenset(runs)


def to_bytes(bag: Collection[int]) -> bytes:
    """A bag of codes in four bytes each, to be kept."""
    return array("I", sorted(bag)).tobytes()


def from_bytes(kept: bytes) -> "array[int]":
    """The bag that `to_bytes` was given."""
    return array("I", kept)


def group_alike(bags: Iterable[Collection[int]], threshold: float) -> tuple[tuple[int, ...], ...]:
    """Groups of two or more indexes whose bags resemble the group's first by `threshold`.

    The result depends on the order of `bags` alone; empty bags join nothing. Keeps four bytes a
    shingle.
    """
    packed = _Packed(bags)
    leaders_with: dict[int, list[int]] = {}
    groups: dict[int, list[int]] = {}
    for number in range(len(packed)):
        bag = packed[number]
        if not bag:
            continue
        least = math.ceil(threshold * len(bag))
        rare = packed.rarest(number, len(bag) - least + min(_SHARED, least))
        hits = Counter(chain.from_iterable(filter(None, map(leaders_with.get, rare))))
        needed = min(_SHARED, math.ceil(threshold * least))
        candidates = [one for one, shared in hits.items() if shared >= needed]
        leader = _leader(packed, number, candidates, threshold)
        if leader is not None:
            groups[leader].append(number)
            continue
        groups[number] = [number]
        for shingle in rare:
            leaders = leaders_with.setdefault(shingle, [])
            if len(leaders) < _MOST_LEADERS:
                leaders.append(number)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


class _Packed:
    """Bags of codes, one after the other, and how often each code occurs."""

    def __init__(self, bags: Iterable[Collection[int]]) -> None:
        self._codes = array("I")
        self._ends = array("L", [0])
        self._counts = array("L", [0]) * (_COUNTED + 1)
        for bag in bags:
            self._codes.extend(bag)
            self._ends.append(len(self._codes))
            for code in bag:
                self._counts[code & _COUNTED] += 1

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> "array[int]":
        return self._codes[self._ends[number] : self._ends[number + 1]]

    def rarest(self, number: int, most: int) -> list[int]:
        """The rarest `most` codes of a bag, without those that no other bag has."""
        counts = self._counts
        ranked = sorted([counts[code & _COUNTED] << 32 | code for code in self[number]])
        return [one & _CODES for one in ranked[:most] if one >> 32 > 1]


def _leader(
    packed: _Packed, number: int, candidates: Iterable[int], threshold: float
) -> int | None:
    """The candidate that a bag resembles most, the first of several; None where none is near."""
    own = frozenset(packed[number])
    best, found = threshold, None
    for one in sorted(candidates):
        other = packed[one]
        shared = len(own.intersection(other))
        alike = shared / (len(own) + len(other) - shared)
        if alike > best or (found is None and alike == best):
            best, found = alike, one
    return found
