"""Runs of blocks come together in one order, however the blocks are spread over them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.building.merging import MergedRuns, Run, in_segments, write_run
from kg.building.work import Work
from kg.model.assertion import Assertion, Iri, Literal
from kg.model.spelling import natural_order
from kg.store.turtle import Block, to_blocks

BASE = "https://example.org/"
_THINGS = [f"{BASE}id/{kind}/{key}" for kind in ("law", "person") for key in ("2", "02", "10", "a")]
_SETS = [f"{BASE}id/set/{key}{part}" for key in ("2", "9", "10") for part in ("", "/question/1")]
_STATED = st.tuples(st.sampled_from(_THINGS + _SETS), st.integers(0, 5), st.integers(0, 3))


def blocks(stated: Sequence[tuple[str, int]]) -> list[Block]:
    return list(
        to_blocks(
            Assertion(Iri(subject), Iri(f"{BASE}says"), Literal(str(value)))
            for subject, value in stated
        )
    )


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(str(tmp_path))


def in_runs(work: Work, stated: Sequence[tuple[str, int, int]]) -> Iterator[str]:
    """Writes what is stated to the run that each of it names."""
    for run in sorted({number for *_, number in stated}):
        name = f"{run:040x}"
        write_run(work, name, blocks([one[:2] for one in stated if one[2] == run]))
        yield name


@given(st.lists(_STATED))
def test_any_blocks_in_any_runs_come_in_one_order(stated: list[tuple[str, int, int]]) -> None:
    expected = blocks([one[:2] for one in stated])
    with TemporaryDirectory() as folder:
        work = Work(folder)
        merged = MergedRuns(work, list(in_runs(work, stated)))
        assert list(merged.blocks(0, len(merged))) == expected

        prefix = natural_order(f"{BASE}id/set/")
        of_sets = list(merged.blocks(*merged.stretch(prefix)))
        assert of_sets == [one for one in expected if one.subject in _SETS]

        some = set(_THINGS[::3])
        assert list(merged.about(some)) == [one for one in expected if one.subject in some]

        parts = [list(one.blocks()) for one in merged.segments(0, len(merged))]
        assert [block for part in parts for block in part] == expected


@given(st.lists(_STATED), st.lists(st.sampled_from(_SETS), min_size=1))
def test_what_is_added_to_sets_stands_where_it_belongs(
    stated: list[tuple[str, int, int]], subjects: list[str]
) -> None:
    shards = [blocks([(subject, 9)]) for subject in subjects]
    runs = [
        Run(str(number), one.__iter__, one[0].order, one[-1].order)
        for number, one in enumerate(shards)
    ]
    expected = blocks([*(one[:2] for one in stated), *((subject, 9) for subject in subjects)])
    with TemporaryDirectory() as folder:
        work = Work(folder)
        sources = list(in_segments(runs, list(in_runs(work, stated)), work, BASE))
        assert [block for source in sources for block in source.blocks()] == expected


def test_a_block_that_comes_changes_only_its_own_segment(work: Work) -> None:
    stated = [(f"{BASE}id/law/{number}", 1, 0) for number in range(2000)]
    other = [*stated, (f"{BASE}id/law/777", 2, 0)]
    before, after = (
        {source.name for source in in_segments([], list(in_runs(work, one)), work, BASE)}
        for one in (stated, other)
    )
    assert len(before) > 5
    assert len(before - after) == len(after - before) == 1


def test_no_runs_are_no_segments(work: Work) -> None:
    assert not list(in_segments([], [], work, BASE))
    assert not list(MergedRuns(work, []).about({BASE}))


def test_orders_rise(work: Work) -> None:
    stated = [(f"{BASE}id/law/{number}", 1, number % 7) for number in range(1000)]
    merged = MergedRuns(work, list(in_runs(work, stated)))
    assert all(one.order < other.order for one, other in pairwise(merged.blocks(0, len(merged))))
