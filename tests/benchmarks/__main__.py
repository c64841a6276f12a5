"""`python -m tests.benchmarks`: archives of growing size, built and asked; prints the tables.

The archives are kept below --work and made anew only when missing. The metadata lies beside the
project (`KG_SHARED` or ../shared).
"""

import argparse
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import rdflib

from kg.querying.search import SEARCH_FOLDER
from kg.rdf.authority import load_authority
from kg.resources import ontology_dir
from kg.store.embedded import open_graph
from tests.benchmarks import measures
from tests.benchmarks.archive import Archive, write_archive
from tests.benchmarks.measuring import machine

SHARED = Path(os.environ.get("KG_SHARED") or measures.ROOT.parent / "shared")
METADATA = SHARED / "zaken" / "zaken_2007_2022.csv.gz"


def main() -> None:
    """Builds and measures at each size that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--sets", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--work", type=Path, default=Path("build/benchmarks"))
    arguments = parser.parse_args()
    if not METADATA.exists():
        parser.error(f"{METADATA}: no metadata to make an archive from; set KG_SHARED")
    print(f"## {date.today().isoformat()}: {machine()}\n")
    builds = []
    for sets in sorted(arguments.sets):
        folder, documents = prepare(sets, arguments.work)
        builds.append(measures.build(sets, documents, folder, arguments.work / f"graph-{sets}"))
    library = rdflib.Graph()
    print_table("Build", measures.BUILD_HEAD, map(measures.build_row, builds))
    print_table(
        f"Turtle of {builds[0].sets:,} sets",
        measures.ENGINE_HEAD,
        measures.engine_rows(builds[0].graph, library),
    )
    print_table(
        "Validation",
        measures.VALIDATION_HEAD,
        (measures.validation_row(built.graph) for built in builds),
    )
    for built in builds:
        store = open_graph(built.graph)
        rows = measures.question_rows(store)
        print_table(f"Questions to {built.sets:,} sets", measures.QUESTION_HEAD, rows)
        counted = measures.counted_rows(store, library if built is builds[0] else None)
        print_table(f"The whole of {built.sets:,} sets", measures.COUNTED_HEAD, counted)
        found = measures.search_rows(built.graph.parent / SEARCH_FOLDER)
        print_table(f"Search in {built.sets:,} sets", measures.SEARCH_HEAD, found)


def prepare(sets: int, work: Path) -> tuple[Path, int]:
    """The archive of that size below `work`, and the number of its documents."""
    folder = work / f"archive-{sets}"
    if not folder.exists():
        authority = load_authority(ontology_dir() / "authority").authority
        unfinished = folder.with_suffix(".part")
        write_archive(Archive(METADATA, authority), sets, unfinished)
        unfinished.rename(folder)
    return folder, sum(1 for path in folder.rglob("*.txt"))


def print_table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """One Markdown table."""
    print(f"### {title}\n")
    print(f"| {' | '.join(head)} |")
    print(f"|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
    print()


if __name__ == "__main__":
    main()
