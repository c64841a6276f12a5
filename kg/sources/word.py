"""Word documents (.docx) as text: page headers first, then the body, then the footnotes.

Footnote references become superscript digits (`¹`), and so do the numbers of the footnotes at
the end, so that they cannot be taken for marks that the author typed (`1)`).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from string import ascii_lowercase
from typing import Any

from kg.errors import SourceError

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_TEXT_BYTES = 32 * 1024 * 1024
"""Of the parts that are XML, which take many times their size in memory."""
MAX_PARTS = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_word(data: bytes, name: str) -> str:
    """The text of a .docx, one paragraph a line.

    Raises SourceError: a broken file, one that unpacks to too much (a zip bomb), no text.
    """
    from docx import Document

    try:
        _refuse_bomb(data, name)
        lines = list(_lines(Document(io.BytesIO(data))))
    except SourceError:
        raise
    except Exception as error:  # a damaged package breaks the libraries below in many ways
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        raise SourceError(
            f"{name}: is a broken Word document ({reason}); open and save it again", code="broken"
        ) from None
    text = "\n".join(lines)
    if not text.strip():
        raise SourceError(
            f"{name}: is a Word document without text; give the text itself", code="empty"
        )
    return text + "\n"


def _refuse_bomb(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
    text = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if text > MAX_TEXT_BYTES:
        raise SourceError(
            f"{name}: unpacks to {text} bytes of XML, more than {MAX_TEXT_BYTES}; give the text "
            "itself",
            code="too-large",
        )
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES:
        raise SourceError(
            f"{name}: unpacks to {unpacked} bytes in {len(parts)} parts, more than "
            f"{MAX_UNPACKED_BYTES} in {MAX_PARTS}; give the text itself",
            code="too-large",
        )


def _lines(document: Any) -> Iterator[str]:
    numbers: dict[str, int] = {}
    lists = _Lists(document)
    seen: set[str] = set()
    for section in document.sections:
        for header in (section.first_page_header, section.header):
            if header.is_linked_to_previous:
                continue
            for line in _paragraphs(header._element, numbers, lists):
                if line.strip() and line not in seen:
                    seen.add(line)
                    yield line
    yield from _paragraphs(document.element.body, numbers, lists)
    notes = _footnotes(document)
    for identifier, number in numbers.items():
        printed = _paragraphs(notes[identifier], {}, lists) if identifier in notes else ()
        yield f"{str(number).translate(_SUPERSCRIPT)} {' '.join(' '.join(printed).split())}"


class _Lists:
    """The numbers that Word prints before list items and that stand nowhere in the text."""

    def __init__(self, document: Any) -> None:
        self._shapes: dict[tuple[str, str], tuple[str, str]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        root = next(
            (
                relation.target_part.element
                for relation in document.part.rels.values()
                if relation.reltype.endswith("/numbering")
            ),
            None,
        )
        if root is None:
            return
        abstract = {item.get(f"{_W}abstractNumId"): item for item in root.iter(f"{_W}abstractNum")}
        for item in root.iter(f"{_W}num"):
            reference = item.find(f"{_W}abstractNumId")
            levels = abstract.get(reference.get(f"{_W}val")) if reference is not None else None
            for level in levels.iter(f"{_W}lvl") if levels is not None else ():
                shape = (_value(level, "numFmt"), _value(level, "lvlText"))
                self._shapes[item.get(f"{_W}numId") or "", level.get(f"{_W}ilvl") or "0"] = shape

    def label(self, paragraph: Any) -> str:
        """What stands before `paragraph` when printed: `3.`, `2)`, `b)`, `•`, or nothing."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            return ""
        key = (_value(properties, "numId"), _value(properties, "ilvl") or "0")
        if key not in self._shapes:
            return ""
        shape, text = self._shapes[key]
        self._counts[key] = number = self._counts.get(key, 0) + 1
        if shape == "bullet":
            return "• "
        if shape == "decimal":
            return re.sub(r"%\d", str(number), text) + " "
        if shape == "lowerLetter" and number <= len(ascii_lowercase):
            return re.sub(r"%\d", ascii_lowercase[number - 1], text) + " "
        return ""


def _value(element: Any, child: str) -> str:
    found = element.find(f"{_W}{child}")
    return "" if found is None else str(found.get(f"{_W}val") or "")


def _footnotes(document: Any) -> dict[str, Any]:
    """The footnote elements by their id."""
    from docx.oxml import parse_xml

    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes"):
            root = parse_xml(relation.target_part.blob)
            return {str(note.get(f"{_W}id")): note for note in root.iter(f"{_W}footnote")}
    return {}


def _paragraphs(element: Any, numbers: dict[str, int], lists: _Lists) -> Iterator[str]:
    """The lines of each paragraph below `element`, those of text boxes apart, in order."""
    for paragraph in element.iter(f"{_W}p"):
        if any(ancestor.tag == _FALLBACK for ancestor in paragraph.iterancestors()):
            continue
        printed = "".join(_pieces(paragraph, numbers))
        label = lists.label(paragraph) if printed.strip() else ""
        yield from f"{label}{printed}".split("\n")


def _pieces(element: Any, numbers: dict[str, int]) -> Iterator[str]:
    for child in element:
        if child.tag in (f"{_W}p", f"{_W}txbxContent", _FALLBACK, f"{_W}del"):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag == f"{_W}footnoteReference":
            number = numbers.setdefault(child.get(f"{_W}id"), len(numbers) + 1)
            yield str(number).translate(_SUPERSCRIPT)
        else:
            yield from _pieces(child, numbers)
