"""The directory of a site: who every thing is, in a database on disk that all workers read."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from kg.export.site.sorting import SortedPart
from kg.export.things import Entry, whole_of
from kg.export.told import MOST_PARTS, PartSheets
from kg.model.spelling import natural_order

_KEPT = 30_000
_CACHE_KIB = 32_768
"""The database of 60,000 sets has 480 MB; this keeps the inner pages of its trees."""
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE thing (local TEXT PRIMARY KEY, label TEXT, number TEXT, people TEXT, is_set INTEGER)
  WITHOUT ROWID;
CREATE TABLE sheet (whole TEXT PRIMARY KEY, total INTEGER, starts TEXT) WITHOUT ROWID;
CREATE TABLE kin (robin TEXT, local TEXT, PRIMARY KEY (robin, local)) WITHOUT ROWID;
"""


def write_directory(parts: Iterable[SortedPart], path: Path) -> None:
    """Writes the directory of what was sorted to `path`."""
    database = sqlite3.connect(path)
    database.executescript(_TABLES)
    for part in parts:
        rows, robins = part.directory()
        database.executemany("INSERT OR IGNORE INTO thing VALUES (?, ?, ?, ?, ?)", rows)
        database.executemany("INSERT OR IGNORE INTO kin VALUES (?, ?)", robins)
        database.commit()
    database.executemany("INSERT INTO sheet VALUES (?, ?, ?)", _sheets(database))
    database.commit()
    database.close()


def _sheets(database: sqlite3.Connection) -> list[tuple[str, int, str]]:
    """The things whose parts fill several sheets: how many, and the first of all but the first."""
    found = []
    rows = database.execute("SELECT local FROM thing ORDER BY local")
    parts_alone = (local for (local,) in rows if whole_of(local) != local)
    for whole, group in groupby(parts_alone, key=whole_of):
        parts = sorted(group, key=natural_order)
        if len(parts) > MOST_PARTS:
            is_set = database.execute("SELECT is_set FROM thing WHERE local = ?", (whole,))
            if is_set.fetchone() == (False,):
                found.append((whole, len(parts), json.dumps(parts[MOST_PARTS::MOST_PARTS])))
    return found


class SiteDirectory:
    """A `Directory` that reads the database at `path`."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        self._database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self.entry = lru_cache(maxsize=_KEPT)(self._entry)
        self.parts = lru_cache(maxsize=_KEPT)(self._parts)
        self.kin = lru_cache(maxsize=_KEPT)(self._kin)

    def _entry(self, local: str) -> Entry | None:
        found = self._rows("SELECT label, number, people FROM thing WHERE local = ?", local)
        for label, number, people in found:
            return Entry(label, number, tuple(people.split()))
        return None

    def _parts(self, whole: str) -> PartSheets:
        for total, starts in self._rows("SELECT total, starts FROM sheet WHERE whole = ?", whole):
            return PartSheets(total, tuple(json.loads(starts)))
        return PartSheets()

    def _kin(self, robin: str) -> Sequence[str]:
        found = self._rows("SELECT local FROM kin WHERE robin = ?", robin)
        return sorted((local for (local,) in found), key=natural_order)

    def _rows(self, query: str, local: str) -> Iterator[tuple[Any, ...]]:
        return self._database.execute(query, (local,))
