"""The attacks that take seconds; `make attack` runs all of them, at full length."""

import pytest

from tests.attacks import cut_turtle, parameters, ways_out
from tests.attacks.outcome import Outcome


def test_no_parameter_changes_a_query() -> None:
    _expect_held(parameters.attack(brief=True))


@pytest.mark.slow
def test_every_cut_is_seen() -> None:
    _expect_held(cut_turtle.attack(brief=True))


@pytest.mark.slow
@pytest.mark.server
def test_there_is_no_way_out() -> None:
    _expect_held(ways_out.attack(brief=True))


def _expect_held(outcome: Outcome) -> None:
    assert outcome.tried > 100
    assert outcome.failures == []
