"""A folder of an engine as the beginning of a newer one, without copying what never changes."""

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from stat import S_ISREG


def take_over(
    older: Path,
    newer: Path,
    *,
    last: str,
    is_fixed: Callable[[Path], bool],
    without: Collection[str],
) -> None:
    """Puts the files of `older` into `newer`: hard links to those that `is_fixed`, else copies.

    `last` is the file that was written last; the names in `without` stay behind. Raises ValueError
    where a file was changed after it or is none, OSError where one cannot be read or copied.
    """
    written = (older / last).stat().st_mtime_ns
    for path in older.iterdir():
        if path.name in without:
            continue
        if path.stat().st_mtime_ns > written:
            raise ValueError(path)
        if not S_ISREG(path.lstat().st_mode):
            raise ValueError(path)
        if is_fixed(path):
            link(path, newer / path.name)
        else:
            shutil.copy2(path, newer)


def link(path: Path, name: Path) -> None:
    """Gives a file another name as well; a copy, where the file system has one name a file."""
    try:
        os.link(path, name)
    except OSError:
        shutil.copy2(path, name)


def write_names(names: Iterable[str], path: Path) -> None:
    """Writes the names of what a folder holds, with a checksum."""
    text = "\n".join(sorted(names))
    path.write_text(f"{_checksum(text)}\n{text}")


def read_names(path: Path) -> frozenset[str]:
    """The names that were written. Raises ValueError for others, OSError where there are none."""
    checksum, _, text = path.read_text().partition("\n")
    if checksum != _checksum(text):
        raise ValueError(path)
    return frozenset(text.split())


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
