"""An inverted index in small files that a browser loads when it needs them.

For each word it lists the numbers of what holds it, each with a mark from 0 to 15. A list is a
string: the steps from number to number, sixteen times over plus the mark, in digits of five bits,
the lowest first, with a sixth bit where more follow.
"""

import json
import marshal
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby
from pathlib import Path

from kg.export.site.files import SiteFiles

FOLDER = "search"
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CHUNK_CHARACTERS = 40_000
_CHUNKS_A_FOLDER = 1_000
_COMMON = 0.5
"""A word in more than this part of all says nothing, and its list is left out."""
_FEW = 200
"""Up to so many, no word is common."""
_WORDS_AT_ONCE = 200
"""Words of each batch that are in memory while the batches are merged."""
_LENGTH = 4
"""Bytes that say how long what follows is."""

Entry = tuple[bytes, int, int, int, int, str]
"""A word in the order of browsers (UTF-16), how many hold it, the first of these with its mark,
the last, and the list of all but the first."""


class Postings:
    """The lists of one batch, whose numbers begin at 0."""

    def __init__(self) -> None:
        self._lists: dict[str, list[int]] = defaultdict(list)

    def add(self, number: int, marks: Mapping[str, int]) -> None:
        """Tells of the words of what has `number`, which grows from call to call."""
        for word, mark in marks.items():
            self._lists[word] += (number, mark)

    def save(self, path: Path) -> None:
        """Writes the lists to a file, in the order of the words."""
        entries = []
        for word, found in self._lists.items():
            digits = []
            for at in range(2, len(found), 2):
                digits.append(encoded(found[at] - found[at - 2], found[at + 1]))
            entries.append((word.encode("utf-16-be"), len(found) // 2, found[0], found[1],
                            found[-2], "".join(digits)))  # fmt: skip
        entries.sort()
        with path.open("wb") as stream:
            for at in range(0, len(entries), _WORDS_AT_ONCE):
                piece = marshal.dumps(entries[at : at + _WORDS_AT_ONCE])
                stream.write(len(piece).to_bytes(_LENGTH) + piece)


def write_index(
    runs: Iterable[tuple[Path, int]], total: int, site: SiteFiles, kind: str
) -> list[str]:
    """Writes the index of all batches to `site`; returns the first word of each of its files.

    `runs` are the files of the batches with the number at which each begins, `total` is how many
    things are numbered. A word that is too common has null for a list.
    """
    firsts: list[str] = []
    chunk: dict[str, str | None] = {}
    size = 0
    entries = merge(*(_shifted(path, start) for path, start in runs), key=lambda one: one[0])
    for key, group in groupby(entries, key=lambda one: one[0]):
        word = key.decode("utf-16-be")
        found = _joined(group, total)
        if chunk and size + len(found or "") > _CHUNK_CHARACTERS:
            _write_chunk(site, kind, len(firsts), chunk)
            firsts.append(next(iter(chunk)))
            chunk, size = {}, 0
        chunk[word] = found
        size += len(word) + len(found or "") + 6
    if chunk:
        _write_chunk(site, kind, len(firsts), chunk)
        firsts.append(next(iter(chunk)))
    return firsts


def encoded(step: int, mark: int) -> str:
    """A step of at least 1 and the mark at its end, in digits."""
    value = (step - 1) * 16 + mark
    digits = ""
    while value > 31:
        digits += DIGITS[32 + value % 32]
        value //= 32
    return digits + DIGITS[value]


def write_script(site: SiteFiles, name: str, value: object) -> None:
    """Writes a value as a script that hands it to the search under a name.

    A script and not JSON, since pages read from disk may load only that.
    """
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    site.write(f"{FOLDER}/{name}.js", f"kgSearch({json.dumps(name)},{content});\n".encode())


def _shifted(path: Path, start: int) -> Iterator[Entry]:
    for word, count, first, mark, last, rest in _entries(path):
        yield word, count, start + first, mark, start + last, rest


def _entries(path: Path) -> Iterator[Entry]:
    """The lists of a batch; the file is open only while it is read, for there may be thousands."""
    at, size = 0, path.stat().st_size
    while at < size:
        with path.open("rb") as stream:
            stream.seek(at)
            piece = stream.read(int.from_bytes(stream.read(_LENGTH)))
            at = stream.tell()
        yield from marshal.loads(piece)


def _joined(entries: Iterable[Entry], total: int) -> str | None:
    """The lists of one word in all batches as one."""
    pieces: list[str] = []
    before, holding = -1, 0
    for _, count, first, mark, last, rest in entries:
        pieces += (encoded(first - before, mark), rest)
        before = last
        holding += count
    return None if holding > max(_FEW, _COMMON * total) else "".join(pieces)


def _write_chunk(site: SiteFiles, kind: str, number: int, chunk: Mapping[str, str | None]) -> None:
    write_script(site, f"{kind}-words/{number // _CHUNKS_A_FOLDER}/{number}", chunk)
