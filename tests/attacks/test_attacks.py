"""The attacks that take seconds; `make attack` runs all of them, at full length."""

import re

import pytest

from tests.attacks import cut_turtle, parameters, ways_out
from tests.attacks.__main__ import ATTACKS
from tests.attacks.outcome import Outcome
from tests.conftest import ROOT


def test_every_promise_names_a_command_that_there_is() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    promised = text.partition("## What is promised")[2].partition("\n## ")[0]
    table = promised.strip().split("\n\n")[0].split("\n")[2:]
    shown = [row.split("|")[3].strip() for row in table]
    assert shown
    for cell in shown:
        commands = re.findall(r"`(?:python -m tests\.attacks|pytest) ([^`]+)`", cell)
        assert commands or cell == "the same", cell
        for name in " ".join(commands).split():
            assert name in ATTACKS or (ROOT / name).exists(), name
    attacked = {name for cell in shown for name in re.findall(r"[a-z-]+", cell)} & ATTACKS.keys()
    assert attacked == ATTACKS.keys()


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
