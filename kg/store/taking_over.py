"""A folder of an engine as the beginning of a newer one, without copying what never changes."""

import os
import shutil
from collections.abc import Callable, Collection
from pathlib import Path


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
    where a fixed file was changed after it, OSError where a file cannot be read or linked.
    """
    written = (older / last).stat().st_mtime_ns
    for path in older.iterdir():
        if path.name in without:
            continue
        if not is_fixed(path):
            shutil.copy2(path, newer)
        elif path.stat().st_mtime_ns > written:
            raise ValueError(path)
        else:
            os.link(path, newer / path.name)
