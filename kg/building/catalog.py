"""What the last build found, in one file: what did not change is known without opening it.

A document is known by its path, its place on disk, its size and its times of change, as in make
and git; only one that was left alone for a while is. What a file of work holds is known by its
name; the file itself is checked when it is used.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kg.building.code_version import stating_version
from kg.building.engines import Engine
from kg.building.work import Work, name_of

_SETTLED_NS = 2_000_000_000
"""The coarsest clock of a file system: a file may change twice within it, and look the same."""

Stamp = tuple[int, ...]


class Task(Protocol):
    """Work that gives a file of `name`; its result is of plain values."""

    @property
    def name(self) -> str:
        """A hash of all that it depends on."""

    def run(self) -> Any:
        """Makes the file, unless it is there."""


@dataclass(slots=True)
class Catalog:
    """The documents that can be known by their stamps, the results of tasks by name, and the file
    that tells of reused passages, if there is one.
    """

    documents: dict[str, tuple[Stamp, Any]] = field(default_factory=dict)
    results: dict[str, Any] = field(default_factory=dict)
    passages: str = ""


def read_catalog(work: Work) -> Catalog:
    """What the last build with this work found; nothing where that is not known."""
    found = work.find(catalog_name())
    if found is None:
        return Catalog()
    documents, results = (dict(found.section(name)) for name in ("documents", "results"))
    return Catalog(documents, results, found.head)


def keep_catalog(work: Work, catalog: Catalog) -> None:
    """Keeps it for the next build."""
    sections = {"documents": catalog.documents.items(), "results": catalog.results.items()}
    work.write(catalog_name(), catalog.passages, sections)


def catalog_name() -> str:
    """The name of the file: one for all builds by this code."""
    return name_of("catalog", stating_version())


def stamp_of(path: str) -> Stamp | None:
    """What tells whether the file at `path` changed; None where nothing surely does."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    if max(status.st_mtime_ns, status.st_ctime_ns) > time.time_ns() - _SETTLED_NS:
        return None
    return (
        status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    )  # fmt: skip


def results_of(
    tasks: Iterable[Task],
    older: Catalog,
    newer: Catalog,
    engine: Engine,
) -> Iterator[tuple[str, Any]]:
    """The name and the result of each task, in order; those that `older` knows are not run.

    They enter `newer`. The engine has the tasks before the first result is asked for.
    """
    named = [(task.name, task) for task in tasks]
    made = engine.map(_run, [task for name, task in named if name not in older.results])
    return _in_order([name for name, _ in named], made, older, newer)


def _in_order(
    names: Iterable[str], made: Iterator[Any], older: Catalog, newer: Catalog
) -> Iterator[tuple[str, Any]]:
    for name in names:
        result = older.results[name] if name in older.results else next(made)
        newer.results[name] = result
        yield name, result


def _run(task: Task) -> Any:
    return task.run()
