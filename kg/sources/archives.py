"""Documents packed in .zip and .gz, with limits against bombs."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import SourceError
from kg.sources.names import printable

MAX_MEMBERS = 100_000
MAX_TOTAL_BYTES = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Member:
    """An unpacked document: `archive.zip/folder/name.txt` and its bytes."""

    name: str
    data: bytes


def unpack_zip(data: bytes, name: str, max_bytes: int) -> Iterator[Member | SourceError]:
    """The files of a zip archive in sorted order; what cannot be unpacked as its error.

    `max_bytes` bounds each member, `MAX_TOTAL_BYTES` all together. Raises SourceError where the
    archive itself is broken, empty, or holds too many members.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # a damaged archive breaks the libraries below in many ways
        raise _broken(name, error) from None
    files = sorted(
        (member for member in archive.infolist() if not member.is_dir()),
        key=lambda member: member.filename,
    )
    if not files:
        raise SourceError(f"{name}: is an empty archive; leave it out", code="empty")
    if len(files) > MAX_MEMBERS:
        raise SourceError(
            f"{name}: holds {len(files)} files, more than {MAX_MEMBERS}; split it",
            code="too-large",
        )
    total = 0
    for member in files:
        if any(part.startswith((".", "__MACOSX")) for part in member.filename.split("/")):
            continue
        place = f"{name}/{printable(member.filename)}"
        if member.flag_bits & 1:
            yield SourceError(f"{place}: is encrypted; unpack it first", code="encrypted")
            continue
        try:
            with archive.open(member) as stream:
                unpacked = stream.read(max_bytes + 1)
        except Exception as error:
            yield _broken(place, error)
            continue
        total += len(unpacked)
        if len(unpacked) > max_bytes:
            yield _too_large(place, max_bytes)
        elif total > MAX_TOTAL_BYTES:
            yield _too_large(name, MAX_TOTAL_BYTES)
            return
        else:
            yield Member(place, unpacked)


def unpack_gzip(data: bytes, name: str, max_bytes: int) -> Iterator[Member]:
    """The one file of a gzip archive, under the archive's name. Raises SourceError."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            unpacked = stream.read(max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _broken(name, error) from None
    if len(unpacked) > max_bytes:
        raise _too_large(name, max_bytes)
    yield Member(name, unpacked)


def _broken(name: str, error: Exception) -> SourceError:
    reason = " ".join(str(error).split()) or type(error).__name__
    return SourceError(f"{name}: is a broken archive ({reason}); pack it again", code="broken")


def _too_large(name: str, limit: int) -> SourceError:
    return SourceError(f"{name}: unpacks to more than {limit} bytes; split it", code="too-large")
