"""Official and inferred topics as assertions, never by the same property."""

from collections.abc import Iterator

from kg.analysis.topics import infer_topics, split_topics
from kg.model.assertion import Assertion
from kg.model.authority import Authority
from kg.model.question_set import QuestionSet
from kg.rdf import vocabulary as v
from kg.rdf.iris import Mint


def topic_keys(question_set: QuestionSet, authority: Authority) -> frozenset[str]:
    """The local ids of all topics of a set that the authority has."""
    official = {
        key for printed in question_set.topics for key in split_topics(printed, authority).keys
    }
    inferred = {topic.key for topic in infer_topics(question_set)}
    return frozenset(key for key in official | inferred if key in authority)


def map_topics(question_set: QuestionSet, authority: Authority, mint: Mint) -> Iterator[Assertion]:
    """The topics that the government gave a set, or those that its words point at."""
    subject = mint.thing(f"set/{question_set.key}")
    for printed in question_set.topics:
        for key in split_topics(printed, authority).keys:
            yield Assertion(subject, v.SUBJECT, mint.thing(key), question_set.places)
    for topic in infer_topics(question_set):
        if topic.key in authority:
            yield Assertion(subject, v.INFERRED_TOPIC, mint.thing(topic.key), question_set.places)
