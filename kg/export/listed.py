"""The things that are listed of each kind, on the page that shows what there is."""

from collections import Counter, defaultdict
from datetime import date
from heapq import nsmallest

from kg.export.page_parts import Addresses, Link
from kg.export.terms import dutch_date
from kg.export.things import Things
from kg.model.spelling import natural_order
from kg.rdf.vocabulary import KG

MOST_LISTED = 100
"""Things of a kind up to which all are listed."""
_LISTED_OF_MORE = 30
"""Of kinds with more; the search finds the others."""
SUBMITTED_ON = KG + "submittedOn"

Place = tuple[int, str, str]
"""The later submitted, the smaller; the order of the local id; when it was submitted."""


class Listed:
    """Takes in things and keeps what is listed of each kind.

    That is what was submitted last, then what has no day, first in canonical order.
    """

    def __init__(self) -> None:
        self.counts = Counter[str]()
        """How many things of a kind there are, listed or not."""
        self._first: dict[str, dict[str, Place]] = defaultdict(dict)

    def take(self, kind: str, local: str, day: str | None = None) -> None:
        """Takes in a thing by its class in Dutch, its local id, and when it was submitted."""
        self.counts[kind] += 1
        self.show(kind, local, day)

    def show(self, kind: str, local: str, day: str | None = None) -> None:
        """Takes in a thing, maybe again, without counting it."""
        self._first[kind][local] = (-_number(day), natural_order(local), day or "")
        if len(self._first[kind]) > 10 * MOST_LISTED:
            self._cut(kind)

    def add(self, other: "Listed") -> None:
        """Takes in all that another took in."""
        self.counts.update(other.counts)
        for kind, found in other._first.items():
            self._first[kind] |= found
            self._cut(kind)

    def links(self, things: Things, addresses: Addresses) -> list[tuple[str, list[Link], int]]:
        """The kinds with links to what is listed, the newest first and else by name.

        With them goes how many things each kind has.
        """
        found = []
        for kind in self._first:
            self._cut(kind, listed_of(self.counts[kind]))
            first = sorted(
                (number, things.name(local).lower(), local, day)
                for local, (number, _, day) in self._first[kind].items()
            )
            links = [
                things.link_to(local, addresses, _note(day, things.set_note(local)))
                for _, _, local, day in first
            ]
            found.append((kind, links, self.counts[kind]))
        return found

    def _cut(self, kind: str, most: int = MOST_LISTED) -> None:
        first = self._first[kind].items()
        self._first[kind] = dict(nsmallest(most, first, key=lambda one: one[1]))


def listed_of(count: int) -> int:
    """How many are listed of a kind that has so many things."""
    return count if count <= MOST_LISTED else _LISTED_OF_MORE


def _number(day: str | None) -> int:
    try:
        return date.fromisoformat(day or "").toordinal()
    except ValueError:
        return 0


def _note(day: str, note: str) -> str:
    return " · ".join(filter(None, (dutch_date(day), note)))
