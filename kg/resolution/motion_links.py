"""Motions and parliamentary papers: minted by their numbers, and linked."""

import hashlib
from collections.abc import Mapping, Sequence

from kg.model.authority import Kind
from kg.model.mention import Entity, Link, LinkStatus, Mention, undecided
from kg.model.text import Passage
from kg.resolution.entities import MOTION_BY
from kg.resolution.names import fold, slug
from kg.resolution.paper_numbers import (
    Number,
    authors_of,
    note_number,
    number_of,
    subject_words,
    title_number,
)
from kg.resolution.paper_trail import PaperAnswers

OFFICIAL_PAGE = "https://zoek.officielebekendmakingen.nl/kst-"


class PaperEntities:
    """The motions and papers that a set names, with every form in which it prints them."""

    def __init__(self) -> None:
        self._labels: dict[str, tuple[str, dict[str, None]]] = {}
        self._numbers: dict[str, Number] = {}

    def paper(self, number: Number, printed: str = "") -> str:
        """The key of a paper, noting how it is printed."""
        key = f"paper/{number}"
        label = f"Kamerstuk {_spaced(number)}"
        self._note(key, label, printed)
        self._numbers[key] = number
        return key

    def motion(self, number: Number, authors: Sequence[str], printed: str) -> str:
        """The key of a numbered motion; its paper is minted beside it."""
        key = f"motion/{number}"
        self._note(key, "", printed)
        self._note(key, "", f"Kamerstuk {_spaced(number)}")
        self._numbers[key] = number
        self._authors(key, authors, f" ({_spaced(number)})")
        self.paper(number)
        return key

    def unnumbered(
        self, authors: Sequence[str], mention: Mention, title: str | None, printed: str
    ) -> str:
        """The key of a motion without a number: its authors and date, or the set's subject."""
        date = mention.read("date")
        part = date or hashlib.sha256(fold(title or "").encode()).hexdigest()[:8]
        names = [value for name, value in mention.reading if name == "author"]
        key = f"motion/{slug(' '.join(names) or 'zonder naam')}-{part}"
        self._note(key, "", printed)
        self._authors(key, names, f" ({date})" if date else "")
        return key

    def _authors(self, key: str, authors: Sequence[str], tail: str) -> None:
        label, forms = self._labels[key]
        if authors and not label.startswith(MOTION_BY):
            self._labels[key] = (f"{MOTION_BY}{'/'.join(authors)}{tail}", forms)

    def _note(self, key: str, label: str, printed: str) -> None:
        _, forms = self._labels.setdefault(key, (label or printed, {}))
        if printed:
            forms[printed] = None

    def entities(self) -> tuple[Entity, ...]:
        """Everything minted, in order of key; `labels` are the printed forms."""
        return tuple(self._entity(key) for key in sorted(self._labels))

    def _entity(self, key: str) -> Entity:
        label, forms = self._labels[key]
        number = self._numbers.get(key)
        is_motion = key.startswith("motion/")
        if is_motion and number and not label:
            label = f"Motie {_spaced(number)}"
        return Entity(
            key,
            Kind.MOTION if is_motion else Kind.PAPER,
            label,
            tuple(forms),
            (str(number),) if number else (),
            (f"{OFFICIAL_PAGE}{number}",) if number and number.paper else (),
            f"paper/{number}" if is_motion and number else None,
        )


def _spaced(number: Number) -> str:
    """`26 643, nr. 1315`: the way papers are cited."""
    digits, _, part = number.dossier.partition("-")
    dossier = f"{digits[:2]} {digits[2:]}"
    if part:
        dossier += f"-{part}" if part.isdigit() else f" {part}"
    return f"{dossier}, nr. {number.paper}" if number.paper else dossier


def link_paper(mention: Mention, answers: PaperAnswers, entities: PaperEntities) -> Link:
    """The link of a paper's mention."""
    number = number_of(mention)
    if number is None:
        return Link(mention, LinkStatus.UNLINKED, reason="no number is printed")
    right, why = answers.corrected(number)
    if right is None:
        return Link(mention, LinkStatus.UNLINKED, reason=why)
    key = entities.paper(right, mention.exact if why is None else "")
    status = LinkStatus.CERTAIN if why is None else LinkStatus.CORRECTED
    return Link(mention, status, (key,), why)


def link_motion(
    mention: Mention,
    passage: Passage,
    title: str | None,
    answers: PaperAnswers,
    entities: PaperEntities,
) -> Link:
    """The link of a motion that is named by its number or its authors."""
    names = [value for name, value in mention.reading if name == "author"]
    number = (
        number_of(mention)
        or note_number(mention, passage)
        or title_number(authors_of(mention), title)
    )
    if number is not None:
        right, why = answers.corrected(number)
        if right is not None:
            key = entities.motion(right, names, mention.exact)
            status = LinkStatus.CERTAIN if why is None else LinkStatus.CORRECTED
            return Link(mention, status, (key,), why)
    numbers, why = answers.numbered(authors_of(mention), subject_words(mention, passage.text))
    if len(numbers) == 1:
        key = entities.motion(numbers[0], names, mention.exact)
        return Link(mention, LinkStatus.CERTAIN, (key,), why)
    if numbers:
        keys = tuple(entities.motion(n, names, mention.exact) for n in numbers)
        reason = "its authors have several motions, and nothing here tells which is meant"
        return undecided(mention, keys, reason)
    if not names:
        reason = "neither a number that exists nor an author is printed"
        return Link(mention, LinkStatus.UNLINKED, reason=reason)
    key = entities.unnumbered(names, mention, title, mention.exact)
    return Link(mention, LinkStatus.CERTAIN, (key,))


def link_backward(mention: Mention, before: Mapping[str, Link]) -> Link:
    """The link of "deze motie": the motion that the text named last before it."""
    last = before.get("motion")
    if last is None or not last.keys:
        reason = "no motion is named before it in the same text"
        return Link(mention, LinkStatus.UNLINKED, reason=reason)
    return Link(mention, last.status, last.keys, last.reason)
