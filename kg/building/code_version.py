"""What a result depends on besides its input: our code, its libraries, and what is known before."""

import gc
import hashlib
import sys
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from kg.rdf.authority import AuthorityGraph, load_authority
from kg.resources import ontology_dir

_READING = ("model", "parsing", "sources", "resolution")
_STATING = (*_READING, "mentions", "analysis", "rdf", "store", "querying", "building")
_GARBAGE_FROM = 1_000_000
"""Values between two searches for cycles: a batch makes many values, and hardly a cycle."""
_LIBRARIES = ("lxml", "pyspellchecker", "pypdfium2", "python-docx", "pyahocorasick")


@lru_cache(maxsize=1)
def reading_version() -> bytes:
    """A hash of all that turns a document into its printed sets."""
    return _hash_of(_READING)


@lru_cache(maxsize=1)
def stating_version() -> bytes:
    """A hash of all that turns printed sets into triples, the authority files included."""
    return _hash_of(_STATING) + known().version


@lru_cache(maxsize=1)
def drawing_version() -> bytes:
    """A hash of all that turns a graph into the explorer."""
    return _hash_of(("views", "views/assets"), "*.*")


@lru_cache(maxsize=1)
def known() -> AuthorityGraph:
    """What is known beforehand; read once in each process, and never searched for garbage."""
    loaded = load_authority(ontology_dir() / "authority")
    gc.freeze()
    gc.set_threshold(_GARBAGE_FROM, 50, 100)
    return loaded


def _hash_of(folders: tuple[str, ...], files: str = "*.py") -> bytes:
    root = Path(__file__).parent.parent
    told = hashlib.sha256((sys.implementation.cache_tag or "").encode())
    for library in _LIBRARIES:
        told.update(version(library).encode())
    for folder in folders:
        for path in sorted((root / folder).glob(files)):
            told.update(path.read_bytes())
    return told.digest()
