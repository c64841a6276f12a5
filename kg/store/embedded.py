"""The embedded engine: a graph on disk opened as a pyoxigraph store.

A graph is loaded into memory, unless an index on disk lies beside it: that opens at once, however
large the graph.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError, UsageError
from kg.store.publishing import replacing_folder
from kg.store.turtle import read_parts

GRAPH_FILE = "graph.ttl"
INDEX_FOLDER = "index"
LARGE_GRAPH = 3_000_000
"""Triples from which an index on disk pays: in memory they take over 1 GB (356 bytes each)."""

_STAMP = "graph.stamp"
_PART_BYTES = 32_000_000
"""Turtle that is loaded at once: a whole graph would take a gigabyte of memory or more."""


def graph_file(path: Path) -> Path:
    """The file that `path` stands for: itself, or graph.ttl in a folder.

    Raises GraphError where it does not exist.
    """
    file = path / GRAPH_FILE if path.is_dir() else path
    if not file.exists():
        raise GraphError(
            f"{file}: no graph here; run `kg build` first or name another with --graph"
        )
    return file


def _format(file: Path) -> ox.RdfFormat:
    form = ox.RdfFormat.from_extension(file.suffix.removeprefix("."))
    if form is None:
        raise UsageError(f"{file}: unknown RDF format; use ttl, nt, nq, trig, jsonld or rdf")
    return form


def write_index(graph: Path) -> None:
    """Writes the index of `graph`, which `write_turtle` wrote, in place of the one beside it.

    Raises UsageError where the folder cannot be written.
    """
    folder = graph.parent / INDEX_FOLDER
    with replacing_folder(folder) as beside:
        try:
            store = ox.Store(str(beside))
            for part in read_parts(graph, _PART_BYTES):
                store.bulk_load(part, ox.RdfFormat.TURTLE)
            del store
            (beside / _STAMP).write_text(_stamp(graph))
        except OSError as error:
            raise UsageError(
                f"{folder}: the index cannot be written ({error}); is the disk full?",
                code="unwritable",
            ) from error


def remove_index(graph: Path) -> None:
    """Removes the index beside the Turtle file `graph`, if there is one."""
    shutil.rmtree(graph.parent / INDEX_FOLDER, ignore_errors=True)


def _stamp(graph: Path) -> str:
    """What tells whether a graph is still the one that an index was made of."""
    status = graph.stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _open_index(graph: Path) -> ox.Store | None:
    """The index beside `graph`, to read; None where there is none, or one of another graph."""
    folder = graph.parent / INDEX_FOLDER
    try:
        if graph.name == GRAPH_FILE and (folder / _STAMP).read_text() == _stamp(graph):
            return ox.Store.read_only(str(folder))
    except (OSError, RuntimeError, ValueError):  # what the engine raises of a damaged index
        return None
    return None


def open_graph(path: Path) -> ox.Store:
    """A store with all triples of the graph at `path`: its index on disk, else in memory.

    `path` is an RDF file (its format is told by its extension; `-` is Turtle on stdin) or a
    folder that holds graph.ttl. Named graphs are kept. Raises GraphError where the file is
    missing or does not parse, with its line.
    """
    file = None if str(path) == "-" else graph_file(path)
    index = _open_index(file) if file is not None else None
    if index is not None:
        return index
    store = ox.Store()
    form = ox.RdfFormat.TURTLE if file is None else _format(file)
    name = "stdin" if file is None else str(file)
    try:
        if file is None:
            store.bulk_load(sys.stdin.buffer, form)
        else:
            store.bulk_load(path=str(file), format=form)
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise GraphError(
            f"{name}{line}: not valid {form.name}: {error.msg}; build the graph again",
            line=error.lineno,
        ) from error
    except (OSError, ValueError) as error:
        raise GraphError(f"{name}: cannot read the graph: {error}") from error
    return store


def select(store: ox.Store, query: str) -> Iterator[dict[str, str]]:
    """The rows of a SELECT query, each bound variable with its term in N-Triples form."""
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    names = [variable.value for variable in rows.variables]
    for row in rows:
        yield {name: str(term) for name in names if (term := row[name]) is not None}
