"""A graph's file in segments: what an older file has is copied, and only if it is whole."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import GraphError
from kg.store.segments import SegmentedGraph, Source, as_turtle, take_graph, write_graph
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


@pytest.fixture
def older(tmp_path: Path) -> SegmentedGraph:
    return write_graph(sources("abdf"), tmp_path / "older.ttl")


@pytest.mark.parametrize("names", ["abdf", "abcdef", "", "fdba", "ad", "gh", "abdfgh"])
def test_a_newer_file_makes_only_what_the_older_has_not(
    names: str, older: SegmentedGraph, tmp_path: Path
) -> None:
    read: list[str] = []
    newer = write_graph(sources(names, read), tmp_path / "newer.ttl", older)
    assert read == [name for name in names if name not in "abdf"]
    assert newer.path.read_text() == HEAD + "".join(TEXTS[name] for name in names)
    assert newer == write_graph(sources(names), tmp_path / "newer.ttl")
    assert newer.triples == len(names)


@pytest.mark.parametrize("at", [-3, -160, -300])
def test_a_damaged_segment_is_made_again(at: int, older: SegmentedGraph, tmp_path: Path) -> None:
    content = bytearray(older.path.read_bytes())
    content[at] ^= 1
    older.path.write_bytes(content)
    newer = write_graph(sources("abdf"), tmp_path / "newer.ttl", older)
    assert newer.path.read_text() == HEAD + "".join(TEXTS[name] for name in "abdf")
    with pytest.raises(GraphError, match="was changed"):
        list(older.texts())


def test_a_whole_file_is_taken_as_it_is(older: SegmentedGraph, tmp_path: Path) -> None:
    taken = take_graph(older, tmp_path / "newer.ttl")
    assert taken is not None
    assert taken.path.samefile(older.path)
    assert list(taken.texts()) == list(older.texts())


@pytest.mark.parametrize("at", [3, -3, -160])
@pytest.mark.parametrize("more", [b"", b"#"])
def test_a_damaged_file_is_not_taken(
    at: int, more: bytes, older: SegmentedGraph, tmp_path: Path
) -> None:
    content = bytearray(older.path.read_bytes())
    content[at] ^= not more
    older.path.write_bytes(content + more)
    assert take_graph(older, tmp_path / "newer.ttl") is None
    assert not (tmp_path / "newer.ttl").exists()


def test_a_file_that_was_cut_or_is_gone_gives_nothing(
    older: SegmentedGraph, tmp_path: Path
) -> None:
    for damage in (lambda: older.path.write_bytes(b"@prefix"), older.path.unlink):
        damage()
        read: list[str] = []
        write_graph(sources("abdf", read), tmp_path / "newer.ttl", older)
        assert read == ["a", "b", "d", "f"]


@pytest.mark.parametrize(("size", "parts"), [(1, 4), (50, 4), (100, 2), (10_000, 1)])
def test_segments_are_turtle_of_their_own(size: int, parts: int, older: SegmentedGraph) -> None:
    found = list(as_turtle(older.texts(), size))
    read = [quad for part in found for quad in ox.parse(part, format=ox.RdfFormat.TURTLE)]
    assert [quad.subject.value[-1] for quad in read] == ["a", "b", "d", "f"]
    assert len(found) == parts
    assert list(older.texts(without=frozenset("abd"))) == [TEXTS["f"].encode()]
