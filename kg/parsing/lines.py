"""Lines of a source with their places: what the line-based layouts read."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model.document import LineRole
from kg.model.text import Span


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line: its 1-based number, its span without outer white space, its text."""

    number: int
    span: Span
    text: str


@lru_cache(maxsize=2)
def read_lines(text: str) -> tuple[Line, ...]:
    """The non-blank lines of `text`. Only line feeds end a line, so numbers match any editor's.

    Kept for a moment: the layouts ask for the same text one after the other.
    """
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if stripped:
            first = start + raw.index(stripped)
            yield Line(number, Span(first, first + len(stripped)), stripped)
        start += len(raw) + 1


class Ledger:
    """Accounts for every non-blank line: each is given a role, or stays unclaimed."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self._roles = {line.number: LineRole.UNCLAIMED for line in lines}

    def claim(self, line: Line, role: LineRole) -> None:
        """Gives `line` its role."""
        self._roles[line.number] = role

    def roles(self) -> tuple[tuple[int, LineRole], ...]:
        """(line number, role) of every non-blank line, in order."""
        return tuple(sorted(self._roles.items()))
