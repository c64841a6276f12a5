"""Bodies, laws and policies that the text itself defines: a name, and its short form in brackets.

A mention that was read so has its `name`, or the place of a known name, and its `abbreviation`.
"""

import re

from kg.mentions.bodies import ARTICLES, BODY_HEADS, is_no_name
from kg.mentions.normalise import NormalText, fold
from kg.model.authority import Kind
from kg.model.mention import Mention

_BRACKET = re.compile(
    r"\((?:hierna(?:\ste\snoemen)?\s?:?\s)?(?:de\s|het\s)?[«\"'‘“]?"
    r"(?P<short>[A-Za-z][A-Za-z0-9&/+-]{1,11})[»\"'’”]?\)"
)
_WORD = re.compile(r"[\w’'&]+(?:[-/][\w’'&]+){0,4}-?")
_SENTENCE = re.compile(r"[.?!;:()«»“”\"]|\n")

_LAW_HEADS = (
    "wet",
    "besluit",
    "regeling",
    "verordening",
    "richtlijn",
    "verdrag",
    "act",
    "directive",
    "regulation",
)
_POLICY_HEADS = (
    "strategie", "plan", "agenda", "programma", "aanpak", "visie", "kader", "akkoord", "nota",
    "beeld", "beleidslijn", "richtsnoer", "handreiking", "routekaart", "convenant", "monitor",
    "code", "actieplan", "protocol", "roadmap", "strategy", "crisisplan", "beleidskader", "pact",
    "deltaplan", "masterplan",
)  # fmt: skip


def find_definitions(text: NormalText, known_ends: dict[int, int]) -> list[Mention]:
    """Abbreviations that the text gives in brackets after a name, spans in its original.

    `known_ends` maps the end of a known name in the clean text to its start. The mention spans
    the abbreviation; its reading has `abbreviation`, and the place of the name as `of` (start-end
    in the original), or the `name` itself where no list knows it.
    """
    clean = text.clean
    found: list[Mention] = []
    for match in _BRACKET.finditer(clean):
        short = match["short"]
        if sum(char.isupper() for char in short) < 1 or short.isdigit():
            continue
        gap = (
            match.start() - 1 if clean[match.start() - 1 : match.start()] == " " else match.start()
        )
        span = text.span(*match.span("short"))
        is_known = gap in known_ends and (
            "hierna" in match[0] or _stands_for(short, clean[known_ends[gap] : gap])
        )
        if is_known:
            of = text.span(known_ends[gap], gap)
            reading = (("abbreviation", short), ("of", f"{of.start}-{of.end}"))
            found.append(Mention(span, span.of(text.original), None, "definition", (), reading))
            continue
        name = _long_form(clean, gap, short)
        if name is None:
            continue
        start, kind = name
        if kind is Kind.ORGANISATION and is_no_name(clean[start:gap]):
            continue
        whole = text.span(start, gap)
        reading = (("abbreviation", short), ("name", clean[start:gap]))
        found.append(Mention(whole, whole.of(text.original), kind, "name.defined", (), reading))
    return found


def _stands_for(short: str, name: str) -> bool:
    """Whether a name may be abbreviated so: it has the letters, in order, and more of them."""
    letters = [char for char in fold(short) if char.isalpha()]
    joined = fold(name)
    position = 0
    for letter in letters:
        position = joined.find(letter, position) + 1
        if position == 0:
            return False
    return len(joined) > len(letters) + 1 and joined[:1] == letters[0]


def _long_form(clean: str, end: int, short: str) -> tuple[int, Kind] | None:
    """The name before `end` whose letters `short` abbreviates: its start and its kind."""
    letters = [char for char in fold(short) if char.isalpha()]
    if len(letters) < 2 or (sum(char.isupper() for char in short) < 2 and not short[0].isupper()):
        return None
    window = max(0, end - 30 * (len(letters) + 2))
    cut = [m.end() for m in _SENTENCE.finditer(clean, window, end)]
    words = list(_WORD.finditer(clean, cut[-1] if cut else window, end))[-2 * len(letters) - 3 :]
    if not words or words[-1].end() != end:
        return None
    for first in range(len(words) - 1, -1, -1):
        initial = words[first][0]
        if not initial[0].isupper() or fold(initial)[0] != letters[0]:
            continue
        chunk = words[first:]
        if len(chunk) >= 2 and _abbreviates(letters, [fold(w[0]) for w in chunk]):
            kind = _kind_of([w[0] for w in chunk])
            return (_whole(clean, words, first), kind) if kind else None
    return None


def _whole(clean: str, words: list[re.Match[str]], first: int) -> int:
    """Where the name that `words[first]` continues begins: capitalised words before it count."""
    while first and words[first - 1][0][0].isupper():
        before = words[first - 1]
        opens = not clean[max(0, before.start() - 2) : before.start()].strip(" \n.?!:;")
        joined = clean[before.end() : words[first].start()] == " "
        if not joined or fold(before[0]) in ARTICLES or (opens and before.start() < 2):
            break
        first -= 1
    return words[first].start()


def _abbreviates(letters: list[str], words: list[str]) -> bool:
    """Whether the letters are the initials of the words, in order, with letters inside allowed."""
    initials = [word[0] for word in words]
    at = 0
    for letter in letters:
        while at < len(initials) and initials[at] != letter:
            at += 1
        if at == len(initials):
            break
        at += 1
    else:
        return len(letters) * 2 >= len([w for w in words if len(w) > 3])
    # letters within words, as in "Nederlandse Zorgautoriteit (NZa)"
    joined = " ".join(words)
    position = 0
    for letter in letters:
        position = joined.find(letter, position) + 1
        if position == 0:
            return False
    return len(words) <= len(letters) + 1


def _kind_of(words: list[str]) -> Kind | None:
    folded = [fold(word).strip() for word in words]
    for heads, kind in (
        (_LAW_HEADS, Kind.LAW), (_POLICY_HEADS, Kind.POLICY), (BODY_HEADS, Kind.ORGANISATION),
    ):  # fmt: skip
        if folded[0] in heads or folded[-1] in heads:
            return kind
    for heads, kind in (
        (BODY_HEADS, Kind.ORGANISATION), (_POLICY_HEADS, Kind.POLICY), (_LAW_HEADS, Kind.LAW),
    ):  # fmt: skip
        if any(word in heads or (len(word) > 8 and word.endswith(heads)) for word in folded):
            return kind
    return None
