"""Which printed sets are one set, cut into batches whose borders stay where sets are added.

A batch ends where the key of a set says so, whatever stands around it: a new set changes the batch
that it falls in, and no other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from zlib import crc32

from kg.building.reading import Record, printed_set
from kg.building.work import Work
from kg.model.question_set import QuestionSet
from kg.model.spelling import natural_order
from kg.resolution.identity import Identified, identify
from kg.resolution.merging import merge, tell_apart

_SETS_A_BATCH = 32
"""The mean; a batch that grows to four times as many is cut."""


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form of a set: its place in a record, and days printed there that do not exist."""

    record: str
    sha256: str
    order: int
    unreadable_days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """The sets of one key, each as its forms and why these are one: a single set, save where
    sources give two sets one number.
    """

    key: str
    sets: tuple[tuple[tuple[Form, ...], str | None], ...]

    def merged(self, work: Work) -> tuple[QuestionSet, ...]:
        """The sets as all documents tell them, in order of key."""
        sets = [
            merge(
                self.key,
                [printed_set(work, one.record, one.sha256, one.order) for one in forms],
                reason,
            )
            for forms, reason in self.sets
        ]
        return tuple(sorted(tell_apart(sets), key=lambda one: one.key))


def plan(records: Iterable[Record]) -> list[tuple[Unit, ...]]:
    """All sets of the documents, in batches and in order; that of the documents is no matter."""
    known = {record.sha256: record for record in records}
    found = identify(item for record in known.values() for item in record.traits)
    ordered = sorted(found, key=lambda one: (natural_order(one.key), one.key))
    units = (
        Unit(key, tuple(_forms(one, known) for one in group))
        for key, group in groupby(ordered, key=lambda one: one.key)
    )
    return list(_batches(units))


def _forms(one: Identified, known: dict[str, Record]) -> tuple[tuple[Form, ...], str | None]:
    forms = []
    for traits in one.forms:
        record = known[traits.sha256]
        days = record.unreadable_days if record.sets == 1 else ()
        forms.append(Form(record.record, record.sha256, traits.order, days))
    return tuple(forms), one.reason


def _batches(units: Iterable[Unit]) -> Iterator[tuple[Unit, ...]]:
    batch: list[Unit] = []
    for unit in units:
        ends = crc32(unit.key.encode()) % _SETS_A_BATCH == 0
        if batch and (ends or len(batch) == 4 * _SETS_A_BATCH):
            yield tuple(batch)
            batch = []
        batch.append(unit)
    if batch:
        yield tuple(batch)
