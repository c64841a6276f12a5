"""Reads dates in Dutch running text, relative to the day on which the text was written.

Vague stretches are thirds: *begin*, *medio* and *eind* of a year are January–April, May–August
and September–December; of a month the days 1–10, 11–20 and the rest. Seasons are the
meteorological ones. What cannot be dated (no year, no day of writing) has no period and says why.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model.authority import Period
from kg.model.months import MONTHS
from kg.model.text import Span

_MONTH = r"(?P<month>" + "|".join(MONTHS) + r")"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WHICH = r"(?P<which>dit|volgend|komend|vorig|afgelopen|deze|volgende|komende|vorige)"
_ORDINALS = {
    "eerste": 1,
    "1e": 1,
    "tweede": 2,
    "2e": 2,
    "derde": 3,
    "3e": 3,
    "vierde": 4,
    "4e": 4,
}
_ORDINAL = r"(?P<ordinal>" + "|".join(_ORDINALS) + r"|laatste)"
_COUNTS = {"een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8}
_COUNTS |= {"negen": 9, "tien": 10, "elf": 11, "twaalf": 12}
_COUNT = r"(?P<count>\d{1,2}|één|" + "|".join(_COUNTS) + r")"
_THIRDS = {"begin": 0, "medio": 1, "half": 1, "halverwege": 1, "eind": 2, "einde": 2}
_THIRD = r"(?P<third>begin|medio|half|halverwege|einde?)"
_SEASONS = {"voorjaar": 3, "lente": 3, "zomer": 6, "najaar": 9, "herfst": 9, "winter": 12}
_SEASON = r"(?P<season>" + "|".join(_SEASONS) + r")"
_HINT = re.compile(
    rf"\d|jaar|reces|kwartaal|zomer|herfst|winter|lente|binnen|{'|'.join(MONTHS)}", re.IGNORECASE
)
"""What every rule needs: a text without it names no date, and most sentences are such."""
_NO_ANCHOR = "the day of writing is not known"
_NO_YEAR = "no year is printed"


@dataclass(frozen=True, slots=True)
class DatedPhrase:
    """A date or stretch of time in a text.

    `span` is half-open into the text, `period` the days meant (half-open), None where the text
    does not tell, and then `reason` says why. `rule` names the pattern; `day` when one day.
    """

    span: Span
    exact: str
    rule: str
    period: Period | None
    reason: str | None = None

    @property
    def day(self) -> date | None:
        """The one day meant, or None."""
        if self.period is None or self.period.start is None or self.period.end is None:
            return None
        only = self.period.end - self.period.start == timedelta(days=1)
        return self.period.start if only else None


def read_dates(text: str, written_on: date | None) -> tuple[DatedPhrase, ...]:
    """The dates that a text names, in reading order, none overlapping; the longest reading wins.

    `written_on` is the day from which `a.s.`, `jl.`, `dit jaar` and bare months are counted.
    Impossible days (31 februari) are reported without a period.
    """
    if not _HINT.search(text):
        return ()
    found: list[DatedPhrase] = []
    for rule, pattern, period in _RULES:
        for match in pattern.finditer(text):
            days, reason = period(match, written_on)
            span = Span(match.start(), match.end())
            found.append(DatedPhrase(span, match[0], rule, days, reason))
    return tuple(_longest(found))


def _longest(found: list[DatedPhrase]) -> Iterator[DatedPhrase]:
    end = 0
    for phrase in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if phrase.span.start >= end:
            yield phrase
            end = phrase.span.end


_Reading = tuple[Period | None, str | None]


def _one_day(day: date) -> Period:
    return Period(day, day + timedelta(days=1))


def _months(year: int, month: int, count: int) -> Period:
    """`count` whole months from a month; months above 12 run into the next year."""
    start = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    last = month - 1 + count
    return Period(start, date(year + last // 12, last % 12 + 1, 1))


def _third(period: Period, name: str) -> Period:
    start, end = period.start, period.end
    assert start is not None
    assert end is not None
    index = _THIRDS[name.lower()]
    if end - start > timedelta(days=31):
        return _months(start.year, start.month + 4 * index, 4)
    first = start + timedelta(days=10 * index)
    return Period(first, end if index == 2 else first + timedelta(days=10))


def _year_of(match: re.Match[str], anchor: date | None) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if anchor is None:
        return None
    which = (groups.get("which") or "dit").lower()
    step = -1 if which.startswith(("vorig", "afgelopen")) else int(which[:4] in ("volg", "kome"))
    return anchor.year + step


def _full_day(match: re.Match[str], anchor: date | None) -> _Reading:
    month = MONTHS.index(match["month"].lower()) + 1
    try:
        return _one_day(date(int(match["year"]), month, int(match["day"]))), None
    except ValueError:
        return None, "no such day exists"


def _relative_day(match: re.Match[str], anchor: date | None) -> _Reading:
    if anchor is None:
        return None, _NO_ANCHOR
    month = MONTHS.index(match["month"].lower()) + 1
    back = match["side"].lower().startswith(("j", "l"))
    for step in (0, -1, 1, -2, 2, -3, 3, -4, 4):
        try:
            day = date(anchor.year + step, month, int(match["day"]))
        except ValueError:
            continue
        if (day <= anchor) if back else (day >= anchor):
            return _one_day(day), None
    return None, "no such day exists"


def _bare_day(match: re.Match[str], anchor: date | None) -> _Reading:
    return None, _NO_YEAR


def _numeric_day(match: re.Match[str], anchor: date | None) -> _Reading:
    try:
        return _one_day(date(int(match["year"]), int(match["mm"]), int(match["day"]))), None
    except ValueError:
        return None, "no such day exists"


def _month(match: re.Match[str], anchor: date | None) -> _Reading:
    if not match.groupdict().get("year"):
        return None, _NO_YEAR
    period = _months(int(match["year"]), MONTHS.index(match["month"].lower()) + 1, 1)
    third = match.groupdict().get("third")
    return (_third(period, third) if third else period), None


def _year(match: re.Match[str], anchor: date | None) -> _Reading:
    year = _year_of(match, anchor)
    if year is None:
        return None, _NO_ANCHOR
    period = _months(year, 1, 12)
    third = match.groupdict().get("third")
    return (_third(period, third) if third else period), None


def _quarter(match: re.Match[str], anchor: date | None) -> _Reading:
    groups = match.groupdict()
    if not groups.get("year") and not groups.get("which"):
        return None, _NO_YEAR
    year = _year_of(match, anchor)
    if year is None:
        return None, _NO_ANCHOR
    ordinal = (groups.get("ordinal") or groups.get("q") or "").lower()
    number = 4 if ordinal == "laatste" else _ORDINALS.get(ordinal) or int(ordinal)
    return _months(year, 3 * number - 2, 3), None


def _half(match: re.Match[str], anchor: date | None) -> _Reading:
    year = _year_of(match, anchor)
    if year is None:
        return None, _NO_ANCHOR
    return _months(year, 1 if match["ordinal"].lower() in ("eerste", "1e") else 7, 6), None


def _season(match: re.Match[str], anchor: date | None) -> _Reading:
    year = _year_of(match, anchor)
    if year is None:
        return None, _NO_ANCHOR
    return _months(year, _SEASONS[match["season"].lower()], 3), None


def _within(match: re.Match[str], anchor: date | None) -> _Reading:
    if anchor is None:
        return None, _NO_ANCHOR
    word = match["count"].lower()
    number = int(word) if word.isdigit() else _COUNTS.get(word.replace("é", "e"), 0)
    unit = match["unit"].lower()
    if unit.startswith(("dag", "wek", "wee")):
        days = number * (1 if unit.startswith("dag") else 7)
        return Period(anchor, anchor + timedelta(days=days + 1)), None
    month = anchor.month - 1 + number * (12 if unit.startswith("jaar") else 1)
    return Period(anchor, date(anchor.year + month // 12, month % 12 + 1, 1)), None


def _recess(match: re.Match[str], anchor: date | None) -> _Reading:
    return None, "the days of a recess are set each year and not in the text"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])" + pattern + r"(?!\w)", re.IGNORECASE)


_RULES: tuple[
    tuple[str, re.Pattern[str], Callable[[re.Match[str], date | None], _Reading]], ...
] = (
    ("full-day", _compiled(rf"(?P<day>\d{{1,2}})\s+{_MONTH}\s*{_YEAR}"), _full_day),
    (
        "numeric-day",
        _compiled(rf"(?P<day>\d{{1,2}})[-/](?P<mm>\d{{1,2}})[-/]{_YEAR}"),
        _numeric_day,
    ),
    (
        "relative-day",
        _compiled(
            rf"(?P<day>\d{{1,2}})\s+{_MONTH},?\s+(?P<side>a\.?s\.?|aanstaande|j\.?l\.?|jongstleden|l\.?l\.?)"
        ),
        _relative_day,
    ),
    ("bare-day", _compiled(rf"(?P<day>\d{{1,2}})\s+{_MONTH}"), _bare_day),
    ("month", _compiled(rf"(?:{_THIRD}\s+)?{_MONTH}\s+{_YEAR}"), _month),
    ("part-of-month", _compiled(rf"{_THIRD}\s+{_MONTH}"), _month),
    ("part-of-year", _compiled(rf"{_THIRD}\s+(?:van\s+)?(?:{_YEAR}|{_WHICH}\s+jaar)"), _year),
    (
        "quarter",
        _compiled(rf"{_ORDINAL}\s+kwartaal(?:\s+(?:van\s+)?(?:{_YEAR}|{_WHICH}\s+jaar))?"),
        _quarter,
    ),
    ("quarter-short", _compiled(rf"[QK](?P<q>[1-4])\s+{_YEAR}"), _quarter),
    (
        "half-year",
        _compiled(rf"{_ORDINAL}\s+helft\s+(?:van\s+)?(?:{_YEAR}|{_WHICH}\s+jaar)"),
        _half,
    ),
    ("season-of-year", _compiled(rf"{_SEASON}\s+(?:van\s+)?{_YEAR}"), _season),
    ("season", _compiled(rf"{_WHICH}\s+{_SEASON}"), _season),
    ("year", _compiled(rf"(?:in|uiterlijk|vanaf|sinds|tot)\s+{_YEAR}"), _year),
    ("relative-year", _compiled(rf"{_WHICH}\s+jaar"), _year),
    (
        "within",
        _compiled(rf"binnen\s+{_COUNT}\s+(?P<unit>dag(?:en)?|week|weken|maand(?:en)?|jaar)"),
        _within,
    ),
    ("recess", _compiled(r"(?:zomer|kerst|herfst|krokus|voorjaars|mei|verkiezings)reces"), _recess),
)
