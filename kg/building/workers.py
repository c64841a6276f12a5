"""One process that runs functions, over a pipe of its own.

`concurrent.futures.ProcessPoolExecutor` has one pipe for the results of all its processes: one
that is killed while it writes leaves half a result, and the pool waits for the rest for ever.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import Lock, Thread
from typing import Any, TypeVar

_Result = TypeVar("_Result")
_starting = Lock()
"""Held while a process starts: another one would keep its end of the pipe open."""


class WorkerDiedError(Exception):
    """A worker ended before it gave a result: it was killed, say for memory."""


class Worker:
    """A process; to be used from one thread at a time."""

    def __init__(self) -> None:
        # a forked worker has what this process knows already, and needs no guarded main module
        context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        with _starting:
            self._tasks, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()

    def run(self, function: Callable[..., _Result], *arguments: object) -> _Result:
        """What the function gives in the process.

        Raises what the function raises, and WorkerDiedError when the process is no more.
        """
        try:
            self._tasks.send((function, arguments))
            result, error = self._tasks.recv()
        except (EOFError, OSError) as died:
            self.end()
            raise WorkerDiedError from died
        if error is not None:
            raise error
        given: _Result = result
        return given

    def end(self) -> None:
        """Ends the process, which has nothing to do."""
        with contextlib.suppress(OSError):
            self._tasks.send(None)
        self._tasks.close()
        self._process.join()


def _serve(tasks: Connection) -> None:
    """The life of a worker: runs what it is given until it is given nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    while (task := tasks.recv()) is not None:
        function, arguments = task
        try:
            tasks.send((function(*arguments), None))
        except Exception as error:
            error.add_note(traceback.format_exc())
            tasks.send((None, error))


def _end_with_parent() -> None:
    """Has a worker end when its build is killed: else it waits for tasks, and holds the locks."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()
