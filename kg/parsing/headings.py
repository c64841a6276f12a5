"""Tells the headings of questions and answers from sentences and list items that look like them.

`Vraag 3`, `Antwoord op vragen 7, 8, en 9`, `Vraag 2 t/m 5`, `4.`, a number alone on its line; also
run in before the text (`Vraag 1: Kent u …`). `antwoord op / vraag 1.` is the end of a sentence.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kg.model.spelling import CAPITAL
from kg.parsing.printed_pages import Piece

_LINK = r"(?:\s*(?:,\s*en\s|,|\sen\s|&|\+|/|t/m|tot\s+en\s+met|[–-])\s*)"
_LIST = rf"\d{{1,3}}(?:[a-z]\b)?(?:{_LINK}(?:vraag\s+)?\d{{1,3}}(?:[a-z]\b)?)*"
_BRACKET = r"(?:\s*\([^()]{1,60}\))?"
_QUESTION = re.compile(
    rf"^(?:Vra(?:ag|gen)|Vra(?:ag|gen)?\s*nr\.?)\s*(?P<numbers>{_LIST})?{_BRACKET}\s*[:.)]?$",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"^(?:Antwoord(?:en)?|Beantwoording|Reactie)"
    r"(?:\s+(?:op|bij|van|de|het|vra(?:ag|gen)|nrs?\.?))*"
    rf"\s*(?P<numbers>{_LIST})?{_BRACKET}\s*[:.)]?$",
    re.IGNORECASE,
)
_INLINE = re.compile(
    rf"^(?P<what>Vra(?:ag|gen)|Antwoord(?:en)?(?:\s+op\s+vra(?:ag|gen))?)\s+(?P<numbers>{_LIST})"
    r"\s*(?::|\.\s|\s[–-]\s|\t)\s*(?=\S)",
    re.IGNORECASE,
)
_INLINE_ANSWER = re.compile(r"^(?P<what>Antwoord)(?P<numbers>)\s*(?:\t|:)\s*(?=\S)", re.IGNORECASE)
_RUN_IN = re.compile(rf"^(?P<what>Vraag|Antwoord)\s+(?P<numbers>{_LIST})\s+(?={CAPITAL}|[«“‘])")
_LETTER = re.compile(r"^Mededeling\s*:?$", re.IGNORECASE)
_REMARK = re.compile(r"^Toelichting\s*(?::|$)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?P<number>\d{1,3})(?:[.)]\s+(?=\S)|[.)]?$)")
_MARKS = r"(?:\s?[\[(]?(?:\d{1,3}|[⁰¹²³⁴-⁹]{1,3})[\])]?(?:[ ,]|$))"
_FINISHED = re.compile(rf"(?:[.?!:;»”)…’\"'\]]{_MARKS}*|^{_MARKS}+|[⁰¹²³⁴-⁹])$")
_LEADS_ON = re.compile(
    r"\b(?:aan|antwoord(?:en)?|beantwoording|bij|de|door|en|het|in|met|naar|of|onder|ook|op|over|uit|"
    r"uw|van|vanuit|voor|zie)$|,$",
    re.IGNORECASE,
)


class What(Enum):
    """What a heading opens."""

    QUESTION = auto()
    ANSWER = auto()
    LETTER = auto()
    REMARK = auto()


@dataclass(frozen=True, slots=True)
class Heading:
    """What opens at a piece, under which numbers, and the text that stands behind the heading."""

    what: What
    numbers: tuple[int, ...] = ()
    rest: Piece | None = None


_UNNUMBERED_ANSWER = Heading(What.ANSWER)


def heading_style(
    pieces: Sequence[Piece], is_head: Callable[[str], bool] = lambda _: False
) -> re.Pattern[str] | None:
    """How a document marks its questions: words, bare numbers, or not at all (None).

    Bare numbers count where they start at 1 and answers are headed, or where the text opens
    with them.
    """
    above = ""
    for piece in pieces:
        worded = any(shape.match(piece.text) for shape in (_QUESTION, _INLINE, _RUN_IN))
        if worded and not _LEADS_ON.search(above):
            return _QUESTION
        above = piece.text
    numbers = [int(match["number"]) for piece in pieces if (match := _NUMBERED.match(piece.text))]
    if numbers[:1] == [1] and any(_ANSWER.match(piece.text) for piece in pieces):
        return _NUMBERED
    opens = next((index for index, piece in enumerate(pieces) if not is_head(piece.text)), None)
    if numbers[:2] == [1, 2] and opens is not None and _NUMBERED.match(pieces[opens].text):
        return _NUMBERED
    return None


def is_heading(piece: Piece, style: re.Pattern[str] | None) -> bool:
    """Whether a question, answer, letter or remark may open at `piece`."""
    return _candidate(piece, style) is not None


def is_remark(text: str) -> bool:
    """Whether `text` opens a remark of the printers: `Toelichting: …`."""
    return bool(_REMARK.match(text))


def find_headings(pieces: Sequence[Piece], style: re.Pattern[str] | None) -> dict[int, Heading]:
    """The headings among `pieces` by their place; the numbers tell them from look-alikes.

    A remark is one only at the end of the document.
    """
    found: dict[int, Heading] = {}
    current: Heading | None = None
    last_number = 0
    for place, piece in enumerate(pieces):
        heading = _candidate(piece, style)
        if heading is None:
            continue
        if current:
            if style is _NUMBERED and heading.what is What.QUESTION:
                follows = heading.numbers[0] == last_number + 1 and (
                    current.what is not What.ANSWER or _asks(pieces[place:], last_number + 2)
                )
            else:
                follows = _follows(heading, current, last_number, piece, pieces[place - 1])
            if not follows:
                continue
        found[place] = current = heading
        if heading.what is What.QUESTION:
            last_number = heading.numbers[-1] if heading.numbers else last_number + 1
    last = max(found, default=0)
    return {
        place: heading
        for place, heading in found.items()
        if heading.what is not What.REMARK or place == last
    }


def _candidate(piece: Piece, style: re.Pattern[str] | None) -> Heading | None:
    """The heading that `piece` has the shape of."""
    text = piece.text
    if match := _ANSWER.match(text):
        return Heading(What.ANSWER, read_numbers(match["numbers"] or ""))
    if _LETTER.match(text):
        return Heading(What.LETTER)
    if remark := _REMARK.match(text):
        return Heading(What.REMARK, (), _rest(piece, remark.end()))
    if style is _QUESTION and (match := _QUESTION.match(text)):
        return Heading(What.QUESTION, read_numbers(match["numbers"] or ""))
    for shape in (_INLINE, _INLINE_ANSWER, _RUN_IN):
        if match := shape.match(text):
            asks = match["what"].lower().startswith("vra")
            numbers = read_numbers(match["numbers"])
            return Heading(
                What.QUESTION if asks else What.ANSWER, numbers, _rest(piece, match.end())
            )
    if style is _NUMBERED and (match := _NUMBERED.match(text)):
        return Heading(What.QUESTION, (int(match["number"]),), _rest(piece, match.end()))
    return None


def _follows(
    heading: Heading, current: Heading, last_number: int, piece: Piece, above: Piece
) -> bool:
    """Whether `heading` may stand below `current`, judged by its numbers and the line above."""
    is_next = _is_next(heading, current, last_number)
    if heading == _UNNUMBERED_ANSWER and current.what is What.ANSWER:
        return piece.text.lower().startswith("antwoord")  # `Reactie:` is a subheading there
    is_heading_above = bool(_QUESTION.match(above.text) or _ANSWER.match(above.text))
    if not is_heading_above and not _FINISHED.search(above.text):
        if piece.text[0].islower():
            return False
        if _LEADS_ON.search(above.text) and not is_next:
            return False
    return is_next or not _RUN_IN.match(piece.text) or bool(_INLINE.match(piece.text))


def _is_next(heading: Heading, current: Heading, last_number: int) -> bool:
    """Whether the numbers go on: the next question, or an answer to the questions above."""
    if heading.what is What.QUESTION:
        return heading.numbers[:1] == (last_number + 1,)
    return current.what is What.QUESTION and (
        not heading.numbers or heading.numbers[-1] <= last_number
    )


def _asks(pieces: Sequence[Piece], next_number: int) -> bool:
    """Whether what opens `pieces` asks, rather than being an item of a list in an answer."""
    for piece in pieces:
        match = _NUMBERED.match(piece.text)
        if _ANSWER.match(piece.text) or (match and int(match["number"]) == next_number):
            return False
        if "?" in piece.text:
            return True
    return False


def read_numbers(printed: str) -> tuple[int, ...]:
    """The numbers of a heading, ranges written out: `2, 3 en 4`, `2 t/m 5`, `7, 8, en 9`."""
    numbers: list[int] = []
    tokens = re.findall(r"\d+|t/m|tot\s+en\s+met|[–-]", printed)
    for index, token in enumerate(tokens):
        if token.isdigit():
            number = int(token)
            previous = tokens[index - 1] if index else ""
            if previous and not previous.isdigit() and numbers and number - numbers[-1] < 100:
                numbers += range(numbers[-1] + 1, number)
            if number not in numbers:
                numbers.append(number)
    return tuple(numbers)


def _rest(piece: Piece, start: int) -> Piece | None:
    """What stands in `piece` from `start` on, if anything."""
    text = piece.text[start:].lstrip()
    if not text:
        return None
    first = piece.span.end - len(text)
    return Piece(
        piece.line,
        type(piece.span)(first, piece.span.end),
        text,
        piece.page,
        piece.glued,
        piece.apart,
    )
