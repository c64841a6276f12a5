"""Bags of codes one after the other: a few in memory, or very many in a file."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 50_000
"""Bags that are sketched in one step."""

Codes = NDArray[np.uint32]
Numbers = NDArray[np.int64]
Sketches = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Bags:
    """Bags of distinct codes below 2**32, in order of code, one bag after the other; none is empty.

    `starts` tells where each begins in `codes`, `sizes` how many it has.
    """

    codes: Codes
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


def numbers_now(kept: Numbers, before: int) -> Numbers:
    """For each of so many bags before its number now, or -1; `kept` has it the other way round."""
    numbers = np.full(before, -1)
    here = np.flatnonzero(kept >= 0)
    numbers[kept[here]] = here
    return numbers


@dataclass(frozen=True, slots=True)
class StoredBags:
    """Bags, as `Bags` has them, whose codes lie in a temporary file as long as they are used."""

    codes: IO[bytes]
    starts: Numbers
    sizes: Numbers

    @classmethod
    def packed(cls, pieces: Iterable[tuple[bytes, bytes]]) -> "StoredBags":
        """As `Bags.packed`; one piece is in memory at a time."""
        sizes = bytearray()
        file = TemporaryFile()  # noqa: SIM115 (it lives as long as the bags)
        for some, their in pieces:
            sizes += some
            file.write(their)
        file.flush()
        counts = np.frombuffer(sizes, np.uint32).astype(np.int64)
        return cls(file, np.cumsum(counts) - counts, counts)

    def between(self, first: int, end: int) -> Bags:
        """The bags from number `first` up to `end`; in memory as long as they are used."""
        starts, sizes = self.starts[first:end], self.sizes[first:end]
        begin, count = int(starts[0]), int(sizes.sum())
        codes = np.memmap(self.codes, np.uint32, "r", begin * 4, (count,))
        return Bags(codes, starts - begin, sizes)

    def bag(self, number: int) -> Codes:
        """The codes of one bag."""
        size, start = int(self.sizes[number]) * 4, int(self.starts[number]) * 4
        return np.frombuffer(os.pread(self.codes.fileno(), size, start), np.uint32)
