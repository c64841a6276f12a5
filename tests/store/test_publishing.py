from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.store.publishing import replacing


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
