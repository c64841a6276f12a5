"""A set of questions as all documents together tell it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.model.authority import Period
from kg.model.document import PrintedPerson
from kg.model.mention import CrossReference, Link
from kg.model.text import Passage, Span


@dataclass(frozen=True, slots=True, order=True)
class SourcePlace:
    """A span of a document, by the document's SHA-256."""

    sha256: str
    span: Span


class Role(StrEnum):
    """What a person did in a set."""

    SUBMITTER = "submitter"
    ADDRESSEE = "addressee"
    ANSWERER = "answerer"
    POSTPONER = "postponer"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person was at a time: keys of the parties or groups, and of the offices held.

    `period` is one day where the date is known; otherwise the time in which the set must fall,
    and then only what holds throughout is listed. `basis` says in a sentence what dates it.
    """

    period: Period
    parties: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A printed person in a role, and who that is.

    `person`, `party` and `office` are keys of authority entries or minted persons, None where
    not known; `reason` says why not, or what is odd. `places` are where documents print it;
    `variants` are the forms of other documents that differ from `printed`.
    `party` is the printed one unless the authority contradicts it, `office` what was held in
    the role. `when_asked` and `when_answered` are what was held then, whatever is printed.
    """

    role: Role
    order: int
    printed: PrintedPerson
    places: tuple[SourcePlace, ...]
    variants: tuple[PrintedPerson, ...] = ()
    person: str | None = None
    party: str | None = None
    office: str | None = None
    reason: str | None = None
    when_asked: Standing | None = None
    when_answered: Standing | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A question, answer or letter: its text, where it stands, and what it names."""

    passage: Passage
    places: tuple[SourcePlace, ...]
    links: tuple[Link, ...] = ()
    references: tuple[CrossReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Question(Unit):
    """A question; `number` is unique in its set and follows reading order from 1."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class Answer(Unit):
    """An answer to one or more questions.

    `confidence` is 1 where the document itself joins answer and question; below that it is the
    probability that an alignment gives, and `evidence` says what it rests on.
    """

    numbers: tuple[int, ...] = ()
    confidence: float = 1.0
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class ExtensionLetter(Unit):
    """A letter that postpones the answer to one or more sets, named by kenmerk."""

    kenmerken: tuple[str, ...] = ()
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """One set, merged over documents. `key` is its local id, `documents` the SHA-256 of each.

    `identity` says in a sentence why documents without a common number were joined, if any were.
    `former_keys` are the keys it had before a document brought its kenmerk or more of its text.
    """

    key: str
    documents: tuple[str, ...]
    places: tuple[SourcePlace, ...]
    title: str | None = None
    kenmerk: str | None = None
    aanhangsel: str | None = None
    session_year: str | None = None
    participants: tuple[Participant, ...] = ()
    submitted_on: date | None = None
    answered_on: date | None = None
    topics: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    letters: tuple[ExtensionLetter, ...] = ()
    identity: str | None = None
    former_keys: tuple[str, ...] = ()
