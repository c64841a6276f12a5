"""Everything that is read from a set beyond its links, as assertions."""

from collections.abc import Iterator

from kg.analysis.answer_kinds import read_answer_kinds
from kg.analysis.commitments import read_commitments
from kg.analysis.terms import read_terms
from kg.model.assertion import Assertion
from kg.model.authority import Authority
from kg.model.question_set import QuestionSet
from kg.rdf.answer_kinds import map_answer_kinds
from kg.rdf.commitments import map_commitments
from kg.rdf.iris import Mint
from kg.rdf.ledger import map_terms
from kg.rdf.topics import map_topics


def map_set_analysis(
    question_set: QuestionSet, authority: Authority, mint: Mint
) -> Iterator[Assertion]:
    """Terms, topics, kinds of answer and commitments of a set."""
    yield from map_terms(read_terms(question_set), question_set, mint)
    yield from map_topics(question_set, authority, mint)
    yield from map_answer_kinds(read_answer_kinds(question_set), question_set, mint)
    yield from map_commitments(read_commitments(question_set), question_set, mint)
