"""Which tests go through which lines, measured once by running all of them."""

import ast
import json
import multiprocessing
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import coverage
import pytest

from tests.mutation.mutants import Mutant

_MOST = 15.0
MARKS = ("-m", "not slow and not browser and not server")


class Covering:
    """The tests that go through lines of modules, and how long each takes."""

    def __init__(self, data: coverage.CoverageData, seconds: dict[str, float]) -> None:
        self._seconds = seconds
        self._by_line: dict[Path, dict[int, set[str]]] = defaultdict(dict)
        for name in data.measured_files():
            lines = data.contexts_by_lineno(name)
            self._by_line[Path(name)] = {line: self._tests(found) for line, found in lines.items()}

    def _tests(self, contexts: Sequence[str]) -> set[str]:
        """A fixture that others share runs once, for all tests of its file."""
        found = set()
        for name, _, phase in (context.rpartition("|") for context in contexts):
            if phase == "run":
                found.add(name)
            elif phase == "setup":
                file = name.partition("::")[0]
                found |= {one for one in self._seconds if one.partition("::")[0] == file}
        return found & self._seconds.keys()

    def tests(self, mutant: Mutant) -> list[str]:
        """Those through the changed line, else through its function, else the module; quick first.

        What runs when the module is imported is reached by all tests of the module. Tests that
        would take more than `_MOST` seconds together are left out, the slowest first.
        """
        by_line = self._by_line[mutant.path]
        found = by_line.get(mutant.line, set()) or set().union(
            *(by_line.get(line, set()) for line in _function_around(mutant))
        )
        whole = set().union(*by_line.values()) or set(self._seconds)
        quick = sorted(found or whole, key=lambda name: self._seconds[name])
        spent = accumulate(self._seconds[name] for name in quick)
        return [name for name, seconds in zip(quick, spent, strict=True)
                if seconds < _MOST or name == quick[0]]  # fmt: skip

    def seconds(self, tests: Sequence[str]) -> float:
        """How long tests take when nothing is wrong."""
        return sum(self._seconds[name] for name in tests)


def _function_around(mutant: Mutant) -> range:
    """The lines of the innermost function around a mutant; none at module level."""
    tree = ast.parse(mutant.path.read_text("utf-8"))
    around = [
        range(node.lineno, (node.end_lineno or node.lineno) + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.lineno <= mutant.line <= (node.end_lineno or node.lineno)
    ]
    return min(around, key=len, default=range(0))


def measure(tests: Sequence[str], modules: Sequence[Path]) -> Covering:
    """Runs all tests in a process of its own. A test that fails now is not asked later."""
    with tempfile.TemporaryDirectory() as name:
        data, seconds = Path(name, "coverage"), Path(name, "seconds.json")
        running = multiprocessing.get_context("fork").Process(
            target=_run_measured, args=(tests, modules, data, seconds)
        )
        running.start()
        running.join()
        measured = coverage.CoverageData(str(data))
        measured.read()
        return Covering(measured, json.loads(seconds.read_text()))


def _run_measured(tests: Sequence[str], modules: Sequence[Path], data: Path, kept: Path) -> None:
    timing = _Timing()
    packages = sorted({f"--cov={module.parent}" for module in modules})
    os.environ["COVERAGE_FILE"] = str(data)
    pytest.main(
        ["-q", *MARKS, *packages, "--cov-context=test", "--cov-report=", *tests], plugins=[timing]
    )
    kept.write_text(json.dumps(timing.seconds))


class _Timing:
    """A plugin of pytest that keeps how long each test took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.seconds[report.nodeid] = report.duration
        elif report.failed:
            print(f"fails before anything is changed: {report.nodeid}", file=sys.stderr)
