"""How likely a sequence of letters is a word: the lists of pyspellchecker, and a document.

The Dutch list (344,000 words with counts from film subtitles; MIT licence) knows everyday words
well and the words of government as rare. What a document prints more than once is a word as well.
English words count too, as far less likely: titles of reports and articles are often English.
"""

import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

LETTERS = re.compile(r"[^\W\d_]+")
_TOTAL = 4e8
_SHORT = frozenset(
    [
        "al",
        "as",
        "af",
        "de",
        "en",
        "er",
        "ex",
        "ga",
        "ge",
        "ha",
        "he",
        "ik",
        "in",
        "is",
        "ja",
        "je",
        "me",
        "na",
        "nu",
        "of",
        "om",
        "op",
        "te",
        "tv",
        "u",
        "uw",
        "we",
        "ze",
        "zo",
    ]
)
_SHORT_ENGLISH = frozenset(("as", "at", "be", "by", "in", "is", "it", "of", "on", "or", "to", "we"))
_UNDERCOUNTED = {
    "aan": 2_000_000,
    "christenunie": 500,
    "groenlinks": 500,
    "rijksoverheid": 500,
    "staatssecretaris": 2_000,
    "staatsecretaris": 100,
}
"""Words of a parliament that the list lacks or counts as far too rare."""
_NEVER_IN_COMPOUNDS = frozenset(
    [
        "andere",
        "anderen",
        "dat",
        "deze",
        "die",
        "dit",
        "geen",
        "hebben",
        "heeft",
        "kan",
        "kunnen",
        "moet",
        "moeten",
        "niet",
        "werd",
        "werden",
        "wordt",
        "worden",
        "zal",
        "zullen",
        "zodat",
    ]
)
_OWN_WEIGHT = 2000
_ENGLISH_SURPRISE = 5.0
_COMPOUND_PART = 3
_LONGEST_WORD = 60
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")


@cache
def _dutch() -> Mapping[str, int]:
    return _read_list("nl") | _UNDERCOUNTED


@cache
def _english() -> Mapping[str, int]:
    return _read_list("en")


def _read_list(language: str) -> dict[str, int]:
    packed = (files("spellchecker") / "resources" / f"{language}.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    return counts


class Vocabulary:
    """The words that one document may hold: Dutch, and what the document repeats."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        counted = Counter(
            word.group().lower()
            for text in texts
            for word in LETTERS.finditer(text)
            if len(word.group()) > 3 and not _has_glued_hump(word.group())
        )
        self._own = {word: count for word, count in counted.items() if count > 1}
        self._costs: dict[str, float | None] = {}
        self._part_costs: dict[str, float | None] = {}

    def __contains__(self, letters: object) -> bool:
        return isinstance(letters, str) and self.cost(letters) is not None

    def cost(self, letters: str) -> float | None:
        """The surprise of `letters` as a word, in nats; None where it is no known word."""
        word = letters.lower()
        if word not in self._costs:
            self._costs[word] = self._find_cost(word)
        return self._costs[word]

    def part_cost(self, letters: str) -> float | None:
        """As `cost`, but a compound of two known words counts as a word as well."""
        word = letters.lower()
        if word not in self._part_costs:
            self._part_costs[word] = self._find_part_cost(word)
        return self._part_costs[word]

    def _find_part_cost(self, letters: str) -> float | None:
        cost = self.cost(letters)
        if cost is not None or not 2 * _COMPOUND_PART + 2 <= len(letters) <= _LONGEST_WORD:
            return cost
        parts = (
            (self.cost(letters[:cut].removesuffix(link)), self.cost(letters[cut:]))
            for cut in range(_COMPOUND_PART, len(letters) - _COMPOUND_PART + 1)
            for link in ("", "s")
        )
        sums = [left + right for left, right in parts if left is not None and right is not None]
        return min(sums) + 3.0 if sums else None

    def is_word(self, letters: str) -> bool:
        """Whether `letters` is a known word, or a long compound of two known words."""
        return letters in self or (len(letters) <= _LONGEST_WORD and self._is_compound(letters))

    def _is_compound(self, letters: str) -> bool:
        return any(
            letters[:cut].removesuffix(link) in self and letters[cut:] in self
            for cut in range(4, len(letters) - 3)
            for link in ("", "s")
        )

    def _find_cost(self, word: str) -> float | None:
        count = _dutch().get(word, 0)
        if len(word) <= 2 and word not in _SHORT:
            count = 0
        own = self._own.get(word, 0)
        if own and not count and _is_glued(word):
            own = 0
        count += own * _OWN_WEIGHT
        if count:
            return math.log(_TOTAL / count)
        count = _english().get(word, 0) if len(word) > 2 or word in _SHORT_ENGLISH else 0
        return math.log(_TOTAL / count) + _ENGLISH_SURPRISE if count else None


def _is_glued(word: str) -> bool:
    """Whether an unlisted word is two everyday words, as line ends glue them more than once."""
    for cut in range(2, len(word) - 1):
        left, right = _dutch().get(word[:cut], 0), _dutch().get(word[cut:], 0)
        inflected = cut > 4 and word[cut - 1] == "e" and len(word) - cut > 4
        loose = not _NEVER_IN_COMPOUNDS.isdisjoint((word[:cut], word[cut:]))
        if left and right and (max(left, right) > 500_000 or inflected or loose):
            return True
    return False


def _has_glued_hump(word: str) -> bool:
    """Whether `word` is two listed words, the second with a capital: `WestelijkeJordaanoever`."""
    halves = _HUMP.split(word)
    return (
        len(halves) == 2
        and word.lower() not in _dutch()
        and halves[0].lower() in _dutch()
        and (halves[1].lower() in _dutch() or (halves[1].isupper() and len(halves[1]) > 1))
    )
