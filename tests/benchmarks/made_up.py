"""The made-up archives that all measurements share, and their graphs."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from kg.rdf.authority import load_authority
from kg.resources import ontology_dir
from kg.store.embedded import GRAPH_FILE
from tests.benchmarks.archive import Archive, write_archive
from tests.benchmarks.measuring import CommandRun, run_command

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared")
METADATA = SHARED / "zaken" / "zaken_2007_2022.csv.gz"


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Archives and graphs below `work`, by their number of sets."""

    work: Path

    def archive(self, sets: int) -> Path:
        """The folder of documents. Raises SystemExit where there is no metadata to make it from."""
        folder = self.work / f"archive-{sets}"
        if not folder.exists():
            if not METADATA.exists():
                raise SystemExit(f"{METADATA}: no metadata to make an archive from; set KG_SHARED")
            authority = load_authority(ontology_dir() / "authority").authority
            unfinished = folder.with_suffix(".part")
            write_archive(Archive(METADATA, authority), sets, unfinished)
            unfinished.rename(folder)
        return folder

    def graph(self, sets: int) -> Path:
        """graph.ttl of the archive, brought up to date, with all that `kg build` puts beside it."""
        out = self.work / f"graph-{sets}"
        self.build(sets, out)
        return out / GRAPH_FILE

    def build(
        self, sets: int, out: Path, *options: str, processors: int | None = None
    ) -> CommandRun:
        """Builds the archive with the command, as a user does, on all or on some processors."""
        command = [sys.executable, "-m", "kg", "build", str(self.archive(sets).absolute())]
        command += ["--out", str(out.absolute()), "--quiet", *options]
        return run_command(command, ROOT, processors)
