"""Runs coroutines of tests where a browser of other tests has the loop of the main thread."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_T = TypeVar("_T")


def outcome_of(run: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """What a coroutine function gives, run to its end in a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, run()).result()
