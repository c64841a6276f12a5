"""Who runs the map functions: this process, a pool of processes, or a cluster.

Tasks are whole: one that is run again gives the same, so a task whose worker died is given out
again.
"""

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, islice
from threading import Thread
from typing import Generic, Protocol, TypeVar

from kg.errors import UsageError

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_DEATHS = 20
"""Workers that may die in a build before it gives up: the machine kills them, say for memory."""


class Engine(Protocol):
    """Runs a function on tasks and gives the results in the order of the tasks."""

    def map(
        self, function: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[_Result]:
        """The results in the order of the tasks. Raises what the function raises."""


class LocalEngine:
    """A pool of `workers` processes; one task, or one worker, needs no pool."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None
        self._deaths = 0

    def map(
        self, function: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[_Result]:
        """As `Engine.map`; workers begin at once, and a few tasks more than there are of them wait
        at any time.
        """
        waiting = iter(tasks)
        first = list(islice(waiting, 2))
        if len(first) < 2 or self.workers == 1:
            return map(function, chain(first, waiting))
        running = deque(_Running[_Task, _Result](task) for task in first)
        with suppress(BrokenProcessPool):
            self._give_out(function, running)
        return self._results(function, running, waiting)

    def _results(
        self,
        function: Callable[[_Task], _Result],
        running: "deque[_Running[_Task, _Result]]",
        waiting: Iterator[_Task],
    ) -> Iterator[_Result]:
        while running:
            room = 3 * self.workers - len(running)
            running.extend(_Running(task) for task in islice(waiting, room))
            try:
                self._give_out(function, running)
                assert running[0].future is not None
                result = running[0].future.result()
            except BrokenProcessPool:
                self._restart()
                for one in running:
                    one.forget_if_lost()
                continue
            running.popleft()
            yield result

    def _give_out(
        self,
        function: Callable[[_Task], _Result],
        running: "Iterable[_Running[_Task, _Result]]",
    ) -> None:
        for one in running:
            if one.future is None:
                one.future = self._started().submit(function, one.task)

    @contextmanager
    def beside(
        self, function: Callable[..., _Result], *arguments: object
    ) -> Iterator["Future[_Result]"]:
        """Has a worker run a function while the block runs, which ends when both are done.

        Gives what has the function's result then. One worker alone runs it before the block.
        Raises what the function raises.
        """
        running: Future[_Result]
        if self.workers == 1:
            running = Future()
            running.set_result(function(*arguments))
            yield running
            return
        running = self._started().submit(function, *arguments)
        try:
            yield running
        finally:
            wait((running,))
        try:
            running.result()
        except BrokenProcessPool as error:
            raise _killed("A worker was killed") from error

    def close(self) -> None:
        """Ends the workers."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # a forked worker has what this process knows already, and needs no guarded main module
            context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
            self._pool = ProcessPoolExecutor(
                self.workers, mp_context=context, initializer=_end_with_parent
            )
        return self._pool

    def _restart(self) -> None:
        self._deaths += 1
        self.close()
        if self._deaths > _DEATHS:
            raise _killed(f"{_DEATHS} workers were killed")


def _end_with_parent() -> None:
    """Has a worker end when its build is killed: else it waits for tasks, and holds the locks."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def _killed(what: str) -> UsageError:
    return UsageError(
        f"{what}; is there enough memory? Try fewer: --workers 1", code="workers-killed"
    )


@dataclass(slots=True)
class _Running(Generic[_Task, _Result]):
    """A task that was given out, or is about to be."""

    task: _Task
    future: "Future[_Result] | None" = None

    def forget_if_lost(self) -> None:
        """Have the task given out again, unless its result came before the workers died."""
        if self.future is not None and (not self.future.done() or self.future.exception()):
            self.future = None
