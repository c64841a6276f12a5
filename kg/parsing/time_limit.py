"""Gives a document up that takes too long to read, so that one never stops the rest."""

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kg.errors import LayoutError

MAX_SECONDS = 10.0
"""Time for one document of ordinary size; larger ones get more, by their length."""
_CHARACTERS_PER_SECOND = 200_000


class _TooSlowError(BaseException):
    """Raised from outside in a thread, past anything that catches ordinary exceptions."""


@contextmanager
def limited_time(characters: int) -> Iterator[None]:
    """Raises LayoutError in the block when it has used its share of time.

    In the main thread of systems with interval timers that is processor time; in any other
    thread, as those of a cluster's workers, it is time on the clock.
    """
    seconds = MAX_SECONDS + characters / _CHARACTERS_PER_SECOND
    in_main = threading.current_thread() is threading.main_thread()
    if in_main and hasattr(signal, "setitimer"):
        with _processor_time(seconds):
            yield
        return
    try:
        with _clock_time(seconds):
            yield
    except _TooSlowError:
        raise _too_slow(seconds) from None


@contextmanager
def _processor_time(seconds: float) -> Iterator[None]:
    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise _too_slow(seconds)

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _clock_time(seconds: float) -> Iterator[None]:
    thread = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    reading = True

    def give_up() -> None:
        with lock:
            if reading:
                raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
                raise_in(thread, ctypes.py_object(_TooSlowError))

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            reading = False
        timer.cancel()


def _too_slow(seconds: float) -> LayoutError:
    return LayoutError(
        f"takes more than {seconds:.0f} s to read; give a part of it, or its text",
        code="too-slow",
    )
