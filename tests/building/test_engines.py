"""What runs beside a block is done when the block is; a pool outlives its workers."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import psutil
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
    with closing(LocalEngine(workers)) as engine:
        with engine.beside(_write_number, tmp_path / "number"):
            pass
        ran_here = (tmp_path / "number").read_text() == str(os.getpid())
    assert ran_here is is_ours


@pytest.mark.parametrize(("workers", "runs"), [(1, False), (2, True)])
def test_its_error_comes_through(workers: int, runs: bool) -> None:
    has_run = False
    with (
        closing(LocalEngine(workers)) as engine,
        pytest.raises(UsageError, match="no room"),
        engine.beside(_fail),
    ):
        has_run = True
    assert has_run is runs


def test_the_error_of_the_block_goes_first() -> None:
    with closing(LocalEngine(2)) as engine, pytest.raises(KeyError), engine.beside(_fail):
        raise KeyError


def test_a_killed_worker_is_told() -> None:
    with (
        closing(LocalEngine(2)) as engine,
        pytest.raises(UsageError, match=r"killed.*--workers 1"),
        engine.beside(_die),
    ):
        pass


def _die_while_answering_once(task: tuple[Path, int]) -> tuple[int, bytes]:
    """A long answer; the first time, the worker is killed soon, mostly in the middle of it."""
    tried, number = task
    if not tried.exists():
        tried.touch()
        threading.Timer(0.02 + number / 100, _die).start()
    return number, bytes(2**26)


def test_workers_killed_while_they_answer_are_replaced(tmp_path: Path) -> None:
    tasks = [(tmp_path / str(number), number) for number in range(8)]
    with closing(LocalEngine(2)) as engine:
        numbers = [number for number, _ in engine.map(_die_while_answering_once, tasks)]
    assert numbers == list(range(8))


def test_workers_end_with_a_build_that_is_killed() -> None:
    code = (
        "import time\n"
        "from kg.building.engines import LocalEngine\n"
        "engine = LocalEngine(2)\n"
        "with engine.beside(time.sleep, 0):\n"
        "    pass\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        workers = psutil.Process(parent.pid).children()
        parent.kill()
    _, alive = psutil.wait_procs(workers, timeout=20)
    for worker in alive:
        worker.kill()
    assert len(workers) == 2
    assert not alive


_told: list[str] = []


def _what_was_told() -> list[str]:
    return _told


def test_a_started_worker_has_what_was_there_when_it_started_and_ends_with_its_function() -> None:
    before = len(psutil.Process().children())
    engine = LocalEngine(2)
    try:
        engine.start(1)
        _told.append("later")
        with engine.beside(_what_was_told) as told:
            assert told.result() == []
        assert len(psutil.Process().children()) == before
        with engine.beside(_what_was_told) as told:
            assert told.result() == ["later"]
    finally:
        _told.clear()
        engine.close()
    assert len(psutil.Process().children()) == before


def test_a_worker_killed_before_its_result_is_waited_for_is_told() -> None:
    with (
        closing(LocalEngine(2)) as engine,
        pytest.raises(UsageError, match=r"killed.*--workers 1"),
        engine.beside(_die) as nothing,
    ):
        nothing.result()


def test_workers_that_nothing_was_given_to_end_too() -> None:
    before = {one.pid for one in psutil.Process().children()}
    engine = LocalEngine(2)
    engine.start(3)
    started = [one for one in psutil.Process().children() if one.pid not in before]
    engine.close()
    assert len(started) == 3
    assert not any(one.is_running() for one in started)


def _who_and_what_was_told(_: int) -> tuple[int, list[str]]:
    return os.getpid(), _told


def test_a_renewed_pool_has_workers_that_began_when_they_were_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(LocalEngine(2)) as engine:
        engine.start(2)
        monkeypatch.setattr(sys.modules[__name__], "_told", ["later"])
        old = dict(engine.map(_who_and_what_was_told, range(8)))
        engine.renew()
        new = dict(engine.map(_who_and_what_was_told, range(8)))
    assert not old.keys() & new.keys()
    assert all(told == ["later"] for told in old.values())
    assert all(told == [] for told in new.values())


def test_workers_that_were_started_are_the_pool_where_there_was_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(LocalEngine(2)) as engine:
        engine.start(2)
        monkeypatch.setattr(sys.modules[__name__], "_told", ["later"])
        engine.renew()
        found = dict(engine.map(_who_and_what_was_told, range(8)))
    assert len(found) <= 2
    assert all(told == [] for told in found.values())


@pytest.mark.parametrize("started", [0, 1])
def test_a_pool_may_be_renewed_with_fewer_workers_than_it_has(started: int) -> None:
    with closing(LocalEngine(2)) as engine:
        for _ in range(2):
            engine.start(started)
            engine.renew()
            assert list(engine.map(str, range(4))) == ["0", "1", "2", "3"]
