"""Names like one that stands for nothing, for a page that helps."""

import re
import unicodedata
from collections import Counter, defaultdict

_WORD = re.compile(r"[^\W_]+")
_MOST = 8
_MOST_THINGS_PER_WORD = 200
_LONGEST_NAME = 500


class NearbyNames:
    """Local ids by the words in them, such as `person/barbara-kathmann` by `kathmann`."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[str]] = defaultdict(list)

    def add(self, local: str) -> None:
        """Takes in a thing."""
        for word in dict.fromkeys(_words(local.partition("/")[2])):
            things = self._by_word[word]
            if len(things) <= _MOST_THINGS_PER_WORD:
                things.append(local)

    def near(self, name: str) -> list[str]:
        """Up to eight local ids that share the most words with `name`, best first.

        A word that very many things have tells nothing and is passed over.
        """
        found: Counter[str] = Counter()
        for word in dict.fromkeys(_words(name[:_LONGEST_NAME])):
            things = self._by_word.get(word, [])
            if len(things) <= _MOST_THINGS_PER_WORD:
                found.update(things)
        kind = name.partition("/")[0]
        ordered = sorted(
            found, key=lambda one: (-found[one], not one.startswith(f"{kind}/"), len(one), one)
        )
        return ordered[:_MOST]


def _words(text: str) -> list[str]:
    plain = "".join(
        one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)
    )
    return _WORD.findall(plain.casefold())
