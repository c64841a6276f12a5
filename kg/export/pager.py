"""Which of a long list a sheet of a page has, and the links to the other sheets."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.export.page_parts import Addresses
from kg.export.terms import dutch_number
from kg.export.told import MOST_PARTS, MOST_REFERENCES, Told

_NEIGHBOURS = 2
"""Sheets before and after this one that are linked to, besides the first and the last."""


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A sheet: which of the list stand there, and its address; none for what is passed over."""

    shown: str
    address: str | None = None
    is_this: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    """The links of a sheet; `previous` and `following` are addresses."""

    links: tuple[SheetLink, ...]
    previous: str | None
    following: str | None


def pager_of(told: Told, addresses: Addresses) -> Pager | None:
    """The links of a sheet; None where there is no other."""
    last = told.sheets
    if last == 1:
        return None
    longest = (MOST_REFERENCES, told.most_references)
    if told.data_sheets == last:
        longest = (MOST_PARTS, told.parts.total)

    def address(number: int) -> str | None:
        return addresses.page(told.local, "", number) if 1 <= number <= last else None

    links = []
    for before, number in pairwise((0, *_numbers(told.sheet, last))):
        if number > before + 1:
            links.append(SheetLink("…"))
        links.append(SheetLink(_range(number, *longest), address(number), number == told.sheet))
    return Pager(tuple(links), address(told.sheet - 1), address(told.sheet + 1))


def _numbers(this: int, last: int) -> Iterator[int]:
    """The first, the last, and the neighbours of this one."""
    near = range(max(2, this - _NEIGHBOURS), min(last, this + _NEIGHBOURS + 1))
    return iter((1, *near, last))


def which_parts(told: Told) -> str:
    """Which of the parts of a thing a sheet has, such as `501–1.000 van 1.201`; empty for all."""
    return _which(told.sheet, MOST_PARTS, told.parts.total)


def which_references(told: Told, predicate: str) -> str:
    """Which of the references by a property a sheet has; empty for all."""
    return _which(told.sheet, MOST_REFERENCES, len(told.references[predicate]))


def _which(sheet: int, a_sheet: int, total: int) -> str:
    return f"{_range(sheet, a_sheet, total)} van {dutch_number(total)}" if total > a_sheet else ""


def _range(sheet: int, a_sheet: int, total: int) -> str:
    first, last = (sheet - 1) * a_sheet + 1, min(sheet * a_sheet, total)
    return f"{dutch_number(first)}–{dutch_number(last)}"
