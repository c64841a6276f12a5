"""Dates written out in Dutch: `23 mei 2025`."""

import re
from datetime import date

from kg.model.months import MONTHS

DATE = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+((?:19|20)\d\d)\b", re.IGNORECASE)


def find_date(text: str) -> date | None:
    """The first full date in `text`; None where there is none or it is impossible."""
    match = DATE.search(text)
    if match is None:
        return None
    day, month, year = match.groups()
    try:
        return date(int(year), MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return None
