"""The graph as a static site: the pages and the data of every thing, with relative links.

It needs no server of ours: any static host will do, and so will a folder on disk.
"""

import posixpath
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from kg.errors import UsageError
from kg.export.description import to_description
from kg.export.distributions import GraphFile
from kg.export.dumps import to_bytes, write_dump
from kg.export.graph import ExportGraph
from kg.export.ontology_page import render_ontology
from kg.export.pages import Pages
from kg.export.saving import write_checked
from kg.export.site_search import SCRIPT, SEARCH_FOLDER, write_site_search
from kg.export.thing_page import DATA_FORMATS
from kg.resources import ontology_dir
from kg.store.manifest import entry_of
from kg.store.publication import Publication, publishing

_INDEX = "index.html"
_SITEMAP = "sitemap.xml"
_SEARCH = "search.js"
_EXPLORER = "graph.html"
_TEXTS = "search.html"
_DUMPS = ("ttl", "nq", "jsonld")
_SITEMAP_MOST = 50_000
"""Addresses that one sitemap may hold (sitemaps.org)."""


class _RelativeAddresses:
    """Addresses as seen from a page in the site, by its path."""

    def __init__(self, page: str, explorer: bool) -> None:
        self._folder = posixpath.dirname(page)
        self._explorer = explorer

    def page(self, local: str, fragment: str = "") -> str:
        address = self._to(f"doc/{local}.html" if local else _INDEX)
        return f"{address}#{quote(fragment)}" if fragment else address

    def data(self, local: str, ending: str) -> str:
        return self._to(f"doc/{local}.{ending}")

    def room(self, name: str) -> str | None:
        fixed = {"ontology": f"ontology/{_INDEX}", "search": _SEARCH, "texts": _TEXTS}
        if name in fixed:
            return self._to(fixed[name])
        return self._to(_EXPLORER) if name == "explorer" and self._explorer else None

    def _to(self, path: str) -> str:
        return quote(posixpath.relpath(path, self._folder or "."))


def write_site(source: Path, folder: Path, progress: Callable[[str], None]) -> int:
    """Writes the site of the graph at `source` to `folder` and returns the number of pages.

    An older site there is replaced when the new one is whole. `progress` is told how far it is.
    Raises GraphError where there is no graph, UsageError where `folder` holds something else or
    cannot be written.
    """
    pages = Pages(ExportGraph.open(source))
    if folder.exists() and not _replaceable(folder):
        raise UsageError(f"{folder}: is no site made before; choose an empty folder with --out")
    with publishing(folder, replaces_all=True) as results:
        return _write_all(pages, source, results, progress)


def _replaceable(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    return not any(folder.iterdir()) or all(
        (folder / name).is_file() for name in (_INDEX, _SITEMAP)
    )


def _write_all(
    pages: Pages, source: Path, results: Publication, progress: Callable[[str], None]
) -> int:
    folder = results.folder
    explorer = source / _EXPLORER if source.is_dir() else None
    has_explorer = explorer is not None and explorer.is_file()
    if explorer is not None and has_explorer:
        shutil.copyfile(explorer, folder / _EXPLORER)
    shutil.copytree(ontology_dir(), folder / "ontology", ignore=shutil.ignore_patterns(".*"))
    graph = pages.things.graph
    (folder / "ontology" / _INDEX).write_text(
        render_ontology(graph.store, home=f"../{_INDEX}"), encoding="utf-8"
    )
    for form in _DUMPS:
        name = f"kamergraaf.{form}"
        with (folder / name).open("w+b") as stream:
            results.triples[name] = write_checked(partial(write_dump, graph, form), form, stream)
    (folder / "void.ttl").write_bytes(to_description(graph, files=_dumps_of(results)))
    index = pages.index(_RelativeAddresses(_INDEX, has_explorer))
    (folder / _INDEX).write_text(index, encoding="utf-8")
    search = pages.search_data(_RelativeAddresses(_INDEX, has_explorer))
    (folder / _SEARCH).write_text(search, encoding="utf-8")
    searching = _RelativeAddresses(_TEXTS, has_explorer)
    page = pages.search(searching, script=f"{SEARCH_FOLDER}/{SCRIPT}")
    (folder / _TEXTS).write_text(page, encoding="utf-8")
    write_site_search(pages.things, searching, folder / SEARCH_FOLDER)
    addresses = [_INDEX, _TEXTS]
    for number, local in enumerate(pages.things.wholes):
        if number % 100 == 0:
            progress(f"pagina {number} van {len(pages.things.wholes)}")
        name = f"doc/{local}.html"
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            pages.thing(local, _RelativeAddresses(name, has_explorer)), encoding="utf-8"
        )
        triples = pages.things.triples(local)
        for form in DATA_FORMATS:
            (folder / f"doc/{local}.{form}").write_bytes(to_bytes(triples, form))
        addresses.append(name)
    _write_sitemaps(folder, pages.things.graph.base, addresses)
    return len(addresses)


def _dumps_of(results: Publication) -> list[GraphFile]:
    entries = {name: entry_of(results.folder / name) for name in results.triples}
    return [
        GraphFile(name, name.rpartition(".")[2], entry.size, entry.sha256)
        for name, entry in entries.items()
    ]


def _write_sitemaps(folder: Path, base: str, addresses: list[str]) -> None:
    """One sitemap, or an index of several where there are more addresses than one may hold."""
    chunks = [addresses[at : at + _SITEMAP_MOST] for at in range(0, len(addresses), _SITEMAP_MOST)]
    if len(chunks) == 1:
        (folder / _SITEMAP).write_text(_sitemap("url", base, chunks[0]), encoding="utf-8")
        return
    names = []
    for number, chunk in enumerate(chunks, 1):
        names.append(f"sitemap-{number}.xml")
        (folder / names[-1]).write_text(_sitemap("url", base, chunk), encoding="utf-8")
    (folder / _SITEMAP).write_text(_sitemap("sitemap", base, names), encoding="utf-8")


def _sitemap(element: str, base: str, addresses: Iterable[str]) -> str:
    whole = "urlset" if element == "url" else "sitemapindex"
    lines = "".join(
        f"<{element}><loc>{escape(base + quote(address))}</loc></{element}>\n"
        for address in addresses
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{whole} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</{whole}>\n'
    )
