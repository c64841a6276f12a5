"""Motions and parliamentary papers: their numbers, their authors, and evidence across sets.

Sets that ask the same ("siblings") lend each other what one of them leaves out or misprints: a
motion's number, a digit of a dossier. Nothing else corrects a number.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.model.authority import Kind
from kg.model.mention import Entity, Link, LinkStatus, Mention, undecided
from kg.model.text import Passage
from kg.resolution.names import fold, slug
from kg.resolution.set_context import Reading, question_texts, units_of

OFFICIAL_PAGE = "https://zoek.officielebekendmakingen.nl/kst-"
_NOTE_NUMBER = re.compile(
    r"(?P<dossier>\d{2}\s?\d{3})(?:[\s-]?(?P<part>[IVX]{1,6}|\d{2}(?=[,-])))?\s?(?:,?\s?nrs?\.?|[-–])\s?(?P<number>\d{1,4})"
)
_SHORTEST_SUBJECT = 3


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
    """The number in the footnote whose mark stands at the end of a motion's name, or None."""
    notes = dict(passage.notes)
    for mark in passage.marks:
        if 0 <= mark.offset - mention.span.end <= 2 and mark.mark in notes:
            found = _NOTE_NUMBER.search(notes[mark.mark])
            if found is not None:
                return _as_number(found)
    return None


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


@dataclass(frozen=True, slots=True)
class _Naming:
    """One place where a motion is named: by whom it is, its number, and the words around it."""

    place: int
    authors: tuple[str, ...]
    number: Number | None
    words: frozenset[str]


@dataclass(slots=True)
class PaperTrail:
    """All motions and papers that the sets name, and what they say of one another."""

    readings: Sequence[Reading]
    namings: dict[int, list[_Naming]] = field(default_factory=lambda: defaultdict(list))
    papers: dict[int, set[Number]] = field(default_factory=lambda: defaultdict(set))
    siblings: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, reading in enumerate(self.readings):
            units = units_of(reading.question_set)
            for unit, found in zip(units, reading.found, strict=True):
                for mention in found.mentions:
                    if mention.kind is Kind.MOTION and mention.rule != "motion.anaphor":
                        number = number_of(mention) or note_number(mention, unit.passage)
                        words = subject_words(mention, unit.passage.text)
                        self.namings[place].append(
                            _Naming(place, authors_of(mention), number, words)
                        )
                    if mention.kind in (Kind.PAPER, Kind.MOTION) and (n := number_of(mention)):
                        self.papers[place].add(n)
        self.siblings = _siblings(self.readings)

    def corrected(self, number: Number, place: int) -> tuple[Number | None, str | None]:
        """The number that a misprinted one stands for, and the evidence.

        A dossier lacking a digit is corrected when a sibling, or else exactly one other dossier
        among all sets, has the paper under a dossier with just that digit more.
        """
        if number.is_whole:
            return number, None
        for places, who in (
            ((place,), "the same set"),
            (self.siblings.get(place, ()), "a set that asks the same"),
        ):
            found = {
                other
                for p in places
                for other in self.papers.get(p, ())
                if other.is_whole and other.paper == number.paper and _one_digit_more(other, number)
            }
            if len(found) == 1:
                right = found.pop()
                return right, f"printed as {number}; {who} has {right}"
        return (
            None,
            f"no dossier has the number {number.dossier}, and no set that asks the same tells",
        )

    def numbered(
        self, authors: tuple[str, ...], words: frozenset[str], place: int
    ) -> tuple[tuple[Number, ...], str | None]:
        """The numbered motions of these authors that an unnumbered one may be, nearest first.

        One number: the motion is that one, and the string says why. Several: it is one of them.
        None: no set names a numbered motion of theirs that may be meant.
        """
        for places, who in (
            ((place,), "the set itself numbers it"),
            (self.siblings.get(place, ()), "a set that asks the same numbers it"),
        ):
            namings = [
                naming
                for p in places
                for naming in self.namings.get(p, ())
                if naming.number and _same_authors(naming.authors, authors)
            ]
            numbers: dict[Number, int] = {}
            for naming in namings:
                right, _ = (
                    self.corrected(naming.number, naming.place) if naming.number else (None, "")
                )
                if right is not None:
                    shared = len(naming.words & words)
                    numbers[right] = max(shared, numbers.get(right, 0))
            if len(numbers) == 1:
                return tuple(numbers), who
            if numbers:
                best = max(numbers.values())
                nearest = [n for n, shared in numbers.items() if shared == best]
                others = [shared for n, shared in numbers.items() if shared != best]
                if len(nearest) == 1 and best - max(others, default=0) >= _SHORTEST_SUBJECT:
                    return (nearest[0],), f"{who}, and the subject is the same"
                return tuple(sorted(numbers, key=str)), None
        return self._elsewhere(authors, words, place)

    def _elsewhere(
        self, authors: tuple[str, ...], words: frozenset[str], place: int
    ) -> tuple[tuple[Number, ...], str | None]:
        shared: dict[Number, int] = {}
        for other, namings in self.namings.items():
            for naming in namings:
                if (
                    other != place
                    and naming.number
                    and naming.number.is_whole
                    and _same_authors(naming.authors, authors)
                ):
                    count = len(naming.words & words)
                    shared[naming.number] = max(count, shared.get(naming.number, 0))
        alike = [number for number, count in shared.items() if count >= _SHORTEST_SUBJECT]
        if len(alike) == 1:
            return (alike[0],), "another set numbers a motion of the same author and subject"
        return tuple(sorted(alike, key=str)), None


def authors_of(mention: Mention) -> tuple[str, ...]:
    """The authors in a motion's reading, as folded surnames, in order."""
    return tuple(fold(value) for name, value in mention.reading if name == "author")


def _same_authors(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists of authors may be of one motion: the first signer is the same."""
    return bool(one and other) and (one[0] == other[0] or set(one) == set(other))


def _one_digit_more(whole: Number, short: Number) -> bool:
    long, part = whole.dossier, short.dossier
    return len(long) == len(part) + 1 and any(
        long[:i] + long[i + 1 :] == part for i in range(len(long))
    )


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


def _siblings(readings: Sequence[Reading]) -> dict[int, tuple[int, ...]]:
    """For each set the others of the same title that share a question or a submitter."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, reading in enumerate(readings):
        if reading.question_set.title:
            groups[" ".join(fold(reading.question_set.title).split())].append(place)
    result = {}
    for places in groups.values():
        if len(places) < 2:
            continue
        texts = {p: question_texts(units_of(readings[p].question_set)) for p in places}
        who = {
            p: {q.person for q in readings[p].question_set.participants if q.person} for p in places
        }
        for p in places:
            result[p] = tuple(
                o for o in places if o != p and (texts[p] & texts[o] or who[p] & who[o])
            )
    return result


class PaperEntities:
    """The motions and papers minted so far, with every form in which they are printed."""

    def __init__(self) -> None:
        self._labels: dict[str, tuple[str, dict[str, None]]] = {}
        self._numbers: dict[str, Number] = {}

    def paper(self, number: Number, printed: str = "") -> str:
        """The key of a paper, noting how it is printed."""
        key = f"paper/{str(number).lower()}"
        label = f"Kamerstuk {_spaced(number)}"
        self._note(key, label, printed)
        self._numbers[key] = number
        return key

    def motion(self, number: Number, authors: Sequence[str], printed: str) -> str:
        """The key of a numbered motion; its paper is minted beside it."""
        key = f"motion/{str(number).lower()}"
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
        if authors and not label.startswith("Motie-"):
            self._labels[key] = (f"Motie-{'/'.join(authors)}{tail}", forms)

    def _note(self, key: str, label: str, printed: str) -> None:
        _, forms = self._labels.setdefault(key, (label or printed, {}))
        if printed:
            forms[printed] = None

    def entities(self) -> tuple[Entity, ...]:
        """Everything minted, in order of key."""
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
            tuple(sorted(form for form in forms if form != label)),
            (str(number),) if number else (),
            (f"{OFFICIAL_PAGE}{number}",) if number and number.paper else (),
            f"paper/{str(number).lower()}" if is_motion and number else None,
        )


def _spaced(number: Number) -> str:
    """`26 643, nr. 1315`: the way papers are cited."""
    digits, _, part = number.dossier.partition("-")
    dossier = f"{digits[:2]} {digits[2:]}"
    if part:
        dossier += f"-{part}" if part.isdigit() else f" {part}"
    return f"{dossier}, nr. {number.paper}" if number.paper else dossier


def link_paper(mention: Mention, place: int, trail: PaperTrail, entities: PaperEntities) -> Link:
    """The link of a paper's mention."""
    number = number_of(mention)
    if number is None:
        return Link(mention, LinkStatus.UNLINKED, reason="no number is printed")
    right, why = trail.corrected(number, place)
    if right is None:
        return Link(mention, LinkStatus.UNLINKED, reason=why)
    key = entities.paper(right, mention.exact if why is None else "")
    status = LinkStatus.CERTAIN if why is None else LinkStatus.CORRECTED
    return Link(mention, status, (key,), why)


def link_motion(
    mention: Mention,
    passage: Passage,
    place: int,
    title: str | None,
    trail: PaperTrail,
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
        right, why = trail.corrected(number, place)
        if right is not None:
            key = entities.motion(right, names, mention.exact)
            status = LinkStatus.CERTAIN if why is None else LinkStatus.CORRECTED
            return Link(mention, status, (key,), why)
    numbers, why = trail.numbered(authors_of(mention), subject_words(mention, passage.text), place)
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
