"""Several result files that take their places together, with a manifest: all of them or none.

The files are written to a folder beside their places. When they are whole and on disk, that folder
is renamed: from then on they count as published. Then each is moved to its place. A run that is
killed before the rename leaves the old results, one that is killed after it is finished by the
next run; leftovers of killed runs are removed by the next run.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import UsageError
from kg.store.manifest import (
    MANIFEST,
    FileEntry,
    FolderEntry,
    Manifest,
    entry_of,
    manifest_of,
    read_manifest,
)
from kg.store.publishing import held, remove_leftovers, replacing, unwritable

_MANY = 50
"""Files from which one flush of the whole system is cheaper than one for each file."""


class Publication:
    """Where the files of a run are written, and what is counted of them for the manifest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts: dict[str, int] = {}
        self.triples: dict[str, int] = {}
        self.folders: dict[str, FolderEntry] = {}
        """Folders with too many files to list each; who writes one says here what is in it."""


@contextmanager
def publishing(
    folder: Path, manifest: str = MANIFEST, *, replaces_all: bool = False
) -> Iterator[Publication]:
    """A place for files that go to `folder` together when the block ends without an error.

    Files of earlier runs stay where they are not replaced, unless `replaces_all`; what no
    manifest knows always stays. Raises UsageError where `folder` cannot be written or is full.
    """
    with ExitStack() as locks:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with held(folder):
                finish(folder, manifest)
                if (folder / manifest).exists() and read_manifest(folder / manifest) is None:
                    raise UsageError(
                        f"{folder / manifest}: is not one of ours; choose another place with --out"
                    )
                beside = Path(tempfile.mkdtemp(prefix=f".{manifest}.", suffix=".part", dir=folder))
                locks.enter_context(held(beside))
        except OSError as error:
            raise unwritable(folder, error) from error
        publication = Publication(beside)
        try:
            yield publication
            _complete(publication, folder, manifest, replaces_all=replaces_all)
            with held(folder):
                finish(folder, manifest)
                beside.rename(_whole(folder, manifest))
                _flush(folder)
                _move(folder, manifest)
        except OSError as error:
            raise unwritable(folder, error) from error
        finally:
            shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def publishing_file(path: Path) -> Iterator[Publication]:
    """As `publishing`, for one file: its entry goes to its folder's manifest, else to its own.

    Its own is called after it, `dump.nt.manifest.json`.
    """
    around = read_manifest(path.parent / MANIFEST) is not None
    with publishing(path.parent, MANIFEST if around else f"{path.name}.{MANIFEST}") as results:
        yield results


@contextmanager
def replacing_listed(path: Path) -> Iterator[BinaryIO]:
    """As `replacing`; where a manifest tells of the file, it will tell of the new one."""
    if manifest_of(path) is None:
        with replacing(path) as stream:
            yield stream
    else:
        with publishing_file(path) as results, (results.folder / path.name).open("wb") as stream:
            yield stream


def finish(folder: Path, manifest: str = MANIFEST) -> None:
    """Finishes what a killed run had published, and removes what it had not."""
    whole = _whole(folder, manifest)
    if whole.is_symlink():
        whole.unlink()  # not ours, which are folders
    elif whole.is_dir():
        _move(folder, manifest)
    remove_leftovers(folder, manifest)


def _whole(folder: Path, manifest: str) -> Path:
    return folder / f".{manifest}.whole"


def _complete(publication: Publication, folder: Path, manifest: str, *, replaces_all: bool) -> None:
    """Writes the manifest of what is there, and brings all of it to disk."""
    beside = publication.folder
    # names that begin with a dot are locks and notes of the engines, which change while they read
    written = sorted(path for path in _listed(publication, "[!.]*") if path.is_file())
    files = {} if replaces_all else _kept(folder, manifest, beside)
    older = read_manifest(folder / manifest)
    new = []
    for path in written:
        name = path.relative_to(beside).as_posix()
        known = older.files.get(name) if older else None
        if known is None or not _is_same(path, folder / name):
            known = entry_of(path, publication.triples.get(name))
            new.append(path)
        files[name] = known
    counts = publication.counts or (dict(older.counts) if older else {})
    (beside / manifest).write_text(Manifest(files, counts, publication.folders).to_json(), "utf-8")
    beside.chmod(0o755)
    for path in _listed(publication, "*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if len(new) > _MANY or publication.folders:
        os.sync()
    else:
        for path in (*beside.rglob("*"), beside):
            _flush(path)


def _listed(publication: Publication, pattern: str) -> Iterator[Path]:
    """What is there with a name like `pattern`, but for the insides of `folders`."""
    for top in publication.folder.glob(pattern):
        yield top
        if top.is_dir() and top.name not in publication.folders:
            yield from top.rglob(pattern)


def _is_same(path: Path, published: Path) -> bool:
    """Whether two names are of one file, which a newer run took over from an older one."""
    return published.is_file() and path.samefile(published)


def _kept(folder: Path, manifest: str, beside: Path) -> dict[str, FileEntry]:
    """The entries of older files that stay: a folder is replaced whole."""
    older = read_manifest(folder / manifest)
    return {
        name: entry
        for name, entry in (older.files.items() if older else ())
        if not (beside / name.split("/")[0]).exists() and (folder / name).is_file()
    }


def _move(folder: Path, manifest: str) -> None:
    """Moves what is published to its places, the manifest last; may be done again after a kill."""
    whole = _whole(folder, manifest)
    older, newer = read_manifest(folder / manifest), read_manifest(whole / manifest)
    for source in sorted(whole.iterdir(), key=lambda path: (path.name == manifest, path.name)):
        place = folder / source.name
        if place.is_dir() and not place.is_symlink():
            away = Path(tempfile.mkdtemp(prefix=f".{manifest}.", suffix=".part", dir=folder))
            place.rename(away / source.name)
            source.rename(place)
            shutil.rmtree(away, ignore_errors=True)
        else:
            if source.name == manifest and older and newer:
                for gone in older.files.keys() - newer.files.keys():
                    _remove(folder, gone)
            source.replace(place)
            source.unlink(missing_ok=True)  # two names of one file are both left
    _flush(folder)
    whole.rmdir()


def _remove(folder: Path, name: str) -> None:
    """Removes an older file, unless a link on the way to it leads elsewhere."""
    path = folder / name
    if path.parent.resolve().is_relative_to(folder.resolve()):
        path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
