"""The file of a graph in segments: stretches of its order, under names that tell what they are of.

A graph is planned first: of the segments that an older file lacks the text is made, and read back.
Then the file is written, and the segments that both have are copied from the older one.
"""

import hashlib
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyoxigraph as ox

from kg.errors import GraphError
from kg.store.publishing import replacing
from kg.store.read_back import check_read_back
from kg.store.taking_over import link
from kg.store.turtle import HEAD, Block

_HEAD = HEAD.encode()


class Source(NamedTuple):
    """A segment to be written: a name, which no other content has, and its blocks in order."""

    name: str
    blocks: Callable[[], Iterable[Block]]


class Segment(NamedTuple):
    """A segment in a file: its bytes, their SHA-256, and its triples."""

    name: str
    size: int
    sha256: bytes
    triples: int


class DamagedGraphError(GraphError):
    """A file of a graph that is not the one that was written."""


@dataclass(frozen=True, slots=True)
class SegmentedGraph:
    """A Turtle file and its segments in order; before the first stand the prefixes."""

    path: Path
    segments: tuple[Segment, ...]

    @property
    def triples(self) -> int:
        """The number of triples in the file."""
        return sum(segment.triples for segment in self.segments)

    @property
    def size(self) -> int:
        """The bytes of the file."""
        return len(_HEAD) + sum(segment.size for segment in self.segments)

    def places(self) -> dict[str, tuple[int, Segment]]:
        """Each segment and where it begins, by name."""
        found = {}
        start = len(_HEAD)
        for segment in self.segments:
            found[segment.name] = (start, segment)
            start += segment.size
        return found

    def texts(self, names: Collection[str]) -> Iterator[bytes]:
        """The bytes of the segments of `names`, in order. Raises DamagedGraphError."""
        return _texts([one.name for one in self.segments if one.name in names], self)


@dataclass(frozen=True, slots=True)
class PlannedGraph:
    """A graph that is to be written: its segments in order, some in an older file, some in a new
    one; `changed_ns` is when it changed, in nanoseconds.
    """

    segments: tuple[Segment, ...]
    added: SegmentedGraph
    older: SegmentedGraph | None
    changed_ns: int

    @property
    def size(self) -> int:
        """The bytes of the file to be."""
        return len(_HEAD) + sum(segment.size for segment in self.segments)

    @property
    def triples(self) -> int:
        """The number of triples."""
        return sum(segment.triples for segment in self.segments)

    @property
    def names(self) -> frozenset[str]:
        """The names of all segments."""
        return frozenset(segment.name for segment in self.segments)

    def texts(self, names: Collection[str]) -> Iterator[bytes]:
        """The bytes of the segments of `names`, in order. Raises DamagedGraphError."""
        files = [one for one in (self.older, self.added) if one and one.segments]
        return _texts([one.name for one in self.segments if one.name in names], *files)


def as_turtle(texts: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Pieces of the file as Turtle documents of about `size` bytes."""
    part, length = [_HEAD], 0
    for text in texts:
        part.append(text)
        length += len(text)
        if length > size:
            yield b"".join(part)
            part, length = [_HEAD], 0
    if length:
        yield b"".join(part)


def plan_graph(
    sources: Iterable[Source], added: Path, older: SegmentedGraph | None = None
) -> PlannedGraph:
    """Writes those segments of `sources`, which are in order, to `added` that `older` has not.

    Raises GraphError where what was written does not read back.
    """
    known = {segment.name: segment for segment in older.segments} if older else {}
    segments, new = [], []
    with replacing(added) as stream:
        stream.write(_HEAD)
        for source in sources:
            segment = known.get(source.name)
            if segment is None:
                text, segment = _made(source)
                stream.write(text)
                new.append(segment)
            segments.append(segment)
    if older is not None and tuple(segments) == older.segments:
        return keep_graph(older, added)
    return PlannedGraph(tuple(segments), SegmentedGraph(added, tuple(new)), older, time.time_ns())


def keep_graph(older: SegmentedGraph, added: Path) -> PlannedGraph:
    """The plan to leave a graph as it is. Raises DamagedGraphError where there is none."""
    try:
        changed = older.path.stat().st_mtime_ns
    except OSError as error:
        raise DamagedGraphError(f"{older.path}: is gone; build the graph again") from error
    return PlannedGraph(older.segments, SegmentedGraph(added, ()), older, changed)


def write_graph(plan: PlannedGraph, path: Path) -> SegmentedGraph:
    """Writes a graph to `path`; what was added is then there alone.

    Raises DamagedGraphError where the older file is not the one that was written.
    """
    graph = SegmentedGraph(path, plan.segments)
    if plan.older is not None and plan.segments == plan.older.segments:
        _link(plan.older, path)
    elif plan.segments == plan.added.segments:
        plan.added.path.replace(path)
    else:
        with replacing(path) as stream:
            stream.write(_HEAD)
            for text in plan.texts(plan.names):
                stream.write(text)
    plan.added.path.unlink(missing_ok=True)
    os.utime(path, ns=(plan.changed_ns, plan.changed_ns))
    return graph


def _link(older: SegmentedGraph, path: Path) -> None:
    """Gives a whole file another name as well."""
    for _ in older.texts({segment.name for segment in older.segments}):
        pass
    with older.path.open("rb") as stream:
        if stream.read(len(_HEAD)) != _HEAD or older.path.stat().st_size != older.size:
            raise DamagedGraphError(f"{older.path}: was changed; build the graph again")
    link(older.path, path)


def _texts(names: Iterable[str], *files: SegmentedGraph) -> Iterator[bytes]:
    """The bytes of the segments of `names`, in their order, from the last file that has each."""
    with ExitStack() as opened:
        places = {}
        try:
            for file in files:
                stream = opened.enter_context(file.path.open("rb"))
                places.update({name: (stream, *at) for name, at in file.places().items()})
        except FileNotFoundError as error:
            raise DamagedGraphError(f"{file.path}: is gone; build the graph again") from error
        for name in names:
            yield _read(*places[name])


def _read(stream: BinaryIO, start: int, segment: Segment) -> bytes:
    stream.seek(start)
    text = stream.read(segment.size)
    if hashlib.sha256(text).digest() != segment.sha256:
        raise DamagedGraphError(f"{stream.name}: was changed; build the graph again")
    return text


def _made(source: Source) -> tuple[bytes, Segment]:
    lines = []
    triples = 0
    for block in source.blocks():
        lines.append(block.text)
        triples += block.triples
    text = "".join(lines).encode()
    check_read_back(
        lambda: sum(1 for _ in ox.parse(_HEAD + text, format=ox.RdfFormat.TURTLE)),
        triples,
        "Turtle",
    )
    return text, Segment(source.name, len(text), hashlib.sha256(text).digest(), triples)
