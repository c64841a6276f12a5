"""Small documents that would take much time or memory, or break the libraries that read them."""

import io
import lzma
import zipfile

import pytest

from kg.errors import SourceError
from kg.sources import RejectedSource, apart, markup, plain, read_bytes

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def code_of(data: bytes) -> str | None:
    (found,) = read_bytes(data, "stuk")
    return found.error.code if isinstance(found, RejectedSource) else None


def packed(method: int, **members: str) -> bytearray:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return bytearray(stream.getvalue())


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]
)
def test_an_archive_damaged_at_any_byte_stops_nothing(method: int) -> None:
    data = packed(method, a="Vraag 1\nWaarom?\n" * 9, b="Vraag 2\n")
    for at in range(len(data)):
        damaged = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        for found in read_bytes(bytes(damaged), "a.zip"):
            if isinstance(found, RejectedSource):
                assert isinstance(found.error, SourceError)
                assert "\n" not in found.error.message


def test_lzma_that_is_broken_is_told() -> None:
    data = packed(zipfile.ZIP_LZMA, a="Vraag 1\n" * 1000)
    data[60:90] = bytes(byte ^ 0xFF for byte in data[60:90])
    with pytest.raises(lzma.LZMAError), zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.read("a")
    assert code_of(bytes(data)) == "broken"


def test_a_word_document_of_a_million_paragraphs() -> None:
    body = "<w:p/>" * 6_000_000
    text = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    data = packed(zipfile.ZIP_DEFLATED, word__document_xml=text)
    assert len(data) < 500_000
    assert code_of(bytes(data).replace(b"document_xml", b"document.xml")) == "too-large"


def test_an_element_of_very_many_attributes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MAX_SECONDS", 2.0)
    attributes = " ".join(f"a{number}" for number in range(200_000))
    assert code_of(f"<html><body><p {attributes}>Vraag 1".encode()) == "too-slow"


def test_a_page_read_apart_is_read_the_same() -> None:
    few = "<html><body><p class='x'>Vraag 1 &amp; \u00e9\ud7ff&#x1F600;</p><br>" + "<p>a</p>" * 9
    many = few.replace("<br>", f"<!--{'x' * 140_000}--><br>")
    assert len(few) < 128 * 1024 < len(many)
    texts = [next(iter(read_bytes(one.encode(), "stuk"))).text for one in (few, many)]
    assert texts[0] == texts[1]
    refused = next(iter(read_bytes(b"<html><!--" + b"x" * 140_000 + b"-->", "stuk")))
    assert isinstance(refused, RejectedSource)
    assert refused.error.code == "empty"
    assert refused.error.message.startswith("stuk: is an HTML page without text")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<r>" + b"<a/>" * 5_000_000 + b"</r>", "too-large"),
        (b"<html><body>" + b"<p>x" * 5_000_000, "too-large"),
        (b"<a>" * 100_000, "broken"),
        (b"Vraag 1\n" * (plain.MAX_LINES + 1), "too-large"),
        (b"Vraag 1\n\0", "binary"),
        ("Vraag 1\n\ud800".encode("utf-8", "surrogatepass"), "encoding"),
    ],
    ids=["xml", "html", "deep", "lines", "nul", "half"],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_large_pages_of_parliament_are_within_the_limits() -> None:
    assert markup.MAX_MARKUP_CHARACTERS > 8 * 2_000_000
