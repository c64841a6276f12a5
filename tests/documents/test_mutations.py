"""Damaged copies of documents are accepted, partial or rejected; never a crash, never a hang."""

from pathlib import Path

import pytest

from tests.documents.mutations import MUTATIONS, Outcome, mutate, run

CASES = Path(__file__).parents[1] / "cases"
COPIES = 300


def check(outcome: Outcome, copies: int) -> None:
    assert outcome.crashes == []
    assert sum(outcome.counts.values()) == copies
    assert outcome.counts["rejected"] == sum(outcome.reasons.values())
    assert outcome.slowest[0] < 60, outcome.slowest


def test_damaged_copies_of_invented_documents_are_all_accounted_for():
    paths = [
        path
        for folder in ("official-text", "ministry-letter")
        for path in (CASES / folder).rglob("source.txt")
    ]
    check(run(mutate(paths, COPIES)), COPIES)


@pytest.mark.slow
def test_damaged_copies_of_real_documents_are_all_accounted_for(shared):
    folders = ("official-text", "docx", "official-html")
    paths = [
        path for folder in folders for path in (shared / "documents" / folder).iterdir()
    ]  # fmt: skip
    check(run(mutate(paths, COPIES)), COPIES)


def test_the_damage_is_the_same_at_every_run(tmp_path):
    path = tmp_path / "stuk.txt"
    path.write_text("Vraag 1\nWaarom?\nAntwoord 1\nDaarom.\n", encoding="utf-8")
    copies = list(mutate([path], len(MUTATIONS) * 3))
    assert copies == list(mutate([path], len(MUTATIONS) * 3))
    assert len({data for _, data in copies}) > len(MUTATIONS)
