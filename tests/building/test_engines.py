"""What runs beside a block is done when the block is, and tells what went wrong."""

import os
import signal
from pathlib import Path

import pytest

from kg.building.engines import LocalEngine
from kg.errors import UsageError


def _write_number(path: Path) -> None:
    path.write_text(str(os.getpid()))


def _fail() -> None:
    raise UsageError("no room", code="unwritable")


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(("workers", "is_ours"), [(1, True), (2, False)])
def test_is_done_with_the_block(tmp_path: Path, workers: int, is_ours: bool) -> None:
    engine = LocalEngine(workers)
    try:
        with engine.beside(_write_number, tmp_path / "number"):
            pass
        ran_here = (tmp_path / "number").read_text() == str(os.getpid())
    finally:
        engine.close()
    assert ran_here is is_ours


@pytest.mark.parametrize(("workers", "runs"), [(1, False), (2, True)])
def test_its_error_comes_through(workers: int, runs: bool) -> None:
    engine = LocalEngine(workers)
    has_run = False
    try:
        with pytest.raises(UsageError, match="no room"), engine.beside(_fail):
            has_run = True
    finally:
        engine.close()
    assert has_run is runs


def test_the_error_of_the_block_goes_first() -> None:
    engine = LocalEngine(2)
    try:
        with pytest.raises(KeyError), engine.beside(_fail):
            raise KeyError
    finally:
        engine.close()


def test_a_killed_worker_is_told() -> None:
    engine = LocalEngine(2)
    try:
        with pytest.raises(UsageError, match=r"killed.*--workers 1"), engine.beside(_die):
            pass
    finally:
        engine.close()
