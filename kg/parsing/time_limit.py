"""Gives a document up that takes too long to read, so that one never stops the rest."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kg.errors import LayoutError

MAX_SECONDS = 10.0
"""Processor time for one document of ordinary size; larger ones get more, by their length."""
_CHARACTERS_PER_SECOND = 200_000


@contextmanager
def limited_time(characters: int) -> Iterator[None]:
    """Raises LayoutError in the block when it has used its share of processor time.

    Works in the main thread of systems with interval timers, elsewhere there is no limit.
    """
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or not hasattr(signal, "setitimer"):
        yield
        return
    seconds = MAX_SECONDS + characters / _CHARACTERS_PER_SECOND

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise LayoutError(
            f"takes more than {seconds:.0f} s to read; give a part of it, or its text",
            code="too-slow",
        )

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
