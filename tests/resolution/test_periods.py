"""Arithmetic of periods, against the days themselves."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.model.authority import Period
from kg.resolution.periods import covers, day_of, intersection, meets, merged, union

FIRST = date(2024, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(14)]


def period(start: int | None, length: int | None) -> Period:
    begin = None if start is None else FIRST + timedelta(days=start)
    end = None if length is None else (begin or FIRST) + timedelta(days=length)
    return Period(begin, end)


PERIODS = st.lists(
    st.builds(period, st.none() | st.integers(0, 10), st.none() | st.integers(1, 5)), max_size=4
)


def days(periods) -> set[date]:
    """The days within `periods`, of two weeks."""
    return {day for day in DAYS for one in periods
            if (one.start or date.min) <= day < (one.end or date.max)}  # fmt: skip


@given(PERIODS, PERIODS)
def test_periods_hold_the_days_that_they_should(one, other):
    assert days(merged(one)) == days(one)
    assert days(union(one, other)) == days(one) | days(other)
    assert days(intersection(one, other)) == days(one) & days(other)


@given(PERIODS)
def test_merged_periods_are_in_order_and_apart(periods):
    found = merged(periods)
    for before, after in pairwise(found):
        assert before.end is not None
        assert after.start is not None
        assert before.end < after.start


@given(PERIODS, st.sampled_from(DAYS))
def test_a_day_is_that_day_and_no_other(periods, day):
    assert days(day_of(day)) == {day}
    (one,) = day_of(day)
    assert meets(one, periods) is (day in days(periods))
    assert covers(merged(periods), day_of(day)) is (day in days(periods))
