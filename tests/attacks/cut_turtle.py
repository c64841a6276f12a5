"""A graph file that was cut, anywhere: `kg validate` sees it by the manifest."""

import random
import shutil
import tempfile
from pathlib import Path

from kg.store.manifest import MANIFEST, faults
from kg.store.publication import publishing
from kg.store.validation import validate
from tests.attacks.outcome import Outcome
from tests.attacks.targets import build_seeds

TITLE = "Turtle cut at any byte"
BAR = "detected in 100 %"

_SMALL = '<urn:a> <urn:b> "é" .\n<urn:c> <urn:d> <urn:e> , "f"@nl .\n'
_CUTS = 3000


def attack(*, brief: bool) -> Outcome:
    """Cuts a small graph at every byte through the whole of validation, that of the seeds too."""
    outcome = Outcome()
    chance = random.Random(20251122)
    with tempfile.TemporaryDirectory() as name:
        small, seeds = Path(name) / "small", Path(name) / "seeds"
        with publishing(small) as results:
            (results.folder / "graph.ttl").write_text(_SMALL, "utf-8")
        whole = (small / "graph.ttl").read_bytes()
        for at in range(len(whole)):
            (small / "graph.ttl").write_bytes(whole[:at])
            found = {(one.component, one.severity) for one in validate(small).results}
            outcome.expect(("manifest", "Violation") in found, f"small graph cut at {at}")
        build_seeds(seeds)
        outcome.expect(not list(faults(seeds / MANIFEST)), "the whole graph is faulted")
        graph = seeds / "graph.ttl"
        kept = shutil.copy(graph, Path(name) / "kept.ttl")
        size = graph.stat().st_size
        places = sorted(chance.sample(range(size), 300 if brief else _CUTS), reverse=True)
        for at in places:
            with graph.open("r+b") as stream:
                stream.truncate(at)
            outcome.expect(
                [one.path for one in faults(seeds / MANIFEST)] == [graph], f"seeds cut at {at}"
            )
        shutil.copy(kept, graph)
        outcome.expect(not list(faults(seeds / MANIFEST)), "the restored graph is faulted")
    return outcome
