"""Strict UTF-8 text: what is no clean text is refused, with the place of the first fault."""

import re

from kg.errors import SourceError

MAX_LINE_CHARACTERS = 1_000_000
"""No page of Parliament prints a line near this; a longer one is a dump or an attack."""
MAX_LINES = 1_000_000
"""The open data of fifteen years have 57,000 records."""

_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode_text(data: bytes, name: str, *, long_lines: bool = False) -> str:
    """The text of UTF-8 `data`, with plain line ends and without byte order mark.

    `long_lines` allows lines over `MAX_LINE_CHARACTERS` (JSON and markup are often one line).
    Raises SourceError: empty, NUL byte, other encoding (with line and byte), binary, long line.
    """
    if data.startswith(_BYTE_ORDER_MARKS):
        raise SourceError(
            f"{name}: is UTF-16, not UTF-8; convert it first (iconv -f UTF-16 -t UTF-8)",
            code="encoding",
        )
    nul = data.find(b"\0")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise SourceError(
            f"{name}, line {line}: NUL byte at offset {nul}, so this is no text; "
            "give the document as txt, md, html, xml, pdf, docx, csv or json",
            code="binary",
            line=line,
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        line = data.count(b"\n", 0, place) + 1
        raise SourceError(
            f"{name}, line {line}: byte 0x{data[place]:02x} at offset {place} is not UTF-8; "
            "latin-1? convert it first (iconv -f LATIN1 -t UTF-8)",
            code="encoding",
            line=line,
        ) from None
    if not text.strip():
        raise SourceError(f"{name}: is empty; leave it out", code="empty")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_controls(text, name)
    lines = text.count("\n")
    if lines > MAX_LINES:
        raise SourceError(
            f"{name}: has {lines} lines, more than {MAX_LINES}; split it", code="too-large"
        )
    if not long_lines:
        _refuse_long_lines(text, name)
    return text


def refuse_unwritable(text: str, name: str) -> None:
    """Refuse text with what no file of ours could hold: halves of characters, and NUL.

    Raises SourceError with the line and column of the first.
    """
    found = _UNWRITABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        raise SourceError(
            f"{name}, line {line}, column {column}: U+{ord(found[0]):04X} is no character of a "
            "text; save the document again",
            code="encoding",
            line=line,
        )


def _refuse_controls(text: str, name: str) -> None:
    """Refuse text of which over one character in a hundred is a control character."""
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls * 100 > len(text):
        raise SourceError(
            f"{name}: {controls} control characters, so this is binary and no text; "
            "give the document as txt, md, html, xml, pdf, docx, csv or json",
            code="binary",
        )


def _refuse_long_lines(text: str, name: str) -> None:
    if len(text) <= MAX_LINE_CHARACTERS:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE_CHARACTERS:
            raise SourceError(
                f"{name}, line {number}: {len(line)} characters in one line, more than "
                f"{MAX_LINE_CHARACTERS}; split it into lines",
                code="too-large",
                line=number,
            )
