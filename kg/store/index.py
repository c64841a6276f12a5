"""The index on disk beside a graph, which opens at once, however large the graph.

It is brought from an older graph to a newer one by what differs between their files. The engine
never changes a file of its sorted tables, so a new index begins as hard links to those of the old
one, which goes on answering.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UsageError
from kg.store.publishing import replacing_folder
from kg.store.segments import PlannedGraph, as_turtle
from kg.store.taking_over import read_names, take_over, write_names
from kg.store.turtle import blocks_in

INDEX_FOLDER = "index"
LARGE_GRAPH = 3_000_000
"""Triples from which an index on disk pays: in memory they take over 1 GB (356 bytes each)."""

_LOADER = Path(__file__).with_name("index_loader.py")
_STAMP = "graph.stamp"
_NAMES = "graph.segments"
"""The names of the segments that an index holds."""
_PART_BYTES = 4_000_000
"""Turtle that is loaded at once: a whole graph would take a gigabyte of memory or more."""
_MOST_CHANGED = 32_000_000
"""Bytes of changed blocks from which a new index is as fast."""
_MOST_READ = 64_000_000
"""Bytes of new segments that are looked through in any case; else up to a quarter of the graph."""
_OWN = frozenset({"LOCK", "LOG", _STAMP, _NAMES})
"""Files of an index that no copy of it begins with."""
Texts = Callable[[], Iterable[bytes]]


def write_index(graph: PlannedGraph, folder: Path, published: Path, threads: int = 2) -> None:
    """Writes the index of `graph` to `folder`; where it can, from that of an older graph.

    `published` is the graph's file to be, and beside it lies the older index; `threads` load what
    is new. Until the graph takes its place, the new index is taken for one of the file that is
    there. Raises UsageError where the folder cannot be written.
    """
    with replacing_folder(folder) as beside:
        try:
            if not _bring_up_to_date(graph, published.parent / INDEX_FOLDER, beside):
                _load(graph, beside, threads)
            write_names(graph.names, beside / _NAMES)
            stamps = [_to_stamp(graph.size, graph.changed_ns)]
            if published.exists():
                stamps.append(_stamp(published))
            (beside / _STAMP).write_text("\n".join(stamps))
        except OSError as error:
            raise UsageError(
                f"{folder}: the index cannot be written ({error}); is the disk full?",
                code="unwritable",
            ) from error


def remove_index(graph: Path) -> None:
    """Removes the index beside the Turtle file `graph`, if there is one."""
    shutil.rmtree(graph.parent / INDEX_FOLDER, ignore_errors=True)


def open_index(graph: Path) -> ox.Store | None:
    """The index beside `graph`, to read; None where there is none, or one of another graph."""
    folder = graph.parent / INDEX_FOLDER
    try:
        if _is_of(folder, graph):
            return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError, ValueError):  # what the engine raises of a damaged index
        return None
    return None


def _is_of(folder: Path, graph: Path) -> bool:
    return _stamp(graph) in (folder / _STAMP).read_text().splitlines()


def _stamp(graph: Path) -> str:
    """What tells whether a graph is still the one that an index was made of."""
    status = graph.stat()
    return _to_stamp(status.st_size, status.st_mtime_ns)


def _to_stamp(size: int, changed_ns: int) -> str:
    return f"{size} {changed_ns}"


def _load(graph: PlannedGraph, beside: Path, threads: int) -> None:
    """Makes the index of `graph` in `beside` from nothing, in a process of its own.

    One thread more than those that compute loads while another waits for the disk.
    """
    command = [sys.executable, "-P", str(_LOADER), str(beside), str(threads + 1)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as loader:
        assert loader.stdin is not None
        assert loader.stderr is not None
        # a loader that has failed reads no more; it tells why
        with suppress(BrokenPipeError), loader.stdin as documents:
            for part in as_turtle(graph.texts(graph.names), _PART_BYTES):
                documents.write(len(part).to_bytes(8) + part)
            documents.write(bytes(8))
        told = loader.stderr.read().decode(errors="replace").strip()
    if loader.returncode:
        raise OSError(told or f"the process that loads it ended with {loader.returncode}")


def _bring_up_to_date(graph: PlannedGraph, index: Path, beside: Path) -> bool:
    """Makes the index of `graph` in `beside` from an older one; False where that is no use."""
    try:
        held = read_names(index / _NAMES)
        gone, come = held - graph.names, graph.names - held
        older = graph.older.segments if graph.older else ()
        learned = sum(segment.size for segment in graph.segments if segment.name in come)
        if learned > max(_MOST_READ, graph.size // 4):
            return False
        if not gone <= {segment.name for segment in older}:
            return False
        take_over(index, beside, last=_STAMP, is_fixed=_is_table, without=_OWN)
        before = partial(graph.older.texts, gone) if graph.older else tuple
        after = partial(graph.texts, come)
        removed, added = _quads(_only_in(before, after)), _quads(_only_in(after, before))
        store = ox.Store(str(beside))
        for quad in removed - added:
            store.remove(quad)
        store.extend(added - removed)
        store.flush()
    except (OSError, RuntimeError, ValueError):
        shutil.rmtree(beside)
        beside.mkdir()
        return False
    return True


def _is_table(path: Path) -> bool:
    return path.suffix == ".sst"


def _only_in(one: Texts, other: Texts) -> list[bytes]:
    """The blocks of subjects in some texts that are not in others; known by a hash of each.

    Raises ValueError where they are many.
    """
    known = {hashlib.sha256(block).digest() for block in _blocks(other())}
    found, size = [], 0
    for block in _blocks(one()):
        if hashlib.sha256(block).digest() not in known:
            found.append(block)
            size += len(block)
            if size > _MOST_CHANGED:
                raise ValueError
    return found


def _blocks(texts: Iterable[bytes]) -> Iterator[bytes]:
    return chain.from_iterable(map(blocks_in, texts))


def _quads(blocks: Iterable[bytes]) -> set[ox.Quad]:
    texts = as_turtle(blocks, _PART_BYTES)
    return {quad for text in texts for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)}
