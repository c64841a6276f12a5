"""What of a printed set tells which set it is: compact enough to hold those of a whole archive."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kg.model.document import ParsedDocument, ParsedSet, PrintedPerson
from kg.model.spelling import letters_only, to_slug
from kg.model.text import Span

_ABBREVIATION = re.compile(r"\b[A-Z][A-Za-z]*[A-Z]\b")
_NAME_WORD = re.compile(r"[^\W\d_]{3,}")
_PARTICLES = {"van", "der", "den", "het", "ter", "ten", "von", "las"}
_DIGEST = 8


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of the printed set at `order` in the document `sha256`.

    `title` and names are letters only. `names` are all words of the submitters' names, so that
    any form of a name meets any other; `submitters` and `government` are the last words alone.
    `offices` are addressees printed by office. `questions` holds a digest of each question, one
    after the other. `bodies` are the abbreviations in the questions, or without these in the
    answer paragraphs. `own_key` is the set's key where no document prints its kenmerk.
    """

    sha256: str
    span: Span
    order: int
    own_key: str
    kenmerk: str | None = None
    aanhangsel: str | None = None
    title: str = ""
    submitters: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    government: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    submitted_on: date | None = None
    see_also: tuple[str, ...] = ()
    questions: bytes = b""
    bodies: frozenset[str] = frozenset()
    has_answers: bool = False
    has_paragraphs: bool = False
    has_letters: bool = False

    @property
    def wording(self) -> tuple[object, ...]:
        """Who asks whom what, where the government is printed by office."""
        return ("questions", self.submitters, self.offices, self.questions)

    @property
    def asked(self) -> frozenset[bytes]:
        """The digests of the questions."""
        digests = self.questions
        return frozenset(digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST))

    @property
    def rank(self) -> tuple[int, str, Span, int]:
        """The order of the printed forms of a set: the one with most questions first."""
        return (-len(self.questions), self.sha256, self.span, self.order)


def traits_of(document: ParsedDocument) -> Iterator[Traits]:
    """The traits of each set of a document, in order."""
    for order, parsed in enumerate(document.sets):
        yield _traits(document.source.sha256, order, parsed)


def _traits(sha256: str, order: int, parsed: ParsedSet) -> Traits:
    texts = [letters_only(question.passage.text) for question in parsed.questions]
    telling = [question.passage for question in parsed.questions] or parsed.answer_paragraphs
    submitters = frozenset(surname_of(person) for person in parsed.submitters)
    government = (*parsed.answerers, *parsed.addressees)
    return Traits(
        sha256,
        parsed.span,
        order,
        own_key(parsed),
        kenmerk=parsed.kenmerk,
        aanhangsel=parsed.aanhangsel,
        title=letters_only(parsed.title or ""),
        submitters=submitters,
        names=_name_words(parsed.submitters),
        government=frozenset(surname_of(person) for person in government if person.name),
        offices=frozenset(
            letters_only(person.office)
            for person in parsed.addressees
            if person.office and not person.name
        ),
        submitted_on=parsed.submitted_on,
        see_also=parsed.see_also,
        questions=b"".join(hashlib.sha256(text.encode()).digest()[:_DIGEST] for text in texts),
        bodies=frozenset(
            name for passage in telling for name in _ABBREVIATION.findall(passage.text)
        ),
        has_answers=bool(parsed.answers),
        has_paragraphs=bool(parsed.answer_paragraphs),
        has_letters=bool(parsed.letters),
    )


def surname_of(person: PrintedPerson) -> str:
    """The last word of the name: what every form of a name prints."""
    words = person.name.split()
    return letters_only(words[-1]) if words else ""


def _name_words(people: Iterable[PrintedPerson]) -> frozenset[str]:
    words = (word for person in people for word in _NAME_WORD.findall(person.name))
    return frozenset(letters_only(word) for word in words) - _PARTICLES


def own_key(parsed: ParsedSet) -> str:
    """The key of a set that prints no kenmerk: the title and a hash of what else is printed."""
    texts = [letters_only(question.passage.text) for question in parsed.questions]
    submitters = {surname_of(person) for person in parsed.submitters}
    content = "|".join(
        texts
        or [letters_only(passage.text) for passage in parsed.answer_paragraphs]
        or [letters_only(person.name) for person in parsed.submitters]
    )
    content += "|" + "|".join(sorted(submitters))
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    return f"{to_slug(parsed.title or '', 40) or 'zonder-titel'}-{digest}"
