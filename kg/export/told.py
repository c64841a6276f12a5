"""What a graph tells of one thing: all that a sheet of its page, and its data, are made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.export.page_parts import Values, by_predicate

MOST_REFERENCES = 200
"""References by one property that a sheet of a page lists."""

MOST_PARTS = 500
"""Parts that one sheet holds, but for sets: their parts stand in their texts."""


@dataclass(frozen=True, slots=True)
class PartSheets:
    """How many parts a thing has, and the first of each sheet but the first.

    Both are left out where all parts are on one sheet.
    """

    total: int = 0
    starts: Sequence[str] = ()

    @property
    def sheets(self) -> int:
        """How many sheets they fill."""
        return len(self.starts) + 1


@dataclass(frozen=True, slots=True)
class Told:
    """One sheet of what is told of a thing.

    `subjects` has the triples of the thing and of its parts on this sheet by local id, the thing
    first and the parts in order. `references` has all subjects that point at the thing from
    elsewhere, by property and in order: local ids, or whole IRIs of what is not ours.
    """

    local: str
    subjects: Mapping[str, Sequence[ox.Triple]]
    references: Mapping[str, Sequence[str]]
    parts: PartSheets = PartSheets()
    sheet: int = 1
    _values: dict[str, Values] = field(default_factory=dict, init=False)

    def values(self, local: str) -> Values:
        """The objects of what is told of the thing or a part by property; nothing of others."""
        if local not in self._values:
            self._values[local] = by_predicate(self.subjects.get(local, ()))
        return self._values[local]

    def triples(self) -> Iterator[ox.Triple]:
        """All triples of this sheet."""
        for triples in self.subjects.values():
            yield from triples

    @property
    def sheets(self) -> int:
        """On how many sheets the page is."""
        return max(self.data_sheets, -(-self.most_references // MOST_REFERENCES))

    @property
    def data_sheets(self) -> int:
        """How many of the sheets have data: the others only list references."""
        return self.parts.sheets

    @property
    def most_references(self) -> int:
        """The length of the longest list of references."""
        return max(map(len, self.references.values()), default=0)

    def listed(self) -> dict[str, Sequence[str]]:
        """The references that this sheet lists."""
        at = (self.sheet - 1) * MOST_REFERENCES
        return {
            name: found[at : at + MOST_REFERENCES]
            for name, found in self.references.items()
            if len(found) > at
        }
