"""Map 2: a batch of sets to a shard of sorted triples, texts to search, and facts for the rest.

A set is stated at once, unless it asks other sets about its motions and papers: then it waits
until all sets have told theirs, and a second shard of the batch states it.
"""

import marshal
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from typing import Any
from zlib import crc32

from kg.analysis.counts import Counted, counted_in
from kg.analysis.passages import read_occurrences
from kg.analysis.round_robins import asked_of
from kg.building.code_version import known, stating_version
from kg.building.plain import to_plain
from kg.building.planning import Unit
from kg.building.work import Work, name_of
from kg.mentions import MentionExtractor
from kg.model.assertion import Assertion
from kg.model.mention import UnitMentions
from kg.model.question_set import Answer, QuestionSet
from kg.model.question_set import Unit as TextUnit
from kg.querying.search_index import index_texts, read_texts
from kg.rdf.analysis import map_set_analysis
from kg.rdf.counts import count_id
from kg.rdf.iris import Mint
from kg.rdf.mapping import entities_of, map_person, map_set
from kg.rdf.register import map_erratum
from kg.rdf.topics import topic_keys
from kg.resolution.errata import UnreadableDay, find_errata
from kg.resolution.linking import LinkedSet, link_set
from kg.resolution.paper_trail import PaperAnswers, PaperFacts, paper_facts
from kg.resolution.people import resolve_people
from kg.resolution.set_context import Reading, units_of
from kg.store.turtle import Block, to_blocks

PARTS = 2048
"""What several sets may state of one thing is gathered in so many parts, by the thing's IRI."""
PART_HASH = 8
"""Bytes of the hash of what a shard has for a part."""

Part = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], list[tuple[Any, ...]]]
"""What a shard has for a part: blocks, entities that its sets brought up, and counts of them."""


@dataclass(frozen=True, slots=True)
class StateTask:
    """A batch to state under `base`: its sets that ask nothing, or with `answers` all of them."""

    work: Work
    base: str
    units: tuple[Unit, ...]
    answers: tuple[tuple[str, PaperAnswers], ...] | None = None

    @property
    def name(self) -> str:
        """The name of the shard."""
        answers = to_plain(self.answers)
        return name_of("sets", stating_version(), self.base, self.units, answers)

    def run(self) -> tuple[Any, ...]:
        """Makes the shard, unless it is there, and returns its summary for `Stated`.

        Raises UsageError where it cannot be kept.
        """
        name = self.name
        found = self.work.find(name)
        if found is None:
            _Statement(self).write(name)
            found = self.work.open(name)
        summary: tuple[Any, ...] = found.head
        return summary


@dataclass(frozen=True, slots=True)
class Stated:
    """A shard and its summary: counts for the report, units that ask, keys of the authority files
    that it refers to, where its blocks of sets begin and end, hashes of what it tells of papers,
    of questions and of sentences, and for each part to be gathered a hash of what it has for it,
    or zeros.
    """

    shard: str
    counts: dict[str, int]
    asking: tuple[int, ...]
    referred: tuple[str, ...]
    first: str
    last: str
    papers: str
    asked: str
    sentences: str
    parts: bytes


def read_mentions(question_set: QuestionSet) -> Reading:
    """The set with all that its texts name."""
    return Reading(question_set, tuple(map(_mentions, units_of(question_set))))


def _mentions(unit: TextUnit) -> UnitMentions:
    text = unit.passage.text
    own = unit.numbers if isinstance(unit, Answer) else ()
    extractor = _extractor()
    return UnitMentions(extractor.extract(text), extractor.references(text, own))


@lru_cache(maxsize=1)
def _extractor() -> MentionExtractor:
    return MentionExtractor(known().authority)


@dataclass(slots=True)
class _Statement:
    """What a batch states, collected."""

    task: StateTask
    assertions: list[Assertion] = field(default_factory=list)
    entities: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    counted: Counter[Counted] = field(default_factory=Counter)
    referred: set[str] = field(default_factory=set)
    stated: list[QuestionSet] = field(default_factory=list)

    def write(self, name: str) -> None:
        """Writes the shard."""
        asking = []
        told: list[tuple[int, Reading, PaperFacts]] = []
        for place, unit in enumerate(self.task.units):
            readings = [
                read_mentions(resolve_people(one, known().authority))
                for one in unit.merged(self.task.work)
            ]
            facts = [paper_facts(reading) for reading in readings]
            told += [(place, *each) for each in zip(readings, facts, strict=True)]
            if self.task.answers is None and any(one.asks for one in facts):
                asking.append(place)
            else:
                self._state(unit, readings)
        first_time = self.task.answers is None
        sections = self._sections(told if first_time else [])
        blocks = sections["sets"]
        head = (
            counts_of(self.stated),
            tuple(asking),
            tuple(sorted(key for key in self.referred if key in known().facts)),
            blocks[0][0] if blocks else "",
            blocks[-1][0] if blocks else "",
            *(name_of(sections[each]) for each in ("papers", "asked", "sentences")),
            _hashes(sections["parts"]),
        )
        # who gathers one part needs not take the others apart
        sections["parts"] = [marshal.dumps(part) for part in sections["parts"]]
        self.task.work.write(name, head, sections)

    def _state(self, unit: Unit, readings: Sequence[Reading]) -> None:
        answers = dict(self.task.answers or ())
        authority = known().authority
        mint = Mint(self.task.base)
        nothing = PaperAnswers()
        linked = [
            link_set(one, answers.get(one.question_set.key, nothing), authority) for one in readings
        ]
        sets = [one.question_set for one in linked]
        days = [
            UnreadableDay(form.sha256, quote, alone=True)
            for forms, _ in unit.sets
            for form in forms
            for quote in form.unreadable_days
        ]
        for erratum in find_errata(sets, authority, days):
            self.referred.update(erratum.about)
            self.assertions += map_erratum(erratum, mint)
        for one in linked:
            self._state_set(one, mint)
        self.stated += sets

    def _state_set(self, linked: LinkedSet, mint: Mint) -> None:
        question_set, authority = linked.question_set, known().authority
        referred = entities_of(question_set)
        self.counted.update(counted_in(question_set, authority))
        self.referred |= referred | topic_keys(question_set, authority)
        self.assertions += map_set(question_set, mint)
        self.assertions += map_set_analysis(question_set, authority, mint)
        for participant in question_set.participants:
            if participant.person and participant.person not in authority:
                self.assertions += map_person(participant.person, participant.printed.name, mint)
        printed_as = {one.same_document for one in linked.entities if one.key in referred}
        for entity in linked.entities:
            used = entity.key in referred or entity.key in printed_as
            told = (entity.key, question_set.key, used, to_plain(entity))
            self.entities[part_of(mint.thing(entity.key).value)].append(told)

    def _sections(self, read: Iterable[tuple[int, Reading, PaperFacts]]) -> dict[str, list[Any]]:
        sections: dict[str, list[Any]] = defaultdict(list)
        of_sets = f"{self.task.base}id/set/"
        parts: dict[int, Part] = defaultdict(lambda: ([], [], []))
        sections["sets"] = []
        for block in to_blocks(self.assertions):
            if block.subject.startswith(of_sets):
                sections["sets"].append(tuple(block))
            else:
                parts[part_of(block.subject)][0].append(tuple(block))
        for part, entities in self.entities.items():
            parts[part][1].extend(entities)
        mint = Mint(self.task.base)
        for counted, count in self.counted.items():
            told = (counted[0].value, *counted[1:], count)
            parts[part_of(mint.thing(count_id(counted)).value)][2].append(told)
        sections["parts"] = [(part, *parts[part]) for part in sorted(parts)]
        sections["texts"] = list(map(tuple, index_texts(read_texts(self.assertions))))
        for place, reading, facts in read:
            sections["papers"].append(to_plain(facts))
            sections["asked"].append((place, to_plain(asked_of(reading.question_set))))
        sets = (reading.question_set for _, reading, _ in read)
        occurrences, sentences = read_occurrences(sets)
        sections["occurrences"] = list(map(to_plain, occurrences))
        sections["sentences"] = [astuple(sentences)]
        return sections


def part_of(subject: str) -> int:
    """The part in which an IRI is gathered."""
    return crc32(subject.encode()) % PARTS


def _hashes(parts: Iterable[tuple[int, *Part]]) -> bytes:
    hashes = bytearray(PARTS * PART_HASH)
    for part, *told in parts:
        start = part * PART_HASH
        hashes[start : start + PART_HASH] = bytes.fromhex(name_of(*told))[:PART_HASH]
    return bytes(hashes)


def blocks_of(values: Iterable[tuple[str, str, int, str]]) -> Iterator[Block]:
    """The blocks of a section."""
    return map(Block._make, values)


def counts_of(sets: Sequence[QuestionSet]) -> dict[str, int]:
    """What the report counts of sets."""
    return {
        "sets": len(sets),
        "questions": sum(len(one.questions) for one in sets),
        "answered_questions": sum(
            len({number for answer in one.answers for number in answer.numbers}) for one in sets
        ),
        "sets_without_answer": sum(not one.answers for one in sets),
        "extension_letters": sum(len(one.letters) for one in sets),
    }
