"""The subjects in the file of a build, which stand there in canonical order."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice, pairwise
from mmap import ACCESS_READ, mmap
from operator import attrgetter
from pathlib import Path

import pyoxigraph as ox

from kg.model.spelling import natural_order
from kg.store.turtle import HEAD

_SUBJECT = re.compile(rb"\n<([^>\n]*)>")
"""Other lines of a subject begin with a tab, and texts hold no line breaks."""
_LEAP, _STRIDE = 1 << 12, 1 << 20
"""Bytes read at once, first and at most."""
_PARSED_AT_ONCE = 1000


class WrittenSubjects:
    """Reads the file at `path`, as it is now, from any place in its order."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._mapped = mmap(self._file.fileno(), 0, access=ACCESS_READ)

    def iris(self, order: str = "") -> Iterator[str]:
        """The IRIs of all subjects, from a place in the `natural_order` on."""
        return (iri for iri, _ in self._blocks(order))

    def briefly(
        self, wanted: Callable[[str], bool], properties: Sequence[str]
    ) -> Iterator[tuple[str, list[ox.Triple]]]:
        """The IRIs that are `wanted`, each with its classes and some prefixed `properties`."""
        starts = tuple(f"\t{one} ".encode() for one in properties)
        blocks = (_brief(block, starts) for iri, block in self._blocks("") if wanted(iri))
        while text := b"".join(islice(blocks, _PARSED_AT_ONCE)):
            triples = ox.parse(HEAD.encode() + text, format=ox.RdfFormat.TURTLE)
            for subject, told in groupby(triples, key=attrgetter("subject")):
                yield subject.value, [one.triple for one in told]

    def _blocks(self, order: str) -> Iterator[tuple[str, bytes]]:
        """Each subject's IRI and its lines, from a place in the order on."""
        at, text, size = self._place(order), b"", _LEAP
        # read, not mapped: what was read once does not stay in the memory of the process
        while piece := os.pread(self._file.fileno(), size, at):
            at += len(piece)
            text += piece
            size = min(2 * size, _STRIDE)
            found = list(_SUBJECT.finditer(text))
            for one, following in pairwise(found):
                yield one[1].decode(), text[one.start() + 1 : following.start() + 1]
            text = text[found[-1].start() :] if found else text
        if last := _SUBJECT.match(text):
            yield last[1].decode(), text[1:]

    def _place(self, order: str) -> int:
        """Before the first subject that does not come before `order`."""
        low, high = 0, len(self._mapped)
        while low < high:
            middle = (low + high) // 2
            at, iri = self._next(middle)
            if iri and natural_order(iri) < order:
                low = at + 1
            else:
                high = middle
        return low

    def _next(self, start: int) -> tuple[int, str]:
        """Where the line of the first subject from a place on begins, and its IRI, if any."""
        at = self._mapped.find(b"\n<", start)
        if at < 0:
            return start, ""
        return at, self._mapped[at + 2 : self._mapped.find(b">", at)].decode()


def _brief(block: bytes, starts: tuple[bytes, ...]) -> bytes:
    """The first line of a subject and those that start so; one line has all of a property."""
    first, *lines = block.splitlines()
    kept = [first, *(line for line in lines if line.startswith(starts))]
    return b" ;\n".join(line[:-2] for line in kept) + b" .\n"
