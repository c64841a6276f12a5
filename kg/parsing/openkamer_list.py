"""The list page of openkamer as text: blocks of a four-row head and paragraphs.

    title |
    |
    submitters |
    |
    answerers, or addressees where nothing is answered |
    |
    ![]() ![]() |
    question
    answer paragraph
    …

The same block may stand twice on a page ("recent" and "all"); each is read as printed.
"""

import re
from collections.abc import Iterator

from kg.model.document import (
    Flaw,
    LineRole,
    ParsedAnswer,
    ParsedDocument,
    ParsedLetter,
    ParsedQuestion,
    ParsedSet,
)
from kg.model.text import SourceText, Span
from kg.parsing.footnotes import read_passage
from kg.parsing.kenmerken import find_kenmerken
from kg.parsing.lines import Ledger, Line, read_lines
from kg.parsing.paragraphs import is_extension_letter, is_question, opens_as_answer, tell_apart
from kg.parsing.persons import read_people

NAME = "openkamer list"
_IMAGES = re.compile(r"^(?:!\[\]\([^)]*\)\s*)+\|$")
_RULE = re.compile(r"^[-:| ]+$")
_PAGER = re.compile(
    r"^(?=.*(?:[A-Za-z]|\d\s+\d))(?:(?:«|»|‹|›|<|>|…|\.\.\.|vorige|volgende|eerste|laatste|pagina|van|"
    r"\d{1,4})(?:\s+|$))+$",
    re.IGNORECASE,
)
"""Links to other pages of the list: `« Vorige 1 2 3 Volgende »`, `Pagina 2 van 9`."""
_WHOLE_HEAD = 7


def recognises(source: SourceText) -> bool:
    """Whether some head of this layout (a cell row, then a row of images) stands in the text."""
    lines = read_lines(source.text)
    return any(_IMAGES.match(line.text) for line in lines) and any(_is_cell(line) for line in lines)


def parse(source: SourceText) -> ParsedDocument:
    """Every block of the page, in printed order; heads that lack a row are flawed, not lost."""
    printed = read_lines(source.text)
    ledger = Ledger(printed)
    for line in printed:
        if _PAGER.match(line.text):
            ledger.claim(line, LineRole.FURNITURE)
    lines = tuple(line for line in printed if not _PAGER.match(line.text))
    flaws: list[Flaw] = []
    sets = tuple(
        _parse_block(source.text, head, body, ledger, flaws) for head, body in _blocks(lines)
    )
    unclaimed = [number for number, role in ledger.roles() if role is LineRole.UNCLAIMED]
    if unclaimed:
        flaws.append(
            Flaw(
                "unclaimed-lines",
                f"{len(unclaimed)} line(s) belong to no block: {_enumerate(unclaimed)}",
                unclaimed[0],
            )
        )
    return ParsedDocument(source, NAME, sets, ledger.roles(), tuple(flaws))


def _is_cell(line: Line) -> bool:
    return line.text.endswith("|") and not _IMAGES.match(line.text) and not _RULE.match(line.text)


def _is_head(line: Line) -> bool:
    return line.text.endswith("|")


def _blocks(lines: tuple[Line, ...]) -> Iterator[tuple[list[Line], list[Line]]]:
    """(head lines, body lines) of each block; lines before the first head are passed over."""
    head: list[Line] = []
    body: list[Line] = []
    for line in lines:
        if _is_head(line):
            if body:
                yield head, body
                head, body = [], []
            head.append(line)
        elif head:
            body.append(line)
    if head:
        yield head, body


def _parse_block(
    text: str, head: list[Line], body: list[Line], ledger: Ledger, flaws: list[Flaw]
) -> ParsedSet:
    for line in head:
        ledger.claim(line, LineRole.HEADER)
    title, submitters, third_row = _rows(head, flaws)
    if not any(_IMAGES.match(line.text) for line in head):
        flaws.append(
            Flaw("header-end-missing", "the head of a block has no closing row", head[0].number)
        )
    questions, answers, letters = _parse_body(text, body, ledger)
    if not questions:
        flaws.append(
            Flaw("block-without-questions", "a head is followed by no question", head[0].number)
        )
    government = read_people(text, _content(third_row)) if third_row else ()
    return ParsedSet(
        span=Span(head[0].span.start, (body or head)[-1].span.end),
        title=_content(title).of(text) if title else None,
        submitters=read_people(text, _content(submitters)) if submitters else (),
        addressees=() if answers else government,
        answerers=government if answers else (),
        questions=questions,
        answers=answers,
        letters=letters,
    )


def _rows(head: list[Line], flaws: list[Flaw]) -> tuple[Line | None, Line | None, Line | None]:
    """The rows of title, submitters, and answerers or addressees; None where one is not printed.

    A whole head has its rows at every other line, so that an empty row keeps its place. In any
    other head the rows are taken in order, and it is flawed.
    """
    whole = len(head) == _WHOLE_HEAD and not any(_is_cell(line) for line in head[1::2])
    cells = [line for line in head if _is_cell(line)]
    if whole:
        rows = [line if _is_cell(line) else None for line in head[:-1:2]]
    else:
        rows = [*cells[:3], None, None, None]
    if not all(rows[:3]) or len(cells) > 3:
        flaws.append(
            Flaw(
                "header-row-extra" if len(cells) > 3 else "header-row-missing",
                f"the head of a block has {len(cells)} rows where 3 are expected "
                "(title, submitters, answerers or addressees)",
                head[0].number,
            )
        )
    return rows[0], rows[1], rows[2]


def _content(cell: Line) -> Span:
    return Span(cell.span.start, cell.span.start + len(cell.text.rstrip("| ")))


def _parse_body(
    text: str, body: list[Line], ledger: Ledger
) -> tuple[tuple[ParsedQuestion, ...], tuple[ParsedAnswer, ...], tuple[ParsedLetter, ...]]:
    """Numbers the questions by reading order; what follows a question answers it."""
    letters: list[ParsedLetter] = []
    told: list[Line] = []
    for line in body:
        if is_extension_letter(line.text):
            ledger.claim(line, LineRole.LETTER)
            passage = read_passage(text, [line.span])
            letters.append(ParsedLetter(passage, find_kenmerken(line.text)))
        else:
            told.append(line)
    asked, answered = _group(told, [is_question(line.text) for line in told])
    if _is_unanswered(len(asked), answered):
        for number, lines in answered.items():
            asked[number - 1] += lines
        answered = {}
    else:
        asked, answered = _group(told, tell_apart([line.text for line in told]))
    for role, groups in ((LineRole.QUESTION, asked), (LineRole.ANSWER, answered.values())):
        for group in groups:
            for line in group:
                ledger.claim(line, role)
    questions = tuple(
        ParsedQuestion(number, read_passage(text, [line.span for line in lines]))
        for number, lines in enumerate(asked, 1)
    )
    answers = tuple(
        ParsedAnswer((number,), read_passage(text, [line.span for line in lines]))
        for number, lines in answered.items()
    )
    return questions, answers, tuple(letters)


def _group(
    lines: list[Line], questions: list[bool]
) -> tuple[list[list[Line]], dict[int, list[Line]]]:
    """The lines of each question, and by the number of the question those that answer it."""
    asked: list[list[Line]] = []
    answered: dict[int, list[Line]] = {}
    for line, is_asked in zip(lines, questions, strict=True):
        if not asked or is_asked:
            asked.append([line])
        else:
            answered.setdefault(len(asked), []).append(line)
    return asked, answered


def _is_unanswered(questions: int, answered: dict[int, list[Line]]) -> bool:
    """Whether the few paragraphs that look like answers are the tails of questions.

    An answered set has an answer below nearly every question; a stray statement without the
    government's voice ("Graag ontvangen wij …") does not make one.
    """
    lines = [line for group in answered.values() for line in group]
    return len(answered) * 4 <= questions and not any(opens_as_answer(line.text) for line in lines)


def _enumerate(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    return shown if len(numbers) <= 5 else f"{shown}, …"
