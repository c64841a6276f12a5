import hashlib
import io
import os
import zipfile

import pytest

from kg.model.text import SourceText
from kg.sources import RejectedSource, read_sources, reading


def names(results):
    return [result.name for result in results]


def test_a_folder_is_walked_in_sorted_order_without_hidden_files(tmp_path):
    for path in ("b.txt", "a/2.md", "a/1.txt", ".git/config", "a/.stil"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("Vraag 1\nWaarom?\n", encoding="utf-8")
    assert names(read_sources([tmp_path])) == [
        str(tmp_path / path) for path in ("b.txt", "a/1.txt", "a/2.md")
    ]


def test_a_description_is_no_document_of_its_folder_but_may_be_named(tmp_path):
    for name in ("1.txt", "SOURCES.md"):
        (tmp_path / name).write_text("Vraag 1\nWaarom?\n", encoding="utf-8")
    assert names(read_sources([tmp_path])) == [str(tmp_path / "1.txt")]
    description = str(tmp_path / "SOURCES.md")
    assert names(read_sources([description])) == [description]


def test_each_document_carries_the_hash_of_its_bytes(tmp_path):
    path = tmp_path / "vraag.txt"
    path.write_bytes(b"Vraag 1\r\n")
    (source,) = read_sources([str(path)])
    assert source == SourceText(
        name=str(path),
        text="Vraag 1\n",
        media_type="text/plain",
        sha256=hashlib.sha256(b"Vraag 1\r\n").hexdigest(),
    )


def test_a_bad_document_comes_out_in_its_place_and_stops_nothing(tmp_path):
    (tmp_path / "1.txt").write_text("goed", encoding="utf-8")
    (tmp_path / "2.txt").write_bytes(b"")
    (tmp_path / "3.txt").write_text("ook goed", encoding="utf-8")
    good, bad, last, absent = read_sources([tmp_path, tmp_path / "4.txt"])
    assert isinstance(good, SourceText)
    assert isinstance(last, SourceText)
    assert isinstance(bad, RejectedSource)
    assert bad.error.code == "empty"
    assert absent.error.code == "missing"


def test_an_empty_folder_and_a_pipe_are_refused(tmp_path):
    (tmp_path / "leeg").mkdir()
    os.mkfifo(tmp_path / "pijp")
    empty, pipe = read_sources([tmp_path / "leeg", tmp_path / "pijp"])
    assert empty.error.code == "empty"
    assert pipe.error.code == "kind"


def test_a_dash_is_standard_input(monkeypatch):
    stdin = type("Stdin", (), {"buffer": io.BytesIO(b"Vraag 1")})()
    monkeypatch.setattr("sys.stdin", stdin)
    (source,) = read_sources(["-"])
    assert (source.name, source.text) == ("-", "Vraag 1")


def test_a_document_over_the_size_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_DOCUMENT_BYTES", 10)
    (tmp_path / "groot.txt").write_bytes(b"elf tekens!")
    (tmp_path / "net.txt").write_bytes(b"tien teken")
    large, fitting = read_sources([tmp_path / "groot.txt", tmp_path / "net.txt"])
    assert large.error.code == "too-large"
    assert isinstance(fitting, SourceText)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Zaïre 'n 1.txt", "Zaïre 'n 1.txt"),
        ("a\nb.txt", r"a\nb.txt"),
        ("\x1b[2Ja.txt", r"\x1b[2Ja.txt"),
        ("\u202etxt.exe", r"\u202etxt.exe"),
        ("\x9b31m\u2028", r"\x9b31m\u2028"),
    ],
)
def test_a_name_stays_on_its_line_and_tells_terminals_nothing(tmp_path, name, shown):
    (tmp_path / name).write_bytes(b"\0")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"map/{name}", b"\0")
    (tmp_path / "a.zip").write_bytes(packed.getvalue())
    for path, expected in ((name, shown), ("a.zip", f"a.zip/map/{shown}")):
        (rejected,) = read_sources([tmp_path / path])
        assert rejected.name == str(tmp_path / expected)
        assert rejected.error.message.startswith(f"{tmp_path / expected}, line 1: NUL")


def test_a_file_name_that_is_no_utf8_is_printable(tmp_path):
    path = tmp_path / os.fsdecode(b"vr\xe9.txt")
    path.write_bytes(b"Vraag 1")
    (source,) = read_sources([path])
    assert source.name.endswith("vr\\xe9.txt")
