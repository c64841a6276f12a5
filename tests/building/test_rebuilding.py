"""A build that follows another one gives what a build from nothing gives."""

import errno
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.building.reading import ReadTask, read_documents
from kg.pipeline import WORK_FOLDER, build
from kg.querying.search import SEARCH_FOLDER, SearchIndex
from kg.store.embedded import open_graph
from kg.store.index import INDEX_FOLDER
from kg.store.manifest import MANIFEST, faults
from tests.building.conftest import page

WORDS = ("brug", "sluis", "tunnel", "dijk", "haven")


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are known by their stamps at once."""
    monkeypatch.setattr("kg.building.catalog._SETTLED_NS", 0)


def add(archive: Path, chance: random.Random) -> None:
    number = chance.randrange(100, 900)
    (archive / f"{number}.txt").write_text(page(number, chance.choice(WORDS)), "utf-8")


def change(archive: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(archive.iterdir()))
    path.write_text(page(int(path.stem), chance.choice(WORDS)), "utf-8")


def cut_short(archive: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(archive.iterdir()))
    text = path.read_text("utf-8")
    path.write_text(text[: chance.randrange(len(text))], "utf-8")


def remove(archive: Path, chance: random.Random) -> None:
    chance.choice(sorted(archive.iterdir())).unlink()


def rename(archive: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(archive.iterdir()))
    path.rename(path.with_name(f"{int(path.stem) + 1000}.txt"))


def repeat(archive: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(archive.iterdir()))
    shutil.copy(path, path.with_name(f"{int(path.stem) + 2000}.txt"))


CHANGES: tuple[Callable[[Path, random.Random], None], ...] = (
    add, change, cut_short, remove, rename, repeat,
)  # fmt: skip


def contents(out: Path) -> tuple[object, ...]:
    """The bytes, and what the indexes say."""
    index = SearchIndex(out / SEARCH_FOLDER)
    found = {
        word: sorted((hit.iri, hit.snippet) for hit in index.search(word, limit=10_000).hits)
        for word in (*WORDS, "jaarverslag")
    }
    files = [(out / name).read_bytes() for name in ("graph.ttl", "report.json", "graph.html")]
    return (*files, found, set(ox.Store.read_only(str(out / INDEX_FOLDER))))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_all_is_as_from_nothing(archive: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for path in sorted(archive.iterdir())[12:]:
        path.unlink()
    out = tmp_path / "out"
    for step in range(6):
        for one in chance.choices(CHANGES, k=chance.choice([0, 1, 1, 3])):
            one(archive, chance)
        build([archive], out, workers=1, index_from=0)
        fresh = tmp_path / f"fresh-{step}"
        build([archive], fresh, workers=1, index_from=0)
        assert contents(out) == contents(fresh)
        assert list(faults(out / MANIFEST)) == []
        assert len(open_graph(out)) == len(ox.Store.read_only(str(out / INDEX_FOLDER)))


def test_a_change_in_a_question_searches_no_passages(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build([archive], out, workers=1)
    (archive / "007.txt").write_text(page(7).replace("dicht volgens", "open volgens"), "utf-8")

    def searched(*_: object) -> None:
        raise AssertionError("passages were searched")

    with monkeypatch.context() as patch:
        patch.setattr("kg.building.repetition.find_recurrences", searched)
        build([archive], out, workers=1)
    build([archive], tmp_path / "fresh", workers=1)
    graph = (out / "graph.ttl").read_bytes()
    assert b"open volgens" in graph
    assert graph == (tmp_path / "fresh" / "graph.ttl").read_bytes()


def inodes(folder: Path, pattern: str) -> set[int]:
    return {path.stat().st_ino for path in folder.glob(pattern)}


def test_what_did_not_change_is_taken_over(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([archive], out, workers=1, index_from=0)
    tables, stores = inodes(out, "index/*.sst"), inodes(out, "search/*.store")
    (archive / "007.txt").write_text(page(7, "tunnel"), "utf-8")
    build([archive], out, workers=1, index_from=0)
    assert tables & inodes(out, "index/*.sst"), "the index was made from nothing"
    assert stores & inodes(out, "search/*.store"), "the search index was made from nothing"
    assert list(faults(out / MANIFEST)) == []


@pytest.mark.parametrize("earlier", [False, True])
def test_an_explorer_that_was_not_drawn_is_drawn_by_the_next_build(
    archive: Path, tmp_path: Path, earlier: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    if earlier:
        build([archive], out, workers=1)
    (archive / "007.txt").write_text(page(7, "tunnel"), "utf-8")

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kg.views.write_explorer", killed)
        with pytest.raises(KeyboardInterrupt):
            build([archive], out, workers=1)
    assert b"tunnel" in (out / "graph.ttl").read_bytes()
    build([archive], out, workers=1)
    build([archive], tmp_path / "fresh", workers=1)
    assert (out / "graph.html").read_bytes() == (tmp_path / "fresh" / "graph.html").read_bytes()


def test_a_build_that_ends_between_index_and_graph_is_finished_by_the_next(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build([archive], out, workers=1, index_from=0)
    old = (out / "graph.ttl").read_bytes()
    (archive / "007.txt").write_text(page(7, "tunnel"), "utf-8")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kg.pipeline.write_graph", killed)
        with pytest.raises(KeyboardInterrupt):
            build([archive], out, workers=1, index_from=0)
    assert (out / "graph.ttl").read_bytes() == old
    assert list(faults(out / MANIFEST)) == []
    text = "De tunnel van boeboeloedoe"
    assert any(
        text in quad.object.value for quad in open_graph(out) if "title" in quad.predicate.value
    )
    for word in ("tunnel", "dijk"):
        (archive / "007.txt").write_text(page(7, word), "utf-8")
        build([archive], out, workers=1, index_from=0)
        build([archive], tmp_path / word, workers=1, index_from=0)
        assert contents(out) == contents(tmp_path / word)


def test_where_nothing_changed_nothing_is_written(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([archive], out, workers=1, index_from=0)
    before = {name: inodes(out, name) for name in ("graph.*", "search/*.store", "index/*.sst")}
    build([archive], out, workers=1, index_from=0)
    assert {name: inodes(out, name) for name in before} == before
    assert list(faults(out / MANIFEST)) == []


@pytest.mark.parametrize(
    "name", ["graph.ttl", "graph.html", "index/*.sst", "search/*.idx", "manifest.json"]
)
@pytest.mark.parametrize("changed", [False, True])
def test_results_that_were_damaged_are_made_again(
    archive: Path, tmp_path: Path, name: str, changed: bool
) -> None:
    out = tmp_path / "out"
    build([archive], out, workers=1, index_from=0)
    for path in out.glob(name):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    if name == MANIFEST:
        (out / MANIFEST).unlink()
    if changed:
        (archive / "007.txt").write_text(page(7, "tunnel"), "utf-8")
    build([archive], out, workers=1, index_from=0)
    build([archive], tmp_path / "fresh", workers=1, index_from=0)
    assert contents(out) == contents(tmp_path / "fresh")
    assert list(faults(out / MANIFEST)) == []


def test_a_file_system_without_links_is_built_on(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    out = tmp_path / "out"
    monkeypatch.setattr(os, "link", refuse)
    build([archive], out, index_from=0, workers=1)
    build([archive], out, index_from=0, workers=1)
    (archive / "007.txt").write_text(page(7, "tunnel"), "utf-8")
    build([archive], out, index_from=0, workers=1)
    build([archive], tmp_path / "fresh", index_from=0, workers=1)
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_link_among_the_files_of_an_index_is_not_followed(archive: Path, tmp_path: Path) -> None:
    out, secret = tmp_path / "out", tmp_path / "secret"
    build([archive], out, index_from=0, workers=1)
    secret.write_text("precious")
    secret.chmod(0o600)
    os.utime(secret, (0, 0))
    for folder in (INDEX_FOLDER, SEARCH_FOLDER):
        (out / folder / "999999.sst").symlink_to(secret)
    (archive / "007.txt").write_text(page(7, "tunnel"), "utf-8")
    build([archive], out, index_from=0, workers=1)
    assert secret.stat().st_mode & 0o777 == 0o600
    assert not list(out.rglob("999999.sst"))
    build([archive], tmp_path / "fresh", index_from=0, workers=1)
    assert contents(out) == contents(tmp_path / "fresh")


def test_only_a_changed_document_is_opened(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build([archive], out, workers=1)
    (archive / "007.txt").write_text(page(7, "tunnel"), "utf-8")
    opened = []

    def read(task: ReadTask) -> object:
        opened.extend(task.paths)
        return read_documents(task)

    with monkeypatch.context() as patch:
        patch.setattr("kg.building.reading.read_documents", read)
        build([archive], out, workers=1)
    assert [Path(path).name for path in opened] == ["007.txt"]
    build([archive], tmp_path / "fresh", workers=1)
    assert (out / "graph.ttl").read_bytes() == (tmp_path / "fresh" / "graph.ttl").read_bytes()


@pytest.mark.parametrize("settled_ns", [0, 2_000_000_000])
def test_a_change_that_keeps_size_and_date_is_noticed(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settled_ns: int
) -> None:
    monkeypatch.setattr("kg.building.catalog._SETTLED_NS", settled_ns)
    out = tmp_path / "out"
    build([archive], out, workers=1)
    path = archive / "007.txt"
    before = path.stat()
    path.write_text(page(7, "brog"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    build([archive], out, workers=1)
    assert b"De brog van" in (out / "graph.ttl").read_bytes()


@pytest.mark.parametrize("seed", range(3))
def test_damaged_files_of_work_are_found_when_they_are_used(
    archive: Path, tmp_path: Path, seed: int
) -> None:
    out = tmp_path / "out"
    build([archive], out, workers=1)
    (archive / "007.txt").write_text(page(7, "tunnel"), "utf-8")
    files = [path for path in (out / WORK_FOLDER).rglob("*") if path.is_file()]
    for path in random.Random(seed).sample(sorted(files), len(files) // 4):
        path.write_bytes(path.read_bytes()[:-9])
    build([archive], out, workers=1)
    build([archive], tmp_path / "fresh", workers=1)
    for name in ("graph.ttl", "report.json", "graph.html"):
        assert (out / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes()
