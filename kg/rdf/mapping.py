"""Question sets, documents and entities as assertions, each with the places that made it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kg.model.assertion import XSD, Assertion, Iri, Literal, decimal
from kg.model.document import PrintedPerson
from kg.model.mention import CrossReference, Entity, Link, LinkStatus
from kg.model.question_set import (
    Answer,
    ExtensionLetter,
    Participant,
    QuestionSet,
    Role,
    SourcePlace,
    Standing,
    Unit,
)
from kg.rdf import vocabulary as v
from kg.rdf.iris import Mint, to_web_iri

_EDGE_OF_ROLE = {
    Role.SUBMITTER: v.SUBMITTED_BY,
    Role.ADDRESSEE: v.ADDRESSED_TO,
    Role.ANSWERER: v.ANSWERED_BY,
    Role.POSTPONER: v.POSTPONED_BY,
}
_ROLE_LABEL = {
    Role.SUBMITTER: ("indiener", "submitter"),
    Role.ADDRESSEE: ("geadresseerde", "addressee"),
    Role.ANSWERER: ("beantwoorder", "answerer"),
    Role.POSTPONER: ("uitsteller", "postponer"),
}
_EDGE_STATUSES = (LinkStatus.CERTAIN, LinkStatus.CORRECTED)


def entities_of(question_set: QuestionSet) -> frozenset[str]:
    """The local ids of all entities that the assertions of a set point at."""
    people = {
        key
        for participant in question_set.participants
        for key in (
            participant.person,
            participant.party,
            participant.office,
            *_held_at(participant.when_asked),
            *_held_at(participant.when_answered),
        )
        if key is not None
    }
    linked = {key for unit in _units(question_set) for link in unit.links for key in link.keys}
    return frozenset(people | linked)


def map_source(
    sha256: str, media_type: str, names: Iterable[str], layout: str, mint: Mint
) -> Iterator[Assertion]:
    """A document: the file names it came under, its hash, media type and layout."""
    document = mint.document(sha256)
    yield Assertion(document, v.TYPE, v.SOURCE_DOCUMENT)
    for name in sorted(set(names)):
        yield Assertion(document, v.LABEL, Literal(name))
    yield Assertion(document, v.SHA256, Literal(sha256))
    yield Assertion(document, v.FORMAT, Literal(media_type))
    yield Assertion(document, v.LAYOUT, Literal(layout))


def map_entity(entity: Entity, mint: Mint) -> Iterator[Assertion]:
    """An entity that the documents brought up and no authority file has."""
    subject = mint.thing(entity.key)
    yield Assertion(subject, v.TYPE, v.term(f"kg:{entity.kind.value}"))
    yield Assertion(subject, v.LABEL, Literal(entity.label, "nl"))
    yield Assertion(subject, v.PREF_LABEL, Literal(entity.label, "nl"))
    for label in entity.labels:
        yield Assertion(subject, v.ALT_LABEL, Literal(label, "nl"))
    for identifier in entity.identifiers:
        yield Assertion(subject, v.IDENTIFIER, Literal(identifier))
    for match in entity.exact_matches:
        iri = to_web_iri(match)
        if iri:
            yield Assertion(subject, v.EXACT_MATCH, iri)
    if entity.same_document:
        yield Assertion(subject, v.PRINTED_AS, mint.thing(entity.same_document))


def map_person(key: str, name: str, mint: Mint) -> Iterator[Assertion]:
    """A person known only by a printed name."""
    subject = mint.thing(key)
    yield Assertion(subject, v.TYPE, v.term("kg:Person"))
    yield Assertion(subject, v.LABEL, Literal(name, "nl"))
    yield Assertion(subject, v.PREF_LABEL, Literal(name, "nl"))
    yield Assertion(subject, v.NAME, Literal(name))


def map_set(question_set: QuestionSet, mint: Mint) -> Iterator[Assertion]:
    """A set, its participations, questions, answers and letters, and what these mention."""
    subject = mint.thing(f"set/{question_set.key}")
    places = question_set.places
    title = question_set.title or f"Vragen {question_set.kenmerk or question_set.key}"

    def state(predicate: Iri, value: Iri | Literal | None) -> Iterator[Assertion]:
        if value is not None:
            yield Assertion(subject, predicate, value, places)

    yield from state(v.TYPE, v.QUESTION_SET)
    yield from state(v.LABEL, Literal(title, "nl"))
    yield from state(v.TITLE, _text(question_set.title, "nl"))
    yield from state(v.IDENTIFIER, _text(question_set.kenmerk))
    yield from state(v.AANHANGSEL, _text(question_set.aanhangsel))
    yield from state(v.SESSION_YEAR, _text(question_set.session_year))
    yield from state(v.SUBMITTED_ON, to_date(question_set.submitted_on))
    yield from state(v.ANSWERED_ON, to_date(question_set.answered_on))
    yield from state(v.IDENTITY_EVIDENCE, _text(question_set.identity))
    for former in question_set.former_keys:
        iri = mint.thing(f"set/{former}").value
        yield from state(v.FORMER_IRI, Literal(iri, datatype=f"{XSD}anyURI"))
    for number in question_set.see_also:
        yield from state(v.SEE_ALSO, Literal(number))
    for topics in question_set.topics:
        yield from state(v.PRINTED_TOPICS, Literal(topics))
    for page in question_set.pages:
        yield from state(v.PAGE, to_web_iri(page))
    yield from map_provenance(subject, places, mint)
    for participant in question_set.participants:
        yield from _map_participant(subject, question_set.key, participant, mint)
    yield from _map_questions(subject, question_set, title, mint)
    yield from _map_answers(subject, question_set, title, mint)
    yield from _map_letters(subject, question_set, title, mint)


def _units(question_set: QuestionSet) -> tuple[Unit, ...]:
    return (*question_set.questions, *question_set.answers, *question_set.letters)


def _text(value: str | None, language: str = "") -> Literal | None:
    return Literal(value, language) if value else None


def to_date(day: date | None) -> Literal | None:
    """An xsd:date, or None for no day."""
    return Literal(day.isoformat(), datatype=f"{XSD}date") if day else None


def to_integer(value: int) -> Literal:
    """An xsd:integer."""
    return Literal(str(value), datatype=f"{XSD}integer")


def map_provenance(
    subject: Iri, places: tuple[SourcePlace, ...], mint: Mint
) -> Iterator[Assertion]:
    """The documents of `subject` and the places in them."""
    for place in places:
        yield Assertion(subject, v.DERIVED_FROM, mint.document(place.sha256), (place,))
        yield Assertion(subject, v.QUOTED_FROM, mint.place(place), (place,))


def _map_participant(
    question_set: Iri, key: str, participant: Participant, mint: Mint
) -> Iterator[Assertion]:
    """The edge to the person, and a participation for each form in which documents print it."""
    role = participant.role
    places = participant.places
    if participant.person:
        yield Assertion(question_set, _EDGE_OF_ROLE[role], mint.thing(participant.person), places)
    for index, printed in enumerate((participant.printed, *participant.variants)):
        suffix = f"-{index + 1}" if index else ""
        subject = mint.thing(f"set/{key}/{role.value}/{participant.order}{suffix}")
        yield Assertion(question_set, v.HAS_PARTICIPATION, subject, places)
        for predicate, value in _participation(participant, printed, mint):
            yield Assertion(subject, predicate, value, places)
        yield from map_provenance(subject, places, mint)


def _participation(
    participant: Participant, printed: PrintedPerson, mint: Mint
) -> Iterator[tuple[Iri, Iri | Literal]]:
    dutch, english = _ROLE_LABEL[participant.role]
    shown = printed.name or printed.office or ""
    yield v.TYPE, v.PARTICIPATION
    yield v.LABEL, Literal(f"{shown} ({dutch})", "nl")
    yield v.LABEL, Literal(f"{shown} ({english})", "en")
    yield v.ROLE, Literal(participant.role.value)
    yield v.ORDER, to_integer(participant.order)
    if printed.name:
        yield v.PRINTED_NAME, Literal(printed.name)
    if printed.party:
        yield v.PRINTED_PARTY, Literal(printed.party)
    if printed.office:
        yield v.PRINTED_OFFICE, Literal(printed.office)
    if printed.on_behalf:
        yield v.ON_BEHALF, Literal("true", datatype=f"{XSD}boolean")
    for predicate, key in (
        (v.PERSON, participant.person),
        (v.PARTY, participant.party),
        (v.OFFICE, participant.office),
    ):
        if key:
            yield predicate, mint.thing(key)
    if participant.reason:
        yield v.REASON, Literal(participant.reason)
    for standing, party, office in (
        (participant.when_asked, v.PARTY_WHEN_ASKED, v.OFFICE_WHEN_ASKED),
        (participant.when_answered, v.PARTY_WHEN_ANSWERED, v.OFFICE_WHEN_ANSWERED),
    ):
        if standing is not None:
            yield from ((party, mint.thing(key)) for key in standing.parties)
            yield from ((office, mint.thing(key)) for key in standing.offices)
            yield v.DATED_BY, Literal(standing.basis)


def _held_at(standing: Standing | None) -> tuple[str, ...]:
    return (*standing.parties, *standing.offices) if standing is not None else ()


def _map_questions(
    subject: Iri, question_set: QuestionSet, title: str, mint: Mint
) -> Iterator[Assertion]:
    for question in question_set.questions:
        key = f"set/{question_set.key}/question/{question.number}"
        iri = mint.thing(key)
        yield Assertion(subject, v.HAS_QUESTION, iri, question.places)
        yield Assertion(iri, v.TYPE, v.QUESTION, question.places)
        yield Assertion(
            iri, v.LABEL, Literal(f"Vraag {question.number} – {title}", "nl"), question.places
        )
        yield Assertion(iri, v.NUMBER, to_integer(question.number), question.places)
        yield from _map_unit(key, question, question_set, mint)


def _map_answers(
    subject: Iri, question_set: QuestionSet, title: str, mint: Mint
) -> Iterator[Assertion]:
    for answer in question_set.answers:
        key = f"set/{question_set.key}/{answer_id(answer)}"
        iri = mint.thing(key)
        numbers = " en ".join(map(str, answer.numbers)) or "zonder nummer"
        yield Assertion(subject, v.HAS_ANSWER, iri, answer.places)
        yield Assertion(iri, v.TYPE, v.ANSWER, answer.places)
        yield Assertion(iri, v.LABEL, Literal(f"Antwoord {numbers} – {title}", "nl"), answer.places)
        known = {question.number for question in question_set.questions}
        for number in answer.numbers:
            if number in known:
                question = mint.thing(f"set/{question_set.key}/question/{number}")
                yield Assertion(iri, v.ANSWERS, question, answer.places)
        if answer.evidence:
            confidence = decimal(answer.confidence)
            yield Assertion(iri, v.ALIGNMENT_CONFIDENCE, confidence, answer.places)
            yield Assertion(iri, v.ALIGNMENT_EVIDENCE, Literal(answer.evidence), answer.places)
        yield from _map_unit(key, answer, question_set, mint)


def answer_id(answer: Answer) -> str:
    """The last part of an answer's local id: its question numbers, 0 where it has none."""
    return f"answer/{'-'.join(map(str, answer.numbers)) or '0'}"


def _map_letters(
    subject: Iri, question_set: QuestionSet, title: str, mint: Mint
) -> Iterator[Assertion]:
    for order, letter in enumerate(question_set.letters, 1):
        key = f"set/{question_set.key}/letter/{order}"
        iri = mint.thing(key)
        yield Assertion(subject, v.EXTENDED_BY, iri, letter.places)
        yield Assertion(iri, v.TYPE, v.EXTENSION_LETTER, letter.places)
        yield Assertion(iri, v.LABEL, Literal(f"Uitstelbericht – {title}", "nl"), letter.places)
        yield from _map_letter(iri, letter)
        yield from _map_unit(key, letter, question_set, mint)


def _map_letter(iri: Iri, letter: ExtensionLetter) -> Iterator[Assertion]:
    for kenmerk in letter.kenmerken:
        yield Assertion(iri, v.NAMES_KENMERK, Literal(kenmerk), letter.places)
    sent_on = to_date(letter.sent_on)
    if sent_on:
        yield Assertion(iri, v.SENT_ON, sent_on, letter.places)


def _map_unit(key: str, unit: Unit, question_set: QuestionSet, mint: Mint) -> Iterator[Assertion]:
    """The text of a unit, where it stands, its footnotes, mentions and cross references."""
    subject = mint.thing(key)
    passage = unit.passage
    yield Assertion(subject, v.TEXT, Literal(passage.text, "nl"), unit.places)
    if passage.printed is not None:
        yield Assertion(subject, v.PRINTED_TEXT, Literal(passage.printed, "nl"), unit.places)
    yield from map_provenance(subject, unit.places, mint)
    notes = dict(passage.notes)
    for order, mark in enumerate(passage.marks, 1):
        footnote = mint.thing(f"{key}/footnote/{order}")
        for predicate, value in (
            (v.TYPE, v.FOOTNOTE),
            (v.LABEL, Literal(f"Voetnoot {mark.mark}", "nl")),
            (v.IN_TEXT, subject),
            (v.START, to_integer(mark.offset)),
            (v.MARK, Literal(mark.mark)),
            (v.TEXT, _text(notes.get(mark.mark), "nl")),
        ):
            if value is not None:
                yield Assertion(footnote, predicate, value, unit.places)
    for link in unit.links:
        yield from _map_link(key, subject, link, unit, mint)
    targets = _targets(question_set, mint) if unit.references else {}
    for reference in unit.references:
        yield from _map_reference(key, subject, reference, unit, targets, mint)


def _map_link(key: str, subject: Iri, link: Link, unit: Unit, mint: Mint) -> Iterator[Assertion]:
    span = link.mention.span
    mention = mint.thing(f"{key}/mention/{span.start}-{span.end}")
    sure = link.status in _EDGE_STATUSES
    facts: list[tuple[Iri, Iri | Literal]] = [
        (v.TYPE, v.MENTION),
        (v.LABEL, Literal(link.mention.exact, "nl")),
        (v.IN_TEXT, subject),
        (v.EXACT, Literal(link.mention.exact)),
        (v.START, to_integer(span.start)),
        (v.END, to_integer(span.end)),
        (v.RULE, Literal(link.mention.rule)),
        (v.LINK_STATUS, Literal(link.status.value)),
    ]
    facts += ((v.ENTITY if sure else v.CANDIDATE, mint.thing(entity)) for entity in link.keys)
    if link.reason:
        facts.append((v.REASON, Literal(link.reason)))
    if link.confidence is not None:
        facts.append((v.CONFIDENCE, decimal(link.confidence)))
    article = link.mention.read("article")
    if article:
        facts.append((v.ARTICLE, Literal(article)))
    for predicate, value in facts:
        yield Assertion(mention, predicate, value, unit.places)
    if sure:
        for entity in link.keys:
            yield Assertion(subject, v.MENTIONS, mint.thing(entity), unit.places)


def _targets(question_set: QuestionSet, mint: Mint) -> Mapping[int, Iri]:
    """What a reference to a number points at: the answer to it alone, else the question."""
    targets = {
        question.number: mint.thing(f"set/{question_set.key}/question/{question.number}")
        for question in question_set.questions
    }
    for answer in question_set.answers:
        if len(answer.numbers) == 1:
            targets[answer.numbers[0]] = mint.thing(f"set/{question_set.key}/{answer_id(answer)}")
    return targets


def _map_reference(
    key: str,
    subject: Iri,
    reference: CrossReference,
    unit: Unit,
    targets: Mapping[int, Iri],
    mint: Mint,
) -> Iterator[Assertion]:
    span = reference.span
    node = mint.thing(f"{key}/reference/{span.start}-{span.end}")
    sure = reference.status in _EDGE_STATUSES
    facts: list[tuple[Iri, Iri | Literal]] = [
        (v.TYPE, v.CROSS_REFERENCE),
        (v.LABEL, Literal(reference.exact, "nl")),
        (v.IN_TEXT, subject),
        (v.EXACT, Literal(reference.exact)),
        (v.START, to_integer(span.start)),
        (v.END, to_integer(span.end)),
        (v.RULE, Literal(reference.rule)),
        (v.LINK_STATUS, Literal(reference.status.value)),
    ]
    facts += ((v.REFERRED_NUMBER, to_integer(number)) for number in reference.numbers)
    pointed = [targets[number] for number in reference.numbers if number in targets]
    facts += ((v.REFERS_TO if sure else v.CANDIDATE, target) for target in pointed)
    if reference.reason:
        facts.append((v.REASON, Literal(reference.reason)))
    for predicate, value in facts:
        yield Assertion(node, predicate, value, unit.places)
    if sure:
        for target in pointed:
            yield Assertion(subject, v.REFERS_TO, target, unit.places)
