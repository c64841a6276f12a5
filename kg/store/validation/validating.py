"""The report on a graph: its files, its shapes and its integrity."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.resources import ontology_dir
from kg.store.embedded import GRAPH_FILE, open_graph
from kg.store.manifest import MANIFEST, faults, manifest_of, read_manifest
from kg.store.shapes import read_shapes
from kg.store.validation.integrity import broken_integrity
from kg.store.validation.ontology import Ontology
from kg.store.validation.property_shapes import PropertyCheck
from kg.store.validation.report import (
    VIOLATION,
    WARNING,
    ValidationReport,
    ValidationResult,
    in_order,
)
from kg.store.validation.usage import Usages
from kg.store.validation.whole_shapes import broken_constraints, not_allowed


def validate(graph: Path | ox.Store, ontology: Path | None = None) -> ValidationReport:
    """The report on a graph: a store, a Turtle file, or a folder that holds graph.ttl.

    Files are compared with their manifest first; of a folder without graph.ttl, that is all.
    `ontology` is the folder with kamergraaf.ttl and shapes.ttl; None is the one that ships with
    the package. Raises GraphError where the graph or the shapes cannot be read.
    """
    torn = set() if isinstance(graph, ox.Store) else set(_torn(graph))
    if isinstance(graph, Path) and graph.is_dir() and not (graph / GRAPH_FILE).exists():
        manifest = read_manifest(graph / MANIFEST)
        if manifest and GRAPH_FILE not in manifest.files:
            return ValidationReport(0, in_order(torn), manifest.count)
    try:
        store = graph if isinstance(graph, ox.Store) else open_graph(graph)
    except GraphError:
        if any(result.severity == VIOLATION for result in torn):
            return ValidationReport(0, in_order(torn))
        raise
    folder = ontology or ontology_dir()
    declared = Ontology.read(folder / "kamergraaf.ttl")
    shapes = read_shapes(folder / "shapes.ttl")
    usages = Usages.count(store, declared)
    properties = PropertyCheck(store, usages, shapes)
    found = {
        *torn,
        *properties.results(),
        *not_allowed(store, usages, shapes),
        *broken_constraints(store, usages, shapes),
        *broken_integrity(store, usages, properties.known_values),
    }
    return ValidationReport(usages.triples, in_order(found))


def _torn(graph: Path) -> Iterator[ValidationResult]:
    """The files of the graph's folder, or the file itself, that differ from their manifest."""
    manifest = manifest_of(graph)
    if manifest is None:
        if (graph / GRAPH_FILE).exists():
            yield ValidationResult(
                severity=WARNING,
                focus=str(graph / MANIFEST),
                component="manifest",
                messages=(
                    ("nl", "ontbreekt, dus of de bestanden heel zijn is niet te zien"),
                    ("en", "is missing, so whether the files are whole cannot be told"),
                ),
            )
        return
    for fault in faults(manifest, None if graph.is_dir() else graph.name):
        yield ValidationResult(
            focus=str(fault.path),
            component="manifest",
            messages=(("nl", fault.dutch), ("en", fault.english)),
        )
