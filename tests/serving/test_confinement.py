"""What a confined process cannot do, tried from inside it."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(platform.system() != "Linux", reason="measures of Linux")

BEGIN = """
import os, resource, socket, sys, threading, time
from kg.serving import confinement
outside = socket.create_server(("127.0.0.1", 0))
address = outside.getsockname()
earlier = socket.socket()
in_own_network = confinement.leave_network()
def attempt(action):
    try:
        action()
    except (OSError, MemoryError) as error:
        print(type(error).__name__, flush=True)
    else:
        print("done", flush=True)
"""
FILTER_ALONE = """
libc = confinement._libc()
libc.prctl(38, 1, 0, 0, 0)
held = confinement._filter_system_calls(libc)
"""
ACTIONS = {
    "socket": "socket.socket()",
    "connect": "earlier.connect(address)",
    "read": "open('/etc/passwd')",
    "write": "open('written', 'w')",
    "execute": "os.execv('/bin/true', ['true'])",
    "kill": "os.kill(os.getppid(), 0)",
}


def run(code: str, folder: Path, root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BEGIN + code],
        cwd=folder,
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("measure", ["confinement.confine(1 << 28)", FILTER_ALONE])
def test_the_doors_are_closed(name: str, measure: str, tmp_path: Path, root: Path) -> None:
    if measure == FILTER_ALONE and platform.machine() not in ("x86_64", "aarch64"):
        pytest.skip("no filter of system calls for this machine")
    done = run(f"{measure}\nattempt(lambda: {ACTIONS[name]})", tmp_path, root)
    assert done.stdout in ("PermissionError\n", "OSError\n", "ConnectionRefusedError\n"), done
    assert list(tmp_path.iterdir()) == []


def test_what_is_measured_against_is_possible_outside(tmp_path: Path, root: Path) -> None:
    for name in ("socket", "read", "write", "kill"):
        assert run(f"attempt(lambda: {ACTIONS[name]})", tmp_path, root).stdout == "done\n"


def test_a_network_of_its_own_has_no_way_out(tmp_path: Path, root: Path) -> None:
    done = run(
        "print(in_own_network)\nattempt(lambda: socket.create_connection(address, 1))",
        tmp_path,
        root,
    )
    allowed, outcome = done.stdout.split()
    if allowed == "False":
        pytest.skip("this system allows no network namespaces here")
    assert outcome == "OSError"


def test_threads_that_run_already_are_filtered_too(tmp_path: Path, root: Path) -> None:
    code = (
        "go = threading.Event()\n"
        "thread = threading.Thread(target=lambda: (go.wait(), attempt(lambda: socket.socket())))\n"
        "thread.start()\n" + FILTER_ALONE + "go.set()\nthread.join()"
    )
    assert run(code, tmp_path, root).stdout == "PermissionError\n"


def test_memory_and_time_end(tmp_path: Path, root: Path) -> None:
    memory = run("confinement.confine(1 << 26)\nattempt(lambda: bytes(1 << 28))", tmp_path, root)
    assert memory.stdout == "MemoryError\n"
    endless = run("confinement.limit_time(0)\nwhile True: pass", tmp_path, root)
    assert endless.returncode == -24
