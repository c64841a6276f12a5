"""A build gives the same bytes however it came about, and makes only what changed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from kg.building.catalog import catalog_name
from kg.errors import UsageError
from kg.pipeline import WORK_FOLDER, build
from tests.building.conftest import page

FILES = ("graph.ttl", "report.json")


def result(out: Path) -> tuple[bytes, ...]:
    return tuple((out / name).read_bytes() for name in FILES)


def stamps(out: Path) -> dict[Path, int]:
    """When each file of work was written, but for the catalog of them."""
    name = catalog_name()
    files = (
        path for path in (out / WORK_FOLDER).rglob("*") if path.is_file() and path.name != name[2:]
    )
    return {path: path.stat().st_mtime_ns for path in files}


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_does_not_change_the_bytes(
    archive: Path, tmp_path: Path, workers: int
) -> None:
    report = build([archive], tmp_path / "one", workers=workers)
    assert report.totals["sets"] == 180
    build([*sorted(archive.glob("*.txt"), reverse=True)], tmp_path / "turned", workers=1)
    graph = (tmp_path / "one" / "graph.ttl").read_bytes()
    assert graph == (tmp_path / "turned" / "graph.ttl").read_bytes()


def test_nothing_is_made_twice_and_one_change_makes_little(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([archive], out, workers=1)
    before, written = stamps(out), result(out)
    build([archive], out, workers=1)
    assert stamps(out) == before
    assert result(out) == written

    (archive / "007.txt").write_text(page(7, "tunnel"), "utf-8")
    build([archive], out, workers=1)
    build([archive], tmp_path / "fresh", workers=1)
    assert result(out) == result(tmp_path / "fresh")
    assert b"De tunnel van boeboeloedoe" in (out / "graph.ttl").read_bytes()
    after = stamps(out)
    kept = [path for path in before if after.get(path) == before[path]]
    assert len(kept) > len(before) / 2
    assert len(after) == len(stamps(tmp_path / "fresh")), "what is no longer used was not removed"


def test_a_new_document_changes_only_what_it_touches(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([archive], out, workers=1)
    before = (out / "graph.ttl").read_text().splitlines()
    (archive / "100.txt").write_text(page(100), "utf-8")
    build([archive], out, workers=1)
    after = (out / "graph.ttl").read_text().splitlines()
    assert len(set(before) - set(after)) < len(before) / 50
    build([archive], tmp_path / "fresh", workers=1)
    assert result(out) == result(tmp_path / "fresh")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut, flip, Path.unlink, lambda path: path.write_bytes(b"")])
def test_damaged_shards_are_made_again(
    archive: Path, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    out = tmp_path / "out"
    build([archive], out, workers=1)
    written = result(out)
    files = sorted(stamps(out))
    for path in files:
        damage(path)
    (files[0].parent / f"{files[0].name}.123.part").write_bytes(b"left by a killed run")
    build([archive], out, workers=1)
    assert result(out) == written
    assert sorted(stamps(out)) == files


def test_a_full_disk_leaves_the_old_result(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build([archive], out, workers=1)
    written = result(out)
    (archive / "007.txt").write_text(page(7, "tunnel"), "utf-8")

    opened = Path.open

    def full(path: Path, mode: str = "r", *rest: Any) -> Any:
        if "w" in mode:
            raise OSError(28, "No space left on device")
        return opened(path, mode, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        with pytest.raises(UsageError, match="No space left on device"):
            build([archive], out, workers=1)
    assert result(out) == written
    build([archive], out, workers=1)
    assert b"tunnel" in (out / "graph.ttl").read_bytes()


def command(archive: Path, out: Path) -> list[str]:
    options = ["--out", str(out), "--workers", "2", "--quiet"]
    return [sys.executable, "-m", "kg", "build", str(archive), *options]


def test_a_killed_build_is_finished_by_the_next(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with subprocess.Popen(command(archive, out), start_new_session=True) as running:
        while not (out / WORK_FOLDER).is_dir() or len(stamps(out)) < 62:
            assert running.poll() is None
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGKILL)
    assert not (out / "graph.ttl").exists()
    before = stamps(out)
    build([archive], out, workers=1)
    after = stamps(out)
    assert all(after.get(path) == stamp for path, stamp in before.items() if path in after)
    build([archive], tmp_path / "fresh", workers=1)
    assert result(out) == result(tmp_path / "fresh")


def test_a_folder_of_work_may_hold_files_of_the_user(archive: Path, tmp_path: Path) -> None:
    own = [tmp_path / "work" / name for name in ("notes/a.txt", "ab/cd", "0a/b.part", "list.txt")]
    for path in own:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("precious")
    for number in (3, 4):
        (archive / f"{number}.txt").write_text(page(number, "tunnel"), "utf-8")
        build([archive], tmp_path / "out", work=str(tmp_path / "work"), workers=1)
    assert [path.read_text() for path in own] == ["precious"] * 4


@pytest.mark.slow
def test_killed_workers_lose_and_double_nothing(archive: Path, tmp_path: Path) -> None:
    for number in range(100, 500):
        (archive / f"{number}.txt").write_text(page(number), "utf-8")
    build([archive], tmp_path / "whole", workers=2)
    out = tmp_path / "out"
    killed = 0
    with subprocess.Popen(command(archive, out)) as running:
        while running.poll() is None:
            if killed < 10 and (out / WORK_FOLDER).is_dir():
                children = psutil.Process(running.pid).children()
                if len(children) >= 5:
                    # three that wait to make the results are the oldest, those of the pool the
                    # youngest
                    children.sort(key=psutil.Process.create_time)
                    children[-1 - killed % 2].kill()
                    killed += 1
            time.sleep(0.2)
    assert running.returncode == 0
    assert killed >= 5
    assert result(out) == result(tmp_path / "whole")
    assert json.loads((out / "report.json").read_text())["totals"]["sets"] == 3 * 460
