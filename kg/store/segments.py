"""The file of a graph in segments: stretches of its order, under names that tell what they are of.

A file that is to take the place of an older one copies from it the segments that both have; only
the others are written from their blocks, and read back.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pyoxigraph as ox

from kg.errors import GraphError
from kg.store.publishing import replacing
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
    def names(self) -> frozenset[str]:
        """The names of all segments."""
        return frozenset(segment.name for segment in self.segments)

    def places(self) -> dict[str, tuple[int, Segment]]:
        """Each segment and where it begins, by name."""
        found = {}
        start = len(_HEAD)
        for segment in self.segments:
            found[segment.name] = (start, segment)
            start += segment.size
        return found

    def differs_by(self, other: "SegmentedGraph") -> int:
        """The bytes of the segments that `other` has not."""
        names = other.names
        return sum(one.size for one in self.segments if one.name not in names)

    def texts(self, without: frozenset[str] = frozenset()) -> Iterator[bytes]:
        """The bytes of each segment in order, but of the names in `without`.

        Raises GraphError where the file is not the one that was written.
        """
        with self.path.open("rb") as stream:
            for start, segment in self.places().values():
                if segment.name not in without:
                    text = _read(stream, start, segment)
                    if text is None:
                        raise GraphError(f"{self.path}: was changed; build the graph again")
                    yield text


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


def write_graph(
    sources: Iterable[Source], path: Path, older: SegmentedGraph | None = None
) -> SegmentedGraph:
    """Writes the segments of `sources`, which are in order, to `path`.

    What `older` has of them, whole, is copied; the rest is read back before the file takes its
    place. Raises GraphError where what was written does not read back.
    """
    with ExitStack() as files:
        copied = _Copied(older, files)
        stream = files.enter_context(replacing(path))
        stream.write(_HEAD)
        segments = []
        for source in sources:
            known = copied.find(source.name)
            text, segment = known or _made(source, path)
            stream.write(text)
            segments.append(segment)
    return SegmentedGraph(path, tuple(segments))


def take_graph(older: SegmentedGraph, path: Path) -> SegmentedGraph | None:
    """The file of an older graph under another name as well; None where it is not whole."""
    try:
        if older.path.stat().st_size != len(_HEAD) + sum(one.size for one in older.segments):
            return None
        with older.path.open("rb") as stream:
            if stream.read(len(_HEAD)) != _HEAD:
                return None
        for _ in older.texts():
            pass
        os.link(older.path, path)
    except (OSError, GraphError):
        return None
    return SegmentedGraph(path, older.segments)


class _Copied:
    """What an older file has; of one that is gone, nothing."""

    def __init__(self, older: SegmentedGraph | None, files: ExitStack) -> None:
        self._places = {}
        if older is not None and older.path.is_file():
            self._stream = files.enter_context(older.path.open("rb"))
            self._places = older.places()

    def find(self, name: str) -> tuple[bytes, Segment] | None:
        """The segment of that name, unless it was damaged."""
        if name not in self._places:
            return None
        start, segment = self._places[name]
        text = _read(self._stream, start, segment)
        return None if text is None else (text, segment)


def _read(stream: BinaryIO, start: int, segment: Segment) -> bytes | None:
    stream.seek(start)
    text = stream.read(segment.size)
    return text if hashlib.sha256(text).digest() == segment.sha256 else None


def _made(source: Source, path: Path) -> tuple[bytes, Segment]:
    lines = []
    triples = 0
    for block in source.blocks():
        lines.append(block.text)
        triples += block.triples
    text = "".join(lines).encode()
    try:
        read_back = sum(1 for _ in ox.parse(_HEAD + text, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise GraphError(
            f"{path}: what was to be written is no Turtle ({error}); the old file stays",
            code="torn",
        ) from error
    if read_back != triples:
        raise GraphError(
            f"{path}: of {triples} triples {read_back} can be read back; the old file stays",
            code="torn",
        )
    return text, Segment(source.name, len(text), hashlib.sha256(text).digest(), triples)
