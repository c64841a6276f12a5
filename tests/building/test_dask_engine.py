"""Builds on a real Dask scheduler with two workers, each a process of its own, on loopback."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.building.dask_engine import DaskEngine
from kg.errors import UsageError
from kg.pipeline import WORK_FOLDER, build
from tests.building.conftest import page

pytest.importorskip("distributed", reason="needs kamergraaf[cluster]")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Cluster:
    """A scheduler, and workers that are started again when they are killed."""

    def __init__(self) -> None:
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.killed = 0
        port = self.address.rpartition(":")[2]
        options = ["--host", "127.0.0.1", "--port", port, "--no-dashboard", "--no-show"]
        self._scheduler = self._start("distributed.cli.dask_scheduler", *options)
        self._workers = [self._worker(), self._worker()]

    def _start(self, module: str, *options: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", module, *options]
        known = {**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1])}
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd="/", env=known)

    def _worker(self) -> "subprocess.Popen[bytes]":
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0"]
        return self._start("distributed.cli.dask_worker", self.address, *options)

    def kill_worker(self) -> None:
        """Kills one of the workers, as a machine that fails does, and starts another."""
        place = self.killed % 2
        self._workers[place].kill()
        self._workers[place].wait()
        self._workers[place] = self._worker()
        self.killed += 1

    def stop(self) -> None:
        for process in (*self._workers, self._scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    started = Cluster()
    yield started
    started.stop()


def result(out: Path) -> tuple[bytes, ...]:
    return tuple((out / name).read_bytes() for name in ("graph.ttl", "report.json"))


@pytest.mark.server
@pytest.mark.slow
def test_a_cluster_whose_workers_are_killed_gives_the_same_bytes(
    cluster: Cluster, archive: Path, tmp_path: Path
) -> None:
    for number in range(100, 400):
        (archive / f"{number}.txt").write_text(page(number), "utf-8")
    build([archive], tmp_path / "local", workers=1)
    done = threading.Event()

    def kill_now_and_then() -> None:
        work = tmp_path / "out" / WORK_FOLDER
        while not done.wait(0.6) and cluster.killed < 10:
            if work.is_dir():
                cluster.kill_worker()

    killer = threading.Thread(target=kill_now_and_then)
    killer.start()
    try:
        report = build([archive], tmp_path / "out", scheduler=cluster.address)
    finally:
        done.set()
        killer.join()
    assert cluster.killed >= 3
    assert report.totals["sets"] == 3 * 360
    assert result(tmp_path / "out") == result(tmp_path / "local")


@pytest.mark.server
def test_shards_may_lie_at_a_url(cluster: Cluster, archive: Path, tmp_path: Path) -> None:
    build([archive], tmp_path / "local", workers=1)
    place = f"local://{tmp_path / 'elsewhere'}"
    source = f"local://{archive}"
    build([source], tmp_path / "out", scheduler=cluster.address, work=place)
    assert not (tmp_path / "out" / WORK_FOLDER).exists()
    graph, _ = result(tmp_path / "out")
    assert graph == result(tmp_path / "local")[0]


def _time_out(_: int) -> None:
    raise TimeoutError("the store does not answer")


@pytest.mark.server
def test_a_task_that_times_out_is_not_given_out_for_ever(cluster: Cluster) -> None:
    engine = DaskEngine(cluster.address)
    try:
        with pytest.raises(UsageError, match="was lost in the middle"):
            list(engine.map(_time_out, [1]))
    finally:
        engine.close()


def test_a_scheduler_that_does_not_answer_is_told_and_nothing_written(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.building.dask_engine._PATIENCE", 1)
    start = time.monotonic()
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        build([archive], tmp_path / "out", scheduler=address)
    assert not (tmp_path / "out").exists()
    assert time.monotonic() - start < 30
