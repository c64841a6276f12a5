from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.dutch_dates import read_dates

WRITTEN = date(2025, 5, 23)
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


@pytest.mark.parametrize(
    ("text", "exact", "start", "end"),
    [
        ("vóór het overleg van 2 juni a.s.?", "2 juni a.s.", "2025-06-02", "2025-06-03"),
        ("op 14 januari aanstaande", "14 januari aanstaande", "2026-01-14", "2026-01-15"),
        ("de brief van 22 november jl.", "22 november jl.", "2024-11-22", "2024-11-23"),
        ("op 22 mei jongstleden", "22 mei jongstleden", "2025-05-22", "2025-05-23"),
        ("op 15 mei 2025?", "15 mei 2025", "2025-05-15", "2025-05-16"),
        ("ingezonden 18 november2024", "18 november2024", "2024-11-18", "2024-11-19"),
        ("op 03-12-2024", "03-12-2024", "2024-12-03", "2024-12-04"),
        ("dat u medio 2025 ontvangt", "medio 2025", "2025-05-01", "2025-09-01"),
        ("de medio dit jaar verwachte visie", "medio dit jaar", "2025-05-01", "2025-09-01"),
        ("begin volgend jaar", "begin volgend jaar", "2026-01-01", "2026-05-01"),
        ("eind vorig jaar", "eind vorig jaar", "2024-09-01", "2025-01-01"),
        (
            "van het eerste kwartaal van dit jaar",
            "eerste kwartaal van dit jaar",
            "2025-01-01",
            "2025-04-01",
        ),
        ("in het vierde kwartaal van 2024", "vierde kwartaal van 2024", "2024-10-01", "2025-01-01"),
        ("in Q3 2025", "Q3 2025", "2025-07-01", "2025-10-01"),
        ("de tweede helft van 2025", "tweede helft van 2025", "2025-07-01", "2026-01-01"),
        ("begin april 2025 wordt", "begin april 2025", "2025-04-01", "2025-04-11"),
        ("eind februari 2024", "eind februari 2024", "2024-02-21", "2024-03-01"),
        ("(oktober 2025)", "oktober 2025", "2025-10-01", "2025-11-01"),
        ("later dit voorjaar", "dit voorjaar", "2025-03-01", "2025-06-01"),
        ("in de zomer van 2025", "zomer van 2025", "2025-06-01", "2025-09-01"),
        ("binnen drie weken", "binnen drie weken", "2025-05-23", "2025-06-14"),
        ("uiterlijk 2026", "uiterlijk 2026", "2026-01-01", "2027-01-01"),
    ],
)
def test_dates_are_read(text: str, exact: str, start: str, end: str) -> None:
    (found,) = read_dates(text, WRITTEN)
    assert found.exact == exact == found.span.of(text)
    assert found.period is not None
    assert (str(found.period.start), str(found.period.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("op 31 februari 2024", "no such day exists"),
        ("op 10 april", "no year is printed"),
        ("begin april wordt hij aangeboden", "no year is printed"),
        ("in het tweede kwartaal", "no year is printed"),
        ("vóór het zomerreces", "the days of a recess are set each year and not in the text"),
    ],
)
def test_what_cannot_be_dated_says_why(text: str, reason: str) -> None:
    (found,) = read_dates(text, WRITTEN)
    assert found.period is None
    assert found.reason == reason


@pytest.mark.parametrize("text", ["2 juni a.s.", "dit jaar", "binnen twee weken", "komende zomer"])
def test_without_a_day_of_writing_relative_dates_stay_open(text: str) -> None:
    (found,) = read_dates(text, None)
    assert found.period is None
    assert found.reason == "the day of writing is not known"


@pytest.mark.parametrize(
    "text",
    [
        "Verordening 2023/2841",
        "Wiv2017",
        "NIS2-richtlijn (EU) 2022/2555",
        "vraag 12",
        "mei mooi zijn",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert read_dates(text, WRITTEN) == ()


@given(
    written=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    day=st.dates(date(2020, 1, 1), date(2020, 12, 31)),
)
def test_coming_days_lie_ahead_and_past_days_behind(written: date, day: date) -> None:
    month = MONTHS[day.month - 1]
    (ahead,) = read_dates(f"{day.day} {month} a.s.", written)
    (behind,) = read_dates(f"{day.day} {month} jl.", written)
    assert ahead.day is not None
    assert behind.day is not None
    assert written <= ahead.day <= written + timedelta(days=8 * 366)
    assert behind.day <= written
