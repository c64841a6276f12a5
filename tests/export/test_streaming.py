"""What a build wrote is read thing by thing; no graph is opened, and all comes out the same."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import GraphError
from kg.export.description import to_description
from kg.export.graph import ExportGraph
from kg.export.ontology_page import render_ontology
from kg.store.embedded import open_graph


def never() -> ox.Store:
    raise AssertionError("the graph was opened")


@pytest.fixture(scope="module")
def streamed(seed_graph: Path) -> ExportGraph:
    written = ExportGraph.open(seed_graph).written
    assert written is not None
    return ExportGraph(never, written)


@pytest.mark.parametrize(
    "read",
    [
        lambda graph: graph.documents,
        lambda graph: graph.base,
        lambda graph: list(graph.iris()),
        lambda graph: list(graph.quads()),
        to_description,
        render_ontology,
    ],
)
def test_what_is_read_of_the_file_is_what_the_store_says(
    read: Callable[[ExportGraph], object], streamed: ExportGraph, seed_graph: Path
) -> None:
    assert read(streamed) == read(ExportGraph(open_graph(seed_graph)))


def test_a_damaged_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text("<http://example.org/a> a <http://example.org/B> .\n<http://exa")
    with pytest.raises(GraphError, match=r"graph\.ttl, line 2: not valid Turtle"):
        list(ExportGraph(never, file).triples())
