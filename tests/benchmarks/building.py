"""Builds: time, processors, memory and growth, and a Dask cluster beside the pool of processes."""

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.made_up import MadeUp
from tests.benchmarks.measuring import CommandRun, Row

BUILD_HEAD = (
    *("sets", "workers", "s", "sets/s", "CPU ms a set", "MiB, largest process"),
    *("MiB, all processes", "triples", "efficiency"),
)


def build_rows(made: MadeUp, sizes: Sequence[int], workers: Sequence[int]) -> Iterator[Row]:
    """A build from nothing for each size and number of workers, then how cost and memory grow.

    As many workers have as many processors: the engine has threads of its own. Efficiency is the
    time on one, divided by their number and by the time on so many.
    """
    last: dict[int, CommandRun] = {}
    for sets in sizes:
        alone = None
        for count in workers:
            out = _emptied(made.work / f"built-{sets}-{count}")
            run = made.build(sets, out, "--workers", str(count), processors=count)
            last[sets] = run
            alone = run.seconds if count == 1 else alone
            efficiency = f"{alone / count / run.seconds:.0%}" if alone and count > 1 else ""
            yield (f"{sets:,}", str(count), *_figures(run, out), efficiency)
            shutil.rmtree(out)
    first = sizes[0]
    for sets in sizes[1:]:
        cost = last[sets].processor_seconds / sets / (last[first].processor_seconds / first)
        time = last[sets].seconds / sets / (last[first].seconds / first)
        largest = last[sets].largest_bytes / last[first].largest_bytes
        memory = last[sets].peak_bytes / last[first].peak_bytes
        name, grown = f"{sets:,} against {first:,}", f"{cost:.2f} × ({time:.2f} × time)"
        yield (name, "", "", "", grown, f"{largest:.2f} ×", f"{memory:.2f} ×", "", "")


DASK_HEAD = ("sets", "engine", "s", "sets/s", "against the pool")


def dask_rows(made: MadeUp, sets: int) -> Iterator[Row]:
    """The same build by a pool of two processes, and by two Dask workers on this machine.

    Without Dask's own profiler, as docs/building.md says.
    """
    import dask
    from distributed import LocalCluster

    out = _emptied(made.work / f"built-{sets}-pool")
    pool = made.build(sets, out, "--workers", "2")
    yield _engine_row(sets, "pool, 2 processes", pool, "")
    shutil.rmtree(out)
    out = _emptied(made.work / f"built-{sets}-dask")
    with (
        dask.config.set({"distributed.worker.profile.enabled": False}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
    ):
        address = cluster.scheduler_address
        run = made.build(sets, out, "--engine", "dask", "--scheduler", address)
    ratio = f"{run.seconds / pool.seconds:.2f} × the time"
    yield _engine_row(sets, "Dask, 2 workers", run, ratio)
    shutil.rmtree(out)


def _engine_row(sets: int, name: str, run: CommandRun, ratio: str) -> Row:
    return (f"{sets:,}", name, f"{run.seconds:.1f}", f"{sets / run.seconds:.0f}", ratio)


def _figures(run: CommandRun, out: Path) -> Row:
    totals = json.loads((out / "report.json").read_text("utf-8"))["totals"]
    return (
        f"{run.seconds:.1f}",
        f"{totals['sets'] / run.seconds:.0f}",
        f"{1000 * run.processor_seconds / totals['sets']:.1f}",
        f"{run.largest_bytes / 2**20:,.0f}",
        f"{run.peak_bytes / 2**20:,.0f}",
        f"{totals['triples']:,}",
    )


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder
