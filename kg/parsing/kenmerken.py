"""Official numbers of question sets and answers, as printed and in URLs.

`2025Z10397` (kenmerk), `kv-tk-2025Z10397` (publication of the questions),
`ah-tk-20252026-61` (publication of the answer).
"""

import re

KENMERK = re.compile(r"\b(?:19|20)\d\dZ\d{5}\b")
_QUESTION_URL = re.compile(r"\bkv-tk-((?:19|20)\d\dZ\d{5})\b")
_ANSWER_URL = re.compile(r"\bah-tk-(\d{8}-\d+)\b")


def find_kenmerken(text: str) -> tuple[str, ...]:
    """The distinct kenmerken in `text`, in order of first appearance."""
    return tuple(dict.fromkeys(KENMERK.findall(text)))


def kenmerk_of_page(url: str) -> str | None:
    """The kenmerk in the address of an official question page."""
    match = _QUESTION_URL.search(url)
    return match.group(1) if match else None


def aanhangsel_of_page(url: str) -> str | None:
    """The number of the answer (`20252026-61`) in the address of an official answer page."""
    match = _ANSWER_URL.search(url)
    return match.group(1) if match else None
