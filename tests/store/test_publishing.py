from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.store.publishing import replacing, replacing_folder


def test_a_whole_file_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.json"
    with replacing(path) as stream:
        stream.write(b"{}")
        assert not path.exists()
    assert path.read_bytes() == b"{}"
    assert list(path.parent.iterdir()) == [path]


def test_an_error_leaves_the_old_file_and_no_leftovers(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"old")

    def write_half() -> None:
        with replacing(path) as stream:
            stream.write(b"new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_wrong_use(tmp_path: Path) -> None:
    blocking = tmp_path / "file"
    blocking.write_text("in the way")
    with pytest.raises(UsageError, match="--out"), replacing(blocking / "graph.ttl"):
        pass


def test_a_folder_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "index"
    for content in ("old", "new"):
        with replacing_folder(folder) as beside:
            (beside / content).write_text(content)
    assert [path.name for path in folder.iterdir()] == ["new"]
    assert [path.name for path in folder.parent.iterdir()] == ["index"]


def test_a_folder_that_fails_halfway_leaves_the_older_one(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with replacing_folder(folder) as beside:
        (beside / "old").write_text("old")

    def write_half() -> None:
        with replacing_folder(folder) as beside:
            (beside / "new").write_text("new")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk"):
        write_half()
    assert [path.name for path in folder.iterdir()] == ["old"]
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_a_folder_that_cannot_be_made_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--out"), replacing_folder(tmp_path / "file" / "index"):
        pass
