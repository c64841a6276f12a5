"""Patterns that are tried only where a text holds one of their cues, as few texts do."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class CuedPattern:
    """A pattern without regard to case, and pieces in lower case of which every match has one."""

    cues: tuple[str, ...]
    pattern: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """The first match of the pattern in `text`."""
        lowered = _lower(text)
        for cue in self.cues:
            if cue in lowered:
                return self.pattern.search(text)
        return None


@lru_cache(maxsize=8)
def _lower(text: str) -> str:
    """Many patterns are tried on a sentence, one after the other."""
    return text.lower()


def cued(cues: str, *alternatives: str) -> CuedPattern:
    """The pattern that any of `alternatives` matches; `cues` are separated by spaces."""
    joined = "|".join(f"(?:{one})" for one in alternatives)
    return CuedPattern(tuple(cues.split()), re.compile(joined, re.IGNORECASE))
