"""The ledger on official texts, against keys read by hand from the documents' own heads."""

from datetime import date
from pathlib import Path

import pytest

from kg.analysis.terms import Terms, read_terms
from kg.parsing import parse_document
from kg.resolution.merging import merge_documents
from kg.sources import RejectedSource, read_sources

# Number of the answer: asked, answered, days, days over 21.
BY_HAND = {
    "546": ("2024-10-24", "2024-11-14", 21, 0),
    "559": ("2024-10-02", "2024-11-14", 43, 22),
    "560": ("2024-10-24", "2024-11-14", 21, 0),
    "566": ("2024-10-23", "2024-11-18", 26, 5),
    "570": ("2024-09-25", "2024-11-18", 54, 33),
    "571": ("2024-06-24", "2024-11-18", 147, 126),
    "573": ("2024-11-04", "2024-11-18", 14, -7),
    "575": ("2024-10-24", "2024-11-18", 25, 4),
    "576": ("2024-06-21", "2024-11-18", 150, 129),
    "578": ("2024-09-30", "2024-11-18", 49, 28),
    "581": ("2024-10-23", "2024-11-18", 26, 5),
    "582": ("2024-11-06", "2024-11-18", 12, -9),
    "583": ("2024-09-20", "2024-11-18", 59, 38),
    "584": ("2024-09-27", "2024-11-18", 52, 31),
    "586": ("2024-10-03", "2024-11-18", 46, 25),
    "591": ("2024-09-27", "2024-11-18", 52, 31),
    "594": ("2024-10-30", "2024-11-19", 20, -1),
    "595": ("2024-09-04", "2024-11-19", 76, 55),
}


@pytest.fixture(scope="module")
def ledger(shared: Path) -> dict[str, Terms]:
    sources = [
        source
        for source in read_sources([shared / "documents" / "official-text"])
        if not isinstance(source, RejectedSource)
    ]
    return {
        (one.aanhangsel or one.kenmerk or one.key).removeprefix("20242025-"): read_terms(one)
        for one in merge_documents(parse_document(source) for source in sources)
    }


@pytest.mark.parametrize("number", sorted(BY_HAND))
def test_dates_and_late_days(ledger: dict[str, Terms], number: str) -> None:
    terms = ledger[number]
    asked, answered, days, late = BY_HAND[number]
    assert (terms.asked, terms.answered) == (
        date.fromisoformat(asked),
        date.fromisoformat(answered),
    )
    assert (terms.days, terms.late_first) == (days, late)
    assert terms.late_extended is None


def test_an_extension_is_no_answer(ledger: dict[str, Terms]) -> None:
    terms = ledger["562"]
    assert (terms.asked, terms.answered) == (date(2024, 10, 25), None)
    assert terms.extended_term == date(2024, 12, 6)
    (extension,) = terms.extensions
    assert extension.sent_on == date(2024, 11, 15)
    assert extension.reason is not None
    assert "meer tijd" in extension.reason


def test_dates_that_members_ask_for(ledger: dict[str, Terms]) -> None:
    due = {number: terms.due_on_request for number, terms in ledger.items()}
    assert due["566"] == date(2024, 11, 18)
    assert due["573"] == date(2024, 11, 11)
    assert due["2024Z18436"] == date(2024, 11, 18)
    assert due["2024Z18792"] == date(2024, 11, 20)
    assert due["2024Z18441"] == date(2024, 12, 5)
    assert due["595"] is None
