"""Saves an export to a file: written beside, read back, counted, and told to a manifest."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from kg.export.dumps import RDF_FORMATS, count_statements
from kg.store.publication import publishing_file
from kg.store.read_back import check_read_back

Write = Callable[[BinaryIO], int]
"""Writes an export and returns what it counts: statements of RDF, or nodes of a network."""


def save(write: Write, form: str, path: Path) -> None:
    """Saves what `write` writes in the format `form` to `path`.

    Raises GraphError where what was written does not read back as it should, UsageError where the
    file cannot be written; an older file stays then.
    """
    with publishing_file(path) as results:
        with (results.folder / path.name).open("w+b") as stream:
            written = write_checked(write, form, stream)
        if form in RDF_FORMATS:
            results.triples[path.name] = written


def write_checked(write: Write, form: str, stream: BinaryIO) -> int:
    """Writes to a stream, reads back and returns what it counts. Raises GraphError."""
    written = write(stream)
    stream.seek(0)
    check_read_back(lambda: _count(stream, form), written, form)
    return written


def _count(stream: BinaryIO, form: str) -> int:
    if form in RDF_FORMATS:
        return count_statements(stream, form)
    parser = etree.XMLParser(
        target=_Nodes(),  # type: ignore[arg-type]  # lxml does without the other methods
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
    )
    count = etree.parse(stream, parser)
    assert isinstance(count, int)
    return count


class _Nodes:
    """Counts the nodes of a network while a file is read, and keeps no element."""

    def __init__(self) -> None:
        self._count = 0

    def start(self, tag: str, _attributes: object) -> None:
        """Told of an element that begins."""
        self._count += etree.QName(tag).localname == "node"

    def close(self) -> int:
        """What the reading gives."""
        return self._count
