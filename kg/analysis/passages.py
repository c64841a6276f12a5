"""Finds sentences that recur, in the same or nearly the same words, in answers of several sets."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from kg.analysis.likeness import codes_of, group_alike, shingles_of
from kg.analysis.sentences import read_sentences
from kg.model.question_set import QuestionSet
from kg.model.text import Span

ALIKE = 0.4
"""Jaccard index of two-word shingles above which two sentences say the same."""

_FEWEST_WORDS = 9


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a passage stands: the set's key, the answer's numbers, the span in its text."""

    set_key: str
    answer: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ReusedPassage:
    """A recurring sentence in its first form, and all its occurrences in order of set."""

    key: str
    text: str
    occurrences: tuple[Occurrence, ...]


def find_reused_passages(question_sets: Sequence[QuestionSet]) -> tuple[ReusedPassage, ...]:
    """Sentences of nine words or more that stand in answers of at least two sets, by key.

    Linear in the number of sentences; the order of the sets has no influence.
    """
    places: list[Occurrence] = []
    texts: list[str] = []
    bags: list[frozenset[int]] = []
    for one in sorted(question_sets, key=lambda each: each.key):
        for answer in one.answers:
            for span in read_sentences(answer.passage.text):
                sentence = span.of(answer.passage.text)
                words = codes_of(sentence)
                if len(words) >= _FEWEST_WORDS:
                    places.append(Occurrence(one.key, answer.numbers, span))
                    texts.append(sentence)
                    bags.append(shingles_of(words, 2))
    if len({place.set_key for place in places}) < 2:
        return ()
    passages = []
    for group in group_alike(bags, ALIKE):
        occurrences = tuple(places[index] for index in group)
        if len({place.set_key for place in occurrences}) > 1:
            text = texts[group[0]]
            digest = hashlib.sha256(text.encode()).hexdigest()
            passages.append(ReusedPassage(digest[:12], text, occurrences))
    return tuple(sorted(passages, key=lambda one: one.key))
