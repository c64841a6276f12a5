"""What bytes are, told by the bytes: names and extensions are not looked at."""

import io
import re
import zipfile
from enum import StrEnum

from kg.errors import SourceError

_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|table)\b",
    re.I | re.S,
)
_XML = re.compile(rb"\A\s*<(?:\?xml|!DOCTYPE\s|[A-Za-z_][\w.-]*[\s/>])")
_KNOWN_BINARY = (
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file (.doc, .xls)", "save it as .docx"),
    (b"{\\rtf", "a rich text file (.rtf)", "save it as .docx or .txt"),
    (b"\x89PNG", "an image (PNG)", "give the text itself"),
    (b"\xff\xd8\xff", "an image (JPEG)", "give the text itself"),
    (b"GIF8", "an image (GIF)", "give the text itself"),
    (b"7z\xbc\xaf", "a 7z archive", "pack it as .zip"),
    (b"BZh", "a bzip2 archive", "pack it as .gz or .zip"),
    (b"\xfd7zXZ", "an xz archive", "pack it as .gz or .zip"),
)


class MediaType(StrEnum):
    """The media types that are read."""

    TEXT = "text/plain"
    HTML = "text/html"
    XML = "application/xml"
    CSV = "text/csv"
    JSON = "application/json"
    PDF = "application/pdf"
    WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ZIP = "application/zip"
    GZIP = "application/gzip"


def recognise(data: bytes, name: str) -> MediaType:
    """The media type of `data`; text where nothing else fits.

    Raises SourceError for binary formats that are known and not read.
    """
    start = data[:1024]
    for magic, what, step in _KNOWN_BINARY:
        if start.startswith(magic):
            raise SourceError(f"{name}: is {what}, which is not read; {step}", code="binary")
    if b"%PDF-" in start:
        return MediaType.PDF
    if start.startswith(b"\x1f\x8b"):
        return MediaType.GZIP
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _recognise_zip(data, name)
    start = start.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start):
        return MediaType.HTML
    if _XML.match(start):
        return MediaType.XML
    if start.lstrip()[:1] in (b"{", b"["):
        return MediaType.JSON if data.rstrip()[-1:] in (b"}", b"]") else MediaType.TEXT
    return MediaType.CSV if _is_csv(start) else MediaType.TEXT


def _recognise_zip(data: bytes, name: str) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
    except Exception as error:  # a damaged archive breaks the library below in many ways
        raise SourceError(
            f"{name}: is a broken zip archive ({error}); pack it again", code="broken"
        ) from None
    if "word/document.xml" in parts:
        return MediaType.WORD
    if "[Content_Types].xml" in parts or "mimetype" in parts:
        raise SourceError(
            f"{name}: is an office document other than Word; save it as .docx, .pdf or .txt",
            code="binary",
        )
    return MediaType.ZIP


def _is_csv(start: bytes) -> bool:
    """Whether the first line is a row of four or more short names between commas."""
    first = start.split(b"\n", 1)[0].strip().decode("utf-8", "replace")
    names = [name.strip('" ') for name in re.split(r"[,;\t]", first)]
    return len(names) >= 4 and all(re.fullmatch(r"[A-Za-z][\w -]{0,40}", name) for name in names)
