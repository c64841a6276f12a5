"""The first things of each kind by name, for the page that shows what there is."""

from collections import Counter, defaultdict
from heapq import nsmallest

from kg.export.page_parts import Addresses, Link
from kg.export.things import Things

MOST_LISTED = 200
"""Things of a kind that are listed; the search finds the others."""


class Listed:
    """Takes in all things and keeps the first of each kind."""

    def __init__(self) -> None:
        self._counts = Counter[str]()
        self._first: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def take(self, kind: str, label: str, local: str) -> None:
        """Takes in a thing by its class in Dutch, its name and its local id."""
        self._counts[kind] += 1
        self._first[kind].append((label.lower(), local))
        if len(self._first[kind]) > 10 * MOST_LISTED:
            self._cut(kind)

    def add(self, other: "Listed") -> None:
        """Takes in all that another took in."""
        self._counts.update(other._counts)
        for kind, found in other._first.items():
            self._first[kind] += found
            self._cut(kind)

    def links(self, things: Things, addresses: Addresses) -> list[tuple[str, list[Link], int]]:
        """The kinds with links to their first things, and how many they have."""
        for kind in self._first:
            self._cut(kind)
        return [
            (
                kind,
                [things.link_to(local, addresses, things.set_note(local)) for _, local in found],
                self._counts[kind],
            )
            for kind, found in self._first.items()
        ]

    def _cut(self, kind: str) -> None:
        self._first[kind] = nsmallest(MOST_LISTED, self._first[kind])
