"""Map 1: documents to records, each read once as long as its bytes and our code stay the same.

A record holds the printed sets, the traits by which they are told, and what the report says.
"""

import marshal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.building.code_version import reading_version
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


def read_tasks(work: Work, paths: Iterable[str]) -> Iterator[ReadTask]:
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


def read_documents(task: ReadTask) -> tuple[DocumentRead, ...]:
    """All documents of a task, in order. Raises UsageError where the work cannot be written."""
    return tuple(
        DocumentRead(rejected(found.name, found.error))
        if isinstance(found, RejectedSource)
        else _read(task.work, found)
        for path in task.paths
        for found in open_file(path, task.folder)
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
