"""Wires the stages: documents in; graph, page and report out."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.building.building import (
    Building,
    Progress,
    Shards,
    make_shards,
    read_all,
    silent,
)
from kg.building.catalog import Catalog, keep_catalog, read_catalog
from kg.building.code_version import known
from kg.building.dask_engine import DaskEngine
from kg.building.engines import LocalEngine
from kg.building.report import BuildReport, DocumentReport, report_of
from kg.building.results import Results, keep_results, read_results
from kg.building.stating import read_mentions
from kg.building.work import DamagedWorkError, Work
from kg.errors import KgError
from kg.model.authority import Authority
from kg.model.document import ParsedDocument
from kg.parsing import parse_document
from kg.querying.search import SEARCH_FOLDER
from kg.querying.search_index import write_search_index
from kg.rdf.iris import DEFAULT_BASE, Mint
from kg.resolution.linking import Linked, link_sets
from kg.resolution.merging import merge_documents
from kg.resolution.people import resolve_people
from kg.sources import RejectedSource, read_sources
from kg.store.embedded import GRAPH_FILE
from kg.store.index import INDEX_FOLDER, LARGE_GRAPH, remove_index, write_index
from kg.store.manifest import faults, manifest_of
from kg.store.publication import Publication, publishing
from kg.store.segments import (
    DamagedGraphError,
    PlannedGraph,
    SegmentedGraph,
    keep_graph,
    plan_graph,
    write_graph,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

PAGE = "graph.html"
WORK_FOLDER = ".work"
"""Below the output: what a build keeps for the next one."""
_RESULTS = 3
"""Made by workers: the merged graph, the search index and the explorer."""


def build(
    paths: Sequence[str | Path],
    out: Path,
    *,
    base: str = DEFAULT_BASE,
    index_from: int = LARGE_GRAPH,
    workers: int | None = None,
    scheduler: str | None = None,
    work: str | None = None,
    progress: Progress = silent,
) -> BuildReport:
    """Reads the documents at `paths` and writes graph.ttl, search/, report.json and graph.html to
    `out`; of a graph of `index_from` triples or more also index/, which opens without loading.

    They take the places of older ones when they are whole, with manifest.json: first the indexes,
    which answer from then on, then the graph and the report, then the explorer. Of what an earlier
    build left there, only what differs is made. When no document can be used, an older graph stays
    and only report.json is new. `progress` is told each step in Dutch. `workers` is the number of
    processes, by default one a processor; with `scheduler`, the address of one of Dask's, its
    workers do the work. `work` is the folder or URL where they keep what they make, by default
    below `out`. Raises UsageError when `out` cannot be written, `base` is no usable IRI, or no
    scheduler answers.
    """
    mint = Mint(base)
    known()
    kept = Work(work or str(out.absolute() / WORK_FOLDER))
    local = LocalEngine(workers)

    def build_after(older: Callable[[], Catalog]) -> BuildReport:
        engine = _engine(workers, scheduler)
        try:
            # what only these stages need is let go of before the results are made
            made = _shards(paths, Building(kept, mint.base, engine, progress, older()))
        finally:
            engine.close()
        return _publish(*made, out, local, index_from, progress)

    try:
        # those who make the results begin before this process has read anything
        local.start(_RESULTS)
        return build_after(partial(read_catalog, kept))
    except DamagedWorkError:
        # what no longer is as the last build left it is looked for, all of it, and made again
        return build_after(Catalog)
    finally:
        local.close()


def _shards(paths: Sequence[str | Path], here: Building) -> tuple[Sequence[DocumentReport], Shards]:
    """Reads the documents and states their sets, and keeps for the next build what was found."""
    documents = read_all(paths, here)
    shards = make_shards(documents, here)
    reports = documents.reports
    del documents  # to write the catalog takes a few times the memory of the catalog
    if shards.counts["sets"] and here.newer != here.older:
        keep_catalog(here.work, here.newer)
    return reports, shards


def _publish(
    documents: Sequence[DocumentReport],
    shards: Shards,
    out: Path,
    local: LocalEngine,
    index_from: int,
    progress: Progress,
) -> BuildReport:
    """Makes the results and puts them in their places."""
    kept = shards.work
    if not shards.counts["sets"]:
        with publishing(out) as results:
            return _report(documents, shards, 0, results)
    older = read_results(kept, out)
    name, page = shards.name, out / PAGE
    drawn = older is not None and older.drawn and older.name == name and _is_whole(page)
    with nullcontext() if drawn else _drawing(shards, out, local, progress):
        with publishing(out) as results:
            try:
                graph = _write(shards, out, results.folder, older, local, index_from, progress)
            except DamagedGraphError:
                graph = _write(shards, out, results.folder, None, local, index_from, progress)
            results.triples[GRAPH_FILE] = graph.triples
            report = _report(documents, shards, graph.triples, results)
        note = keep_results(kept, out, Results(name, graph, drawn))
    keep_results(kept, out, Results(name, graph, drawn=True))
    kept.sweep({*shards.files, note})
    return report


def _report(
    documents: Sequence[DocumentReport], shards: Shards, triples: int, results: Publication
) -> BuildReport:
    report = report_of(documents, shards.counts, triples)
    (results.folder / "report.json").write_text(report.to_json(), "utf-8")
    results.counts = report.totals
    return report


def _write(
    shards: Shards,
    out: Path,
    folder: Path,
    older: Results | None,
    local: LocalEngine,
    index_from: int,
    progress: Progress,
) -> SegmentedGraph:
    """Writes the graph to `folder`; its indexes, which take their places in `out` before it."""
    progress("graaf samenvoegen")
    added = folder / f"{GRAPH_FILE}.added"
    search = out / SEARCH_FOLDER
    with (
        publishing(out) as indexes,
        local.beside(_plan, shards, added, older) as planning,
        local.beside(write_search_index, shards.searched(), indexes.folder / search.name, search),
    ):
        graph = planning.result()
        progress("indexen schrijven")
        if graph.triples >= index_from:
            folder_of_index = indexes.folder / INDEX_FOLDER
            write_index(graph, folder_of_index, out / GRAPH_FILE, local.workers)
        else:
            remove_index(out / GRAPH_FILE)
    progress("graaf schrijven")
    return write_graph(graph, folder / GRAPH_FILE)


def _plan(shards: Shards, added: Path, older: Results | None) -> PlannedGraph:
    if older and older.name == shards.name:
        return keep_graph(older.graph, added)
    return plan_graph(shards.segments(), added, older.graph if older else None)


@contextmanager
def _drawing(shards: Shards, out: Path, local: LocalEngine, progress: Progress) -> Iterator[None]:
    """Draws the explorer, which takes its place after what the block publishes.

    Of a graph of many sets the newest are drawn, beside the block.
    """
    sets = shards.counts["sets"]
    with publishing(out) as results:
        page = results.folder / PAGE
        if sets > len(shards.newest):
            with local.beside(_draw_newest, shards, page):
                yield
                progress("verkenner tekenen")
        else:
            yield
            progress("verkenner tekenen")
            _draw(out / GRAPH_FILE, page, sets)


def _draw_newest(shards: Shards, page: Path) -> None:
    _draw(shards.newest_store(), page, shards.counts["sets"])


def _draw(source: "ox.Store | Path", page: Path, sets: int) -> None:
    # what draws takes a third of the time to start, and a worker does it for large graphs
    from kg.views import write_explorer

    write_explorer(source, page, all_sets=sets)


def _is_whole(path: Path) -> bool:
    manifest = manifest_of(path)
    return manifest is not None and not any(faults(manifest, path.name))


def _engine(workers: int | None, scheduler: str | None) -> LocalEngine | DaskEngine:
    """Who states the sets, before this process has read any."""
    if scheduler:
        return DaskEngine(scheduler)
    engine = LocalEngine(workers)
    engine.start(engine.workers)
    return engine


@dataclass(frozen=True, slots=True)
class LinkedDocuments:
    """What all documents say together, linked, with the documents that it was read from."""

    documents: tuple[ParsedDocument, ...]
    linked: Linked
    authority: Authority


def link_documents(paths: Sequence[str | Path], *, progress: Progress = silent) -> LinkedDocuments:
    """Reads the documents at `paths` and links what they name, in memory, writing nothing."""
    parsed: dict[str, ParsedDocument] = {}
    for source in read_sources(paths):
        progress(source.name)
        if not isinstance(source, RejectedSource):
            try:
                parsed.setdefault(source.sha256, parse_document(source))
            except KgError:
                continue
    authority = known().authority
    merged = [resolve_people(one, authority) for one in merge_documents(parsed.values())]
    readings = map(read_mentions, merged)
    linked = link_sets(((one.question_set, one.found) for one in readings), authority)
    return LinkedDocuments(tuple(parsed.values()), linked, authority)
