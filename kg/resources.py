"""Finds the data that ships with the package: ontology, queries, page assets.

In a checkout they stand at the top level; in an installed wheel under `kg/_bundled`.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"


def _room(name: str) -> Path:
    bundled = _BUNDLED / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name


def ontology_dir() -> Path:
    """The folder with kamergraaf.ttl, shapes.ttl and authority/."""
    return _room("ontology")


def queries_dir() -> Path:
    """The folder with the named queries, one .rq file each."""
    return _room("queries")
