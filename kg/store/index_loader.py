"""Loads Turtle documents into a new index: `index_loader.py FOLDER THREADS`, a process of its own.

What the engine takes while it loads is given back when it ends, and the engine, which has threads
of its own, never stands in a process that was forked. Standard input has each document after its
length, eight bytes, and a length of 0 at the end.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from threading import Lock
from typing import BinaryIO

import pyoxigraph as ox


def load(folder: str, threads: int, documents: BinaryIO) -> None:
    """Makes the index. Raises OSError where it cannot be written, EOFError where the end lacks."""
    store = ox.Store(folder)
    parts = _read(documents)
    taking = Lock()

    def load_parts() -> None:
        while True:
            with taking:
                part = next(parts, None)
            if part is None:
                return
            store.bulk_load(part, ox.RdfFormat.TURTLE)

    with ThreadPoolExecutor(threads) as loading:
        for one in [loading.submit(load_parts) for _ in range(threads)]:
            one.result()
    # who writes first waits until the engine has merged so many tables: not the first change
    for quad in islice(store, 1):
        store.remove(quad)
        store.add(quad)
    store.flush()


def _read(documents: BinaryIO) -> Iterator[bytes]:
    while length := int.from_bytes(_exactly(documents, 8)):
        yield _exactly(documents, length)


def _exactly(documents: BinaryIO, length: int) -> bytes:
    content = documents.read(length)
    if len(content) < length:
        raise EOFError("the end of the graph is missing")
    return content


if __name__ == "__main__":
    try:
        load(sys.argv[1], int(sys.argv[2]), sys.stdin.buffer)
    except (OSError, EOFError, SyntaxError) as failed:
        sys.exit(str(failed))
