"""What a graph tells of one thing: all that its page and its data are made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pyoxigraph as ox

from kg.export.page_parts import Values, by_predicate

MOST_REFERENCES = 200
"""References by one property that a sheet of a page lists."""

MOST_PARTS = 500
"""Parts that one sheet holds, but for sets: their parts stand in their texts."""


@dataclass(frozen=True, slots=True)
class Told:
    """A thing, its parts, and the things that refer to it.

    `subjects` has the triples of the thing and its parts by local id, the thing first and the parts
    in order. `references` has the subjects that point at the thing from elsewhere, by property and
    in order: local ids, or whole IRIs of what is not ours. `starts` are the first parts of the
    second sheet and the following, where the parts fill several.
    """

    local: str
    subjects: Mapping[str, Sequence[ox.Triple]]
    references: Mapping[str, Sequence[str]]
    starts: Sequence[str] = ()
    _values: dict[str, Values] = field(default_factory=dict)
    _sheets: list[Sequence[str]] = field(default_factory=list)

    def values(self, local: str) -> Values:
        """The objects of what is told of the thing or a part by property; nothing of others."""
        if local not in self._values:
            self._values[local] = by_predicate(self.subjects.get(local, ()))
        return self._values[local]

    @property
    def sheets(self) -> int:
        """On how many sheets the page is."""
        longest = max(map(len, self.references.values()), default=0)
        return max(1, -(-longest // MOST_REFERENCES), len(self.starts) + 1)

    @property
    def data_sheets(self) -> int:
        """How many of the sheets have data: the others only list references."""
        return len(self.starts) + 1

    def triples(self) -> Iterator[ox.Triple]:
        """All triples of the thing and its parts."""
        for triples in self.subjects.values():
            yield from triples

    def sheet(self, number: int) -> "Told":
        """The part of all this that stands on a sheet, counted from 1; the thing is on each."""
        at = (number - 1) * MOST_REFERENCES
        references = {
            name: found[at : at + MOST_REFERENCES]
            for name, found in self.references.items()
            if len(found) > at
        }
        subjects = {local: self.subjects[local] for local in (self.local, *self._parts(number))}
        return Told(self.local, subjects, references, self.starts, self._values)

    def _parts(self, number: int) -> Sequence[str]:
        """The parts that stand on a sheet."""
        if not self._sheets:
            parts = [local for local in self.subjects if local != self.local]
            places = {local: place for place, local in enumerate(parts)}
            bounds = [0, *(places[first] for first in self.starts), len(parts)]
            self._sheets.extend(parts[start:end] for start, end in pairwise(bounds))
        return self._sheets[number - 1] if number <= len(self._sheets) else ()
