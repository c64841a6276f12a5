"""Writes result files and folders so that a reader never meets half of one.

Each is written beside its place and renamed over the old one; a file is flushed to disk before.
What fails on the way leaves the old one as it was.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kg.errors import UsageError


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `path` when the block ends without an error.

    Raises UsageError when the folder cannot be made or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            beside.unlink()
        raise


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """An empty folder that takes the place of `path` when the block ends without an error.

    What reads the old folder goes on reading it. Raises UsageError when it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield beside
        beside.chmod(0o755)
        for each in beside.iterdir():
            each.chmod(0o644)
        older = beside.with_name(f"{beside.name}.old")
        if path.exists():
            path.rename(older)
        beside.rename(path)
        shutil.rmtree(older, ignore_errors=True)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"{path}: cannot be written ({error.strerror}); choose another place with --out",
        code="unwritable",
    )
