"""Mutants that no test can or need notice, each with the reason; see equivalents.toml."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from tests.mutation.mutants import Mutant

_FILE = Path(__file__).with_name("equivalents.toml")
_ROOT = Path(__file__).resolve().parents[2]


def is_equivalent(mutant: Mutant) -> bool:
    """Whether the file says so of this change of this line."""
    module = str(mutant.path.relative_to(_ROOT))
    return any(
        entry["module"] == module
        and entry["line"] == mutant.source_line
        and entry["change"] in ("any", mutant.change)
        for entry in _entries()
    )


def stale(modules: Sequence[Path]) -> Iterator[str]:
    """Entries on lines of these modules that are there no more."""
    lines = {
        str(module.relative_to(_ROOT)): {
            line.strip() for line in module.read_text("utf-8").split("\n")
        }
        for module in modules
    }
    for entry in _entries():
        if entry["line"] not in lines.get(entry["module"], {entry["line"]}):
            yield f"{entry['module']}: {entry['line']}"


@cache
def _entries() -> list[dict[str, str]]:
    entries = tomllib.loads(_FILE.read_text("utf-8"))["equivalent"]
    assert all(entry["why"] for entry in entries)
    return list(entries)
