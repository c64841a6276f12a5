"""What loads an index tells why it could not, and takes no part of a graph for the whole."""

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg.store.index as index
from kg.errors import UsageError
from kg.pipeline import build
from kg.store.embedded import GRAPH_FILE
from kg.store.index import INDEX_FOLDER
from tests.building.conftest import page

LOADER = Path(index.__file__).with_name("index_loader.py")
DOCUMENT = b'<https://v.nl/s> <https://v.nl/p> "een" .'


def framed(*documents: bytes) -> bytes:
    return b"".join(len(one).to_bytes(8) + one for one in documents)


def load(folder: Path, told: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-P", LOADER, folder, "2"]
    return subprocess.run(command, input=told, capture_output=True, check=False)


def test_documents_are_loaded(tmp_path: Path) -> None:
    other = DOCUMENT.replace(b"een", b"twee")
    done = load(tmp_path / "index", framed(DOCUMENT, other) + bytes(8))
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(ox.Store.read_only(str(tmp_path / "index"))) == 2


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (framed(DOCUMENT), b"the end of the graph is missing"),
        (framed(DOCUMENT)[:-3], b"the end of the graph is missing"),
        (b"", b"the end of the graph is missing"),
        (framed(b"<s") + bytes(8), b"error"),
    ],
)
def test_what_is_not_whole_is_an_error(tmp_path: Path, told: bytes, why: bytes) -> None:
    done = load(tmp_path / "index", told)
    assert done.returncode == 1
    assert why in done.stderr


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("import os; os.kill(os.getpid(), 9)", "ended with -9"),
        ("import sys; sys.exit('no space left')", "no space left"),
    ],
)
def test_a_loader_that_fails_leaves_what_there_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, told: str
) -> None:
    document, out = tmp_path / "een.txt", tmp_path / "uit"
    document.write_text(page(1), "utf-8")
    build([document], out, workers=1, index_from=0)
    before = (out / GRAPH_FILE).read_bytes()
    failing = tmp_path / "failing.py"
    failing.write_text(script)
    monkeypatch.setattr(index, "_LOADER", failing)
    monkeypatch.setattr(index, "_MOST_READ", 0)
    document.write_text(page(2), "utf-8")
    with pytest.raises(UsageError, match=f"index cannot be written.*{told}"):
        build([document], out, workers=1, index_from=0)
    assert (out / GRAPH_FILE).read_bytes() == before
    found = index.open_index(out / GRAPH_FILE)
    assert found is not None
    assert (out / INDEX_FOLDER).is_dir()
