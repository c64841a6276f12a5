"""What a change gained and lost, from two evaluations of the same gold."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import UsageError


def read_evaluation(path: Path) -> dict[str, Any]:
    """An evaluation as `kg evaluate --json` wrote it. Raises UsageError where it is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: no evaluation to compare with ({error})") from error
    if not isinstance(found, dict) or "kinds" not in found:
        raise UsageError(f"{path}: not an evaluation; make one with kg evaluate --json FILE")
    return found


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Lines that say which cases are gone and which are new, and how each F1 moved."""
    lines = []
    for kind in sorted({*old["kinds"], *new["kinds"]}):
        before = old["kinds"].get(kind, {}).get("f1", 1.0)
        after = new["kinds"].get(kind, {}).get("f1", 1.0)
        if before != after:
            lines.append(f"{kind}: F1 {before:.3f} -> {after:.3f}")
    for name, gone, come in (
        ("missed", "found now", "missed now"),
        ("spurious", "no longer spurious", "spurious now"),
    ):
        was = {tuple(case) for case in old[name]}
        now = {tuple(case) for case in new[name]}
        lines += [f"{gone}: {_line(case)}" for case in sorted(was - now)]
        lines += [f"{come}: {_line(case)}" for case in sorted(now - was)]
    return lines


def _line(case: tuple[str, str, int, str]) -> str:
    kind, file, line, key = case
    return f"{kind} {file}:{line} {key}"
