"""Finds sentences that recur, in the same or nearly the same words, in answers of several sets."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.analysis.likeness import codes_of, from_bytes, group_alike, shingles_of, to_bytes
from kg.analysis.sentences import read_sentences
from kg.model.question_set import QuestionSet, SourcePlace

ALIKE = 0.4
"""Jaccard index of two-word shingles above which two sentences say the same."""

_FEWEST_WORDS = 9


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A sentence of an answer: the set's key, the answer's numbers and places, and the text."""

    set_key: str
    answer: tuple[int, ...]
    places: tuple[SourcePlace, ...]
    text: str


def sentences_of(question_set: QuestionSet) -> Iterator[tuple[Occurrence, bytes]]:
    """The sentences of nine words or more in a set's answers, each with its bag of shingles."""
    for answer in question_set.answers:
        for span in read_sentences(answer.passage.text):
            sentence = span.of(answer.passage.text)
            words = codes_of(sentence)
            if len(words) >= _FEWEST_WORDS:
                found = Occurrence(question_set.key, answer.numbers, answer.places, sentence)
                yield found, to_bytes(shingles_of(words, 2))


def group_passages(sentences: Iterable[tuple[str, bytes]]) -> list[tuple[int, ...]]:
    """Groups of indexes of sentences, given as key of the set and bag, that several sets have.

    Linear in the number of sentences; their order decides where several groups fit.
    """
    sets = array("L")
    numbers: dict[str, int] = {}

    def bags() -> Iterator["array[int]"]:
        for key, bag in sentences:
            sets.append(numbers.setdefault(key, len(numbers)))
            yield from_bytes(bag)

    return [
        group for group in group_alike(bags(), ALIKE) if len({sets[index] for index in group}) > 1
    ]


def passage_key(text: str) -> str:
    """The last part of the local id of a passage, from its first form."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
