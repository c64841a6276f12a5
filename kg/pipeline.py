"""Wires the stages: documents in; graph, page and report out."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.mentions import MentionExtractor
from kg.model.assertion import Assertion
from kg.model.authority import Authority
from kg.model.document import LineRole, ParsedDocument
from kg.model.mention import UnitMentions
from kg.model.question_set import Answer, QuestionSet, Unit
from kg.model.text import SourceText
from kg.parsing import parse_document
from kg.parsing.kept import KeptDocuments
from kg.querying.search import SEARCH_FOLDER, read_texts, write_search_index
from kg.rdf.analysis import map_analysis
from kg.rdf.authority import AuthorityGraph, load_authority
from kg.rdf.iris import DEFAULT_BASE, Mint
from kg.rdf.mapping import entities_of, map_entity, map_person, map_set, map_source
from kg.rdf.register import map_erratum
from kg.rdf.topics import topic_keys
from kg.resolution.errata import find_errata
from kg.resolution.linking import Linked, link_sets
from kg.resolution.merging import merge_documents
from kg.resolution.people import resolve_people
from kg.resolution.set_context import units_of
from kg.resources import ontology_dir
from kg.sources import RejectedSource, read_sources
from kg.store.embedded import LARGE_GRAPH, remove_index, write_index
from kg.store.publication import publishing
from kg.store.turtle import write_turtle
from kg.views import write_explorer

Progress = Callable[[str], None]
Parse = Callable[[SourceText], ParsedDocument]
KEPT_FOLDER = ".documents"
"""Below the output: what was read from each document, for the next build."""


class Status(StrEnum):
    """What became of a document."""

    ACCEPTED = "accepted"
    PARTIAL = "partial"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document: `lines` counts its non-blank lines by role."""

    path: str
    status: Status
    layout: str | None = None
    kind: str | None = None
    code: str | None = None
    reason: str | None = None
    line: int | None = None
    sets: int = 0
    lines: tuple[tuple[str, int], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values; absent things are null."""
        return {
            "path": self.path,
            "status": self.status.value,
            "layout": self.layout,
            "kind": self.kind,
            "code": self.code,
            "reason": self.reason,
            "line": self.line,
            "sets": self.sets,
            "lines": dict(self.lines),
        }


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The outcome of a build. `graph_written` is False where no document could be used."""

    documents: tuple[DocumentReport, ...]
    totals: dict[str, int]
    warnings: tuple[str, ...] = ()
    graph_written: bool = False

    @property
    def complete(self) -> bool:
        """Whether every document was accepted whole."""
        return all(document.status is Status.ACCEPTED for document in self.documents)

    def to_json(self) -> str:
        """The content of report.json."""
        report = {
            "documents": [document.to_dict() for document in self.documents],
            "totals": self.totals,
            "warnings": list(self.warnings),
            "graph_written": self.graph_written,
        }
        return json.dumps(report, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


@dataclass(slots=True)
class _Reading:
    """The documents read so far. The same bytes under two names are one document."""

    parsed: dict[str, ParsedDocument] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    reports: list[DocumentReport] = field(default_factory=list)


def build(
    paths: Sequence[str | Path],
    out: Path,
    *,
    base: str = DEFAULT_BASE,
    index_from: int = LARGE_GRAPH,
    progress: Progress = lambda _step: None,
) -> BuildReport:
    """Reads the documents at `paths` and writes graph.ttl, graph.html, search/ and report.json to
    `out`; of a graph of `index_from` triples or more also index/, which opens without loading.

    All take the places of older ones together, with manifest.json, when all are whole; when no
    document can be used, an older graph stays and only report.json is new. `progress` is told
    each step in Dutch. Raises UsageError when `out` cannot be written or `base` is no usable IRI.
    """
    mint = Mint(base)
    kept = KeptDocuments(out / KEPT_FOLDER)
    reading, known, linked = _understand(paths, kept.parse, progress)
    triples = 0
    with publishing(out) as results:
        if linked.question_sets:
            progress("graaf schrijven")
            graph = results.folder / "graph.ttl"
            assertions = list(_assertions(reading, linked, known, mint))
            triples = write_turtle(assertions, graph)
            if triples >= index_from:
                progress("index schrijven")
                write_index(graph)
            else:
                remove_index(out / "graph.ttl")
            progress("zoekindex schrijven")
            write_search_index(read_texts(assertions), results.folder / SEARCH_FOLDER)
            progress("verkenner tekenen")
            write_explorer(graph, results.folder / "graph.html")
            results.triples["graph.ttl"] = triples
        report = _report(reading, linked.question_sets, triples)
        (results.folder / "report.json").write_text(report.to_json(), "utf-8")
        results.counts = report.totals
    return report


@dataclass(frozen=True, slots=True)
class LinkedDocuments:
    """What all documents say together, linked, with the documents that it was read from."""

    documents: tuple[ParsedDocument, ...]
    linked: Linked
    authority: Authority


def link_documents(
    paths: Sequence[str | Path], *, progress: Progress = lambda _step: None
) -> LinkedDocuments:
    """Reads the documents at `paths` and links what they name, as `build` does, writing nothing."""
    reading, known, linked = _understand(paths, parse_document, progress)
    return LinkedDocuments(tuple(reading.parsed.values()), linked, known.authority)


def _understand(
    paths: Sequence[str | Path], parse: Parse, progress: Progress
) -> tuple[_Reading, AuthorityGraph, Linked]:
    reading = _read(paths, parse, progress)
    known = load_authority(ontology_dir() / "authority")
    progress("vragensets samenvoegen")
    merged = [
        resolve_people(one, known.authority) for one in merge_documents(reading.parsed.values())
    ]
    progress("vermeldingen zoeken en koppelen")
    return reading, known, _link(merged, known.authority)


def _read(paths: Sequence[str | Path], parse: Parse, progress: Progress) -> _Reading:
    reading = _Reading()
    for source in read_sources(paths):
        progress(source.name)
        if isinstance(source, RejectedSource):
            reading.reports.append(_rejected(source.name, source.error))
            continue
        try:
            parsed = parse(source)
        except KgError as error:
            reading.reports.append(_rejected(source.name, error))
            continue
        reading.parsed.setdefault(source.sha256, parsed)
        reading.names[source.sha256].append(Path(source.name).name)
        reading.reports.append(_accepted(source.name, parsed))
    return reading


def _link(question_sets: Iterable[QuestionSet], authority: Authority) -> Linked:
    """Finds what every unit names and points at, and links it set by set."""
    extractor = MentionExtractor(authority)

    def read(unit: Unit) -> UnitMentions:
        text = unit.passage.text
        own = unit.numbers if isinstance(unit, Answer) else ()
        return UnitMentions(extractor.extract(text), extractor.references(text, own))

    found = ((one, [read(unit) for unit in units_of(one)]) for one in question_sets)
    return link_sets(found, authority)


def _rejected(name: str, error: KgError) -> DocumentReport:
    return DocumentReport(
        name, Status.REJECTED, code=error.code, reason=error.message, line=error.line
    )


def _accepted(name: str, parsed: ParsedDocument) -> DocumentReport:
    first = min(parsed.flaws, key=lambda flaw: flaw.line or 0, default=None)
    counts = {role.value: 0 for role in LineRole}
    for _, role in parsed.roles:
        counts[role.value] += 1
    return DocumentReport(
        name,
        Status.PARTIAL if parsed.flaws else Status.ACCEPTED,
        layout=parsed.layout,
        kind=parsed.kind.value if parsed.kind else None,
        code=first.code if first else None,
        reason="; ".join(flaw.message for flaw in parsed.flaws) or None,
        line=first.line if first else None,
        sets=len(parsed.sets),
        lines=tuple((role, count) for role, count in counts.items() if count),
    )


def _assertions(
    reading: _Reading, linked: Linked, known: AuthorityGraph, mint: Mint
) -> Iterator[Assertion]:
    """All the graph states: documents, sets, and of the authority what these refer to."""
    question_sets = linked.question_sets
    for sha256, parsed in reading.parsed.items():
        yield from map_source(parsed.source, reading.names[sha256], parsed.layout, mint)
    referred: set[str] = set()
    for erratum in find_errata(question_sets, known.authority, reading.parsed.values()):
        referred.update(erratum.about)
        yield from map_erratum(erratum, mint)
    for question_set in question_sets:
        referred |= entities_of(question_set) | topic_keys(question_set, known.authority)
        yield from map_set(question_set, mint)
        for participant in question_set.participants:
            if participant.person and participant.person not in known.authority:
                yield from map_person(participant.person, participant.printed.name, mint)
    printed_as = {one.same_document for one in linked.entities if one.key in referred}
    for entity in linked.entities:
        if entity.key in referred | printed_as:
            yield from map_entity(entity, mint)
    yield from map_analysis(question_sets, known.authority, mint)
    yield from known.describe(referred, mint.base)


def _report(reading: _Reading, question_sets: Sequence[QuestionSet], triples: int) -> BuildReport:
    answered = sum(
        len({number for answer in one.answers for number in answer.numbers})
        for one in question_sets
    )
    statuses = [document.status for document in reading.reports]
    totals = {
        "documents": len(statuses),
        **{status.value: statuses.count(status) for status in Status},
        "printed_sets": sum(document.sets for document in reading.reports),
        "sets": len(question_sets),
        "questions": sum(len(one.questions) for one in question_sets),
        "answered_questions": answered,
        "sets_without_answer": sum(not one.answers for one in question_sets),
        "extension_letters": sum(len(one.letters) for one in question_sets),
        "triples": triples,
    }
    documents = tuple(sorted(reading.reports, key=lambda report: (report.path, report.status)))
    warnings = tuple(
        f"{document.path}{f':{document.line}' if document.line else ''}: {document.reason}"
        for document in documents
        if document.reason
    )
    return BuildReport(documents, totals, warnings, graph_written=bool(question_sets))
