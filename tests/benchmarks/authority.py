"""`python -m tests.benchmarks.authority`: how long loading the authority files takes.

First without the compiled form (the files have changed, or the cache is gone), then with it.
"""

import tempfile
import time
from pathlib import Path
from statistics import median

from kg.rdf.authority import load_authority
from kg.resources import ontology_dir

ROUNDS = 7


def seconds(cache: Path) -> float:
    """One loading of all files, with `cache` as the cache folder."""
    start = time.perf_counter()
    load_authority(ontology_dir() / "authority", cache_dir=cache)
    return time.perf_counter() - start


def main() -> None:
    """Prints the medians."""
    cold = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            cold.append(seconds(Path(folder)))
            warm = [seconds(Path(folder)) for _ in range(ROUNDS)]
    graph = load_authority(ontology_dir() / "authority")
    print(f"{len(graph.authority):,} entries, {len(graph.facts):,} subjects")
    print(f"not compiled {median(cold):.3f} s, compiled {median(warm):.3f} s")


if __name__ == "__main__":
    main()
