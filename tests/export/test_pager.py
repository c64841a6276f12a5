"""From a sheet of a long list one gets to its neighbours and its ends, however many there are."""

import pytest

from kg.export.pager import pager_of
from kg.export.site.addresses import SiteAddresses
from kg.export.told import PartSheets, Told

ADDRESSES = SiteAddresses("", explorer=False)


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [
        (1, "[1–500] 501–1.000 1.001–1.500 … 453.501–453.660"),
        (4, "1–500 501–1.000 1.001–1.500 [1.501–2.000] 2.001–2.500 2.501–3.000 … 453.501–453.660"),
        (908, "1–500 … 452.501–453.000 453.001–453.500 [453.501–453.660]"),
    ],
)
def test_a_sheet_of_very_many_parts(sheet: int, shown: str) -> None:
    starts = [f"counting/a/{number}" for number in range(500, 453_660, 500)]
    pager = pager_of(Told("counting/a", {}, {}, PartSheets(453_660, starts), sheet), ADDRESSES)
    assert pager is not None
    assert " ".join(f"[{one.shown}]" if one.is_this else one.shown for one in pager.links) == shown
    assert pager.previous == (f"doc/counting/a/a~{sheet - 1}.html" if sheet > 2 else None)
    assert (pager.following is None) == (sheet == 908)


def test_references_are_counted_where_they_fill_more_sheets_than_parts_do() -> None:
    told = Told("person/a", {}, {"by": ["set/1"] * 450, "with": ["set/2"]})
    pager = pager_of(told, ADDRESSES)
    assert pager is not None
    assert [one.shown for one in pager.links] == ["1–200", "201–400", "401–450"]


def test_what_fits_on_one_sheet_has_no_links() -> None:
    assert pager_of(Told("person/a", {}, {"by": ["set/1"] * 200}), ADDRESSES) is None
