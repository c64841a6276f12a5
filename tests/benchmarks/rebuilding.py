"""What a build costs after one change of the archive, which is changed and put back."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from kg.querying.search import SEARCH_FOLDER, SearchIndex
from kg.store.embedded import open_graph
from kg.store.index import INDEX_FOLDER
from tests.benchmarks.made_up import ROOT, MadeUp
from tests.benchmarks.measuring import Row

HEAD = ("change", "sets", "s to a queryable index", "s to everything", "CPU s")
_WORD = "zeppelinloods"
_SENTENCE = f" Ook de {_WORD} in het dorp is daarbij betrokken geweest, naar wij hebben vernomen."


def rows(made: MadeUp, sets: int) -> Iterator[Row]:
    """Builds after each kind of change, to a graph with both indexes."""
    archive, out = made.archive(sets).absolute(), made.work.absolute() / f"graph-{sets}"
    for kept in archive.glob("*/.*.txt"):  # by a run that was killed
        kept.replace(kept.with_name(kept.name.removeprefix(".")))
    yield _row("first build, or what is missing of it", archive, out)
    yield _row("nothing", archive, out)
    documents = sorted((archive / "detail").glob("*.txt"))
    with _changed(documents[len(documents) // 2], _longer):
        yield _row("a sentence more in one answer", archive, out)
        _expect(out, found=True)
    yield _row("that sentence gone", archive, out)
    _expect(out, found=False)
    pages = sorted((archive / "list").glob("*.txt"))
    with _changed(pages[len(pages) // 2], lambda text: text.replace("?\n", " dan?\n", 1)):
        yield _row("a word more in one question", archive, out)
    yield _row("that word gone", archive, out)
    with _changed(pages[len(pages) // 2], lambda text: ""):
        yield _row("a page of 20 sets gone", archive, out)
    yield _row("a page of 20 sets more", archive, out)


def _longer(text: str) -> str:
    """One sentence more at the end of the longest line."""
    line = max(text.splitlines(), key=len)
    return text.replace(line, line + _SENTENCE, 1)


@contextmanager
def _changed(path: Path, change: Callable[[str], str]) -> Iterator[None]:
    """A document that is another one in the block, or gone where nothing is left of it."""
    kept = path.with_name(f".{path.name}")
    shutil.copy2(path, kept)
    try:
        text = change(path.read_text("utf-8"))
        if text:
            path.write_text(text, "utf-8")
        else:
            path.unlink()
        yield
    finally:
        kept.replace(path)


def _row(change: str, archive: Path, out: Path) -> Row:
    command = [sys.executable, "-m", "kg", "build", str(archive), "--out", str(out), "--quiet"]
    before, spent = _index(out), _children_seconds()
    start = time.perf_counter()
    to_index = None
    asked = [*command, "--index-from", "0"]
    with subprocess.Popen(asked, cwd=ROOT, stdout=subprocess.DEVNULL) as running:
        while running.poll() is None:
            time.sleep(0.02)
            if to_index is None and _index(out) not in (before, None):
                to_index = time.perf_counter() - start
    seconds = time.perf_counter() - start
    if running.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed")
    report = json.loads((out / "report.json").read_text("utf-8"))
    return (
        change,
        f"{report['totals']['sets']:,}",
        f"{to_index or seconds:.1f}",
        f"{seconds:.1f}",
        f"{_children_seconds() - spent:.1f}",
    )


def _index(out: Path) -> int | None:
    """What tells one index from another."""
    try:
        return (out / INDEX_FOLDER / "CURRENT").stat().st_ino
    except OSError:
        return None


def _children_seconds() -> float:
    times = psutil.Process().cpu_times()
    return times.children_user + times.children_system


def _expect(out: Path, *, found: bool) -> None:
    """Both indexes must have the sentence, or not."""
    hits = SearchIndex(out / SEARCH_FOLDER).search(_WORD).hits
    texts = [
        quad.object.value
        for hit in hits
        for quad in open_graph(out).query(f"CONSTRUCT WHERE {{ <{hit.iri}> ?p ?o }}")
    ]
    if any(_SENTENCE.strip() in text for text in texts) != found:
        raise SystemExit(f"the indexes are not as they should be: {hits}")
