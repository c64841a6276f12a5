"""What a graph tells of one thing: all that its page and its data are made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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
        parts = [local for local in self.subjects if local != self.local]
        if self.starts:
            bounds = [0, *map(parts.index, self.starts), len(parts)]
            parts = parts[bounds[number - 1] : bounds[number]] if number < len(bounds) else []
        elif number > 1:
            parts = []
        subjects = {local: self.subjects[local] for local in (self.local, *parts)}
        return Told(self.local, subjects, references, self.starts, self._values)
