"""The examples for systemd and containers: they are well formed, and what they start runs."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, free_port, installed_command, wait_until_served

UNIT = ROOT / "deploy" / "kamergraaf.service"
CONTAINER = ROOT / "deploy" / "Containerfile"


def commands() -> dict[str, list[str]]:
    """What each example runs, as the arguments of `kg`."""
    unit = UNIT.read_text("utf-8").replace("\\\n", " ")
    (started,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    (entry,) = re.findall(r"^ENTRYPOINT (\[.+\])$", CONTAINER.read_text("utf-8"), re.MULTILINE)
    found = {"systemd": shlex.split(started), "container": json.loads(entry)}
    assert all(Path(command[0]).name == "kg" for command in found.values())
    return {name: command[1:] for name, command in found.items()}


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    analyze = installed_command("systemd-analyze", "systemd")
    unit = tmp_path / UNIT.name
    command = shutil.which("true")
    assert command
    # the environment of the example is not on this machine
    unit.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={command}", UNIT.read_text("utf-8")))
    done = subprocess.run(
        [analyze, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_the_unit_leaves_little_open() -> None:
    analyze = installed_command("systemd-analyze", "systemd")
    done = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=25", str(UNIT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-500:]


def test_the_container_file_breaks_no_rule() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(
        [str(hadolint), "--no-color", str(CONTAINER)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.server
@pytest.mark.parametrize("example", ["systemd", "container"])
def test_what_they_start_serves_the_graph_and_stops_when_told(
    example: str, seed_build: Path, tmp_path: Path
) -> None:
    arguments = commands()[example]
    port = free_port()
    arguments[arguments.index("--port") + 1] = str(port)
    arguments = [str(seed_build) if one in ("/srv/kamergraaf/build", "/graph") else one
                 for one in arguments]  # fmt: skip
    assert str(seed_build) in arguments
    # as there: no home, nothing to write to
    bare = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments],
        cwd=ROOT, env=bare, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        wait_until_served(f"http://127.0.0.1:{port}/health", server)
        server.send_signal(signal.SIGTERM)
        _, said = server.communicate(timeout=45)
    finally:
        server.kill()
    # it finishes what runs and then ends by the signal, which both count as a success
    assert server.returncode in (0, -signal.SIGTERM), said
    assert "Traceback" not in said
