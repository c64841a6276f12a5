"""Wires the stages: documents in; graph, page and report out."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from kg.building.building import Progress, Shards, make_shards, read_all, silent
from kg.building.code_version import known
from kg.building.dask_engine import DaskEngine
from kg.building.engines import LocalEngine
from kg.building.report import BuildReport, report_of
from kg.building.results import Results, keep_results, read_results
from kg.building.stating import read_mentions
from kg.building.work import Work
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
from kg.store.publication import publishing
from kg.store.segments import DamagedGraphError, keep_graph, plan_graph, write_graph
from kg.views import write_explorer

PAGE = "graph.html"
WORK_FOLDER = ".work"
"""Below the output: what a build keeps for the next one."""


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
    and only report.json is new. `progress` is told
    each step in Dutch. `workers` is the number of processes, by default one a processor; with
    `scheduler`, the address of one of Dask's, its workers do the work. `work` is the folder or
    URL where they keep what they make, by default below `out`. Raises UsageError when `out`
    cannot be written, `base` is no usable IRI, or no scheduler answers.
    """
    mint = Mint(base)
    known()
    engine = _engine(workers, scheduler)
    kept = Work(work or str(out.absolute() / WORK_FOLDER))
    try:
        documents = read_all(paths, kept, engine, progress)
        shards = make_shards(documents, kept, mint.base, engine, progress)
    finally:
        engine.close()
    triples = 0
    older = read_results(kept, out)
    made: Results | None = None
    with publishing(out) as results:
        if shards.counts["sets"]:
            try:
                made = _write(shards, out, results.folder, older, index_from, progress)
            except DamagedGraphError:
                made = _write(shards, out, results.folder, None, index_from, progress)
            triples = made.graph.triples
            results.triples[GRAPH_FILE] = triples
        report = report_of(documents.reports, shards.counts, triples)
        (results.folder / "report.json").write_text(report.to_json(), "utf-8")
        results.counts = report.totals
    if made is not None:
        if older is not None and older.drawn and older.name == made.name and _is_whole(out / PAGE):
            made = replace(made, drawn=True)
        note = keep_results(kept, out, made)
        if not made.drawn:
            progress("verkenner tekenen")
            with publishing(out) as results:
                _draw(shards, out / GRAPH_FILE, results.folder / PAGE)
            keep_results(kept, out, replace(made, drawn=True))
        kept.sweep({*shards.files, note})
    return report


def _write(
    shards: Shards,
    out: Path,
    folder: Path,
    older: Results | None,
    index_from: int,
    progress: Progress,
) -> Results:
    """Writes the graph to `folder`; its indexes, which take their places in `out` before it."""
    progress("graaf samenvoegen")
    added = folder / f"{GRAPH_FILE}.added"
    if older and older.name == shards.name:
        graph = keep_graph(older.graph, added)
    else:
        graph = plan_graph(shards.segments(), added, older.graph if older else None)
    progress("indexen schrijven")
    with publishing(out) as indexes, ThreadPoolExecutor(1) as beside:
        index = None
        if graph.triples >= index_from:
            index = beside.submit(
                write_index, graph, indexes.folder / INDEX_FOLDER, out / GRAPH_FILE
            )
        else:
            remove_index(out / GRAPH_FILE)
        search = out / SEARCH_FOLDER
        write_search_index(shards.searched(), indexes.folder / search.name, search)
        if index:
            index.result()
    progress("graaf schrijven")
    return Results(shards.name, write_graph(graph, folder / GRAPH_FILE))


def _draw(shards: Shards, graph: Path, page: Path) -> None:
    """The explorer: of a graph of many sets the newest of them."""
    sets = shards.counts["sets"]
    source = shards.newest_store() if sets > len(shards.newest) else graph
    write_explorer(source, page, all_sets=sets)


def _is_whole(path: Path) -> bool:
    manifest = manifest_of(path)
    return manifest is not None and not any(faults(manifest, path.name))


def _engine(workers: int | None, scheduler: str | None) -> LocalEngine | DaskEngine:
    return DaskEngine(scheduler) if scheduler else LocalEngine(workers)


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
