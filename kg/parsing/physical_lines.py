"""Finds the printed lines again in text from a PDF whose line ends were lost.

Some extractors write the lines of a paragraph after one another without a space
(`kunnenworden`, `regelge-ving`, `2024.Het`). Where a line ended is told by the words (letters that
are no word but two words, or a far rarer word than the two) and by the width of the column: a
full line of the official layout holds some 60 to 84 characters. The cheapest way to cut the whole
text into words and lines wins; costs are in nats.
"""

import re
from dataclasses import dataclass

from kg.model.months import MONTHS
from kg.parsing.words import LETTERS, Vocabulary

FULL_LINE = 84
_SHORT_LINE = 60
_LONGEST = 120
_BREAK = 3.0
_AT_PUNCTUATION = -9.0
_BROKEN_WORD = -14.0
_IN_SHORT_TEXT = 8.0
_SPLITS_KNOWN = 6.0
_FAR_RARER = 3.5
"""By how much a word is rarer than its halves together where it is taken for two: `vaneen`."""
_NEVER = 1e9
_LONGEST_WORD = 60
_LONGEST_PARAGRAPH = 20_000
"""What is longer is no printed paragraph; looking for its lines would take too long."""
_ENDS_PARAGRAPH = ".?!:;»”)"
_ADDRESS = re.compile(r"\S{0,200}(?:://|www\.|@|\.(?:nl|com|org|eu|net)\b)\S*")
_POINT = re.compile(
    r"(?<=\w[.?!,;:])(?=[^\W\d_«“(])|(?<=[a-z»”)][.?!])(?=\d{1,2} [a-z])"
    r"|(?<=[a-z][.:;])(?=\d{1,2}[.)] )|(?<=\.[?!])(?=[^\W\d_«“(])"
)
_CLOSER = re.compile(
    r"(?<=[)»”][.?!,;:])(?=\w)|(?<=[)»”])(?=[^\W_])|(?<=[^\W_])(?=[(«“])|(?<=%)(?=[^\W\d_])"
)
_BRACKETED_PART = re.compile(r"\W*\w*\([a-zà-ÿ’'-]{1,8}\)[\w-]*\W*|\W*[\w-]+\([\w’'-]{1,4}\)\W*")
_DIGITS = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_LONG_NUMBER = re.compile(rf"(?:19|20)\d\d\b|\d{{1,2}} (?:{'|'.join(MONTHS)})\b|\d\d \d{{3}}\b")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_DASH = re.compile(r"(?<=\w[-–/])(?=\w)")


@dataclass(frozen=True, slots=True)
class LineEnd:
    """A lost line end: its offset, and whether words or punctuation stand apart there.

    Where `apart` is false the width of the column asks for a line end but no dictionary knows
    the two words: the text stays as it is printed.
    """

    offset: int
    apart: bool


def find_line_ends(text: str, words: Vocabulary, full_line: int = FULL_LINE) -> tuple[LineEnd, ...]:
    """The places in `text` at which a printed line ended without leaving a space, in order.

    `full_line` is how many characters the widest line holds.
    """
    if len(text) > _LONGEST_PARAGRAPH:
        return ()
    costs = _cut_costs(text, words)
    if len(text) <= full_line:
        costs = {
            cut: cost + (_IN_SHORT_TEXT if cut < _SHORT_LINE - 4 else 0.0)
            for cut, cost in costs.items()
        }
    cuts = [0, *sorted(costs), len(text)]
    best = [_NEVER] * len(cuts)
    previous = [0] * len(cuts)
    best[0] = 0.0
    for end in range(1, len(cuts)):
        for start in range(end - 1, -1, -1):
            if cuts[end] - cuts[start] > _LONGEST and start != end - 1:
                break
            cost = best[start] + _line_cost(text, cuts[start], cuts[end], full_line)
            if cost < best[end]:
                best[end] = cost
                previous[end] = start
        best[end] += costs.get(cuts[end], 0.0)
    ends: list[LineEnd] = []
    at = len(cuts) - 1
    while at := previous[at]:
        ends.append(LineEnd(cuts[at], _stands_apart(text, cuts[at], costs[cuts[at]], words)))
    return tuple(reversed(ends))


def _stands_apart(text: str, cut: int, cost: float, words: Vocabulary) -> bool:
    """Whether a dictionary or the punctuation says that a space is missing at `cut`."""
    left = _letters_before(text, cut)
    right = LETTERS.match(text, cut)
    if left is None or right is None:
        return True
    joined = words.cost(left.group() + right.group())
    if joined is not None and cost > 0:
        halves = [words.cost(half.group()) for half in (left, right)]
        return joined - sum(each or joined for each in halves) > _FAR_RARER
    return all(half.isupper() or words.is_word(half) for half in (left.group(), right.group()))


def _letters_before(text: str, cut: int) -> re.Match[str] | None:
    """The letters that end at `cut`, so far as one word may be long."""
    return _LAST_LETTERS.search(text[max(0, cut - _LONGEST_WORD) : cut])


def _line_cost(text: str, start: int, end: int, full_line: int) -> float:
    length = end - start
    if length > full_line:
        return (length - full_line) * 1.5
    if length >= _SHORT_LINE or end == len(text) or text[end - 1] in _ENDS_PARAGRAPH:
        return 0.0
    return (_SHORT_LINE - length) * 0.6


def _cut_costs(text: str, words: Vocabulary) -> dict[int, float]:
    """What a line end costs at each offset where one is possible; negative asks for one."""
    costs: dict[int, float] = {}
    for run in LETTERS.finditer(text):
        for offset, cost in _splits(run.group(), words):
            costs[run.start() + offset] = cost
    for dash in _DASH.finditer(text):
        costs[dash.start()] = _dash_cost(text, dash.start(), words)
    for digits in _DIGITS.finditer(text):
        at_digits = _digit_cost(text, digits.start(), words)
        if at_digits is not None:
            costs[digits.start()] = at_digits
    for closer in _CLOSER.finditer(text):
        if not _is_bracketed_part(text, closer.start()):
            costs[closer.start()] = _AT_PUNCTUATION
    for point in _POINT.finditer(text):
        if _ends_clause(text, point.start(), words):
            costs[point.start()] = _AT_PUNCTUATION
    for address in _ADDRESS.finditer(text):
        for cut in range(address.start(), address.end()):
            costs.pop(cut, None)
    return costs


def _splits(run: str, words: Vocabulary) -> list[tuple[int, float]]:
    """Where `run` may be two words, and what cutting there costs against leaving it whole."""
    if not 4 <= len(run) <= _LONGEST_WORD or run.isupper():
        return []
    known = words.cost(run)
    humps = [at for at in range(1, len(run)) if run[at - 1].islower() and run[at].isupper()]
    inside = {
        at
        for at in humps
        for edge in humps
        if (edge < at and run[edge:] in words) or (at < edge and run[:edge] in words)
    }
    whole = _unknown_cost(run) if known is None else known - _SPLITS_KNOWN
    found: list[tuple[int, float]] = []
    for offset in range(1, len(run)):
        left, right = run[:offset], run[offset:]
        hump = offset in humps
        if (right[0].isupper() and not hump) or offset in inside:
            continue
        before, after = words.part_cost(left), words.part_cost(right)
        if hump:
            if known is None and (before is not None or offset > 3):
                sure = after is not None or (right.isupper() and before is not None)
                found.append((offset, _AT_PUNCTUATION if sure else -4.0))
        elif before is not None and after is not None:
            found.append((offset, max(before + after - whole + _BREAK, -8.0)))
        elif known is None and len(left) > 1 and left.isupper() and after is not None:
            found.append((offset, 0.0))
        elif known is None and before is not None and before < 7.0 and len(right) > 5:
            found.append((offset, max(before + _BREAK, 8.0)))
    return found


def _unknown_cost(run: str) -> float:
    return 16.0 if run[0].isupper() and len(run) < 10 else 22.0 + 0.3 * len(run)


def _dash_cost(text: str, cut: int, words: Vocabulary) -> float:
    """The cost of a line end after the hyphen before `cut`: low where the halves make a word."""
    left = _letters_before(text, cut - 1)
    right = LETTERS.match(text, cut)
    if text[cut - 1] != "-" or left is None or right is None or right.group()[0].isupper():
        return _BREAK
    halves = left.group() in words and right.group() in words
    joined = left.group() + right.group() in words
    if joined:
        return 0.0 if halves else _BROKEN_WORD
    return _BREAK if halves else 1.0


def _digit_cost(text: str, cut: int, words: Vocabulary) -> float | None:
    """The cost of a line end between a word and a number (`van21 februari`, `2024te`)."""
    left = _letters_before(text, cut)
    if left is not None:
        if len(left.group()) < 2 or left.group() not in words or left.group().isupper():
            return None
        return -6.0 if _LONG_NUMBER.match(text, cut) else 2.0
    right = LETTERS.match(text, cut)
    if right is None or len(right.group()) < 2:
        return None
    if right.group().isupper():
        return 2.0
    if right.group() not in words:
        return None
    return -6.0 if len(right.group()) > 3 else 2.0


def _ends_clause(text: str, cut: int, words: Vocabulary) -> bool:
    """Whether the mark before `cut` ends a clause rather than stands in an abbreviation."""
    mark, after = text[cut - 1], text[cut]
    before = text[max(0, cut - _LONGEST_WORD) : cut].rsplit(maxsplit=1)[-1]
    if mark == ".":
        left = before[:-1]
        if not (after.isupper() or after.isdigit() or after in "«“("):
            return False
        return "." not in left and (len(left) > 2 or left.lower() in words or left.isdigit())
    if mark in ",;" and cut > 1 and text[cut - 2].isdigit() and after.isdigit():
        return False
    return not (mark == ":" and text[cut - 2].isdigit())


def _is_bracketed_part(text: str, cut: int) -> bool:
    """Whether brackets stand inside one word: `(her)keuring`, `collega(’s)`, `hij/zij`."""
    word_start = max(text.rfind(" ", 0, cut), text.rfind("«", 0, cut)) + 1
    word_end = text.find(" ", cut)
    word = text[word_start : word_end if word_end >= 0 else len(text)]
    return bool(_BRACKETED_PART.fullmatch(word))
