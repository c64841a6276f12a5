"""Finds the documents that the user names and reads each by what its bytes are."""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from kg.errors import SourceError, UsageError
from kg.model.text import SourceText
from kg.sources.archives import unpack_gzip, unpack_zip
from kg.sources.content import MediaType, recognise
from kg.sources.markup import read_html, read_xml
from kg.sources.names import printable
from kg.sources.pdf import read_pdf
from kg.sources.plain import decode_text, refuse_unwritable
from kg.sources.word import read_word

MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
"""The open data of fifteen years in one csv is 9 MB; a document beyond this is refused."""

STDIN = "-"

DESCRIPTIONS = frozenset({"SOURCES.md", "README.md"})
"""Files in a folder of documents that tell about the documents and are none themselves."""


@dataclass(frozen=True, slots=True)
class RejectedSource:
    """A document that could not be read: its name as the user gave it, and why."""

    name: str
    error: SourceError


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as it lies on disk, unpacked. `sha256` is of its own bytes, in hex, so that a
    document is the same one inside an archive and outside.
    """

    name: str
    data: bytes = field(repr=False)
    media_type: MediaType

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def read_sources(paths: Iterable[str | Path]) -> Iterator[SourceText | RejectedSource]:
    """Each document at `paths` as text, in order: of `find_files`, opened and read.

    Nothing is raised for a bad document: it is yielded as a `RejectedSource`.
    """
    for path in find_files(paths):
        if isinstance(path, RejectedSource):
            yield path
        else:
            yield from _read_each(open_file(path))


def read_bytes(data: bytes, name: str) -> Iterator[SourceText | RejectedSource]:
    """As `read_sources`, of the document or archive in `data`, called `name`."""
    yield from _read_each(open_bytes(data, name))


def _read_each(
    found: Iterable[RawDocument | RejectedSource],
) -> Iterator[SourceText | RejectedSource]:
    for each in found:
        try:
            yield each if isinstance(each, RejectedSource) else read_document(each)
        except SourceError as error:
            yield RejectedSource(each.name, error)


def find_files(paths: Iterable[str | Path]) -> Iterator[str | RejectedSource]:
    """The files at `paths`, in order: files, folders (walked sorted), URLs, `-` (stdin).

    Hidden files and folders, and the `DESCRIPTIONS`, inside a walked folder are passed over.
    """
    for path in paths:
        if _is_url(str(path)):
            yield from _list_url(str(path))
        elif str(path) != STDIN and Path(path).is_dir():
            yield from _walk(Path(path))
        else:
            yield str(path)


def open_file(path: str, folder: str = "") -> Iterator[RawDocument | RejectedSource]:
    """The document at `path`, or the documents where it is an archive.

    `path` may be any URL that fsspec opens; a relative path starts from `folder`.
    """
    name = printable(path)
    try:
        with _opened(path, folder) as stream:
            yield from _read_stream(stream, name)
    except SourceError as error:
        yield RejectedSource(name, error)
    except FileNotFoundError:
        yield RejectedSource(
            name, SourceError(f"{name}: does not exist; check the path", code="missing")
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        yield RejectedSource(
            name,
            SourceError(f"{name}: cannot be opened ({reason}); check it", code="unreadable"),
        )


@contextmanager
def _opened(path: str, folder: str) -> Iterator[BinaryIO]:
    if path == STDIN:
        yield sys.stdin.buffer
        return
    if _is_url(path):
        import fsspec

        with fsspec.open(path, "rb") as remote:
            yield remote
        return
    file = Path(folder, path)
    if file.exists() and not file.is_file():
        name = printable(path)
        raise SourceError(f"{name}: is no regular file; give a file or a folder", code="kind")
    with file.open("rb") as stream:
        yield stream


def _is_url(path: str) -> bool:
    return "://" in path


def _list_url(url: str) -> list[str]:
    """The files below a URL, or itself where it is one."""
    try:
        from fsspec.core import url_to_fs

        files, place = url_to_fs(url)
        return sorted(files.unstrip_protocol(each) for each in files.find(place)) or [url]
    except ImportError as error:
        raise UsageError(f"{url}: needs fsspec; pip install 'kamergraaf[cluster]'") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{url}: cannot be listed ({error}); check the address") from error


def open_bytes(data: bytes, name: str) -> Iterator[RawDocument | RejectedSource]:
    """The document in `data`, called `name`, or the documents where it is an archive."""
    try:
        media_type = recognise(data, name)
        if media_type in (MediaType.ZIP, MediaType.GZIP):
            yield from _open_archive(data, name, media_type)
        else:
            yield RawDocument(name, data, media_type)
    except SourceError as error:
        yield RejectedSource(name, error)


def read_document(raw: RawDocument) -> SourceText:
    """The text of a document. Raises SourceError."""
    data, name = raw.data, raw.name
    markup: str | None = None
    if raw.media_type is MediaType.PDF:
        text = read_pdf(data, name)
    elif raw.media_type is MediaType.WORD:
        text = read_word(data, name)
    else:
        text = decode_text(data, name, long_lines=raw.media_type is not MediaType.TEXT)
    if raw.media_type is MediaType.HTML:
        markup, text = text, read_html(text, name)
    elif raw.media_type is MediaType.XML:
        markup, text = text, read_xml(text, name)
    refuse_unwritable(text, name)
    return SourceText(name, text, raw.media_type.value, raw.sha256, markup)


def _open_archive(
    data: bytes, name: str, media_type: MediaType
) -> Iterator[RawDocument | RejectedSource]:
    unpack = unpack_zip if media_type is MediaType.ZIP else unpack_gzip
    for member in unpack(data, name, MAX_DOCUMENT_BYTES):
        try:
            if isinstance(member, SourceError):
                raise member
            inner = recognise(member.data, member.name)
            if inner in (MediaType.ZIP, MediaType.GZIP):
                raise SourceError(
                    f"{member.name}: is an archive inside an archive; unpack it first",
                    code="nested",
                )
            yield RawDocument(member.name, member.data, inner)
        except SourceError as error:
            yield RejectedSource(getattr(member, "name", name), error)


def _walk(folder: Path) -> Iterator[str | RejectedSource]:
    found = False
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in sorted(files):
            if not each.startswith(".") and each not in DESCRIPTIONS:
                found = True
                yield str(Path(parent, each))
    if not found:
        name = printable(str(folder))
        yield RejectedSource(
            name,
            SourceError(f"{name}: holds no documents; give a folder with files", code="empty"),
        )


def _read_stream(stream: BinaryIO, name: str) -> Iterator[RawDocument | RejectedSource]:
    data = stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        yield RejectedSource(
            name,
            SourceError(
                f"{name}: is larger than {MAX_DOCUMENT_BYTES} bytes; split it", code="too-large"
            ),
        )
        return
    yield from open_bytes(data, name)
