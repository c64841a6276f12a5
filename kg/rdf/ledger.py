"""The ledger of terms as assertions."""

from collections.abc import Iterator

from kg.analysis.terms import Terms
from kg.model.assertion import Assertion, Iri, Literal
from kg.model.question_set import QuestionSet
from kg.rdf import vocabulary as v
from kg.rdf.iris import Mint
from kg.rdf.mapping import to_date, to_integer


def map_terms(terms: Terms, question_set: QuestionSet, mint: Mint) -> Iterator[Assertion]:
    """The terms of a set, days over each, the dates asked for, and why letters postpone."""
    key = f"set/{question_set.key}"
    subject = mint.thing(key)
    dates: tuple[tuple[Iri, Literal | None], ...] = (
        (v.FIRST_TERM, to_date(terms.first_term)),
        (v.EXTENDED_TERM, to_date(terms.extended_term)),
        (v.REQUESTED_TERM, to_date(terms.due_on_request)),
    )
    counts = (
        (v.DAYS, terms.days),
        (v.DAYS_OVER_FIRST_TERM, terms.late_first),
        (v.DAYS_OVER_EXTENDED_TERM, terms.late_extended),
        (v.DAYS_OVER_REQUESTED_TERM, terms.late_on_request),
    )
    for predicate, day in dates:
        if day is not None:
            yield Assertion(subject, predicate, day, question_set.places)
    for predicate, count in counts:
        if count is not None:
            yield Assertion(subject, predicate, to_integer(count), question_set.places)
    places = {question.number: question.places for question in question_set.questions}
    for requested in terms.requested:
        question = mint.thing(f"{key}/question/{requested.question}")
        evidence = places[requested.question]
        printed = requested.event or requested.exact
        yield Assertion(question, v.REQUESTED_BEFORE, Literal(printed), evidence)
        due = to_date(requested.due)
        if due is not None:
            yield Assertion(question, v.REQUESTED_TERM, due, evidence)
    for extension in terms.extensions:
        if extension.reason:
            letter = mint.thing(f"{key}/letter/{extension.letter}")
            evidence = question_set.letters[extension.letter - 1].places
            yield Assertion(letter, v.REASON, Literal(extension.reason), evidence)
