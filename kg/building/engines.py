"""Who runs the map functions: this process, a pool of processes, or a cluster.

Tasks are whole: one that is run again gives the same, so a task whose worker died is given out
again.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from queue import SimpleQueue
from typing import Protocol, TypeVar

from kg.building.workers import Worker, WorkerDiedError
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

    def renew(self) -> None:
        """Lets go of what earlier tasks left in memory; none may be running."""


class LocalEngine:
    """A pool of `workers` processes, each fed by a thread; one task, or one worker, needs none."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._threads: ThreadPoolExecutor | None = None
        self._has_pool = False
        self._spare: list[Worker] = []
        self._idle: SimpleQueue[Worker] = SimpleQueue()
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
        run = partial(self._run_whole, function)
        submit = partial(self._feeding(pool=True).submit, run)
        return self._results(deque(map(submit, first)), map(submit, waiting))

    def _results(
        self, running: deque[Future[_Result]], waiting: Iterator[Future[_Result]]
    ) -> Iterator[_Result]:
        while running:
            running.extend(islice(waiting, 3 * self.workers - len(running)))
            yield running.popleft().result()

    @contextmanager
    def beside(
        self, function: Callable[..., _Result], *arguments: object
    ) -> Iterator[Future[_Result]]:
        """Has a worker run a function while the block runs, which ends when both are done.

        Gives what has the function's result, which may be waited for in the block. One worker alone
        runs it before the block. Raises what the function raises.
        """
        running: Future[_Result]
        if self.workers == 1:
            running = Future()
            running.set_result(function(*arguments))
            yield running
            return
        spare = self._spare.pop() if self._spare else None
        threads = self._feeding(pool=spare is None)
        running = threads.submit(self._run_beside, spare, function, *arguments)
        try:
            yield running
        finally:
            wait((running,))
        running.result()

    def start(self, workers: int) -> None:
        """Begins so many workers now, with the memory that this process has at this time: each for
        a function beside a block, and ends with it; or for the pool, when it is renewed.
        """
        if self.workers > 1:
            self._spare += [Worker() for _ in range(workers)]

    def renew(self) -> None:
        """Has the workers that `start` began be the pool from now on."""
        for worker in self._spare:
            if self._has_pool:
                self._idle.get().end()
            self._idle.put(worker)
        self._has_pool = self._has_pool or bool(self._spare)
        self._spare.clear()

    def close(self) -> None:
        """Ends the workers when each has done what it does."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
            self._threads = None
        self._has_pool = False
        while self._spare:
            self._spare.pop().end()
        while not self._idle.empty():
            self._idle.get().end()

    def _feeding(self, *, pool: bool) -> ThreadPoolExecutor:
        """The threads that feed workers, with or without those of the pool."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self.workers)
        if pool and not self._has_pool:
            self._has_pool = True
            for _ in range(self.workers):
                self._idle.put(Worker())
        return self._threads

    def _run(self, function: Callable[..., _Result], *arguments: object) -> _Result:
        """What the function gives in an idle worker; one that dies is replaced."""
        worker = self._idle.get()
        try:
            return worker.run(function, *arguments)
        except WorkerDiedError:
            worker = Worker()
            raise
        finally:
            self._idle.put(worker)

    def _run_beside(
        self, spare: Worker | None, function: Callable[..., _Result], *arguments: object
    ) -> _Result:
        """What the function gives in the spare worker, which ends, or else in one of the pool."""
        try:
            return spare.run(function, *arguments) if spare else self._run(function, *arguments)
        except WorkerDiedError as error:
            raise _killed("A worker was killed") from error
        finally:
            if spare:
                spare.end()

    def _run_whole(self, function: Callable[[_Task], _Result], task: _Task) -> _Result:
        """As `_run`, as often as it takes."""
        while True:
            try:
                return self._run(function, task)
            except WorkerDiedError as error:
                self._deaths += 1
                if self._deaths > _DEATHS:
                    raise _killed(f"{_DEATHS} workers were killed") from error


def _killed(what: str) -> UsageError:
    return UsageError(
        f"{what}; is there enough memory? Try fewer: --workers 1", code="workers-killed"
    )
