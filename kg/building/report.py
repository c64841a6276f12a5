"""What became of the documents of a build."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kg.building.completeness import Counts, missing, recognised
from kg.errors import KgError, UsageError
from kg.model.document import LineRole, ParsedDocument


class Status(StrEnum):
    """What became of a document."""

    ACCEPTED = "accepted"
    PARTIAL = "partial"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one document.

    `lines` counts its non-blank lines by role, `recognised` the things its sets print, `missing`
    the sets that lack what a document of its kind prints. `flags` are all flaws as (code, message,
    line, quote); `code` and `line` are those of the first.
    """

    path: str
    status: Status
    layout: str | None = None
    kind: str | None = None
    code: str | None = None
    reason: str | None = None
    line: int | None = None
    sets: int = 0
    lines: Counts = ()
    recognised: Counts = ()
    missing: Counts = ()
    flags: tuple[tuple[str, str, int | None, str | None], ...] = ()

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
            "recognised": dict(self.recognised),
            "missing": dict(self.missing),
            "flags": [
                dict(zip(("code", "message", "line", "quote"), flag, strict=True))
                for flag in self.flags
            ],
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


def rejected(name: str, error: KgError) -> DocumentReport:
    """The report of a document that cannot be used."""
    return DocumentReport(
        name, Status.REJECTED, code=error.code, reason=error.message, line=error.line
    )


def accepted(name: str, parsed: ParsedDocument) -> DocumentReport:
    """The report of a document that was read, whole or in part."""
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
        recognised=recognised(parsed),
        missing=missing(parsed),
        flags=tuple((flaw.code, flaw.message, flaw.line, flaw.quote) for flaw in parsed.flaws),
    )


def report_of(
    documents: Iterable[DocumentReport], counts: Mapping[str, int], triples: int
) -> BuildReport:
    """The report of a build; `counts` are those of its sets, in the order of the report."""
    ordered = tuple(sorted(documents, key=lambda report: (report.path, report.status)))
    statuses = [document.status for document in ordered]
    totals = {
        "documents": len(statuses),
        **{status.value: statuses.count(status) for status in Status},
        "printed_sets": sum(document.sets for document in ordered),
        **counts,
        "triples": triples,
    }
    return BuildReport(ordered, totals, _warnings(ordered), graph_written=bool(counts["sets"]))


def read_report(folder: Path) -> list[dict[str, Any]]:
    """What became of each document of the build in `folder`, as JSON values.

    Raises UsageError where there is no report that can be read.
    """
    path = folder / "report.json"
    try:
        documents: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["documents"]
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            f"{path}: is no report of a build; run kg build, or give its folder with --graph"
        ) from None
    return documents


def _warnings(documents: Sequence[DocumentReport]) -> tuple[str, ...]:
    return tuple(
        f"{document.path}{f':{document.line}' if document.line else ''}: {document.reason}"
        for document in documents
        if document.reason
    )
