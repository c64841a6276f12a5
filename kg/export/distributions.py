"""The files in a folder that hold the whole graph, for a description of the graph to list."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.export.dumps import count_of
from kg.export.graph import ExportGraph
from kg.store.manifest import MANIFEST, FileEntry, read_manifest

_FORMS = {
    ".ttl": "ttl",
    ".nt": "nt",
    ".nq": "nq",
    ".trig": "trig",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".rdfxml": "rdfxml",
    ".xml": "rdfxml",
}


@dataclass(frozen=True, slots=True)
class GraphFile:
    """A file with the whole graph: its name, its form of `RDF_FORMATS`, bytes and SHA-256."""

    name: str
    form: str
    size: int
    sha256: str


def files_of(
    graph: ExportGraph, folder: Path, leave_out: Path | None = None
) -> tuple[list[GraphFile], list[str]]:
    """The files in `folder` that manifests there list as RDF and that hold `graph`, by name.

    Second come the names, each with the reason, of those that hold something else or were changed.
    `leave_out` is a file that is passed over: the description's own.
    """

    @cache
    def meant(form: str) -> int:
        return count_of(graph, form)

    files, others = [], []
    for name, entry in sorted(_listed(folder)):
        form = _FORMS.get(Path(name).suffix.lower())
        path = folder / name
        if form is None or entry.triples is None or path == leave_out:
            continue
        if not path.is_file() or path.stat().st_size != entry.size:
            others.append(f"{path}: is not what its manifest says; `kg validate {folder}` tells")
        elif entry.triples != meant(form):
            others.append(
                f"{path}: holds {entry.triples} statements where this graph has {meant(form)}"
            )
        else:
            files.append(GraphFile(name, form, entry.size, entry.sha256))
    return files, others


def _listed(folder: Path) -> Iterator[tuple[str, FileEntry]]:
    for path in folder.glob(f"*{MANIFEST}"):
        if manifest := read_manifest(path):
            yield from manifest.files.items()
