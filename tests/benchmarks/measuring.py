"""Seconds and memory, of a function and of a command with all its processes."""

import multiprocessing
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import psutil

_T = TypeVar("_T")
Row = tuple[str, ...]
_SAMPLE_SECONDS = 0.25
"""Between looks at the memory of all processes; at 0.05 they took a fifth of a processor."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of repeated runs."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """What 95 of 100 runs stay below."""
        return sorted(self.seconds)[max(0, round(len(self.seconds) * 0.95) - 1)]


Clock = Callable[[], float]


def time_runs(run: Callable[[], object], times: int, clock: Clock = time.perf_counter) -> Timing:
    """`times` runs of `run`, each on its own."""
    return Timing(tuple(timed(run, clock)[0] for _ in range(times)))


def timed(run: Callable[[], _T], clock: Clock = time.perf_counter) -> tuple[float, _T]:
    """Seconds of one run by `clock`, and its result."""
    start = clock()
    result = run()
    return clock() - start, result


def in_a_process(run: Callable[[], _T], patience: float | None = None) -> _T | None:
    """What `run` gives in a process of its own, which starts with this one's memory.

    None where it takes longer than `patience` seconds; RuntimeError where it fails.
    """
    context = multiprocessing.get_context("fork")
    told = context.SimpleQueue()
    process = context.Process(target=lambda: told.put(run()), daemon=True)
    process.start()
    process.join(patience)
    if process.is_alive():
        process.kill()
        process.join()
        return None
    if process.exitcode:
        raise RuntimeError(f"a measurement ended with {process.exitcode}")
    result: _T = told.get()
    return result


_ON_PROCESSORS = (
    *(sys.executable, "-c"),
    "import os, sys; os.sched_setaffinity(0, range(int(sys.argv[1])));"
    " os.execv(sys.argv[2], sys.argv[2:])",
)
"""Runs the command that follows a number on so many processors."""


@dataclass(frozen=True, slots=True)
class CommandRun:
    """A command that ended: its wall time, processor time, peak memory of all its processes.

    The peak is the sum of the unique memory of each process and the shared once (PSS), sampled;
    `largest_bytes` is that of the largest process alone.
    """

    seconds: float
    processor_seconds: float
    peak_bytes: int
    largest_bytes: int
    code: int


def run_command(command: Sequence[str], cwd: Path, processors: int | None = None) -> CommandRun:
    """Runs `command` to its end, with all its threads and processes on so many processors.

    Raises RuntimeError where it could not do its job.
    """
    bound = [*_ON_PROCESSORS, str(processors)] if processors else []
    start, spent = time.perf_counter(), _processor_seconds()
    child = psutil.Popen(
        [*bound, *command], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    peak = largest = 0
    while child.poll() is None:
        used = _memory(child)
        peak, largest = max(peak, sum(used)), max(largest, *used)
        time.sleep(_SAMPLE_SECONDS)
    seconds = time.perf_counter() - start
    if child.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: {child.stderr.read().decode()}")
    return CommandRun(seconds, _processor_seconds() - spent, peak, largest, child.returncode)


def _memory(process: psutil.Process) -> list[int]:
    """Of the process and all its children."""
    used = [0]
    try:
        for each in (process, *process.children(recursive=True)):
            used.append(each.memory_full_info().pss)
    except psutil.Error:
        return [0]
    return used


def _processor_seconds() -> float:
    """Processor time of all children that ended."""
    times = psutil.Process().cpu_times()
    return float(times.children_user + times.children_system)


def machine() -> str:
    """One line: processors, memory, system, versions."""
    memory = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "rdflib"))
    return (
        f"{psutil.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {sys.version.split()[0]}, {packages}"
    )
