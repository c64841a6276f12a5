"""Exports by the names of their formats: what each writes, and where."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kg.building.building import Progress
from kg.errors import UsageError
from kg.export.description import to_description
from kg.export.distributions import files_of
from kg.export.dumps import RDF_FORMATS, count_statements, write_dump
from kg.export.graph import ExportGraph
from kg.export.ontology_page import write_ontology
from kg.export.saving import Write, save
from kg.export.site import write_site
from kg.export.tables import write_tables
from kg.store.embedded import GRAPH_FILE
from kg.views import network, write_network
from kg.views.files import NETWORK_FORMATS

FILES = (*RDF_FORMATS, *NETWORK_FORMATS, "void")
"""The formats that are one file."""

FOLDERS = ("csv", "site", "ontology")
"""The formats that are a folder of files."""

Say = Callable[[str], None]


def export_file(form: str, graph: Path, out: Path | None, stdout: BinaryIO, warn: Say) -> None:
    """Writes the graph at a path in one of `FILES` to the file `out`, or to `stdout`.

    The format void describes the graph with the files beside `out` (for stdout: beside the graph)
    that hold the whole of it; `warn` is told of those that do not. Raises GraphError where there
    is no graph or the format cannot hold it, UsageError where `out` cannot be written.
    """
    write: Write
    if form == "void":
        beside = out.parent if out else graph if graph.is_dir() else graph.parent
        write, form = partial(_write_description, ExportGraph.open(graph), beside, out, warn), "ttl"
    elif form in NETWORK_FORMATS:
        write = partial(write_network, network("all", graph), form)
    else:
        write = partial(write_dump, ExportGraph.open(graph), form)
    if out is None:
        write(stdout)
        stdout.flush()
    else:
        save(write, form, out)


def export_folder(
    form: str, graph: Path, out: Path | None, progress: Progress, workers: int | None = None
) -> str:
    """Writes the graph at a path in one of `FOLDERS`, to build/FORMAT where `out` is None.

    Returns a line that says what was written. `workers` processes make a site. The ontology needs
    no graph: it takes its examples from there where there is one. Raises GraphError and
    UsageError as `export_file`.
    """
    folder = out or Path("build") / form
    if form == "csv":
        count = write_tables(ExportGraph.open(graph), folder)
        return f"{folder}: {count} tables and their data dictionary"
    if form == "site":
        count = write_site(graph, folder, progress, workers)
        return f"{folder}: {count} pages; open {folder / 'index.html'}"
    known_graph = graph.is_file() or (graph / GRAPH_FILE).exists()
    write_ontology(folder, ExportGraph.open(graph) if known_graph else None)
    return f"{folder / 'index.html'}: the documentation of the ontology"


def unknown_format(form: str) -> UsageError:
    """The error of a format that there is not."""
    known = (*FILES, *FOLDERS)
    return UsageError(f"unknown format {form!r}; use {', '.join(known[:-1])} or {known[-1]}")


def _write_description(
    graph: ExportGraph, folder: Path, out: Path | None, warn: Say, stream: BinaryIO
) -> int:
    files, others = files_of(graph, folder, leave_out=out)
    for other in others:
        warn(f"{other}; the description leaves it out")
    content = to_description(graph, files=files)
    stream.write(content)
    return count_statements(io.BytesIO(content), "ttl")
