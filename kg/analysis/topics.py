"""The topics of a set: the official ones, split from the printed line, or inferred ones.

The printed line has no separators ("economie ict overige economische sectoren"): it is cut into
labels of the TaxonomieBeleidsagenda so that every word belongs to one. Inferred topics rest on
cue words and never mix with official ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick

from kg.analysis.topic_cues import CUES
from kg.model.authority import Authority, Kind
from kg.model.question_set import QuestionSet
from kg.model.spelling import letters_only

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_WHOLE_WORD_BELOW = 5
_TITLE_WEIGHT = 2
_LEAST = 2
_NEAR_BEST = 0.6
_MOST = 3


@dataclass(frozen=True, slots=True)
class OfficialTopics:
    """A printed line of topics, cut: keys in printed order, and the words that fit no label."""

    keys: tuple[str, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InferredTopic:
    """A topic that the words of a set point at: the cue words found, and their weight."""

    key: str
    cues: tuple[str, ...]
    weight: int


def split_topics(printed: str, authority: Authority) -> OfficialTopics:
    """Cut a printed line into topics: the fewest words without a label, then the fewest labels.

    Of topics that share a label (`Jongeren`) the first by key is taken only where no other
    topic of the line tells which one; otherwise the one beneath a topic of the line.
    """
    words = [match[0] for match in _WORD.finditer(printed)]
    labels = _labels(authority)
    longest = max((len(label) for label in labels), default=0)
    best: list[tuple[int, int, tuple[tuple[str, ...], ...]]] = [(0, 0, ())]
    for end in range(1, len(words) + 1):
        options = [(best[end - 1][0] + 1, best[end - 1][1], best[end - 1][2])]
        for start in range(max(0, end - longest), end):
            part = tuple(letters_only(word) for word in words[start:end])
            if part in labels:
                lost, count, cut = best[start]
                options.append((lost, count + 1, (*cut, part)))
        best.append(min(options))
    chosen = best[-1][2]
    known = {word for part in chosen for word in part}
    keys: list[str] = []
    for part in chosen:
        keys.append(_one_of(labels[part], keys, authority))
    unknown = tuple(word for word in words if letters_only(word) not in known)
    return OfficialTopics(tuple(dict.fromkeys(keys)), unknown)


def _one_of(candidates: Sequence[str], keys: Sequence[str], authority: Authority) -> str:
    beneath = [key for key in candidates if authority[key].broader in keys]
    return (beneath or sorted(candidates))[0]


@lru_cache(maxsize=4)
def _labels(authority: Authority) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for topic in authority.of_kind(Kind.TOPIC):
        for label in (topic.label, *topic.labels):
            bare = label.partition("_(")[0]
            words = tuple(letters_only(match[0]) for match in _WORD.finditer(bare))
            if topic.key not in found[words]:
                found[words].append(topic.key)
    return {words: tuple(keys) for words, keys in found.items()}


def infer_topics(question_set: QuestionSet) -> tuple[InferredTopic, ...]:
    """At most three topics that the title and questions point at, best first; none when unsure.

    Sets with official topics get none. A cue counts once; in the title it counts double.
    """
    if question_set.topics:
        return ()
    texts = [question.passage.text for question in question_set.questions]
    return infer_from_text(question_set.title or "", texts)


def infer_from_text(title: str, texts: Iterable[str] = ()) -> tuple[InferredTopic, ...]:
    """The topics that a title and further texts point at, best first."""
    in_title = _cues_in(title)
    in_texts = _cues_in("\n".join(texts))
    found = []
    for key in sorted(in_title.keys() | in_texts.keys()):
        cues = in_title.get(key, set()) | in_texts.get(key, set())
        weight = sum(_TITLE_WEIGHT if cue in in_title.get(key, set()) else 1 for cue in cues)
        found.append(InferredTopic(key, tuple(sorted(cues)), weight))
    best = max((one.weight for one in found), default=0)
    kept = [one for one in found if one.weight >= max(_LEAST, _NEAR_BEST * best)]
    return tuple(sorted(kept, key=lambda one: (-one.weight, one.key))[:_MOST])


@lru_cache(maxsize=64)
def _cues_in(text: str) -> Mapping[str, set[str]]:
    lowered = text.lower()
    topics_of = _topics_of_cues()
    cues = {match[0] for match in _WORD.finditer(lowered) if len(match[0]) < _WHOLE_WORD_BELOW}
    cues.update(cue for _, cue in _long_cues().iter(lowered))
    found: dict[str, set[str]] = defaultdict(set)
    for cue in cues & topics_of.keys():
        for key in topics_of[cue]:
            found[key].add(cue)
    return found


@lru_cache(maxsize=1)
def _topics_of_cues() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, cues in CUES.items():
        for cue in cues:
            found[cue].append(key)
    return found


@lru_cache(maxsize=1)
def _long_cues() -> Any:
    """The automaton that finds all cues that may stand within a word."""
    automaton: Any = ahocorasick.Automaton()
    for cue in _topics_of_cues():
        if len(cue) >= _WHOLE_WORD_BELOW:
            automaton.add_word(cue, cue)
    automaton.make_automaton()
    return automaton
