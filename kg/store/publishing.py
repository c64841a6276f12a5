"""Writes result files and folders so that a reader never meets half of one.

Each is written beside its place and renamed over the old one; a file is flushed to disk before.
What fails on the way leaves the old one as it was; what a killed run left is removed by the next.
"""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
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
        remove_leftovers(path.parent, path.name)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise unwritable(path, error) from error
    beside = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """An empty folder that takes the place of `path` when the block ends without an error.

    What reads the old folder goes on reading it. Raises UsageError when it cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(path.parent, path.name)
        beside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        with held(beside):
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


def remove_leftovers(folder: Path, name: str) -> None:
    """Removes what killed runs left of files or folders meant to become `name` in `folder`."""
    for leftover in folder.glob(f".{escape(name)}.*.part"):
        with suppress(OSError), held(leftover, wait=False):
            if leftover.is_dir():
                shutil.rmtree(leftover)
            else:
                leftover.unlink()


@contextmanager
def held(path: Path, *, wait: bool = True) -> Iterator[None]:
    """A lock on a file or folder in the block; the system lets go of it when we are killed.

    Raises OSError where another run holds it and we do not wait.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)  # a pipe would let us wait
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def unwritable(path: Path, error: OSError) -> UsageError:
    """The error of a place that cannot be written, or has no room."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    advice = "free some space" if full else "choose another place with --out"
    return UsageError(
        f"{path}: cannot be written ({error.strerror or error}); what was there stays; {advice}",
        code="unwritable",
    )
