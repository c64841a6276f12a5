"""Rebuilds that are killed before and after every change of the folder of results.

The indexes, the graph and the explorer take their places one after the other, so between any two
there is a moment at which a kill leaves a mixture. Whatever it leaves must be answered from or
refused clearly, and the next build must make of it what an undisturbed one makes.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox

from kg.pipeline import build
from kg.store.index import INDEX_FOLDER, open_index
from tests.attacks.outcome import Outcome
from tests.attacks.targets import kg, kg_server
from tests.conftest import ROOT

TITLE = "kill -9 before and after every change of a folder of results, in a rebuild"
BAR = "query, serve and validate work or refuse clearly; the next build makes the same bytes"

_CHANGES = ("rename", "replace", "unlink", "rmdir", "link")
_FIXED = ("graph.ttl", "graph.html", "report.json")


def attack(*, brief: bool) -> Outcome:
    """Kills the rebuild at each moment, or at every fifth."""
    outcome = Outcome()
    documents = sorted((ROOT / "seeds").glob("*.txt"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        older, newer = folder / "older", folder / "newer"
        _build(documents[:1], older)
        _build(documents, newer)
        graphs = {_hash(each / "graph.ttl"): _count(each / "graph.ttl") for each in (older, newer)}
        moment = 0
        while True:
            out = folder / "out"
            shutil.copytree(older, out, copy_function=shutil.copy2)
            if not _killed(documents, out, moment):
                break
            _look(outcome, out, graphs, f"kill {moment}")
            _build(documents, out)
            for file in _FIXED:
                same = (out / file).read_bytes() == (newer / file).read_bytes()
                outcome.expect(same, f"{file} healed after kill {moment}")
            index = open_index(out / "graph.ttl")
            held = -1 if index is None else len(index)
            outcome.expect(held == graphs[_hash(newer / "graph.ttl")], f"{held} after {moment}")
            left = [path.name for path in out.iterdir() if path.name.startswith(".man")]
            outcome.expect(not left, f"{left} are left after kill {moment}")
            del index
            shutil.rmtree(out)
            moment += 5 if brief else 1
        outcome.figures["moments"] = moment
    return outcome


def _build(documents: list[Path], out: Path) -> None:
    build(documents, out, index_from=0, workers=1)


def _killed(documents: list[Path], out: Path, moment: int) -> bool:
    """Rebuilds in a process that is killed at a moment; whether it came that far."""
    command = [sys.executable, "-m", __spec__.name, str(moment), str(out), *map(str, documents)]
    status = subprocess.run(command, cwd=ROOT, timeout=120, check=False).returncode
    assert status in (0, -signal.SIGKILL), status
    return status != 0


def _kill_at(moment: int, out: Path) -> None:
    """Lets this process die before (even) or after (odd) a change of names in the results."""
    seen = 0

    def deadly(change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(path: Any, *others: Any, **options: Any) -> Any:
            nonlocal seen
            place = str(path)
            counts = place.startswith(f"{out}/") and "/.work/" not in place
            if counts and seen == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            result = change(path, *others, **options)
            seen += counts
            if counts and seen == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += counts
            return result

        return changed

    for name in _CHANGES:
        setattr(os, name, deadly(getattr(os, name)))


def _look(outcome: Outcome, out: Path, graphs: dict[str, int], when: str) -> None:
    """What a killed rebuild left, as users meet it."""
    outcome.expect(_hash(out / "graph.ttl") in graphs, f"graph.ttl is torn after {when}")
    if (out / INDEX_FOLDER).exists():
        held = len(ox.Store.read_only(str(out / INDEX_FOLDER)))
        outcome.expect(held in graphs.values(), f"{held} triples in the index after {when}")
    asked = kg("query", "sets", "--graph", out, "--format", "csv")
    rows = asked.stdout.count("\n")
    outcome.expect(asked.returncode == 0 and rows > 1, f"query after {when}: {asked.stderr}")
    checked = kg("validate", out)
    fine = checked.returncode == 0 or "(manifest)" in checked.stdout
    clear = "Traceback" not in checked.stdout + checked.stderr
    outcome.expect(fine and clear, f"validate after {when}: {checked.stdout}{checked.stderr}")
    with kg_server(out) as (address, _):
        for page in ("/", "/search?q=cloud", "/sparql?query=ASK%20%7B%3Fa%20%3Fb%20%3Fc%7D"):
            reply = httpx.get(address + page, headers={"Accept": "application/json, */*;q=0.1"})
            # between two names the search has no folder, and says so
            fine = reply.is_success or "this graph has no search index" in reply.text
            outcome.expect(fine, f"{page} is {reply.status_code} after {when}")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _count(path: Path) -> int:
    return sum(1 for _ in ox.parse(path=str(path)))


def main() -> None:
    """`python -m tests.attacks.kill_points MOMENT OUT DOCUMENT…`: a rebuild that is killed."""
    moment, out, *documents = sys.argv[1:]
    _kill_at(int(moment), Path(out))
    _build([Path(each) for each in documents], Path(out))


if __name__ == "__main__":
    main()
