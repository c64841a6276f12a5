"""What the results of the last build are made of, so that the next one makes only what differs."""

from dataclasses import dataclass
from pathlib import Path

from kg.building.code_version import stating_version
from kg.building.work import Work, name_of
from kg.errors import KgError
from kg.store.embedded import GRAPH_FILE
from kg.store.manifest import MANIFEST, read_manifest
from kg.store.segments import Segment, SegmentedGraph


@dataclass(frozen=True, slots=True)
class Results:
    """The graph of a build, the name of all that the results are made of, and whether the explorer
    was drawn.
    """

    name: str
    graph: SegmentedGraph
    drawn: bool = False


def read_results(work: Work, out: Path) -> Results | None:
    """What the results in `out` are made of; None where that is not known."""
    name = _name(out)
    found = work.find(name) if name else None
    if found is None:
        return None
    segments = (Segment(*each) for each in found.section("segments"))
    made_of, drawn = found.head
    return Results(made_of, SegmentedGraph(out / GRAPH_FILE, tuple(segments)), drawn)


def keep_results(work: Work, out: Path, results: Results) -> str:
    """Notes what the results in `out` are made of, and returns the name of the note."""
    name = _name(out)
    assert name is not None
    known = work.find(name)
    head = (results.name, results.drawn)
    if known is None or known.head != head:
        work.write(name, head, {"segments": map(tuple, results.graph.segments)})
    return name


def _name(out: Path) -> str | None:
    """The note is named after our code and the graph that the manifest tells of."""
    try:
        manifest = read_manifest(out / MANIFEST)
    except KgError:
        return None
    entry = manifest.files.get(GRAPH_FILE) if manifest else None
    return name_of("results", stating_version(), entry.sha256) if entry else None
