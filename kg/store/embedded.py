"""The embedded engine: a graph on disk opened as a pyoxigraph store.

A graph is loaded into memory, unless an index on disk lies beside it: that opens at once, however
large the graph.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError, UsageError
from kg.store.index import open_index

GRAPH_FILE = "graph.ttl"
_NESTED_ENTITY = re.compile(rb"""<!ENTITY\s+([^\s"']+)\s+(?:"[^"]*&|'[^']*&)""")


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


def open_graph(path: Path) -> ox.Store:
    """A store with all triples of the graph at `path`: its index on disk, else in memory.

    `path` is an RDF file (its format is told by its extension; `-` is Turtle on stdin) or a
    folder that holds graph.ttl. Named graphs are kept. Raises GraphError where the file is
    missing or does not parse, with its line.
    """
    file = None if str(path) == "-" else graph_file(path)
    index = open_index(file) if file is not None and file.name == GRAPH_FILE else None
    if index is not None:
        return index
    store = ox.Store()
    form = ox.RdfFormat.TURTLE if file is None else _format(file)
    name = "stdin" if file is None else str(file)
    if file is not None and form == ox.RdfFormat.RDF_XML:
        _refuse_entities(file)
    try:
        if file is None:
            store.load(sys.stdin.buffer, form)
        else:
            # bulk_load is for indexes on disk: into memory it takes longer, and twice the memory
            store.load(path=str(file), format=form)
    except SyntaxError as error:
        raise no_graph(name, form, error) from error
    except (OSError, ValueError) as error:
        raise GraphError(f"{name}: cannot read the graph: {error}") from error
    return store


def no_graph(name: str, form: ox.RdfFormat, error: SyntaxError) -> GraphError:
    """The error of a file that does not parse, with its line."""
    line = f", line {error.lineno}" if error.lineno else ""
    return GraphError(
        f"{name}{line}: not valid {form.name}: {error.msg}; build the graph again",
        line=error.lineno,
    )


def _refuse_entities(file: Path) -> None:
    """Entities that hold others can grow without bound; the engine expands them all."""
    if found := _NESTED_ENTITY.search(file.read_bytes()):
        raise GraphError(
            f"{file}: declares {found[1].decode('utf-8', 'replace')!r}, an entity that holds "
            "others; write the graph without it, for example as Turtle"
        )


def select(store: ox.Store, query: str) -> Iterator[dict[str, str]]:
    """The rows of a SELECT query, each bound variable with its term in N-Triples form."""
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    names = [variable.value for variable in rows.variables]
    for row in rows:
        yield {name: str(term) for name in names if (term := row[name]) is not None}
