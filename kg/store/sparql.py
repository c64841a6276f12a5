"""SPARQL as text: its tokens, and the form of a query."""

import re
from itertools import pairwise

# The tokens of SPARQL as far as words must be told from text, comments and IRIs
# (SPARQL 1.1, section 19.8).
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<text>\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"
        | '''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
        | \"(?:[^\"\\\n\r]|\\.)*\" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<word>\w+)
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens_of(text: str) -> list[re.Match[str]]:
    """The tokens of a query without space and comments; `lastgroup` is the kind of each."""
    return [m for m in _TOKEN.finditer(text) if m.lastgroup not in ("space", "comment")]


def form_of(text: str) -> str:
    """The form of a query or update, such as SELECT: its first word after the prologue."""
    words = tokens_of(text)
    at = 0
    while at < len(words) and words[at].group().upper() in ("BASE", "PREFIX"):
        at += 1
        while at < len(words) and words[at].lastgroup != "iri":
            at += 1
        at += 1
    return words[at].group().upper() if at < len(words) else ""


def names_dataset(text: str) -> bool:
    """Whether a query says with FROM which graphs it asks."""
    tokens = tokens_of(text)
    return any(
        token.group().upper() == "FROM"
        and token.lastgroup == "word"
        and (at == 0 or tokens[at - 1].group() not in (":", "@"))
        and (following.lastgroup == "iri" or following.lastgroup == "word" or following[0] == ":")
        for at, (token, following) in enumerate(pairwise(tokens))
    )
