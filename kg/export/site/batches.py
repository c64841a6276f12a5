"""Makes the pages of a batch of things, their data, and their part of the search."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.export.dumps import to_bytes
from kg.export.graph import types_of
from kg.export.listed import SUBMITTED_ON, Listed
from kg.export.page_parts import first_literal
from kg.export.pages import Pages
from kg.export.search_page import NAMELESS
from kg.export.site.addresses import SiteAddresses, file_of
from kg.export.site.directory import SiteDirectory
from kg.export.site.files import SiteFiles
from kg.export.site.search_index import BatchIndex, BatchSearch
from kg.export.site.sorting import SortedPart
from kg.export.site.telling import told_in
from kg.export.thing_page import DATA_FORMATS
from kg.export.things import Things, kind_of
from kg.export.told import Told
from kg.store.manifest import FolderEntry


@dataclass(frozen=True, slots=True)
class BatchTask:
    """The pages of one batch to be made in the folder `site` from sorted `parts`."""

    number: int
    parts: Sequence[SortedPart]
    base: str
    directory: Path
    site: Path
    work: Path
    explorer: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """What was made: the paths of the pages, what the index of the site and the search need, and
    how many files went to which folder.
    """

    pages: list[str]
    listed: Listed
    index: BatchIndex
    folders: dict[str, FolderEntry]


def make_batch(task: BatchTask) -> Batch:
    """Makes the pages of a batch."""
    pages = _pages(task.base, task.directory)
    site = SiteFiles(task.site)
    search = BatchSearch(site, task.work, task.number)
    names: list[str] = []
    listed = Listed()
    for told in told_in(task.number, task.parts, pages.things):
        names.append(_write(told, pages, site, task.explorer))
        _index(told, pages.things, search, listed)
    return Batch(names, listed, search.close(), site.folders)


@lru_cache(maxsize=1)
def _pages(base: str, directory: Path) -> Pages:
    return Pages(Things(base, SiteDirectory(directory)))


def _write(told: Told, pages: Pages, site: SiteFiles, explorer: bool) -> str:
    """Writes a sheet and its data; returns its path."""
    name = file_of(told.local, "html", told.sheet)
    page = pages.thing(told, SiteAddresses(name, explorer))
    site.write(name, page.encode())
    if told.sheet <= told.data_sheets:
        triples = list(told.triples())
        for form in DATA_FORMATS:
            site.write(file_of(told.local, form, told.sheet), to_bytes(triples, form))
    return name


def _index(told: Told, things: Things, search: BatchSearch, listed: Listed) -> None:
    """Puts the names and texts of a sheet into the search, and the thing into the listing."""
    from_top = SiteAddresses("", explorer=False)
    for local, triples in told.subjects.items():
        values = told.values(local)
        kinds = types_of(triples)
        label = things.name(local)
        address = things.address(local, from_top)
        if local == told.local:
            if told.sheet > 1:
                continue
            kind = kind_of(kinds)
            listed.take(kind, local, first_literal(values, SUBMITTED_ON))
            entry = things.directory.entry(local)
            known = sum(map(len, told.references.values()))
            shown = (kind, label, things.set_note(local), address)
            if NAMELESS not in kinds:
                search.add_name(shown, values, entry.number if entry else "", known)
        search.add_text(values, kinds, label, address)
