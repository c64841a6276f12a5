"""Bytes on disk to `SourceText`: files, folders, archives and standard input.

`read_sources` is the door. What cannot be read comes out as a `RejectedSource` in its place, so
that one bad document never stops the rest.
"""

from kg.sources.reading import (
    STDIN,
    RawDocument,
    RejectedSource,
    find_files,
    open_file,
    read_bytes,
    read_document,
    read_sources,
)

__all__ = [
    "STDIN",
    "RawDocument",
    "RejectedSource",
    "find_files",
    "open_file",
    "read_bytes",
    "read_document",
    "read_sources",
]
