"""Times as tuples of periods: in order, apart from one another, open where nothing is known."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from kg.model.authority import Period

ALWAYS = (Period(),)


def day_of(day: date) -> tuple[Period, ...]:
    """A day as periods."""
    return (Period(day, day + timedelta(days=1)),)


def meets(period: Period, periods: Sequence[Period]) -> bool:
    """Whether a period has a day in common with any of `periods`."""
    return any(_start(period) < _end(other) and _start(other) < _end(period) for other in periods)


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The periods in order, those that touch or overlap joined."""
    result: list[Period] = []
    for period in sorted(periods, key=lambda one: (_start(one), _end(one))):
        if result and _start(period) <= _end(result[-1]):
            last = result[-1]
            result[-1] = last if _end(last) >= _end(period) else Period(last.start, period.end)
        else:
            result.append(period)
    return tuple(result)


def union(one: Sequence[Period], other: Sequence[Period]) -> tuple[Period, ...]:
    """The days of either."""
    return merged([*one, *other])


def intersection(one: Sequence[Period], other: Sequence[Period]) -> tuple[Period, ...]:
    """The days of both."""
    result = []
    for left in one:
        for right in other:
            start, end = max(_start(left), _start(right)), min(_end(left), _end(right))
            if start < end:
                result.append(
                    Period(None if start == date.min else start, None if end == date.max else end)
                )
    return merged(result)


def covers(held: Sequence[Period], periods: Sequence[Period]) -> bool:
    """Whether each of `periods` lies within one of those held."""
    return all(any(_start(h) <= _start(p) and _end(p) <= _end(h) for h in held) for p in periods)


def _start(period: Period) -> date:
    return period.start or date.min


def _end(period: Period) -> date:
    return period.end or date.max
