"""Which printed sets are one set, and what all documents together say of it.

Two printed sets are one when they print the same kenmerk, the same number of the answer, or the
same questions by the same submitters. Without a common number they are one when an answer points
at the postponement (`Zie ook Aanhangsel …`), or when submitters, day and subject or questions are
the same; then the evidence is stated. Two kenmerken never become one set. A page without
questions joins the one set whose submitters, people and named bodies it shares, when no other
comes near. A title alone never joins: eight sets may share it.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
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
from kg.model.spelling import letters_only, to_slug
from kg.model.text import Passage, Span
from kg.resolution.alignment import align

_T = TypeVar("_T")
_ABBREVIATION = re.compile(r"\b[A-Z][A-Za-z]*[A-Z]\b")
_NAME_WORD = re.compile(r"[^\W\d_]{3,}")
_PARTICLES = {"van", "der", "den", "het", "ter", "ten", "von", "las"}
_ENOUGH = 0.5
_AHEAD = 0.15


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed set and the document it stands in."""

    sha256: str
    parsed: ParsedSet

    def place(self, span: Span) -> SourcePlace:
        return SourcePlace(self.sha256, span)

    def places(self, passage: Passage) -> tuple[SourcePlace, ...]:
        return tuple(self.place(span) for span in passage.spans)


def merge_documents(documents: Iterable[ParsedDocument]) -> tuple[QuestionSet, ...]:
    """The question sets of all documents, by key; the order of the documents has no influence."""
    printed = sorted(
        (
            _Printed(document.source.sha256, parsed)
            for document in documents
            for parsed in document.sets
        ),
        key=lambda item: (item.sha256, item.parsed.span),
    )
    groups = _join_without_number(_group(printed))
    merged = [_merge(group, identity) for group, identity in _place_pages(groups)]
    return tuple(sorted(_told_apart(merged), key=lambda question_set: question_set.key))


def _told_apart(sets: Sequence[QuestionSet]) -> Iterator[QuestionSet]:
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


class _Groups:
    """Things that are joined step by step; `root` names the group of a thing."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def _group(printed: Sequence[_Printed]) -> list[list[_Printed]]:
    """Groups joined by kenmerk, by number of the answer, or by questions and submitters.

    A group holds only what may be one set with all the rest of it. The same questions under
    several numbers prove nothing.
    """
    numbers: dict[object, set[str]] = defaultdict(set)
    for item in printed:
        if item.parsed.kenmerk:
            numbers[_wording(item.parsed)].add(item.parsed.kenmerk)
    members: dict[int, list[int]] = {index: [index] for index in range(len(printed))}
    group_of = list(range(len(printed)))
    seen: dict[object, list[int]] = defaultdict(list)
    for index, item in enumerate(printed):
        for evidence in _identities(item.parsed):
            if len(numbers.get(evidence, ())) > 1:
                continue
            for first in seen[evidence]:
                one, other = group_of[first], group_of[index]
                if one != other and all(
                    _may_be_one(printed[left].parsed, printed[right].parsed)
                    for left in members[one]
                    for right in members[other]
                ):
                    for moved in members.pop(other):
                        group_of[moved] = one
                        members[one].append(moved)
            if all(group_of[first] != group_of[index] for first in seen[evidence]):
                seen[evidence].append(index)
    return [[printed[index] for index in sorted(found)] for found in members.values()]


def _name_words(parsed: ParsedSet) -> frozenset[str]:
    """The words of the submitters' names, so that any form of a name meets any other."""
    words = (word for person in parsed.submitters for word in _NAME_WORD.findall(person.name))
    return frozenset(letters_only(word) for word in words) - _PARTICLES


def _may_be_one(one: ParsedSet, other: ParsedSet) -> bool:
    """Whether nothing printed speaks against two printed sets being one.

    One kenmerk under two titles with no question in common is a misprint of the sources, and the
    same questions to different people of the government are sets of a round robin.
    """
    if one.kenmerk and other.kenmerk:
        if one.kenmerk != other.kenmerk:
            return False
        names, others = _name_words(one), _name_words(other)
        if names and others and not names & others:
            return False
        if not (one.questions and other.questions and one.title and other.title):
            return True
        shared = set(_fingerprint(one)) & set(_fingerprint(other))
        return bool(shared) or letters_only(one.title) == letters_only(other.title)
    if one.aanhangsel and one.aanhangsel == other.aanhangsel:
        return True
    asked, also_asked = _government(one), _government(other)
    return not asked or not also_asked or bool(asked & also_asked)


@dataclass(frozen=True, slots=True)
class _Joined:
    """Printed forms of one set, and why those without a common number are here."""

    items: list[_Printed]
    reasons: tuple[str, ...] = ()


def _join_without_number(groups: list[list[_Printed]]) -> list[_Joined]:
    """Joins groups that an answer's reference, or people, day and text, show to be one set.

    Where a group could go with several that are not one another, it goes with none.
    """
    partners: dict[int, dict[int, str]] = defaultdict(dict)
    for one, other, reason in (
        *_by_reference(groups),
        *_by_questions(groups),
        *_by_people_and_day(groups),
    ):
        if not _contradict(groups[one], groups[other]):
            partners[one].setdefault(other, reason)
            partners[other].setdefault(one, reason)
    joined = _Groups(len(groups))
    reasons: dict[int, list[str]] = defaultdict(list)
    for one in sorted(partners):
        others = partners[one]
        for other, reason in others.items():
            rivals = {*others, *partners[other]} - {one, other}
            if one < other and not any(
                _contradict(groups[rival], groups[known])
                for rival in rivals
                for known in (one, other, *rivals)
            ):
                joined.join(one, other)
                reasons[other].append(reason)
    collected: dict[int, list[int]] = defaultdict(list)
    for index in range(len(groups)):
        collected[joined.root(index)].append(index)
    return [
        _Joined(
            [item for index in members for item in groups[index]],
            tuple(dict.fromkeys(reason for index in members for reason in reasons[index])),
        )
        for members in collected.values()
    ]


def _by_reference(groups: list[list[_Printed]]) -> Iterator[tuple[int, int, str]]:
    """Answers that point at the postponement of the same questions."""
    postponements = {
        item.parsed.aanhangsel: index
        for index, group in enumerate(groups)
        for item in group
        if item.parsed.aanhangsel and item.parsed.letters and not item.parsed.answers
    }
    for index, group in enumerate(groups):
        for item in group:
            for number in item.parsed.see_also:
                other = postponements.get(number)
                if other is not None and other != index:
                    yield index, other, f"the answer points at the postponement {number}"


def _by_questions(groups: list[list[_Printed]]) -> Iterator[tuple[int, int, str]]:
    """Groups with the same questions by the same submitters, whoever is printed as addressed."""
    alike: dict[object, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        for key in {
            (_submitters(item.parsed), _fingerprint(item.parsed))
            for item in group
            if item.parsed.questions and item.parsed.submitters
        }:
            alike[key].append(index)
    for indexes in alike.values():
        for one, other in combinations(indexes, 2):
            yield one, other, "no common number; same submitters and the same questions"


def _by_people_and_day(groups: list[list[_Printed]]) -> Iterator[tuple[int, int, str]]:
    """Groups with the same submitters on the same day, and the same subject or questions."""
    alike: dict[tuple[frozenset[str], date], list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        for item in group:
            day, people = item.parsed.submitted_on, _submitters(item.parsed)
            if day and people and index not in alike[people, day]:
                alike[people, day].append(index)
    for (people, day), indexes in alike.items():
        named = ", ".join(sorted(people))
        for one, other in combinations(indexes, 2):
            shared = _shared_text(groups[one], groups[other])
            if shared:
                reason = (
                    f"no common number; same submitters ({named}), same day ({day.isoformat()}), "
                    f"{shared}"
                )
                yield one, other, reason


def _shared_text(one: list[_Printed], other: list[_Printed]) -> str | None:
    """What of subject and questions two groups have in common, where that is enough."""
    if _titles(one) & _titles(other):
        return "same subject"
    asked = [
        {text for item in group for text in _fingerprint(item.parsed)} for group in (one, other)
    ]
    common = len(asked[0] & asked[1])
    if common and common * 2 >= min(map(len, asked)):
        return f"{common} questions in the same words"
    return None


def _titles(group: list[_Printed]) -> frozenset[str]:
    return frozenset(letters_only(item.parsed.title) for item in group if item.parsed.title)


def _contradict(one: list[_Printed], other: list[_Printed]) -> bool:
    """Whether two groups print different numbers, people, days or addressees."""
    if one is other:
        return False

    def differ(values: Callable[[_Printed], object]) -> bool:
        first = {value for item in one if (value := values(item))}
        second = {value for item in other if (value := values(item))}
        return bool(first and second and not first & second)

    return (
        differ(lambda item: item.parsed.kenmerk)
        or differ(lambda item: item.parsed.aanhangsel if item.parsed.answers else None)
        or differ(lambda item: _submitters(item.parsed))
        or differ(lambda item: item.parsed.submitted_on)
        or differ(lambda item: _offices_addressed(item.parsed))
        or not all(_may_be_one(left.parsed, right.parsed) for left in one for right in other)
    )


def _offices_addressed(parsed: ParsedSet) -> frozenset[str]:
    return frozenset(
        letters_only(person.office)
        for person in parsed.addressees
        if person.office and not person.name
    )


def _identities(parsed: ParsedSet) -> Iterator[object]:
    if parsed.kenmerk:
        yield ("kenmerk", parsed.kenmerk)
    if parsed.aanhangsel:
        yield ("aanhangsel", parsed.aanhangsel)
    if parsed.questions:
        yield _wording(parsed)


def _wording(parsed: ParsedSet) -> tuple[object, ...]:
    """Who asks whom what, where the government is printed by office."""
    return ("questions", _submitters(parsed), _offices_addressed(parsed), _fingerprint(parsed))


def _fingerprint(parsed: ParsedSet) -> tuple[str, ...]:
    return tuple(letters_only(question.passage.text) for question in parsed.questions)


def _submitters(parsed: ParsedSet) -> frozenset[str]:
    return frozenset(_surname(person) for person in parsed.submitters)


def _government(parsed: ParsedSet) -> frozenset[str]:
    people = (*parsed.answerers, *parsed.addressees)
    return frozenset(_surname(person) for person in people if person.name)


def _surname(person: PrintedPerson) -> str:
    """The last word of the name: what every form of a name prints."""
    words = person.name.split()
    return letters_only(words[-1]) if words else ""


def _place_pages(groups: list[_Joined]) -> Iterator[tuple[list[_Printed], str | None]]:
    """Joins groups that have answer paragraphs but no questions to the set they answer.

    Only sets with the same submitters can be alike, so each page meets few.
    """
    pages: list[_Joined] = []
    sets: list[_Joined] = []
    alone: list[_Joined] = []
    for group in groups:
        if any(item.parsed.questions for item in group.items):
            sets.append(group)
        elif any(item.parsed.answer_paragraphs for item in group.items):
            pages.append(group)
        else:
            alone.append(group)
    by_submitters: dict[frozenset[str], list[int]] = defaultdict(list)
    for index, group in enumerate(sets):
        by_submitters[_all_submitters(group.items)].append(index)
    joined: dict[int, list[_Printed]] = defaultdict(list)
    reasons: dict[int, list[str]] = defaultdict(list)
    for page in pages:
        ranked = sorted(
            (
                (*_likeness(page.items, sets[index].items), index)
                for index in by_submitters[_all_submitters(page.items)]
            ),
            key=lambda entry: (-entry[0], entry[2]),
        )
        if ranked and ranked[0][0] >= _ENOUGH:
            score, reason, index = ranked[0]
            if len(ranked) == 1 or score - ranked[1][0] >= _AHEAD:
                joined[index] += page.items
                runner_up = ranked[1][0] if len(ranked) > 1 else 0.0
                reasons[index] += page.reasons
                reasons[index].append(f"{reason} (likeness {score:.2f}; next best {runner_up:.2f})")
                continue
        alone.append(page)
    for index, group in enumerate(sets):
        yield group.items + joined[index], "; ".join((*group.reasons, *reasons[index])) or None
    for group in alone:
        yield group.items, "; ".join(group.reasons) or None


def _all_submitters(group: list[_Printed]) -> frozenset[str]:
    return frozenset().union(*(_submitters(item.parsed) for item in group))


def _likeness(page: list[_Printed], group: list[_Printed]) -> tuple[float, str]:
    """How alike a page and a set are, from 0 to 1, and the evidence in a sentence.

    Half of it is the people of the government that both print, half the abbreviations of bodies
    that both texts name; it is 0 without submitters, when both print a kenmerk or both print
    answers. That the submitters are the same is taken for granted.
    """
    kenmerken = {item.parsed.kenmerk for item in (*page, *group) if item.parsed.kenmerk}
    answered = any(item.parsed.answers for item in group)
    if len(kenmerken) > 1 or answered or not _all_submitters(page):
        return 0.0, ""
    people = frozenset().union(*(_government(item.parsed) for item in page))
    others = frozenset().union(*(_government(item.parsed) for item in group))
    bodies = frozenset(
        name
        for item in page
        for passage in item.parsed.answer_paragraphs
        for name in _ABBREVIATION.findall(passage.text)
    )
    named = frozenset(
        name
        for item in group
        for question in item.parsed.questions
        for name in _ABBREVIATION.findall(question.passage.text)
    )
    shared_people = len(people & others) / (len(people | others) or 1)
    shared_bodies = len(bodies & named) / (len(named) or 1)
    reason = (
        f"no common number; same submitters, {len(people & others)} of {len(people | others)} "
        f"members of the government in common, bodies named in both: "
        f"{', '.join(sorted(bodies & named)) or 'none'}"
    )
    return (shared_people + shared_bodies) / 2, reason


def _merge(group: list[_Printed], identity: str | None) -> QuestionSet:
    """One set from all its printed forms. The form with most questions gives the wording."""
    group = sorted(
        group, key=lambda item: (-len(item.parsed.questions), item.sha256, item.parsed.span)
    )
    questions = _merge_questions(group)
    answers = _merge_answers(group, questions)
    answering = sorted(group, key=lambda item: not item.parsed.answers)
    return QuestionSet(
        key=_key(group),
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
        identity=identity,
    )


def _key(group: list[_Printed]) -> str:
    """The kenmerk, else the title and a hash of the questions (or of whatever is printed)."""
    for item in group:
        if item.parsed.kenmerk:
            return item.parsed.kenmerk
    parsed = group[0].parsed
    content = "|".join(
        _fingerprint(parsed)
        or [letters_only(passage.text) for passage in parsed.answer_paragraphs]
        or [letters_only(person.name) for person in parsed.submitters]
    )
    content += "|" + "|".join(sorted(_submitters(parsed)))
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    return f"{to_slug(parsed.title or 'zonder-titel', 40)}-{digest}"


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _merge_questions(group: list[_Printed]) -> tuple[Question, ...]:
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


def _merge_answers(group: list[_Printed], questions: tuple[Question, ...]) -> tuple[Answer, ...]:
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


def _align(item: _Printed, questions: tuple[Question, ...]) -> Iterator[Answer]:
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
    )


def _merge_letters(group: list[_Printed]) -> tuple[ExtensionLetter, ...]:
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


def _merge_people(group: list[_Printed]) -> tuple[Participant, ...]:
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
                identity = (role, _surname(printed) or letters_only(printed.office or ""))
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
