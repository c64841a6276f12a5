"""The whole graph on a site: written and counted, by workers, while others make the pages."""

from functools import partial
from pathlib import Path

from kg.export.dumps import write_dump
from kg.export.graph import ExportGraph
from kg.export.graph_counts import GraphCounts, count_graph
from kg.export.saving import write_checked
from kg.store.embedded import open_graph


def write_whole(graph: ExportGraph, form: str, target: Path) -> int:
    """Writes the graph in an RDF format and reads it back; returns the number of statements.

    Raises GraphError.
    """
    with target.open("w+b") as stream:
        return write_checked(partial(write_dump, graph, form), form, stream)


def write_json(file: Path, target: Path) -> int:
    """As `write_whole`, as JSON-LD, of the graph in a Turtle file in canonical order."""
    return write_whole(_graph(file), "jsonld", target)


def count(file: Path) -> GraphCounts:
    """Counts what such a graph is about."""
    return count_graph(_graph(file))


def _graph(file: Path) -> ExportGraph:
    return ExportGraph(partial(open_graph, file), file)
