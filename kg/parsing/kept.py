"""Keeps what was read from a document, so that a later build need not read it again.

A kept document holds as long as its bytes and the code that reads it are the same. Files are
plain values with a checksum; one that is missing, broken or cannot be written costs time only.
"""

import hashlib
import marshal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.model import document, text
from kg.model.document import ParsedDocument
from kg.model.text import SourceText
from kg.parsing import parse_document

_CLASSES: Mapping[str, type[Any]] = {
    name: one
    for module in (document, text)
    for name, one in vars(module).items()
    if isinstance(one, type) and (is_dataclass(one) or issubclass(one, StrEnum))
}
_CHECKSUM = 32


class KeptDocuments:
    """Reads documents, from `folder` where they are kept there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._version = _code_version()
        self.reused = 0

    def parse(self, source: SourceText) -> ParsedDocument:
        """As `parse_document`. Raises LayoutError."""
        path = self._path(source)
        kept = _read(path)
        if kept is not None:
            self.reused += 1
            return ParsedDocument(source, *kept)
        parsed = parse_document(source)
        _write(path, parsed)
        return parsed

    def _path(self, source: SourceText) -> Path:
        told = f"{source.sha256} {source.media_type}".encode()
        key = hashlib.sha256(self._version + told).hexdigest()
        return self._folder / key[:2] / key[2:]


def _code_version() -> bytes:
    """A hash of all code and word lists that reading a document depends on."""
    root = Path(__file__).parent.parent
    code = hashlib.sha256((sys.implementation.cache_tag or "").encode())
    code.update(version("pyspellchecker").encode())
    code.update(version("lxml").encode())
    for folder in ("model", "parsing", "sources"):
        for path in sorted((root / folder).glob("*.py")):
            code.update(path.read_bytes())
    return code.digest()


def _read(path: Path) -> tuple[Any, ...] | None:
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    payload = stored[_CHECKSUM:]
    # marshal trusts its input, so the payload is checked before it is read
    if hashlib.sha256(payload).digest() != stored[:_CHECKSUM]:
        return None
    kept: tuple[Any, ...] = _from_plain(marshal.loads(payload))
    return kept


def _write(path: Path, parsed: ParsedDocument) -> None:
    values = tuple(getattr(parsed, field.name) for field in fields(parsed)[1:])
    payload = marshal.dumps(_to_plain(values))
    unfinished = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(hashlib.sha256(payload).digest() + payload)
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()


def _to_plain(value: Any) -> Any:
    """`value` in tuples, strings, numbers and None; classes by their name."""
    if isinstance(value, StrEnum):
        return (type(value).__name__, value.value)
    if is_dataclass(value):
        inside = (_to_plain(getattr(value, field.name)) for field in fields(value))
        return (type(value).__name__, *inside)
    if isinstance(value, tuple):
        return ("", *map(_to_plain, value))
    if isinstance(value, date):
        return ("date", value.toordinal())
    return value


def _from_plain(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    name, *inside = value
    if name == "":
        return tuple(map(_from_plain, inside))
    if name == "date":
        return date.fromordinal(inside[0])
    return _CLASSES[name](*map(_from_plain, inside))
