"""A document has its share of time in the main thread and in any other."""

import threading
from collections.abc import Callable

import pytest

from kg.errors import LayoutError
from kg.parsing import time_limit


def endless() -> None:
    count = 0
    while True:
        count += 1


def limited(work: Callable[[], object]) -> str:
    try:
        with time_limit.limited_time(0):
            work()
    except LayoutError as error:
        return error.code
    return "done"


@pytest.mark.parametrize(("work", "code"), [(endless, "too-slow"), (lambda: None, "done")])
@pytest.mark.parametrize("in_main", [True, False])
def test_what_takes_too_long_is_given_up(
    monkeypatch: pytest.MonkeyPatch, in_main: bool, work: Callable[[], object], code: str
) -> None:
    monkeypatch.setattr(time_limit, "MAX_SECONDS", 0.2)
    found: list[str] = []
    if in_main:
        found.append(limited(work))
    else:
        thread = threading.Thread(target=lambda: found.append(limited(work)))
        thread.start()
        thread.join(timeout=20)
    assert found == [code]
