"""What each format gives, and what each refuses."""

import gzip
import io
import zipfile

import pytest

from kg.errors import SourceError
from kg.model.text import SourceText
from kg.sources import RejectedSource, archives, read_bytes, word
from kg.sources.content import MediaType, recognise

TEXT = "Vraag 1\nWaarom?\n"


def pack(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def only(data, name="stuk"):
    (result,) = read_bytes(data, name)
    return result


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (TEXT.encode(), MediaType.TEXT),
        (b"<!DOCTYPE html><html></html>", MediaType.HTML),
        (b"  <div class='vraag'><p>x</p></div>", MediaType.HTML),
        (b"<?xml version='1.0'?><x><html/></x>", MediaType.XML),
        (b"<officiele-publicatie>x</officiele-publicatie>", MediaType.XML),
        (b'{"value": []}', MediaType.JSON),
        (b'[{"nummer": 1}]\n', MediaType.JSON),
        (b"[1] Kamerstuk 1\nVraag", MediaType.TEXT),
        (b"nummer,soort,onderwerp,gestart_op\n1,2,3,4\n", MediaType.CSV),
        (b"Vraag, antwoord, nog een, en meer dan dat.\n", MediaType.TEXT),
        (b"%PDF-1.7\n", MediaType.PDF),
        (gzip.compress(b"x", mtime=0), MediaType.GZIP),
        (pack({"a.txt": "x"}), MediaType.ZIP),
        (b"< 3 is kleiner dan", MediaType.TEXT),
    ],
    ids=[
        *("text", "html", "fragment", "xml", "publication", "json", "json list", "note"),
        *("csv", "sentence", "pdf", "gzip", "zip", "less than"),
    ],
)
def test_the_media_type_is_told_by_the_bytes(data, media_type):
    assert recognise(data, "stuk.doc") is media_type


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (pack({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "other than Word"),
        (b"PK\x03\x04 but no zip", "broken zip"),
    ],
    ids=["old word", "image", "sheet", "broken zip"],
)
def test_other_formats_are_named_and_refused(data, says):
    with pytest.raises(SourceError, match=says):
        recognise(data, "stuk.txt")


def test_word_gives_paragraphs_notes_and_list_numbers(make_word):
    data = make_word(["Vraag 1", "# Waarom?^1 Zo nee,", "# Wanneer?^2"], ["Krant", "Kamerstuk 1"])
    source = only(data, "brief.pdf")
    assert source.media_type == MediaType.WORD
    assert source.text == ("Vraag 1\n1. Waarom?¹ Zo nee,\n2. Wanneer?²\n¹ Krant\n² Kamerstuk 1\n")


def test_text_boxes_come_once_and_deleted_text_not_at_all(make_word):
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>Datum</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f"<w:p {mc}><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>Tekst</w:t></w:r><w:del><w:r><w:t>weg</w:t></w:r></w:del></w:p>"
    )
    assert only(make_word([], body=body)).text.split() == ["Tekst", "Datum"]


def test_broken_empty_and_bomb_like_word_files_are_refused(make_word, monkeypatch):
    good = make_word(["Vraag 1"])
    assert isinstance(only(good), SourceText)
    assert only(make_word([])).error.code == "empty"
    assert only(good[:-200]).error.code == "broken"
    assert only(pack({"word/document.xml": "<w:p/>"})).error.code == "broken"
    monkeypatch.setattr(word, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = pack({"word/document.xml": "", "bom": b"\0" * 2_000_000})
    assert len(bomb) < 10_000
    assert only(bomb).error.code == "too-large"


def test_entities_in_a_word_file_are_not_expanded(make_word):
    data = make_word(["Vraag 1"])
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    parts["word/document.xml"] = (
        parts["word/document.xml"]
        .replace(b"?>\n", f"?>\n<!DOCTYPE w [{laughs}]>".encode(), 1)
        .replace(b"Vraag 1", b"&a9;")
    )
    result = only(pack(parts))
    assert isinstance(result, RejectedSource) or len(result.text) < 100


def test_html_gives_its_visible_blocks_as_lines():
    page = (
        "<!doctype html><html><head><title>weg</title><script>weg()</script></head><body>"
        "<h2>Vraag&nbsp;1</h2><p>Kent u het <a href='x'>bericht</a>?<sup>1</sup>\n Zo ja,</p>"
        "<table><tr><td>Indieners</td><td>A. B (C)</td></tr></table><!-- weg --></body></html>"
    )
    source = only(page.encode())
    assert source.text == "Vraag 1\nKent u het bericht?1 Zo ja,\nIndieners | A. B (C) |\n"
    assert source.markup == page
    assert source.media_type == MediaType.HTML


def test_xml_gives_a_line_for_each_element_with_text():
    source = only(
        b"<?xml version='1.0' encoding='utf-8'?><k><vraag><nr>1</nr>\n"
        b"<al>Kent u <extref doc='x'>dit</extref>?</al></vraag></k>"
    )
    assert source.text == "Vraag 1\nKent u dit?\n"


def test_an_xml_bomb_is_refused_unexpanded_and_nothing_is_fetched():
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    bomb = f"<?xml version='1.0'?>\n<!DOCTYPE x [{laughs}]><x>&a9;</x>"
    outside = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><x>&e;</x>"
    for text in (bomb, outside):
        assert only(text.encode()).error.code == "entities"
    dtd = only(b"<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'><x>Vraag</x>")
    assert dtd.text == "Vraag\n"


def test_broken_markup_says_where():
    broken = only(b"<?xml version='1.0'?>\n<a><b>\n</a>", "a.xml")
    assert broken.error.code == "broken"
    assert "a.xml, line" in broken.error.message
    assert only(b"<html><body><script>1</script></body></html>").error.code == "empty"


def test_deeply_nested_markup_ends_in_time():
    source = only(b"<div>" * 100_000 + b"Vraag" + b"</div>" * 100_000)
    assert isinstance(source, RejectedSource | SourceText)


def test_archives_give_their_documents_in_order_and_keep_the_good_ones():
    nested = pack({"x.txt": "x"})
    data = pack(
        {"b.txt": TEXT, "a/1.txt": TEXT, "c.bin": b"\0\0", "d.zip": nested, ".weg/e.txt": "weg"}
    )
    results = list(read_bytes(data, "map.zip"))
    assert [result.name for result in results] == [
        "map.zip/a/1.txt",
        "map.zip/b.txt",
        "map.zip/c.bin",
        "map.zip/d.zip",
    ]
    assert [isinstance(result, SourceText) for result in results] == [True, True, False, False]
    assert results[3].error.code == "nested"
    (zipped,) = read_bytes(gzip.compress(TEXT.encode()), "stuk.txt.gz")
    (plain,) = read_bytes(TEXT.encode(), "stuk.txt")
    assert zipped.sha256 == plain.sha256 == results[0].sha256


def test_archive_bombs_and_broken_archives_are_refused(monkeypatch):
    monkeypatch.setattr("kg.sources.reading.MAX_DOCUMENT_BYTES", 1000)
    assert only(gzip.compress(b"\0" * 100_000)).error.code == "too-large"
    large, small = read_bytes(pack({"a": b"\0" * 100_000, "b": b"x"}), "z")
    assert large.error.code == "too-large"
    assert small.text == "x"
    monkeypatch.setattr(archives, "MAX_TOTAL_BYTES", 1500)
    results = list(read_bytes(pack({str(n): b"x" * 900 for n in range(9)}), "z"))
    assert [getattr(result, "error", None) is None for result in results] == [True, False]
    assert only(gzip.compress(b"x" * 100)[:-9]).error.code == "broken"
    assert only(pack({})).error.code == "empty"
