"""The graph as a static site: the pages and the data of every thing, with relative links.

It needs no server of ours: any static host will do, and so will a folder on disk. Its statements
are sorted by page first (`sorting`), then workers make the pages batch by batch (`batches`), so
that time grows with the graph and memory does not. What tells of the whole graph is made beside.
"""

import shutil
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.building.building import Progress
from kg.building.engines import Engine, LocalEngine
from kg.errors import UsageError
from kg.export.description import to_description
from kg.export.distributions import GraphFile
from kg.export.graph import ExportGraph
from kg.export.listed import Listed
from kg.export.ontology_page import render_ontology
from kg.export.pages import Pages
from kg.export.site.addresses import ASSETS, EXPLORER, INDEX, SEARCH_PAGE, SiteAddresses
from kg.export.site.batches import BatchTask, make_batch
from kg.export.site.directory import SiteDirectory, write_directory
from kg.export.site.files import SiteFiles
from kg.export.site.search_index import SCRIPT, BatchIndex, write_search
from kg.export.site.sitemaps import SITEMAP, Sitemaps
from kg.export.site.sorting import SortedPart, sort_part, sort_tasks
from kg.export.site.whole_graph import count, write_json, write_whole
from kg.export.things import Things
from kg.resources import ontology_dir
from kg.store.manifest import entry_of
from kg.store.publication import Publication, publishing

_TURTLE, _JSON_LD = "kamergraaf.ttl", "kamergraaf.jsonld"
"""Not nq: with a graph for each document it is ten times as large."""


def write_site(source: Path, folder: Path, progress: Progress, workers: int | None = None) -> int:
    """Writes the site of the graph at `source` to `folder` and returns the number of pages.

    An older site there is replaced when the new one is whole. `progress` is told how far it is;
    `workers` processes make the pages, None being one a core. Raises GraphError where there is no
    graph, UsageError where `folder` holds something else or cannot be written.
    """
    graph = ExportGraph.open(source)
    if folder.exists() and not _replaceable(folder):
        raise UsageError(f"{folder}: is no site made before; choose an empty folder with --out")
    with publishing(folder, replaces_all=True) as results:
        _write_rooms(graph, source, results.folder)
        engine = LocalEngine(workers)
        try:
            with TemporaryDirectory(prefix=".work.", dir=results.folder) as work:
                return _write_all(graph, source, results, Path(work), engine, progress)
        finally:
            engine.close()


def _replaceable(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    return not any(folder.iterdir()) or all((folder / name).is_file() for name in (INDEX, SITEMAP))


def _write_rooms(graph: ExportGraph, source: Path, folder: Path) -> None:
    """Writes the explorer, the ontology, and what all pages share."""
    if _has_explorer(source):
        shutil.copyfile(source / EXPLORER, folder / EXPLORER)
    shutil.copytree(ontology_dir(), folder / "ontology", ignore=shutil.ignore_patterns(".*"))
    (folder / "ontology" / INDEX).write_text(
        render_ontology(graph, home=f"../{INDEX}"), encoding="utf-8"
    )
    with resources.as_file(resources.files("kg.export") / "assets") as assets:
        shutil.copytree(assets, folder / ASSETS)


def _write_all(
    graph: ExportGraph,
    source: Path,
    results: Publication,
    work: Path,
    engine: LocalEngine,
    progress: Progress,
) -> int:
    """Writes the graph as a whole and, beside it, the pages; returns the number of pages."""
    site = results.folder
    file = site / _TURTLE
    if graph.written is not None:
        shutil.copyfile(graph.written, file)
    else:
        write_whole(graph, "ttl", file)
    with engine.beside(write_json, file, site / _JSON_LD) as statements:
        parts = _sorted_parts(file, graph.base, work, engine, progress)
        with engine.beside(count, file) as counts:
            pages = _write_pages(graph.base, parts, source, results, work, engine, progress)
    results.triples |= dict.fromkeys((_TURTLE, _JSON_LD), statements.result())
    files = [_dump_at(file, "ttl"), _dump_at(site / _JSON_LD, "jsonld")]
    description = to_description(graph, files=files, counts=counts.result())
    (site / "void.ttl").write_bytes(description)
    return pages


def _dump_at(path: Path, form: str) -> GraphFile:
    entry = entry_of(path)
    return GraphFile(path.name, form, entry.size, entry.sha256)


def _write_pages(
    base: str,
    parts: Sequence[SortedPart],
    source: Path,
    results: Publication,
    work: Path,
    engine: Engine,
    progress: Progress,
) -> int:
    """Writes the pages, the search and the sitemaps; returns the number of pages."""
    directory = work / "directory"
    write_directory(parts, directory)
    site = results.folder
    files = SiteFiles(site)
    explorer = _has_explorer(source)
    count = len(parts[0].places)
    tasks = (
        BatchTask(number, parts, base, directory, site, work, explorer) for number in range(count)
    )
    sitemaps = Sitemaps(site, base)
    sitemaps.add(INDEX)
    sitemaps.add(SEARCH_PAGE)
    listed = Listed()
    indexes: list[BatchIndex] = []
    for number, batch in enumerate(engine.map(make_batch, tasks), 1):
        for page in batch.pages:
            sitemaps.add(page)
        listed.add(batch.listed)
        indexes.append(batch.index)
        files.add(batch.folders)
        progress("pagina's maken", number, count)
    progress("zoeken mogelijk maken")
    write_search(indexes, files)
    results.folders.update(files.folders)
    sitemaps.close()
    pages = Pages(Things(base, SiteDirectory(directory)))
    addresses = SiteAddresses(INDEX, explorer)
    listing = listed.links(pages.things, addresses)
    (site / INDEX).write_text(pages.index(listing, addresses), "utf-8")
    (site / SEARCH_PAGE).write_text(pages.search(addresses, script=SCRIPT), "utf-8")
    return sitemaps.count


def _sorted_parts(
    file: Path, base: str, work: Path, engine: Engine, progress: Progress
) -> list[SortedPart]:
    """What the graph says, sorted by the batch of pages that it is for."""
    tasks = sort_tasks(file, f"{base}id/", work)
    parts = []
    for part in engine.map(sort_part, tasks):
        parts.append(part)
        progress("de graaf sorteren", len(parts), len(tasks))
    return parts


def _has_explorer(source: Path) -> bool:
    return source.is_dir() and (source / EXPLORER).is_file()
