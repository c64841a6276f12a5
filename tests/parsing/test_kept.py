"""What is kept is what reading gives; anything wrong with it means reading again."""

from pathlib import Path

import pytest

from kg.errors import LayoutError
from kg.parsing import kept, parse_document
from kg.sources import read_bytes, read_sources

CASES = sorted((Path(__file__).parents[1] / "cases" / "official-text").rglob("source.txt"))


def test_a_kept_document_is_the_document(tmp_path, seeds):
    sources = list(read_sources([*CASES, seeds / "002_edc317d34840558c.txt"]))
    for expected_reuse in (0, len(sources)):
        keeper = kept.KeptDocuments(tmp_path)
        assert [keeper.parse(source) for source in sources] == [
            parse_document(source) for source in sources
        ]
        assert keeper.reused == expected_reuse


def test_another_name_for_the_same_bytes_keeps_its_name(tmp_path):
    data = CASES[0].read_bytes()
    keeper = kept.KeptDocuments(tmp_path)
    names = ["een.txt", "twee.txt"]
    read = [keeper.parse(source) for name in names for source in read_bytes(data, name)]
    assert [document.source.name for document in read] == names
    assert keeper.reused == 1


@pytest.mark.parametrize("damage", [b"", b"\0" * 64, b"x"])
def test_a_damaged_file_is_read_again(tmp_path, damage):
    (source,) = read_sources([CASES[0]])
    expected = kept.KeptDocuments(tmp_path).parse(source)
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.write_bytes(damage)
    again = kept.KeptDocuments(tmp_path)
    assert again.parse(source) == expected
    assert again.reused == 0


def test_other_code_reads_again(tmp_path, monkeypatch):
    (source,) = read_sources([CASES[0]])
    kept.KeptDocuments(tmp_path).parse(source)
    monkeypatch.setattr(kept, "version", lambda _name: "another")
    again = kept.KeptDocuments(tmp_path)
    again.parse(source)
    assert again.reused == 0


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    blocked = tmp_path / "bestand"
    blocked.write_text("geen map", encoding="utf-8")
    (source,) = read_sources([CASES[0]])
    assert kept.KeptDocuments(blocked).parse(source) == parse_document(source)


def test_what_no_layout_knows_is_refused_each_time(tmp_path):
    (source,) = read_bytes(b"Een boodschappenlijst.\n", "lijst.txt")
    keeper = kept.KeptDocuments(tmp_path)
    for _ in range(2):
        with pytest.raises(LayoutError):
            keeper.parse(source)
