"""Finds the documents that the user names and reads each by what its bytes are."""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.errors import SourceError
from kg.model.text import SourceText
from kg.sources.archives import unpack_gzip, unpack_zip
from kg.sources.content import MediaType, recognise
from kg.sources.markup import read_html, read_xml
from kg.sources.pdf import read_pdf
from kg.sources.plain import decode_text
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


def read_sources(paths: Iterable[str | Path]) -> Iterator[SourceText | RejectedSource]:
    """Each document at `paths`, in order: files, folders (walked sorted), archives, `-` (stdin).

    Hidden files and folders, and the `DESCRIPTIONS`, inside a walked folder are passed over.
    Nothing is raised for a bad document: it is yielded as a `RejectedSource`. `sha256` is of the
    document's own bytes, so that a document is the same one inside an archive and outside.
    """
    for path in paths:
        name = _printable(str(path))
        if str(path) == STDIN:
            yield from _read_stream(sys.stdin.buffer, name)
        elif Path(path).is_dir():
            yield from _read_folder(Path(path), name)
        else:
            yield from _read_file(Path(path), name)


def read_bytes(data: bytes, name: str) -> Iterator[SourceText | RejectedSource]:
    """The document in `data`, called `name`, or the documents where it is an archive."""
    try:
        media_type = recognise(data, name)
        if media_type in (MediaType.ZIP, MediaType.GZIP):
            yield from _read_archive(data, name, media_type)
        else:
            yield _read_document(data, name, media_type)
    except SourceError as error:
        yield RejectedSource(name, error)


def _read_archive(
    data: bytes, name: str, media_type: MediaType
) -> Iterator[SourceText | RejectedSource]:
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
            yield _read_document(member.data, member.name, inner)
        except SourceError as error:
            yield RejectedSource(getattr(member, "name", name), error)


def _read_document(data: bytes, name: str, media_type: MediaType) -> SourceText:
    """The one document in `data`. Raises SourceError."""
    markup: str | None = None
    if media_type is MediaType.PDF:
        text = read_pdf(data, name)
    elif media_type is MediaType.WORD:
        text = read_word(data, name)
    else:
        text = decode_text(data, name, long_lines=media_type is not MediaType.TEXT)
    if media_type is MediaType.HTML:
        markup, text = text, read_html(text, name)
    elif media_type is MediaType.XML:
        markup, text = text, read_xml(text, name)
    return SourceText(name, text, media_type.value, hashlib.sha256(data).hexdigest(), markup)


def _read_folder(folder: Path, name: str) -> Iterator[SourceText | RejectedSource]:
    found = False
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in sorted(files):
            if not each.startswith(".") and each not in DESCRIPTIONS:
                found = True
                path = Path(parent, each)
                yield from _read_file(path, _printable(str(path)))
    if not found:
        yield RejectedSource(
            name,
            SourceError(f"{name}: holds no documents; give a folder with files", code="empty"),
        )


def _read_file(path: Path, name: str) -> Iterator[SourceText | RejectedSource]:
    try:
        if path.exists() and not path.is_file():
            raise SourceError(f"{name}: is no regular file; give a file or a folder", code="kind")
        with path.open("rb") as stream:
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


def _read_stream(stream: BinaryIO, name: str) -> Iterator[SourceText | RejectedSource]:
    data = stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        yield RejectedSource(
            name,
            SourceError(
                f"{name}: is larger than {MAX_DOCUMENT_BYTES} bytes; split it", code="too-large"
            ),
        )
        return
    yield from read_bytes(data, name)


def _printable(name: str) -> str:
    """`name` with what is no UTF-8 in a file name written as escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
