"""What a text prints of a motion or parliamentary paper: its number, its authors, its subject."""

import re
from dataclasses import dataclass

from kg.model.mention import Mention
from kg.model.text import Passage
from kg.resolution.names import fold

_NOTE_NUMBER = re.compile(
    r"(?P<dossier>\d{2}\s?\d{3})(?:[\s-]?(?P<part>[IVX]{1,6}|\d{2}(?=[,-])))?\s?(?:,?\s?nrs?\.?|[-–])\s?(?P<number>\d{1,4})"
)


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a paper: `26643` and `1315`; `paper` is empty for a whole dossier."""

    dossier: str
    paper: str

    def __str__(self) -> str:
        return f"{self.dossier}-{self.paper}" if self.paper else self.dossier

    @property
    def is_whole(self) -> bool:
        """Whether the dossier has the five digits that all dossiers have."""
        return len(self.dossier.partition("-")[0]) == 5


def number_of(mention: Mention) -> Number | None:
    """The number that a paper's or motion's mention reads, or None."""
    dossier = mention.read("dossier")
    return Number(dossier, mention.read("number") or "") if dossier else None


def note_number(mention: Mention, passage: Passage) -> Number | None:
    """The number in the footnote whose mark stands at the end of a motion's name, or None.

    Of several marks there, the last is the motion's: they follow the order of what they are of.
    """
    notes = dict(passage.notes)
    marks = [
        mark.mark
        for mark in passage.marks
        if 0 <= mark.offset - mention.span.end <= 2 and mark.mark in notes
    ]
    found = _NOTE_NUMBER.search(notes[marks[-1]]) if marks else None
    return _as_number(found) if found is not None else None


def _as_number(found: re.Match[str]) -> Number:
    part = f"-{found['part']}" if found["part"] else ""
    return Number(re.sub(r"\s", "", found["dossier"]) + part, found["number"])


def title_number(authors: tuple[str, ...], title: str | None) -> Number | None:
    """The number that a set's title prints behind a motion of the same author, or None."""
    _, motion, tail = (title or "").partition("motie")
    if not motion or not authors or authors[0] not in fold(tail):
        return None
    found = _NOTE_NUMBER.search(tail)
    return _as_number(found) if found is not None else None


def authors_of(mention: Mention) -> tuple[str, ...]:
    """The authors in a motion's reading, as folded surnames, in order."""
    return tuple(fold(value) for name, value in mention.reading if name == "author")


def subject_words(mention: Mention, text: str) -> frozenset[str]:
    """The words of six letters or more after a motion's name, to the end of its sentence."""
    after = re.split(r"[.?!](?:\s|$)", text[mention.span.end : mention.span.end + 260])[0]
    words = re.findall(r"[a-z]{6,}", fold(mention.read("subject") or after))
    return frozenset(word[:8] for word in words if word not in _COMMON)


_COMMON = frozenset(
    [
        "kamerstuk",
        "kamerstukken",
        "aangenomen",
        "hiertoe",
        "oproept",
        "verzoekt",
        "regering",
        "verzocht",
        "uitvoering",
        "invulling",
        "waarin",
        "waarbij",
        "nederland",
        "nederlandse",
        "kabinet",
    ]
)
