"""Texts as bags of word shingles, and these as codes, to tell how alike the texts are."""

import re
from array import array
from collections.abc import Collection, Sequence
from functools import lru_cache
from zlib import crc32

from kg.model.spelling import letters_only

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_FACTOR = 0x9E3779B1
_CODES = 0xFFFFFFFF


@lru_cache(maxsize=200_000)
def _letters_of(word: str) -> str:
    return letters_only(word)


@lru_cache(maxsize=200_000)
def _code_of(word: str) -> int:
    letters = _letters_of(word)
    return crc32(letters.encode()) | 1 if letters else 0


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order, as letters only; numbers and punctuation left out."""
    return tuple(filter(None, map(_letters_of, _WORD.findall(text))))


def codes_of(text: str) -> list[int]:
    """A number below 2**32 for each of `words_of` a text, in order."""
    return list(filter(None, map(_code_of, _WORD.findall(text))))


def shingles_of(words: Sequence[int], size: int = 3) -> frozenset[int]:
    """The codes of all runs of `size` words, as `codes_of` gives them; of fewer words the whole."""
    runs = [0] * max(1, len(words) - size + 1) if words else []
    for start in range(min(size, len(words))):
        following = words[start : start + len(runs)]
        runs = [(run * _FACTOR + word) & _CODES for run, word in zip(runs, following, strict=True)]
    return frozenset(runs)


def to_bytes(bag: Collection[int]) -> bytes:
    """A bag of codes in four bytes each, in order."""
    return array("I", sorted(bag)).tobytes()
