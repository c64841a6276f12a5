"""Makes the pages of a batch of things, their data, and their part of the search."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.export.dumps import to_bytes
from kg.export.graph import types_of
from kg.export.listed import Listed
from kg.export.pages import Pages
from kg.export.search_page import NAMELESS
from kg.export.site.addresses import SiteAddresses, file_of
from kg.export.site.directory import SiteDirectory
from kg.export.site.files import SiteFiles
from kg.export.site.search_index import BatchIndex, BatchSearch
from kg.export.site.sorting import SortedPart
from kg.export.thing_page import DATA_FORMATS
from kg.export.things import Things, kind_of, whole_of
from kg.export.told import Told
from kg.model.spelling import natural_order
from kg.store.manifest import FolderEntry
from kg.store.turtle import HEAD

_HEAD = HEAD.encode()


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
    for told in _told(task, pages.things):
        _write(told, pages, site, task.explorer, names)
        kind = _index(told, pages.things, search)
        listed.take(kind, pages.things.name(told.local), told.local)
    return Batch(names, listed, search.close(), site.folders)


@lru_cache(maxsize=1)
def _pages(base: str, directory: Path) -> Pages:
    return Pages(Things(base, SiteDirectory(directory)))


def _told(task: BatchTask, things: Things) -> Iterator[Told]:
    """What the graph tells of each thing of the batch that has a page, in order."""
    wholes: dict[str, dict[str, bytes]] = defaultdict(dict)
    references: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for part in task.parts:
        own, referring = part.batch(task.number)
        for local, block in own:
            wholes[whole_of(local)][local] = block
        for target, predicate, subject in referring:
            references[target][predicate].append(subject)
    prefix = f"{task.base}id/"
    for whole in sorted(wholes, key=natural_order):
        blocks = wholes.pop(whole)
        together = [whole, *sorted(blocks.keys() - {whole}, key=natural_order)]
        # parts of what the graph does not know stand alone
        for group in [together] if whole in blocks else [[one] for one in together[1:]]:
            subjects = _parsed([blocks[one] for one in group], prefix)
            found = {
                predicate: sorted(set(subjects_of), key=natural_order)
                for predicate, subjects_of in references.get(group[0], {}).items()
            }
            starts = things.directory.starts(group[0])
            yield Told(group[0], subjects, found, starts)


def _parsed(blocks: Sequence[bytes], prefix: str) -> dict[str, list[ox.Triple]]:
    subjects: dict[str, list[ox.Triple]] = {}
    text = _HEAD + b"".join(blocks)
    for triple in ox.parse(text, format=ox.RdfFormat.TURTLE):
        assert isinstance(triple.subject, ox.NamedNode)
        subjects.setdefault(triple.subject.value.removeprefix(prefix), []).append(triple)
    return subjects


def _write(told: Told, pages: Pages, site: SiteFiles, explorer: bool, names: list[str]) -> None:
    for sheet in range(1, told.sheets + 1):
        name = file_of(told.local, "html", sheet)
        names.append(name)
        page = pages.thing(told, SiteAddresses(name, explorer), sheet)
        site.write(name, page.encode())
        if sheet <= told.data_sheets:
            triples = list(told.sheet(sheet).triples())
            for form in DATA_FORMATS:
                site.write(file_of(told.local, form, sheet), to_bytes(triples, form))


def _index(told: Told, things: Things, search: BatchSearch) -> str:
    """Puts the names and texts of a page into the search; returns the kind of the thing."""
    from_top = SiteAddresses("", explorer=False)
    kind = ""
    for local, triples in told.subjects.items():
        values = told.values(local)
        kinds = types_of(triples)
        label = things.name(local)
        address = things.address(local, from_top)
        if local == told.local:
            kind = kind_of(kinds)
            entry = things.directory.entry(local)
            known = sum(map(len, told.references.values()))
            shown = (kind, label, things.set_note(local), address)
            if NAMELESS not in kinds:
                search.add_name(shown, values, entry.number if entry else "", known)
        search.add_text(values, kinds, label, address)
    return kind
