"""Groups the lines below a head into questions, answers, letters and remarks.

The numbers come from the headings (`Vraag 3`, `Antwoord op vragen 7, 8, en 9`, `Vraag 2 t/m 5`,
`4.`, a number alone on its line), never from counting where a document prints numbers.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.model.document import (
    Flaw,
    LineRole,
    ParsedAnswer,
    ParsedLetter,
    ParsedQuestion,
)
from kg.model.text import Passage
from kg.parsing.headings import What, find_headings, heading_style, is_remark
from kg.parsing.kenmerken import find_kenmerken
from kg.parsing.lines import Ledger
from kg.parsing.paragraphs import is_question
from kg.parsing.printed_pages import Piece
from kg.parsing.running_text import RunningText

_ASKING = re.compile(
    r"^[«“‘]?(?:Aan|Acht|Begrijpt|Ben|Bent|Beschikt|Beschouwt|Bestaat|Betreft|Bij|Deel|Deelt|Denkt|"
    r"Dient|Door|Erkent|Gaat|Geldt|Gezien|Had|Heb|Hebben|Heeft|Herinnert|Herkent|Hoe|Hoelang|"
    r"Hoeveel|In|Indien|Is|Kan|Kent|Klopt|Komt|Kunnen|Kunt|Moet|Moeten|Mogen|Naar|Om|"
    r"Onderschrijft|Onderzoekt|Op|Overweegt|Realiseert|Sinds|Staat|Steunt|Tot|Tegen|Uit|Van|"
    r"Vanaf|Ver|Verwacht|Vindt|Volgens|Voor|Waar|Waaraan|Waarin|Waarom|Waarop|Waarvan|Wanneer|"
    r"Was|Wat|Weet|Welk|Welke|Wie|Wil|Wilt|Worden|Wordt|Zal|Ziet|Zijn|Zo|Zou|Zouden|Zullen|Zult)\b"
)
_GOES_ON = re.compile(
    r"^(?:Zo (?:ja|nee|neen|niet)|Indien (?:ja|nee|niet|dat|dit|wel)|En |Waarom (?:niet|wel)|"
    r"Is dat |Is dit |Kunt u (?:dit|dat|uw antwoord) )"
)


@dataclass(slots=True)
class _Block:
    what: What
    numbers: tuple[int, ...]
    heading: Piece | None = None
    pieces: list[Piece] = field(default_factory=list)
    printed: bool = True


@dataclass(slots=True)
class OfficialBody:
    """What stands below a head."""

    questions: list[ParsedQuestion] = field(default_factory=list)
    answers: list[ParsedAnswer] = field(default_factory=list)
    letters: list[ParsedLetter] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)


def read_body(
    pieces: Sequence[Piece], running: RunningText, ledger: Ledger, *, answers: bool = False
) -> OfficialBody:
    """The questions, answers and letters that `pieces` print; each line gets its role.

    `answers` says that the head announces answers, so that an answer without a heading may
    stand below its question.
    """
    style = heading_style(pieces)
    blocks = list(_number(_blocks(pieces, style, running)))
    body = OfficialBody()
    if answers:
        _move_unheaded_answers(blocks, running, body)
    for block in blocks:
        role = {
            What.QUESTION: LineRole.QUESTION,
            What.ANSWER: LineRole.ANSWER,
            What.LETTER: LineRole.LETTER,
            What.REMARK: LineRole.NOTE,
        }[block.what]
        for piece in (*([block.heading] if block.heading else ()), *block.pieces):
            ledger.claim(piece.line, role)
        if block.what is What.QUESTION:
            body.questions += _questions(block, running, body.flaws)
        elif block.what is What.ANSWER:
            body.answers.append(ParsedAnswer(block.numbers, running.read_passage(block.pieces)))
        elif block.what is What.LETTER:
            passage = running.read_passage(block.pieces)
            body.letters.append(ParsedLetter(passage, find_kenmerken(passage.text)))
    _flag_numbering(body)
    return body


def _blocks(
    pieces: Sequence[Piece], style: re.Pattern[str] | None, running: RunningText
) -> Iterator[_Block]:
    headings = find_headings(pieces, style)
    if style is None and not headings:
        yield from _unnumbered_questions(pieces, running)
        return
    first = min(headings, default=len(pieces))
    if style is None and first:
        yield from _unnumbered_questions(pieces[:first], running)
    elif first:
        yield _Block(What.REMARK, (), None, list(pieces[:first]))
    for start, end in pairwise((*headings, len(pieces))):
        heading = headings[start]
        opening = [heading.rest] if heading.rest else []
        yield _Block(
            heading.what, heading.numbers, pieces[start], [*opening, *pieces[start + 1 : end]]
        )


def _unnumbered_questions(pieces: Sequence[Piece], running: RunningText) -> Iterator[_Block]:
    """Each paragraph a question; one without a question mark goes with the next."""
    waiting: list[Piece] = []
    number = 0
    last: _Block | None = None
    for paragraph in _paragraph_pieces(pieces, running):
        text = " ".join(piece.text for piece in paragraph)
        if is_remark(text):
            if last:
                yield last
            last = _Block(What.REMARK, (), None, paragraph)
            continue
        if last and last.what is What.REMARK:
            last.pieces += paragraph
            continue
        if re.match(r"^(?:[–•*-]|[a-z]\))\s", text) and last and not waiting:
            last.pieces += paragraph
            continue
        waiting += paragraph
        if "?" in text or is_question(text):
            if last:
                yield last
            number += 1
            last = _Block(What.QUESTION, (number,), None, waiting, printed=False)
            waiting = []
    if last:
        last.pieces += waiting
        yield last
    elif waiting:
        yield _Block(What.LETTER, (), None, waiting)


def _paragraph_pieces(pieces: Sequence[Piece], running: RunningText) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        if group and running.starts_paragraph(group[-1], piece):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _number(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Gives headings without numbers theirs: the next question, or the questions unanswered."""
    asked: list[int] = []
    unanswered: list[int] = []
    for block in blocks:
        if block.what is What.QUESTION:
            if not block.numbers:
                block.numbers = (max(asked, default=0) + 1,)
                block.printed = False
            asked += block.numbers
            unanswered += block.numbers
        elif block.what is What.ANSWER:
            if not block.numbers:
                block.numbers = tuple(dict.fromkeys(unanswered)) or tuple(asked[-1:])
            unanswered = [number for number in unanswered if number not in block.numbers]
        yield block


def _move_unheaded_answers(blocks: list[_Block], running: RunningText, body: OfficialBody) -> None:
    """Splits an answer without a heading off its question.

    Only where no heading answers that number and the text goes on in further paragraphs that do
    not ask.
    """
    answered = {number for block in blocks if block.what is What.ANSWER for number in block.numbers}
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if block.what is not What.QUESTION or answered.intersection(block.numbers):
            continue
        groups = list(_paragraph_pieces(block.pieces, running))
        first = next(
            (
                place
                for place, group in enumerate(groups)
                if place and not is_question(" ".join(piece.text for piece in group))
            ),
            None,
        )
        if first is None:
            continue
        tail = [piece for group in groups[first:] for piece in group]
        block.pieces = [piece for group in groups[:first] for piece in group]
        blocks.insert(index + 1, _Block(What.ANSWER, block.numbers, None, tail))
        body.flaws.append(
            Flaw(
                "answer-heading-missing",
                f"the answer to question {block.numbers[0]} has no heading of its own",
                tail[0].line.number,
            )
        )


def _questions(block: _Block, running: RunningText, flaws: list[Flaw]) -> Iterator[ParsedQuestion]:
    """The questions of a block; one heading for several divides its text among them."""
    if len(block.numbers) == 1:
        passage = running.read_passage(block.pieces)
        yield ParsedQuestion(block.numbers[0], passage, number_printed=block.printed)
        return
    parts = _divide(block.pieces, len(block.numbers), running)
    if parts is None:
        line = (block.heading or block.pieces[0]).line.number
        named = ", ".join(map(str, block.numbers))
        flaws.append(
            Flaw(
                "questions-undivided",
                f"questions {named} stand under one heading and cannot be told apart",
                line,
            )
        )
        passage = running.read_passage(block.pieces)
        parts = [passage] * len(block.numbers)
    for number, passage in zip(block.numbers, parts, strict=True):
        yield ParsedQuestion(number, passage, number_printed=True)


def _divide(pieces: Sequence[Piece], count: int, running: RunningText) -> list[Passage] | None:
    """`pieces` as `count` questions, cut where a line ends a question and another opens."""
    paragraphs = list(_paragraph_pieces(pieces, running))
    if len(paragraphs) == count:
        return [running.read_passage(paragraph) for paragraph in paragraphs]
    cuts: list[tuple[int, int]] = []
    for index in range(1, len(pieces)):
        before, after = pieces[index - 1], pieces[index]
        if not re.search(r"[?][»”’)]?(?:\s?\d{1,2})*$", before.text) and not (
            running.starts_paragraph(before, after)
        ):
            continue
        score = 4 if running.starts_paragraph(before, after) else 0
        score += 2 if _ASKING.match(after.text) else 0
        score -= 4 if _GOES_ON.match(after.text) else 0
        score += 1 if before.text.rstrip("»”’) 0123456789").endswith("?") else -3
        if score > 0:
            cuts.append((-score, index))
    if len(cuts) < count - 1:
        return None
    chosen = sorted(index for _, index in sorted(cuts)[: count - 1])
    bounds = [0, *chosen, len(pieces)]
    return [running.read_passage(pieces[start:end]) for start, end in pairwise(bounds)]


def _flag_numbering(body: OfficialBody) -> None:
    asked = Counter(question.number for question in body.questions)
    answered = Counter(number for answer in body.answers for number in answer.numbers)

    def flag(code: str, message: str) -> None:
        body.flaws.append(Flaw(code, message))

    for number, times in sorted(asked.items()):
        if times > 1:
            flag("number-repeated", f"question {number} is printed {times} times")
    for number, times in sorted(answered.items()):
        if times > 1:
            flag("answer-repeated", f"question {number} is answered {times} times")
        if asked and number not in asked:
            flag("answer-without-question", f"an answer names question {number}, which is absent")
    if answered:
        for number in sorted(asked.keys() - answered.keys()):
            flag("question-without-answer", f"question {number} has no answer in this document")
