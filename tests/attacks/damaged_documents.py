"""Thousands of damaged copies of documents: each is read, read in part, or refused."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kg.pipeline import build
from kg.store.manifest import MANIFEST, faults
from tests.attacks.outcome import Outcome
from tests.conftest import ROOT
from tests.documents.mutations import mutate, run

TITLE = "mutated documents"
BAR = "0 crashes; accepted + partial + rejected = total"


def attack(*, brief: bool) -> Outcome:
    """Damages the seeds, and the documents beside the project where they are there.

    All copies are read, one by one; a tenth of them goes through a whole build.
    """
    shared = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared") / "documents"
    folders = [ROOT / "seeds", *([shared] if shared.is_dir() and not brief else [])]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    count = 400 if brief else 10_000
    found = run(mutate(paths, count))
    counts = dict(found.counts)
    outcome = Outcome(count, list(found.crashes), counts)
    if sum(counts.values()) + len(found.crashes) != count:
        outcome.failures.append(f"{counts} is not {count}")
    seconds, slowest = found.slowest
    outcome.figures = {
        **counts, "documents": len(paths), "slowest": f"{slowest}: {seconds:.1f} s",
    }  # fmt: skip
    _build(outcome, paths, count // 10)
    return outcome


def _build(outcome: Outcome, paths: Sequence[Path], count: int) -> None:
    """A graph of damaged copies is whole, and its report tells of every one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "documents")
        folder.mkdir()
        # another seed than above: other copies
        for number, (_, data) in enumerate(mutate(paths, count, seed=9)):
            (folder / f"{number}").write_bytes(data)
        out = Path(name, "out")
        try:
            totals = build([folder], out).totals
        except Exception as error:
            outcome.failures.append(f"the build crashed: {type(error).__name__}: {error}")
            return
        told = sum(totals[status] for status in ("accepted", "partial", "rejected"))
        outcome.expect(told == count, f"{told} of {count} documents in the report")
        outcome.expect(not list(faults(out / MANIFEST)), "files that are not as the manifest says")
        outcome.figures["built of these"] = f"{totals['sets']} sets of {count} copies"
