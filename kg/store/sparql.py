"""SPARQL as text: its tokens, and the form of a query."""

import re

# The tokens of SPARQL as far as words must be told from text, comments and IRIs
# (SPARQL 1.1, section 19.8).
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
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

_NAME_SIGNS = set(":@-.%\\")
"""What joins words to the names of things and languages: `kg:a-from`, `"x"@from`."""


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
    for before, token, after in zip([None, *tokens], tokens, tokens[1:], strict=False):
        if token.group().upper() != "FROM" or token.lastgroup != "word":
            continue
        inside_name = before and before.end() == token.start() and before.group() in _NAME_SIGNS
        opens_name = after.group() == ":" and after.start() == token.end()
        if (
            not inside_name
            and not opens_name
            and (after.lastgroup in ("iri", "word") or after.group() == ":")
        ):
            return True
    return False
