"""Thousands of damaged copies of documents: each is read, read in part, or refused."""

import os
from pathlib import Path

from tests.attacks.outcome import Outcome
from tests.conftest import ROOT
from tests.documents.mutations import mutate, run

TITLE = "mutated documents"
BAR = "0 crashes; accepted + partial + rejected = total"


def attack(*, brief: bool) -> Outcome:
    """Damages the seeds, and the documents beside the project where they are there."""
    shared = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared") / "documents"
    folders = [ROOT / "seeds", *([shared] if shared.is_dir() and not brief else [])]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    count = 400 if brief else 10_000
    found = run(mutate(paths, count))
    counts = dict(found.counts)
    outcome = Outcome(count, list(found.crashes), counts)
    if sum(counts.values()) + len(found.crashes) != count:
        outcome.failures.append(f"{counts} is not {count}")
    outcome.figures = {**counts, "documents": len(paths), "slowest": f"{found.slowest[0]:.1f} s"}
    return outcome
