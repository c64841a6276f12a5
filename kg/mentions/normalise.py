"""Text in the one form that patterns are matched on, with the way back to every character.

`clean` is the text without invisible characters, with runs of spaces made one and letters with
combining accents composed; patterns that need capitals and punctuation read it. `folded` has the
same length: small letters without accents, spaces for everything that is neither letter, digit,
`&` nor `+`. Most texts are clean already, so that offsets need no table.
"""

import re
import unicodedata
from dataclasses import dataclass

from kg.model.text import Span

_KEPT = "&+"

_DIRT = re.compile(
    "(?P<gap>[ \\t\\u00a0\\r\\n]{2,})"
    "|(?P<hidden>[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff"
    "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]+)"
    "|(?P<accented>[^\\W\\d_][\\u0300-\\u036f]+)"
    "|(?P<stray>[\\u0300-\\u036f]+)"
)


def _fold_table() -> dict[int, str]:
    table = {ord("œ"): "o", ord("Œ"): "o", ord("ƒ"): "f"}
    for code in (*range(0x300), *range(0x1E00, 0x1F00), *range(0x2000, 0x2150)):
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0].lower()
        if char.isalnum() and base.isalnum() and len(base) == 1:
            folded = base
        elif char in _KEPT:
            folded = char
        elif char.isalnum() and unicodedata.category(char) != "Lm":
            continue
        else:
            folded = " "
        if folded != char:
            table.setdefault(code, folded)
    return table


_FOLD = _fold_table()


def _byte_tables() -> tuple[bytes, bytes]:
    """For the bytes of Windows-1252: their folding, and their class: dirt 0, space 32, other 1."""
    folded, classes = bytearray(256), bytearray(256)
    for byte in range(256):
        char = bytes([byte]).decode("cp1252", errors="replace")
        is_dirt = char in "\N{REPLACEMENT CHARACTER}\N{SOFT HYPHEN}" or _is_control(char)
        classes[byte] = 0 if is_dirt else 32 if char.isspace() else 1
        code = ord(char.translate(_FOLD))
        folded[byte] = code if code < 256 else 32
    return bytes(folded), bytes(classes)


def _is_control(char: str) -> bool:
    return unicodedata.category(char) == "Cc" and not char.isspace()


_FOLD_BYTES, _CLASS_BYTES = _byte_tables()


def fold(text: str) -> str:
    """`text` in the folded form, each character for one."""
    try:
        return text.encode("cp1252").translate(_FOLD_BYTES).decode("latin-1")
    except UnicodeEncodeError:
        return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text, its clean and folded forms, and the way from these back to it.

    `starts` and `ends` hold, for every character of `clean`, where it stands in `original`; both
    are None where `clean` is `original`.
    """

    original: str
    clean: str
    folded: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """The span of `original` that `clean[start:end]` was made from."""
        if self.starts is None or self.ends is None or start == end:
            return Span(start, end)
        return Span(self.starts[start], self.ends[end - 1])


def normalise(text: str) -> NormalText:
    """Bring `text` into its clean and folded forms, in time linear in its length."""
    try:
        stored = text.encode("cp1252")
    except UnicodeEncodeError:
        if _DIRT.search(text) is None:
            return NormalText(text, text, fold(text))
    else:
        classes = stored.translate(_CLASS_BYTES)
        if b"\0" not in classes and b"  " not in classes:
            return NormalText(text, text, stored.translate(_FOLD_BYTES).decode("latin-1"))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for match in _DIRT.finditer(text):
        start, end = match.span()
        pieces.append(text[position:start])
        starts.extend(range(position, start))
        ends.extend(range(position + 1, start + 1))
        position = end
        if match["gap"]:
            clean = "\n" if "\n" in match["gap"] else " "
        elif match["accented"]:
            composed = unicodedata.normalize("NFC", match["accented"])
            clean = composed if len(composed) == 1 else composed[0]
        else:
            continue
        pieces.append(clean)
        starts.append(start)
        ends.append(end)
    pieces.append(text[position:])
    starts.extend(range(position, len(text)))
    ends.extend(range(position + 1, len(text) + 1))
    clean_text = "".join(pieces)
    return NormalText(text, clean_text, fold(clean_text), starts, ends)
