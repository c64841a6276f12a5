"""Kinds of answer as assertions."""

from collections.abc import Iterable, Iterator

from kg.analysis.answer_kinds import AnswerKind, KindFinding
from kg.model.assertion import XSD, Assertion, Iri, Literal
from kg.model.question_set import QuestionSet
from kg.rdf import vocabulary as v
from kg.rdf.iris import Mint
from kg.rdf.mapping import answer_id, map_provenance, to_integer

_LABELS = {
    AnswerKind.ANSWERED: ("beantwoord", "answered"),
    AnswerKind.REFERS: ("verwijst naar elders", "refers elsewhere"),
    AnswerKind.DECLINED: ("geweigerd", "declined"),
    AnswerKind.HANDED_OVER: ("doorgeleid naar een ander", "handed to another body"),
    AnswerKind.DEFERRED: ("uitgesteld tot een later stuk", "deferred to a later document"),
    AnswerKind.ABSENT: ("niet in deze documenten", "not in these documents"),
    AnswerKind.UNKNOWN: ("onbekend", "unknown"),
}


def map_answer_kinds(
    findings: Iterable[KindFinding], question_set: QuestionSet, mint: Mint
) -> Iterator[Assertion]:
    """Each finding as a thing of its own: kind, rule, and where in which answer it is read."""
    answers = {answer.numbers: answer for answer in question_set.answers}
    places = {question.number: question.places for question in question_set.questions}
    for finding in findings:
        question = f"set/{question_set.key}/question/{finding.question}"
        answer = answers.get(finding.answer)
        where = f"-{finding.span.start}-{finding.span.end}" if finding.span else ""
        part = f"-{answer_id(answer).partition('/')[2]}" if answer else ""
        subject = mint.thing(f"{question}/kind/{finding.kind.value}{part}{where}")
        evidence = answer.places if answer else places[finding.question]
        dutch, english = _LABELS[finding.kind]
        facts: list[tuple[Iri, Iri | Literal]] = [
            (v.TYPE, v.ANSWER_KIND_CLASS),
            (v.LABEL, Literal(dutch, "nl")),
            (v.LABEL, Literal(english, "en")),
            (v.KIND, Literal(finding.kind.value)),
            (v.RULE, Literal(finding.rule)),
            (v.WHOLE, Literal(str(finding.whole).lower(), datatype=f"{XSD}boolean")),
        ]
        if answer is not None:
            facts.append((v.IN_TEXT, mint.thing(f"set/{question_set.key}/{answer_id(answer)}")))
        if finding.span is not None:
            facts += [
                (v.EXACT, Literal(finding.quote)),
                (v.START, to_integer(finding.span.start)),
                (v.END, to_integer(finding.span.end)),
            ]
        if finding.ground:
            facts.append((v.GROUND, Literal(finding.ground)))
        yield Assertion(mint.thing(question), v.ANSWER_KIND, subject, evidence)
        for predicate, value in facts:
            yield Assertion(subject, predicate, value, evidence)
        yield from map_provenance(subject, evidence if answer else (), mint)
