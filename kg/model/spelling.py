"""Forms of a text in which incidental differences of spelling vanish, for comparing and naming."""

import re
import unicodedata
from functools import lru_cache

CAPITAL = "[" + "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isupper()) + "]"
"""A pattern for one capital of any language in Latin script."""
SMALL = "[" + "".join(chr(code) for code in range(0x61, 0x250) if chr(code).islower()) + "]"
"""A pattern for one small letter of any language in Latin script."""
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML cannot hold, escaped or not (https://www.w3.org/TR/xml/#charsets)."""
_DIGITS = re.compile(r"\d+")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def letters_only(text: str) -> str:
    """Lower-case letters without anything between: survives spacing, quotes and glued digits."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFC", text).casefold())


def to_slug(text: str, length: int = 60) -> str:
    """ASCII letters, digits and single hyphens, cut at a word within `length` characters."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o"))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    slug = _NOT_SLUG.sub("-", ascii_only).strip("-")
    if len(slug) <= length:
        return slug
    return slug[: length + 1].rpartition("-")[0] or slug[:length]


def natural_order(text: str) -> str:
    """`text` with its numbers padded, so that 10 sorts behind 9."""
    return "/".join(map(_in_order, text.split("/")))


@lru_cache(maxsize=50_000)
def _in_order(step: str) -> str:
    """The IRIs of a set share most of their steps."""
    return _DIGITS.sub(_padded, step)


def _padded(digits: re.Match[str]) -> str:
    return digits[0].zfill(12)
