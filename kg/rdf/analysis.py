"""Everything that is read from the sets together, as assertions."""

from collections.abc import Iterator, Sequence

from kg.analysis.answer_kinds import read_answer_kinds
from kg.analysis.commitments import read_commitments
from kg.analysis.passages import find_reused_passages
from kg.analysis.round_robins import find_round_robins
from kg.analysis.terms import read_terms
from kg.model.assertion import Assertion
from kg.model.authority import Authority
from kg.model.question_set import QuestionSet
from kg.rdf.answer_kinds import map_answer_kinds
from kg.rdf.commitments import map_commitments
from kg.rdf.iris import Mint
from kg.rdf.ledger import map_terms
from kg.rdf.repetition import map_reused_passage, map_round_robin
from kg.rdf.topics import map_topics


def map_analysis(
    question_sets: Sequence[QuestionSet], authority: Authority, mint: Mint
) -> Iterator[Assertion]:
    """Terms, topics, kinds of answer, commitments of each set; round robins, passages of all."""
    for question_set in question_sets:
        yield from map_terms(read_terms(question_set), question_set, mint)
        yield from map_topics(question_set, authority, mint)
        yield from map_answer_kinds(read_answer_kinds(question_set), question_set, mint)
        yield from map_commitments(read_commitments(question_set), question_set, mint)
    by_key = {question_set.key: question_set for question_set in question_sets}
    for round_robin in find_round_robins(question_sets):
        yield from map_round_robin(round_robin, by_key, mint)
    for passage in find_reused_passages(question_sets):
        yield from map_reused_passage(passage, by_key, mint)
