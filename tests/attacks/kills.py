"""Builds, exports and loads that are killed at random moments: nothing torn, lost or doubled."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.store.index import INDEX_FOLDER
from kg.store.remote import Endpoint
from tests.attacks.outcome import Outcome
from tests.attacks.targets import KG, build_seeds, kg, oxigraph
from tests.conftest import ROOT

TITLE = "kill -9 at random moments of build, export and publish"
BAR = "0 torn files, 0 lost or doubled sets"

_GRAPH = "https://w3id.org/kamergraaf/id/graph"
_SETS = (
    "PREFIX kg: <https://w3id.org/kamergraaf/def#> "
    f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{_GRAPH}> {{ ?s a kg:QuestionSet }} }}"
)


def attack(*, brief: bool) -> Outcome:
    """Kills each command fifty times, or four."""
    outcome = Outcome()
    times = 3 if brief else 50
    chance = random.Random(9)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        documents = sorted((ROOT / "seeds").glob("*.txt"))
        build_seeds(folder / "whole")
        done = kg("build", documents[0], "--out", folder / "part", "--quiet")
        assert done.returncode == 0, done.stderr
        _build(outcome, folder, documents, times, chance)
        for form in ("nq",) if brief else ("nq", "site", "csv"):
            _export(outcome, folder, form, times, chance)
        _publish(outcome, folder, times, chance)
    return outcome


def _build(
    outcome: Outcome, folder: Path, documents: Sequence[Path], times: int, chance: random.Random
) -> None:
    """Two builds of other documents in turn into one folder, each killed."""
    out = folder / "out"
    shutil.copytree(folder / "whole", out)
    good = {name: {_hash(folder / which / name) for which in ("whole", "part")}
            for name in ("graph.ttl", "graph.html")}  # fmt: skip
    triples = {sum(1 for _ in ox.parse(path=str(folder / which / "graph.ttl")))
               for which in ("whole", "part")}  # fmt: skip
    commands = [["build", *map(str, chosen), "--out", str(out), "--index-from", "0", "--quiet"]
                for chosen in (documents[:1], documents)]  # fmt: skip

    def look(when: str) -> None:
        for name, hashes in good.items():
            torn = not (out / name).is_file() or _hash(out / name) not in hashes
            outcome.expect(not torn, f"{name} after {when}")
        if (out / INDEX_FOLDER).exists():
            held = len(ox.Store.read_only(str(out / INDEX_FOLDER)))
            outcome.expect(held in triples, f"{held} triples in the index after {when}")

    _kill_many(commands, times, chance, look, "build")
    done = kg(*commands[1])
    outcome.expect(done.returncode == 0, f"the build after all kills: {done.stderr}")
    _expect_clean(outcome, out)
    outcome.expect(_hash(out / "graph.ttl") == _hash(folder / "whole" / "graph.ttl"), "last graph")


def _export(outcome: Outcome, folder: Path, form: str, times: int, chance: random.Random) -> None:
    """Exports of two graphs in turn to one place, each killed."""
    target = folder / f"export-{form}" / ("graph.nq" if form == "nq" else form)
    commands = [["export", form, "-o", str(target), "--graph", str(folder / which)]
                for which in ("part", "whole")]  # fmt: skip
    good: dict[str, set[str]] = {}
    for command in commands:
        done = kg(*command)
        assert done.returncode == 0, done.stderr
        for name, found in _files(target).items():
            good.setdefault(name, set()).add(found)

    def look(when: str) -> None:
        torn = [name for name, found in _files(target).items() if found not in good.get(name, ())]
        outcome.expect(bool(_files(target)) and not torn, f"{form}: {torn[:3]} after {when}")

    _kill_many(commands, times, chance, look, f"export {form}")
    done = kg(*commands[1])
    outcome.expect(done.returncode == 0, f"{form} after all kills: {done.stderr}")
    _expect_clean(outcome, target if target.is_dir() else target.parent)


def _publish(outcome: Outcome, folder: Path, times: int, chance: random.Random) -> None:
    """Loads of two graphs in turn into a real store, each killed."""
    with oxigraph() as address:
        commands = [
            ["publish", "--endpoint", f"{address}/query", "--update", f"{address}/update",
             "--graph", str(folder / which)]
            for which in ("part", "whole")
        ]  # fmt: skip
        expected = []
        for command in commands:
            done = kg(*command)
            outcome.expect(done.returncode == 0, f"publish: {done.stderr}")
            expected.append(_sets(address))

        def look(when: str) -> None:
            outcome.expect(_sets(address) in expected, f"{_sets(address)} sets after {when}")

        _kill_many(commands, times, chance, look, "publish")
        done = kg(*commands[1])
        outcome.expect(done.returncode == 0, f"publish after all kills: {done.stderr}")
        outcome.expect(_sets(address) == expected[1], "sets after the last load")
        outcome.figures["sets published"] = f"{expected[0]} and {expected[1]}"


def _kill_many(
    commands: Sequence[Sequence[str]],
    times: int,
    chance: random.Random,
    look: Callable[[str], None],
    what: str,
) -> None:
    seconds = []
    for command in commands:
        began = time.monotonic()
        kg(*command)
        seconds.append(time.monotonic() - began)
    for number in range(times):
        which = number % len(commands)
        # most of the writing is at the end
        after = seconds[which] * (chance.random() if number % 4 == 0 else chance.uniform(0.5, 1.1))
        process = subprocess.Popen(
            [*KG, *commands[which]],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(after)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        look(f"kill {number} of {what} at {after:.2f} s")


def _expect_clean(outcome: Outcome, folder: Path) -> None:
    left = [path.name for path in folder.iterdir()
            if path.name.startswith(".") and path.name != ".work"]  # fmt: skip
    outcome.expect(not left, f"left in {folder.name}: {left}")
    done = kg("validate", folder)
    outcome.expect("(manifest)" not in done.stdout, f"{folder.name}: {done.stdout[:300]}")


def _files(target: Path) -> dict[str, str]:
    paths = [target] if target.is_file() else sorted(target.rglob("*"))
    return {
        path.relative_to(target.parent).as_posix(): _hash(path)
        for path in paths
        if path.is_file() and "/." not in path.relative_to(target.parent).as_posix()
    }


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sets(address: str) -> int:
    rows = Endpoint(f"{address}/query").query(_SETS)
    assert isinstance(rows, ox.QuerySolutions)
    return next(int(row["n"].value) for row in rows)
