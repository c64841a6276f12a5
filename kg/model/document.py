"""What one document prints, before anything is resolved."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.model.text import Passage, SourceText, Span


@dataclass(frozen=True, slots=True)
class PrintedPerson:
    """A person as printed: `Judith Uitermark (minister ) (NSC)`.

    `name` is empty where only an office is named ("mede namens de Minister van …").
    `office` keeps the printed words ("minister justitie en veiligheid"), `party` likewise.
    """

    name: str
    span: Span
    party: str | None = None
    office: str | None = None
    on_behalf: bool = False


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question with its printed number; where none is printed, its place in reading order."""

    number: int
    passage: Passage
    number_printed: bool = False


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """An answer and the numbers of the questions it covers ("Antwoord 3 en 4")."""

    numbers: tuple[int, ...]
    passage: Passage


@dataclass(frozen=True, slots=True)
class ParsedLetter:
    """An extension letter (*uitstelbericht*): the question numbers it names, and its text."""

    passage: Passage
    kenmerken: tuple[str, ...] = ()
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class ParsedSet:
    """One set of questions as one document prints it. Absent things are None or empty.

    `answer_paragraphs` are answers printed without question numbers (the openkamer detail page);
    they wait for the questions of another document. `topics` is the printed line, unsplit.
    `aanhangsel` is the official number of the answer (`20252026-61`). `see_also` are the numbers
    of other answers that the head points at ("Zie ook Aanhangsel Handelingen …"). `postponers` are
    those who announce that the answer will come later: they answer nothing yet.
    """

    span: Span
    title: str | None = None
    kenmerk: str | None = None
    aanhangsel: str | None = None
    session_year: str | None = None
    submitters: tuple[PrintedPerson, ...] = ()
    addressees: tuple[PrintedPerson, ...] = ()
    answerers: tuple[PrintedPerson, ...] = ()
    postponers: tuple[PrintedPerson, ...] = ()
    submitted_on: date | None = None
    answered_on: date | None = None
    topics: str | None = None
    pages: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    questions: tuple[ParsedQuestion, ...] = ()
    answers: tuple[ParsedAnswer, ...] = ()
    answer_paragraphs: tuple[Passage, ...] = ()
    letters: tuple[ParsedLetter, ...] = ()


class LineRole(StrEnum):
    """What a non-blank line of a source turned out to be."""

    HEADER = "header"
    QUESTION = "question"
    ANSWER = "answer"
    LETTER = "letter"
    NOTE = "note"
    FURNITURE = "furniture"
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong or odd in a document: a stable code, a readable message, a 1-based line.

    `quote` is the printed form where the message is about one.
    """

    code: str
    message: str
    line: int | None = None
    quote: str | None = None


class DocumentKind(StrEnum):
    """What an official document is for."""

    QUESTIONS = "questions"
    ANSWERS = "answers"
    EXTENSION = "extension letter"
    ORAL = "oral question"


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document read by one layout: its sets, what each non-blank line is, and its flaws.

    `roles` has one entry for every non-blank line of `source.text`: (1-based line, role).
    `kind` is None where a document holds sets of several kinds.
    """

    source: SourceText
    layout: str
    sets: tuple[ParsedSet, ...]
    roles: tuple[tuple[int, LineRole], ...]
    flaws: tuple[Flaw, ...] = ()
    kind: DocumentKind | None = None
