"""A disk that is full, at any moment of any command that writes: the old result stays whole."""

import hashlib
import resource
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import ROOT

COMMANDS = [
    ("build", ["build", "seeds", "--out", "{out}", "--quiet"]),
    ("export nq", ["export", "nq", "-o", "{out}/graph.nq", "--graph", "{graph}"]),
    ("export csv", ["export", "csv", "-o", "{out}/csv", "--graph", "{graph}"]),
    ("export site", ["export", "site", "-o", "{out}/site", "--graph", "{graph}"]),
    ("view", ["view", "actors", "-o", "{out}/actors.html", "--graph", "{graph}"]),
]


def run(command: list[str], most: int | None = None) -> subprocess.CompletedProcess[str]:
    """Runs `kg`; no file may grow beyond `most` bytes, which fails as a full disk does."""
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most)) if most else None
    return subprocess.run(
        [sys.executable, "-m", "kg", *command],
        cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limit,
    )  # fmt: skip


def content(folder: Path) -> dict[str, str]:
    """All files that a reader sees, by their hash; caches of the build are none."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".work" not in path.parts
    }


@pytest.mark.slow
@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_a_full_disk_leaves_the_old_result(
    name: str, command: list[str], seed_build: Path, tmp_path: Path
) -> None:
    graph, out = tmp_path / "graph", tmp_path / "out"
    shutil.copytree(seed_build, graph)
    if name == "build":
        shutil.copytree(seed_build, out)
        (out / "graph.html").write_text("an older page")
    command = [part.format(graph=graph, out=out) for part in command]
    if name != "build":
        assert run(command).returncode == 0
    before = content(out)
    assert before
    for most in (500, 20_000, 60_000):
        done = run(command, most)
        assert done.returncode in (1, 2), (most, done)
        assert done.stderr.startswith("kg: "), done.stderr
        assert "Traceback" not in done.stderr
        assert content(out) == before, f"at {most} bytes"
    done = run(command)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in out.glob(".*") if path.name != ".work"] == []
