"""What all documents together say of one set."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kg.model.document import ParsedDocument, ParsedSet, PrintedPerson
from kg.model.question_set import (
    Answer,
    ExtensionLetter,
    Participant,
    Question,
    QuestionSet,
    Role,
    SourcePlace,
)
from kg.model.spelling import letters_only
from kg.model.text import Passage, Span
from kg.resolution.alignment import align
from kg.resolution.identity import identify
from kg.resolution.traits import own_key, surname_of, traits_of

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class PrintedSet:
    """A printed set and the document it stands in."""

    sha256: str
    parsed: ParsedSet

    def place(self, span: Span) -> SourcePlace:
        """A place in its document."""
        return SourcePlace(self.sha256, span)

    def places(self, passage: Passage) -> tuple[SourcePlace, ...]:
        """The places of a passage in its document."""
        return tuple(self.place(span) for span in passage.spans)


def merge_documents(documents: Iterable[ParsedDocument]) -> tuple[QuestionSet, ...]:
    """The question sets of all documents, by key; the order of the documents has no influence."""
    known = {document.source.sha256: document for document in documents}
    merged = [
        merge(
            one.key,
            [PrintedSet(form.sha256, known[form.sha256].sets[form.order]) for form in one.forms],
            one.reason,
        )
        for one in identify(item for document in known.values() for item in traits_of(document))
    ]
    return tuple(sorted(tell_apart(merged), key=lambda question_set: question_set.key))


def tell_apart(sets: Sequence[QuestionSet]) -> Iterator[QuestionSet]:
    """The sets, those with the same key told apart by what else they print."""
    count = Counter(one.key for one in sets)
    for one in sets:
        if count[one.key] == 1:
            yield one
            continue
        people = [f"{person.role}{person.printed.name}" for person in one.participants]
        texts = [question.passage.text for question in one.questions]
        content = "|".join((one.title or "", *people, *texts))
        digest = hashlib.sha256(content.encode()).hexdigest()[:8]
        yield replace(one, key=f"{one.key}-{digest}")


def merge(key: str, group: Sequence[PrintedSet], reason: str | None = None) -> QuestionSet:
    """One set from all its printed forms. The first form, with most questions, gives the wording.

    `reason` is why forms without a common number are one set.
    """
    questions = _merge_questions(group)
    answers = _merge_answers(group, questions)
    answering = sorted(group, key=lambda item: not item.parsed.answers)
    return QuestionSet(
        key=key,
        documents=tuple(sorted({item.sha256 for item in group})),
        places=tuple(sorted(item.place(item.parsed.span) for item in group)),
        title=_first(item.parsed.title for item in group),
        kenmerk=_first(item.parsed.kenmerk for item in group),
        aanhangsel=_first(item.parsed.aanhangsel for item in answering),
        session_year=_first(item.parsed.session_year for item in group),
        participants=_merge_people(group),
        submitted_on=_first(item.parsed.submitted_on for item in group),
        answered_on=_first(item.parsed.answered_on for item in group),
        topics=_distinct(item.parsed.topics for item in group),
        pages=_distinct(page for item in group for page in item.parsed.pages),
        see_also=_distinct(number for item in group for number in item.parsed.see_also),
        questions=questions,
        answers=answers,
        letters=_merge_letters(group),
        identity=reason,
        former_keys=tuple(
            sorted({own_key(item.parsed) for item in group if not item.parsed.kenmerk} - {key})
        ),
    )


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _merge_questions(group: Sequence[PrintedSet]) -> tuple[Question, ...]:
    """Questions by number; a number that one document prints twice moves to the next free one."""
    merged: dict[int, Question] = {}
    printed = {question.number for item in group for question in item.parsed.questions}
    for item in group:
        own: set[int] = set()
        for parsed in item.parsed.questions:
            number = parsed.number
            while number in own or (number != parsed.number and number in printed):
                number += 1
            own.add(number)
            places = item.places(parsed.passage)
            known = merged.get(number)
            if known is None:
                merged[number] = Question(parsed.passage, places, number=number)
            else:
                merged[number] = replace(known, places=_join(known.places, places))
    return tuple(merged[number] for number in sorted(merged))


def _merge_answers(
    group: Sequence[PrintedSet], questions: tuple[Question, ...]
) -> tuple[Answer, ...]:
    """Answers by the numbers they cover; paragraphs without numbers are aligned where none are."""
    merged: dict[tuple[int, ...], Answer] = {}
    for item in group:
        for parsed in item.parsed.answers:
            places = item.places(parsed.passage)
            known = merged.get(parsed.numbers)
            if known is None:
                merged[parsed.numbers] = Answer(parsed.passage, places, numbers=parsed.numbers)
            else:
                merged[parsed.numbers] = replace(known, places=_join(known.places, places))
    if not merged:
        for item in group:
            if item.parsed.answer_paragraphs:
                return tuple(_align(item, questions))
    return tuple(merged[numbers] for numbers in sorted(merged))


def _align(item: PrintedSet, questions: tuple[Question, ...]) -> Iterator[Answer]:
    paragraphs = item.parsed.answer_paragraphs
    runs = align(
        [question.passage.text for question in questions],
        [paragraph.text for paragraph in paragraphs],
    )
    for run in runs:
        passage = _concatenate(paragraphs[run.first : run.last + 1])
        shared = f"shares {', '.join(run.shared)}" if run.shared else "shares no telling word"
        yield Answer(
            passage,
            item.places(passage),
            numbers=(questions[run.question - 1].number,),
            confidence=round(run.confidence, 2),
            evidence=f"aligned by order and words: {shared} with the question",
        )
    if not runs and paragraphs:
        passage = _concatenate(paragraphs)
        yield Answer(
            passage,
            item.places(passage),
            confidence=0.0,
            evidence="the documents print no questions that this answers",
        )


def _concatenate(passages: Sequence[Passage]) -> Passage:
    """One passage of several, marks shifted along."""
    marks = []
    length = 0
    for passage in passages:
        marks += [replace(mark, offset=mark.offset + length) for mark in passage.marks]
        length += len(passage.text) + 1
    return Passage(
        "\n".join(passage.text for passage in passages),
        tuple(span for passage in passages for span in passage.spans),
        tuple(marks),
        tuple(note for passage in passages for note in passage.notes),
        _printed(passages),
    )


def _printed(passages: Sequence[Passage]) -> str | None:
    """What several passages print, where one of them prints other letters than its text has."""
    if all(passage.printed is None for passage in passages):
        return None
    return "\n".join(passage.printed or passage.text for passage in passages)


def _merge_letters(group: Sequence[PrintedSet]) -> tuple[ExtensionLetter, ...]:
    merged: dict[str, ExtensionLetter] = {}
    for item in group:
        for parsed in item.parsed.letters:
            identity = letters_only(parsed.passage.text)
            places = item.places(parsed.passage)
            known = merged.get(identity)
            if known is None:
                merged[identity] = ExtensionLetter(
                    parsed.passage, places, kenmerken=parsed.kenmerken, sent_on=parsed.sent_on
                )
            else:
                merged[identity] = replace(known, places=_join(known.places, places))
    return tuple(merged[identity] for identity in sorted(merged))


def _merge_people(group: Sequence[PrintedSet]) -> tuple[Participant, ...]:
    """The people of each role in printed order; other printed forms of a person are kept."""
    merged: dict[tuple[Role, str], Participant] = {}
    counts: Counter[Role] = Counter()
    for item in group:
        for role, people in (
            (Role.SUBMITTER, item.parsed.submitters),
            (Role.ADDRESSEE, item.parsed.addressees),
            (Role.ANSWERER, item.parsed.answerers),
            (Role.POSTPONER, item.parsed.postponers),
        ):
            for printed in people:
                identity = (role, surname_of(printed) or letters_only(printed.office or ""))
                place = item.place(printed.span)
                known = merged.get(identity)
                if known is None:
                    counts[role] += 1
                    merged[identity] = Participant(role, counts[role], printed, (place,))
                    continue
                forms = (known.printed, *known.variants)
                new = () if any(_same_form(form, printed) for form in forms) else (printed,)
                merged[identity] = replace(
                    known, places=_join(known.places, (place,)), variants=(*known.variants, *new)
                )
    return tuple(sorted(merged.values(), key=lambda person: (person.role.value, person.order)))


def _same_form(one: PrintedPerson, other: PrintedPerson) -> bool:
    return (one.name, one.party, one.office) == (other.name, other.party, other.office)


def _join(one: tuple[SourcePlace, ...], other: tuple[SourcePlace, ...]) -> tuple[SourcePlace, ...]:
    return tuple(sorted({*one, *other}))
