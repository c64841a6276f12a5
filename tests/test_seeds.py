"""The seeds are what their description says, byte for byte."""

import hashlib
import re
from pathlib import Path

ROW = re.compile(r"^\| `(?P<name>[^`]+)` \|[^|]*\| (?P<size>\d+) \| `(?P<sha256>[0-9a-f]{64})` \|$")


def test_each_document_is_described_with_its_size_and_hash(seeds: Path) -> None:
    lines = (seeds / "SOURCES.md").read_text(encoding="utf-8").splitlines()
    described = [
        (row["name"], int(row["size"]), row["sha256"]) for row in map(ROW.match, lines) if row
    ]
    present = [
        (path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(seeds.glob("*.txt"))
    ]
    assert described == present


def test_the_copies_equal_the_originals(seeds: Path, shared: Path) -> None:
    originals = sorted((shared / "seeds").glob("*.txt"))
    assert [path.name for path in originals] == [path.name for path in sorted(seeds.glob("*.txt"))]
    for original in originals:
        assert (seeds / original.name).read_bytes() == original.read_bytes()
