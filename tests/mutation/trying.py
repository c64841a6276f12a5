"""Runs the tests on a changed module: it takes the module's place in a forked process."""

import importlib.abc
import importlib.machinery
import importlib.util
import multiprocessing
import multiprocessing.connection
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

import hypothesis.strategies  # noqa: F401
import pytest

import kg.pipeline  # noqa: F401 - the libraries below it are loaded once, not in every process
from tests.mutation.covering import Covering
from tests.mutation.mutants import Mutant

KILLED, SLOW, SURVIVED = "killed", "too slow", "survived"
_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 20.0
"""Seconds that tests may take beyond ten times what they took before."""


def try_all(
    mutants: Iterable[Mutant], covering: Covering, jobs: int
) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with what became of it; `jobs` at a time."""
    forking = multiprocessing.get_context("fork")
    running: dict[BaseProcess, tuple[Mutant, float]] = {}
    waiting = iter(mutants)
    while True:
        while len(running) < jobs and (mutant := next(waiting, None)):
            tests = covering.tests(mutant)
            process = forking.Process(target=_run, args=(mutant, tests))
            process.start()
            limit = time.monotonic() + _PATIENCE + 10 * covering.seconds(tests)
            running[process] = (mutant, limit)
        if not running:
            return
        multiprocessing.connection.wait([process.sentinel for process in running], timeout=1)
        for process, (mutant, limit) in list(running.items()):
            if process.exitcode is None and time.monotonic() < limit:
                continue
            verdict = {None: SLOW, 0: SURVIVED}.get(process.exitcode, KILLED)
            process.kill()
            process.join()
            del running[process]
            yield mutant, verdict


def _run(mutant: Mutant, tests: Sequence[str]) -> None:
    """Ends with pytest's exit code."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    for name in [name for name in sys.modules if name.partition(".")[0] == "kg"]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Changed(mutant))
    sys.exit(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-p", "no:schemathesis", *tests]))


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module as changed, and leaves all others to the usual way."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        parts = list(mutant.path.relative_to(_ROOT).with_suffix("").parts)
        self._name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(
            fullname, self._mutant.path, loader=self,
            submodule_search_locations=[str(self._mutant.path.parent)]
            if self._mutant.path.stem == "__init__" else None,
        )  # fmt: skip

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._mutant.tree(), str(self._mutant.path), "exec"), module.__dict__)
