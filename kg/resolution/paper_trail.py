"""What sets tell one another of motions and papers.

Sets that ask the same ("siblings") lend each other what one of them leaves out or misprints: a
motion's number, a digit of a dossier. Nothing else corrects a number. What a set has to tell is
compact, so that the whole archive can be asked without its texts.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.model.authority import Kind
from kg.resolution.names import fold
from kg.resolution.paper_numbers import (
    Number,
    authors_of,
    note_number,
    number_of,
    subject_words,
    title_number,
)
from kg.resolution.set_context import Reading, question_texts, units_of

_SHORTEST_SUBJECT = 3


Unnumbered = tuple[tuple[str, ...], frozenset[str]]
"""A motion without a number: its authors, and the words of its subject."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where a motion is named: by whom it is, its number, and the words around it."""

    authors: tuple[str, ...]
    number: Number | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """The papers and motions that a set names, and what it asks of other sets about them.

    `title` is folded, `questions` are digests; siblings share the title and one of `questions` or
    `people`. `short_numbers` lack a digit, `unnumbered` motions a number.
    """

    set_key: str
    title: str = ""
    questions: frozenset[bytes] = frozenset()
    people: frozenset[str] = frozenset()
    papers: frozenset[Number] = frozenset()
    namings: tuple[Naming, ...] = ()
    short_numbers: frozenset[Number] = frozenset()
    unnumbered: frozenset[Unnumbered] = frozenset()

    @property
    def asks(self) -> bool:
        """Whether linking the set needs to know what other sets say."""
        return bool(self.short_numbers or self.unnumbered)


@dataclass(frozen=True, slots=True)
class PaperAnswers:
    """What all sets together say of the numbers and motions that one set asks about."""

    numbers: Mapping[Number, tuple[Number | None, str | None]] = field(default_factory=dict)
    motions: Mapping[Unnumbered, tuple[tuple[Number, ...], str | None]] = field(
        default_factory=dict
    )

    def corrected(self, number: Number) -> tuple[Number | None, str | None]:
        """The number that a misprinted one stands for, and the evidence."""
        return (number, None) if number.is_whole else self.numbers[number]

    def numbered(
        self, authors: tuple[str, ...], words: frozenset[str]
    ) -> tuple[tuple[Number, ...], str | None]:
        """The numbered motions of these authors that an unnumbered one may be, nearest first.

        One number: the motion is that one, and the string says why. Several: it is one of them.
        None: no set names a numbered motion of theirs that may be meant.
        """
        return self.motions[authors, words]


def paper_facts(reading: Reading) -> PaperFacts:
    """What a set has to tell and to ask."""
    question_set = reading.question_set
    papers: set[Number] = set()
    namings: list[Naming] = []
    short: set[Number] = set()
    unnumbered: set[Unnumbered] = set()
    units = units_of(question_set)
    for unit, found in zip(units, reading.found, strict=True):
        for mention in found.mentions:
            if mention.kind not in (Kind.PAPER, Kind.MOTION):
                continue
            number = number_of(mention)
            if number is not None:
                papers.add(number)
            if mention.kind is Kind.MOTION and mention.rule != "motion.anaphor":
                number = number or note_number(mention, unit.passage)
                words = subject_words(mention, unit.passage.text)
                namings.append(Naming(authors_of(mention), number, words))
                number = number or title_number(authors_of(mention), question_set.title)
                if number is None or not number.is_whole:
                    unnumbered.add((authors_of(mention), words))
            if number is not None and not number.is_whole:
                short.add(number)
    people = frozenset(one.person for one in question_set.participants if one.person)
    return PaperFacts(
        question_set.key,
        " ".join(fold(question_set.title or "").split()),
        frozenset(hashlib.sha256(text.encode()).digest()[:8] for text in question_texts(units)),
        people,
        frozenset(papers),
        tuple(namings),
        frozenset(short),
        frozenset(unnumbered),
    )


class PaperTrail:
    """What all sets say that matters to the sets which ask.

    Give it every set by `learn`, in any order; then `answer` those that ask.
    """

    def __init__(self, asking: Iterable[PaperFacts]) -> None:
        asking = tuple(asking)
        self._titles = frozenset(one.title for one in asking)
        motions = [authors for one in asking for authors, _ in one.unnumbered if authors]
        self._signers = frozenset(authors[0] for authors in motions)
        self._groups = frozenset(map(frozenset, motions))
        self._by_title: dict[str, list[PaperFacts]] = defaultdict(list)
        self._by_signer: dict[str, list[tuple[str, Naming]]] = defaultdict(list)
        self._by_group: dict[frozenset[str], list[tuple[str, Naming]]] = defaultdict(list)

    def learn(self, facts: PaperFacts) -> None:
        """Keep what matters of one set."""
        if facts.title in self._titles:
            self._by_title[facts.title].append(facts)
        for naming in facts.namings:
            if naming.authors and naming.number and naming.number.is_whole:
                if naming.authors[0] in self._signers:
                    self._by_signer[naming.authors[0]].append((facts.set_key, naming))
                if (group := frozenset(naming.authors)) in self._groups:
                    self._by_group[group].append((facts.set_key, naming))

    def answer(self, facts: PaperFacts) -> PaperAnswers:
        """The answers to what one set asks."""
        return PaperAnswers(
            {number: self._corrected(number, facts) for number in facts.short_numbers},
            {
                (authors, words): self._numbered(authors, words, facts)
                for authors, words in facts.unnumbered
            },
        )

    def _siblings(self, facts: PaperFacts) -> list[PaperFacts]:
        if not facts.title:
            return []
        return [
            other
            for other in self._by_title[facts.title]
            if other.set_key != facts.set_key
            and (facts.questions & other.questions or facts.people & other.people)
        ]

    def _corrected(self, number: Number, facts: PaperFacts) -> tuple[Number | None, str | None]:
        """A dossier lacking a digit is corrected when the set itself, or else a sibling, has the
        paper under exactly one dossier with just that digit more.
        """
        if number.is_whole:
            return number, None
        for sets, who in (
            ([facts], "the same set"),
            (self._siblings(facts), "a set that asks the same"),
        ):
            found = {
                other
                for one in sets
                for other in one.papers
                if other.is_whole and other.paper == number.paper and _one_digit_more(other, number)
            }
            if len(found) == 1:
                right = found.pop()
                return right, f"printed as {number}; {who} has {right}"
        return (
            None,
            f"no dossier has the number {number.dossier}, and no set that asks the same tells",
        )

    def _numbered(
        self, authors: tuple[str, ...], words: frozenset[str], facts: PaperFacts
    ) -> tuple[tuple[Number, ...], str | None]:
        for sets, who in (
            ([facts], "the set itself numbers it"),
            (self._siblings(facts), "a set that asks the same numbers it"),
        ):
            numbers: dict[Number, int] = {}
            for one in sets:
                for naming in one.namings:
                    if naming.number and _same_authors(naming.authors, authors):
                        right, _ = self._corrected(naming.number, one)
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
        return self._elsewhere(authors, words, facts.set_key)

    def _elsewhere(
        self, authors: tuple[str, ...], words: frozenset[str], set_key: str
    ) -> tuple[tuple[Number, ...], str | None]:
        shared: dict[Number, int] = {}
        for key, naming in self._by_authors(authors):
            if key != set_key and naming.number:
                count = len(naming.words & words)
                shared[naming.number] = max(count, shared.get(naming.number, 0))
        alike = [number for number, count in shared.items() if count >= _SHORTEST_SUBJECT]
        if len(alike) == 1:
            return (alike[0],), "another set numbers a motion of the same author and subject"
        return tuple(sorted(alike, key=str)), None

    def _by_authors(self, authors: tuple[str, ...]) -> Iterator[tuple[str, Naming]]:
        if authors:
            yield from self._by_signer[authors[0]]
            yield from self._by_group[frozenset(authors)]


def _same_authors(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists of authors may be of one motion: the first signer is the same."""
    return bool(one and other) and (one[0] == other[0] or set(one) == set(other))


def _one_digit_more(whole: Number, short: Number) -> bool:
    long, part = whole.dossier, short.dossier
    return len(long) == len(part) + 1 and any(
        long[:i] + long[i + 1 :] == part for i in range(len(long))
    )
