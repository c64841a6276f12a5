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
from kg.sources.plain import decode_text

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
    """The document in `data`, called `name`."""
    try:
        text = decode_text(data, name)
    except SourceError as error:
        yield RejectedSource(name, error)
        return
    yield SourceText(
        name=name,
        text=text,
        media_type="text/plain",
        sha256=hashlib.sha256(data).hexdigest(),
    )


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
