"""A graph's file in segments: what an older file has is copied, and only if it is whole."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.segments import (
    DamagedGraphError,
    SegmentedGraph,
    Source,
    as_turtle,
    keep_graph,
    plan_graph,
    write_graph,
)
from kg.store.turtle import HEAD, Block

TEXTS = {name: f"<https://v.nl/{name}> <https://v.nl/p> '{name * 50}' .\n" for name in "abcdefgh"}


def sources(names: Iterable[str], read: list[str] | None = None) -> list[Source]:
    """Segments of one triple each; `read` is told of which the blocks were asked for."""

    def blocks(name: str) -> Callable[[], list[Block]]:
        def asked() -> list[Block]:
            if read is not None:
                read.append(name)
            return [Block(name, name, 1, TEXTS[name])]

        return asked

    return [Source(name, blocks(name)) for name in names]


def write(
    names: str, path: Path, older: SegmentedGraph | None = None, read: list[str] | None = None
) -> SegmentedGraph:
    plan = plan_graph(sources(names, read), path.with_suffix(".added"), older)
    assert list(plan.texts(plan.names)) == [TEXTS[name].encode() for name in names]
    written = write_graph(plan, path)
    assert not path.with_suffix(".added").exists()
    assert (plan.size, plan.triples) == (path.stat().st_size, len(names))
    assert path.stat().st_mtime_ns == plan.changed_ns
    return written


@pytest.fixture
def older(tmp_path: Path) -> SegmentedGraph:
    return write("abdf", tmp_path / "older.ttl")


@pytest.mark.parametrize("names", ["abdf", "abcdef", "fdba", "ad", "gh", "abdfgh"])
def test_a_newer_file_makes_only_what_the_older_has_not(
    names: str, older: SegmentedGraph, tmp_path: Path
) -> None:
    read: list[str] = []
    newer = write(names, tmp_path / "newer.ttl", older, read)
    assert read == [name for name in names if name not in "abdf"]
    assert newer.path.read_text() == HEAD + "".join(TEXTS[name] for name in names)
    assert newer.triples == len(names)
    assert newer.path.samefile(older.path) == (names == "abdf")


@pytest.mark.parametrize("names", ["abdf", "abcdf"])
@pytest.mark.parametrize("at", [-3, -160, -300])
def test_what_is_damaged_is_not_taken_over(
    at: int, names: str, older: SegmentedGraph, tmp_path: Path
) -> None:
    content = bytearray(older.path.read_bytes())
    content[at] ^= 1
    older.path.write_bytes(content)
    plan = plan_graph(sources(names), tmp_path / "added", older)
    with pytest.raises(DamagedGraphError, match="was changed"):
        write_graph(plan, tmp_path / "newer.ttl")
    assert not (tmp_path / "newer.ttl").exists()


@pytest.mark.parametrize("content", [b"@prefix", None, b"more", b"other prefixes"])
def test_a_file_that_was_cut_or_is_gone_is_not_taken(
    content: bytes | None, older: SegmentedGraph, tmp_path: Path
) -> None:
    whole = older.path.read_bytes()
    older.path.unlink()
    if content == b"more":
        older.path.write_bytes(whole + b"#")
    elif content == b"other prefixes":
        older.path.write_bytes(whole.replace(b"@prefix", b"@PREFIX", 1))
    elif content:
        older.path.write_bytes(content)
    with pytest.raises(DamagedGraphError):
        write_graph(keep_graph(older, tmp_path / "added"), tmp_path / "newer.ttl")
    assert not (tmp_path / "newer.ttl").exists()


@pytest.mark.parametrize(("size", "parts"), [(1, 4), (50, 4), (100, 2), (10_000, 1)])
def test_segments_are_turtle_of_their_own(size: int, parts: int, older: SegmentedGraph) -> None:
    found = list(as_turtle(older.texts("abdf"), size))
    read = [quad for part in found for quad in ox.parse(part, format=ox.RdfFormat.TURTLE)]
    assert [quad.subject.value[-1] for quad in read] == ["a", "b", "d", "f"]
    assert len(found) == parts
    assert list(older.texts("fx")) == [TEXTS["f"].encode()]
