"""Commitments as assertions."""

from collections.abc import Iterable, Iterator

from kg.analysis.commitments import Commitment
from kg.model.assertion import Assertion, Iri, Literal
from kg.model.question_set import QuestionSet
from kg.rdf import vocabulary as v
from kg.rdf.iris import Mint
from kg.rdf.mapping import answer_id, map_provenance, to_date, to_integer


def map_commitments(
    commitments: Iterable[Commitment], question_set: QuestionSet, mint: Mint
) -> Iterator[Assertion]:
    """Each commitment as a thing: its words, its place, who, when, and what it announces."""
    answers = {answer.numbers: answer for answer in question_set.answers}
    for one in commitments:
        answer = answers[one.answer]
        unit = f"set/{question_set.key}/{answer_id(answer)}"
        subject = mint.thing(f"{unit}/commitment/{one.span.start}-{one.span.end}")
        facts: list[tuple[Iri, Iri | Literal]] = [
            (v.TYPE, v.COMMITMENT),
            (v.LABEL, Literal(one.quote, "nl")),
            (v.IN_TEXT, mint.thing(unit)),
            (v.EXACT, Literal(one.quote)),
            (v.START, to_integer(one.span.start)),
            (v.END, to_integer(one.span.end)),
            (v.RULE, Literal(one.rule)),
        ]
        if one.actor:
            facts.append((v.PROMISED_BY, Literal(one.actor)))
        if one.due_text:
            facts.append((v.DUE_TEXT, Literal(one.due_text)))
        start = to_date(one.due.start) if one.due else None
        end = to_date(one.due.end) if one.due else None
        if start is not None:
            facts.append((v.DUE_FROM, start))
        if end is not None:
            facts.append((v.DUE_BEFORE, end))
        facts += ((v.ANNOUNCES, mint.thing(key)) for key in one.announces)
        for predicate, value in facts:
            yield Assertion(subject, predicate, value, answer.places)
        yield from map_provenance(subject, answer.places, mint)
