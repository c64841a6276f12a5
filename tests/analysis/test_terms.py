from datetime import date

import pytest

from kg.analysis.terms import read_terms
from tests.analysis.conftest import SetOf

LETTER = (
    "Hierbij deel ik u mede dat de vragen niet binnen de termijn van drie weken kunnen worden "
    "beantwoord. Voor de beantwoording is meer tijd nodig, in verband met de benodigde afstemming. "
    "Uw Kamer ontvangt de antwoorden zo spoedig mogelijk."
)


def test_days_are_counted_over_every_term(set_of: SetOf) -> None:
    terms = read_terms(
        set_of(
            ["Kunt u deze vragen beantwoorden vóór het overleg van 2 juni a.s.?"],
            asked="2025-05-23",
            answered="2025-09-19",
            kenmerk="2025Z00001",
            letters=[(LETTER, ("2025Z00001", "2025Z00002"))],
        )
    )
    assert (terms.first_term, terms.extended_term) == (date(2025, 6, 13), date(2025, 7, 4))
    assert (terms.days, terms.late_first, terms.late_extended) == (119, 98, 77)
    assert (terms.due_on_request, terms.late_on_request) == (date(2025, 6, 2), 109)
    (extension,) = terms.extensions
    assert extension.reason == "de benodigde afstemming"
    assert extension.certain


def test_an_early_answer_counts_negative(set_of: SetOf) -> None:
    terms = read_terms(set_of(asked="2024-10-30", answered="2024-11-19"))
    assert (terms.days, terms.late_first, terms.late_extended) == (20, -1, None)


def test_a_letter_for_other_numbers_extends_nothing(set_of: SetOf) -> None:
    terms = read_terms(
        set_of(asked="2025-05-23", kenmerk="2025Z00009", letters=[(LETTER, ("2025Z00001",))])
    )
    assert terms.extensions == ()
    assert terms.extended_term is None


def test_of_a_set_without_number_the_letter_stays_uncertain(set_of: SetOf) -> None:
    (extension,) = read_terms(set_of(letters=[(LETTER, ("2025Z00001",))])).extensions
    assert not extension.certain


@pytest.mark.parametrize(("asked", "answered"), [("", ""), ("2025-05-23", ""), ("", "2025-09-19")])
def test_missing_dates_leave_gaps_and_nothing_else(
    set_of: SetOf, asked: str, answered: str
) -> None:
    terms = read_terms(
        set_of(["Kunt u antwoorden voor 2 juni a.s.?"], asked=asked, answered=answered)
    )
    assert terms.days is None
    assert terms.late_first is None
    assert len(terms.requested) == 1
    assert (terms.due_on_request is None) == (asked == "")


@pytest.mark.parametrize(
    ("question", "due", "event"),
    [
        (
            "Kunt u deze vragen beantwoorden vóór het commissiedebat Water op 15 mei 2025?",
            date(2025, 5, 15),
            "het commissiedebat Water op 15 mei 2025",
        ),
        (
            "Kunt u deze vragen nog vóór het plenaire debat over water beantwoorden?",
            None,
            "het plenaire debat over water",
        ),
        ("Wilt u deze vragen binnen twee weken beantwoorden?", date(2025, 5, 15), None),
        ("Kunt u deze vragen uiterlijk 20 mei 2025 beantwoorden?", date(2025, 5, 20), None),
        ("Kunt u uiterlijk in mei 2025 antwoorden?", date(2025, 5, 31), None),
    ],
)
def test_dates_asked_for_are_read(
    set_of: SetOf, question: str, due: date | None, event: str | None
) -> None:
    (requested,) = read_terms(set_of([question], asked="2025-05-01")).requested
    assert requested.due == due
    assert requested.event == event
    assert requested.span.of(question) == requested.exact


@pytest.mark.parametrize(
    "question",
    [
        "Kunt u deze vragen afzonderlijk beantwoorden?",
        "Hoe beoordeelt u de brief van 2 mei 2025?",
        "Bent u bekend met het antwoord van 3 april 2025 op eerdere vragen?",
        "Wat is uw plan voor 2030?",
    ],
)
def test_other_dates_are_no_deadlines(set_of: SetOf, question: str) -> None:
    assert read_terms(set_of([question], asked="2025-05-01")).requested == ()
