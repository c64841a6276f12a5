"""Heads in every printed form are read as they were made."""

import pytest

from tests.documents.heads import Printer, differences


@pytest.mark.parametrize("first", range(0, 500, 100))
def test_heads_are_read_as_they_were_made(first):
    for seed in range(first, first + 100):
        head = Printer(seed, glued=False).head()
        assert list(differences(head)) == [], head.lines


def test_few_lost_line_ends_take_anything_from_a_head():
    wrong = sum(bool(list(differences(Printer(seed, glued=True).head()))) for seed in range(500))
    assert wrong <= 10
