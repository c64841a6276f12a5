"""The files that stages of a build hand to one another, each under a name that tells all it is of.

A file is whole or not there: it is written beside its place and renamed. It ends with its index,
which has the SHA-256 of each piece, and with the index's own. Nothing is read that was not checked:
a file that was damaged is taken for missing where it is looked for, and an error where it is used.
"""

import hashlib
import marshal
import os
import re
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from io import SEEK_END, BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import KgError, UsageError

_LENGTH = struct.Struct("<Q")
_END = struct.Struct("<Q32s")
"""The length of the index, and its checksum."""
_OURS = re.compile(r"[0-9a-f]{2}/[0-9a-f]{38}(\.[0-9]+\.part)?")
"""A file by its folder and name. The folder that a user names may hold others."""
CHUNK = 16
"""Values that are read at once."""
_MOST = 1 << 30
"""Bytes that are read at once; a damaged file may claim any number."""


class DamagedWorkError(KgError):
    """A file that an earlier stage, or an earlier build, made is gone or not as it was."""


def name_of(*parts: object) -> str:
    """The name of what depends on `parts` alone."""
    told = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else repr(part).encode()
        told.update(_LENGTH.pack(len(content)) + content)
    return told.hexdigest()[:40]


_Place = tuple[int, int, bytes]
"""Where a piece begins, its length and its checksum."""


@dataclass(frozen=True, slots=True)
class Work:
    """The folder of a build's files: a path, or any URL that fsspec opens."""

    root: str

    def write(self, name: str, head: Any, sections: Mapping[str, Iterable[Any]]) -> None:
        """Writes a file of plain values; `head` and a few values of a section are in memory.

        Raises UsageError where there is no room or permission.
        """
        index: dict[str, list[_Place]] = {section: [] for section in sections}
        written = 0
        try:
            with self._writing(name) as stream:
                for section, values in sections.items():
                    for chunk in _chunks(values):
                        piece = marshal.dumps(chunk)
                        index[section].append((written, len(piece), _checksum(piece)))
                        stream.write(piece)
                        written += len(piece)
                last = marshal.dumps((head, index))
                stream.write(last)
                stream.write(_END.pack(len(last), _checksum(last)))
        except OSError as error:
            raise UsageError(
                f"{self._path(name)}: cannot be written ({error.strerror or error}); the results "
                "that were there stay; free some space, or choose another place with --out",
                code="unwritable",
            ) from error

    def find(self, name: str) -> "WorkFile | None":
        """The file of that name, checked; None where there is none, or a damaged one."""
        try:
            found = self.open(name)
            found.check()
            return found
        except DamagedWorkError:
            return None

    def open(self, name: str) -> "WorkFile":
        """The file of that name, which was found or written before. Raises DamagedWorkError."""
        try:
            with self._open(name) as stream:
                stream.seek(-_END.size, SEEK_END)
                length, expected = _END.unpack(stream.read(_END.size))
                stream.seek(-_END.size - length, SEEK_END)
                last = stream.read(min(length, _MOST))
        except (OSError, ValueError, struct.error, OverflowError, MemoryError) as error:
            raise self._damaged(name) from error
        if _checksum(last) != expected:
            raise self._damaged(name)
        head, index = marshal.loads(last)
        return WorkFile(self, name, head, index)

    def _damaged(self, name: str) -> DamagedWorkError:
        return DamagedWorkError(f"{self._path(name)}: is gone or damaged; build again")

    def sweep(self, keep: Collection[str]) -> None:
        """Removes our files but those of the names in `keep`: of older and of killed builds."""
        if "://" in self.root:
            files, folder = _files_at(self.root)
            for path in files.find(folder):
                if _is_swept(path.rsplit("/", 2)[-2:], keep):
                    files.rm_file(path)
            return
        for path in Path(self.root).glob("*/*"):
            if _is_swept(path.parts[-2:], keep):
                with suppress(OSError):
                    path.unlink()

    def _path(self, name: str) -> str:
        return f"{self.root}/{name[:2]}/{name[2:]}"

    def _open(self, name: str) -> BinaryIO:
        if "://" in self.root:
            files, folder = _files_at(self.root)
            opened: BinaryIO = files.open(f"{folder}/{name[:2]}/{name[2:]}", "rb")
            return opened
        return Path(self._path(name)).open("rb")

    @contextmanager
    def _writing(self, name: str) -> Iterator[BinaryIO]:
        """The file takes its place when the block ends."""
        if "://" in self.root:
            whole = BytesIO()
            yield whole
            files, folder = _files_at(self.root)
            files.makedirs(f"{folder}/{name[:2]}", exist_ok=True)
            files.pipe_file(f"{folder}/{name[:2]}/{name[2:]}", whole.getvalue())
            return
        path = Path(self._path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with beside.open("wb") as stream:
                yield stream
            beside.replace(path)
        finally:
            with suppress(OSError):
                beside.unlink()


@dataclass(frozen=True, slots=True, eq=False)
class WorkFile:
    """An open file: `head` is its small summary, its sections are read piece by piece."""

    work: Work
    name: str
    head: Any
    _index: Mapping[str, list[_Place]]

    def section(self, name: str) -> Iterator[Any]:
        """The values of a section in order; none where there is no such section.

        Raises DamagedWorkError, as all that reads.
        """
        for piece in self._pieces(self._index.get(name, ())):
            yield from marshal.loads(piece)

    def piece(self, name: str, number: int) -> list[Any]:
        """A number of values of a section, `CHUNK` of them save at the end."""
        (piece,) = self._pieces(self._index[name][number : number + 1])
        values: list[Any] = marshal.loads(piece)
        return values

    def some(self, name: str, orders: Iterable[int]) -> Iterator[Any]:
        """The values at `orders`, which rise, of a section; no more is read than they need."""
        by_piece = [
            (number, [order % CHUNK for order in same])
            for number, same in groupby(orders, key=lambda order: order // CHUNK)
        ]
        pieces = self._pieces(self._index[name][number] for number, _ in by_piece)
        for (_, inside), piece in zip(by_piece, pieces, strict=True):
            values = marshal.loads(piece)
            yield from (values[order] for order in inside)

    def at(self, name: str, order: int) -> Any:
        """The value at `order` of a section."""
        return _kept_piece(self, name, order // CHUNK)[order % CHUNK]

    def check(self) -> None:
        """Raises DamagedWorkError where not all of it is as it was written."""
        for places in self._index.values():
            for _ in self._pieces(places):
                pass

    def _pieces(self, places: Iterable[_Place]) -> Iterator[bytes]:
        try:
            with self.work._open(self.name) as stream:
                for offset, length, checksum in places:
                    stream.seek(offset)
                    piece = stream.read(min(length, _MOST))
                    # marshal trusts its input, so nothing is read that was not checked
                    if _checksum(piece) != checksum:
                        raise self.work._damaged(self.name)
                    yield piece
        except OSError as error:
            raise self.work._damaged(self.name) from error


@lru_cache(maxsize=32)
def _kept_piece(opened: WorkFile, section: str, number: int) -> list[Any]:
    return opened.piece(section, number)


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for value in values:
        chunk.append(value)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _is_swept(parts: Sequence[str], keep: Collection[str]) -> bool:
    """Whether a file by its folder and name is one of ours, and not kept."""
    return "".join(parts) not in keep and _OURS.fullmatch("/".join(parts)) is not None


@lru_cache(maxsize=4)
def _files_at(url: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    files, folder = url_to_fs(url)
    return files, folder
