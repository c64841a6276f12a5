"""Map 1: documents to records, each read once as long as its bytes and our code stay the same.

A record holds the printed sets, the traits by which they are told, and what the report says.
"""

import marshal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from kg.building.catalog import Catalog, stamp_of
from kg.building.code_version import reading_version
from kg.building.engines import Engine
from kg.building.plain import from_plain, to_plain
from kg.building.report import DocumentReport, Status, accepted, rejected
from kg.building.work import Work, WorkFile, name_of
from kg.errors import KgError
from kg.model.document import ParsedSet
from kg.parsing import parse_document
from kg.resolution.errata import UNREADABLE_DATE
from kg.resolution.merging import PrintedSet
from kg.resolution.traits import Traits, traits_of
from kg.sources import RawDocument, RejectedSource, open_file, read_document

_TASK_BYTES = 1 << 20
_TASK_FILES = 32


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Files to read into `work`; relative paths start from `folder`."""

    work: Work
    folder: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a document without opening its record again.

    `record` is its name, `sets` the number of its printed sets and `traits` what tells which these
    are, until that is found. `unreadable_days` are printed dates that do not exist.
    """

    record: str
    sha256: str
    media_type: str
    layout: str
    sets: int
    traits: tuple[Traits, ...]
    unreadable_days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """A document as it came under one name; without a record where it could not be used."""

    report: DocumentReport
    record: Record | None = None

    def to_plain(self) -> tuple[tuple[Any, ...], tuple[Any, ...] | None]:
        """All of it in tuples, numbers, strings and bytes."""
        path, status, *rest = (getattr(self.report, one.name) for one in fields(DocumentReport))
        report = (path, status.value, *rest)
        if self.record is None:
            return report, None
        *told, traits, days = (getattr(self.record, one.name) for one in fields(Record))
        return report, (*told, marshal.dumps([to_plain(each) for each in traits]), days)

    @classmethod
    def from_plain(cls, report: tuple[Any, ...], record: tuple[Any, ...] | None) -> "DocumentRead":
        """What `to_plain` made."""
        path, status, *rest = report
        found = DocumentReport(path, Status(status), *rest)
        if record is None:
            return cls(found)
        name, sha256, media_type, layout, sets, traits, days = record
        told = tuple(map(from_plain, marshal.loads(traits)))
        return cls(found, Record(name, sha256, media_type, layout, sets, told, days))


def read_files(
    paths: Sequence[str], work: Work, older: Catalog, newer: Catalog, engine: Engine
) -> Iterator[tuple[DocumentRead, ...]]:
    """The documents of each file, in order; those that `older` knows are not opened.

    They enter `newer`, unless one of them could not be used.
    """
    stamps = {path: stamp_of(path) for path in paths}

    def is_known(path: str) -> bool:
        return stamps[path] is not None and older.documents.get(path, (None,))[0] == stamps[path]

    tasks = list(_tasks(work, [path for path in paths if not is_known(path)]))
    new = chain.from_iterable(engine.map(read_documents, tasks))
    for path in paths:
        if is_known(path):
            newer.documents[path] = older.documents[path]
            yield tuple(DocumentRead.from_plain(*one) for one in older.documents[path][1])
            continue
        found = next(new)
        stamp = stamps[path]
        if stamp and all(one.record for one in found):
            newer.documents[path] = (stamp, [one.to_plain() for one in found])
        yield found


def _tasks(work: Work, paths: Iterable[str]) -> Iterator[ReadTask]:
    """Tasks of about a megabyte, in the order of `paths`."""
    batch: list[str] = []
    size = 0
    for path in paths:
        batch.append(path)
        size += _size(path)
        if size >= _TASK_BYTES or len(batch) == _TASK_FILES:
            yield ReadTask(work, str(Path.cwd()), tuple(batch))
            batch, size = [], 0
    if batch:
        yield ReadTask(work, str(Path.cwd()), tuple(batch))


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def read_documents(task: ReadTask) -> tuple[tuple[DocumentRead, ...], ...]:
    """The documents of each file, in order. Raises UsageError where the work cannot be written."""
    return tuple(
        tuple(
            DocumentRead(rejected(found.name, found.error))
            if isinstance(found, RejectedSource)
            else _read(task.work, found)
            for found in open_file(path, task.folder)
        )
        for path in task.paths
    )


def _read(work: Work, raw: RawDocument) -> DocumentRead:
    sha256, media_type = raw.sha256, raw.media_type.value
    name = name_of("document", reading_version(), sha256, media_type)
    found = work.find(name)
    if found is not None:
        status, layout, days, *rest = found.head
        traits = tuple(from_plain(each) for each in found.section("traits"))
        report = DocumentReport(raw.name, Status(status), layout, *rest)
        return DocumentRead(
            report, Record(name, sha256, media_type, layout, len(traits), traits, days)
        )
    try:
        parsed = parse_document(read_document(raw))
    except KgError as error:
        return DocumentRead(rejected(raw.name, error))
    report, traits = accepted(raw.name, parsed), tuple(traits_of(parsed))
    days = tuple(flaw.quote for flaw in parsed.flaws if flaw.code == UNREADABLE_DATE and flaw.quote)
    head = (
        *(report.status.value, parsed.layout, days, report.kind, report.code, report.reason),
        *(report.line, report.sets, report.lines),
        *(report.recognised, report.missing, report.flags),
    )
    sections = {
        "traits": map(to_plain, traits),
        "sets": (marshal.dumps(to_plain(each)) for each in parsed.sets),
    }
    work.write(name, head, sections)
    return DocumentRead(
        report, Record(name, sha256, media_type, parsed.layout, len(traits), traits, days)
    )


def printed_set(work: Work, record: str, sha256: str, order: int) -> PrintedSet:
    """The printed set at `order` of a document that this build has read."""
    parsed: ParsedSet = from_plain(marshal.loads(_opened(work, record).at("sets", order)))
    return PrintedSet(sha256, parsed)


@lru_cache(maxsize=64)
def _opened(work: Work, record: str) -> WorkFile:
    return work.open(record)
