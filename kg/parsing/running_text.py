"""Joins printed lines into running paragraphs, with the footnote marks taken out as data."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model.document import LineRole
from kg.model.text import FootnoteMark, Passage, Span
from kg.parsing.lines import Ledger
from kg.parsing.note_marks import place_marks
from kg.parsing.printed_pages import Piece, PrintedPages, closes_word, note_text
from kg.parsing.words import Vocabulary

_TYPICAL_LINE = 68
_CLOSING = re.compile(r"[.?!:;»”)…’\"']$")
_ITEM = re.compile(r"^(?:[–•*-]\s*\S|\d{1,2}[.)]\s|[a-z]\)\s|[ivx]+\.\s)")
_OPENING = re.compile(r"^[«“‘(\"']?[A-ZÀ-Þ0-9]")
_SPACING_ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "¸": "\u0327",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "˙": "\u0307",
    "˛": "\u0328",
    "˝": "\u030b",
}
_ACCENT = re.compile(rf"([^\W\d_]) ?([{''.join(_SPACING_ACCENTS)}])")


@dataclass(slots=True)
class Paragraph:
    """A paragraph in the making: its characters, each with its offset in the source."""

    text: str = ""
    offsets: list[int] = field(default_factory=list)
    marks: list[FootnoteMark] = field(default_factory=list)

    def add(self, text: str, offsets: Sequence[int]) -> None:
        """Appends characters."""
        self.text += text
        self.offsets += offsets

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The place in the source of `text[start:end]`."""
        covered = self.offsets[start:end]
        return Span(covered[0], covered[-1] + 1)


class RunningText:
    """What turns pieces into text: the words of the document and the marks in it."""

    def __init__(self, pages: PrintedPages) -> None:
        self._words: Vocabulary = pages.words
        self._is_publication = pages.is_publication
        self._marks = place_marks(pages)
        self._trailing: dict[Span, list[str]] = {}
        self._notes: Mapping[str, str] = {
            note.mark: note_text(note, pages.words) for note in pages.notes
        }

    def settle_marks(self, pieces: Iterable[Piece], ledger: Ledger) -> list[Piece]:
        """`pieces` without those that hold nothing but marks, which go to the piece before."""
        kept: list[Piece] = []
        for piece in pieces:
            text, _, marks = self._without_marks(piece)
            if marks and not text and kept:
                trailing = (mark.mark for mark in marks)
                self._trailing.setdefault(kept[-1].span, []).extend(trailing)
                ledger.claim(piece.line, LineRole.NOTE)
            else:
                kept.append(piece)
        return kept

    def read_passage(self, pieces: Iterable[Piece]) -> Passage:
        """The passage that `pieces` print."""
        return self.passage_of(self.read_paragraphs(pieces))

    def passage_of(self, paragraphs: Iterable[Paragraph]) -> Passage:
        """The passage of paragraphs already read; empty ones are left out."""
        kept = [paragraph for paragraph in paragraphs if paragraph.offsets]
        marks: list[FootnoteMark] = []
        length = 0
        for paragraph in kept:
            marks += (FootnoteMark(length + mark.offset, mark.mark) for mark in paragraph.marks)
            length += len(paragraph.text) + 1
        notes = tuple(
            (mark, self._notes[mark])
            for mark in dict.fromkeys(mark.mark for mark in marks)
            if mark in self._notes
        )
        return Passage(
            "\n".join(paragraph.text for paragraph in kept),
            tuple(paragraph.span() for paragraph in kept),
            tuple(marks),
            notes,
        )

    def read_paragraphs(self, pieces: Iterable[Piece]) -> list[Paragraph]:
        """The paragraphs of `pieces`."""
        paragraphs: list[Paragraph] = []
        before: Piece | None = None
        for piece in pieces:
            if before is None or self.starts_paragraph(before, piece):
                paragraphs.append(Paragraph())
                before = None
            self._append(paragraphs[-1], before, piece)
            before = piece
        return paragraphs

    def read_line(self, pieces: Iterable[Piece]) -> Paragraph:
        """All `pieces` as one paragraph, whatever their shape."""
        paragraph = Paragraph()
        before: Piece | None = None
        for piece in pieces:
            self._append(paragraph, before, piece)
            before = piece
        return paragraph

    def starts_paragraph(self, before: Piece, piece: Piece) -> bool:
        """Whether `piece` opens a paragraph.

        In a publication that is so where the line before ends a sentence and would have had
        room for the next word, or where a list item opens. Elsewhere a line is a paragraph,
        unless it goes on in the middle of a sentence.
        """
        text = piece.text
        if any(mark.span.start == piece.span.start for mark in self._marks):
            return False
        if not self._is_publication:
            return bool(_CLOSING.search(before.text)) or not text[0].islower()
        if _ITEM.match(text) and not before.text.endswith("-"):
            return bool(_CLOSING.search(before.text)) or text[0] in "–•*"
        if not _CLOSING.search(before.text) or not _OPENING.match(text):
            return False
        first_word = text.split(maxsplit=1)[0]
        return len(before.text) + 1 + len(first_word) < _TYPICAL_LINE

    def _append(self, paragraph: Paragraph, before: Piece | None, piece: Piece) -> None:
        text, offsets, marks = self._without_marks(piece)
        end_before = len(paragraph.text)
        if before is not None and paragraph.text:
            self._join(paragraph, before, text, piece)
        length = len(paragraph.text)
        paragraph.marks += (
            FootnoteMark(length + mark.offset if mark.offset else end_before, mark.mark)
            for mark in marks
        )
        paragraph.add(text, offsets)
        paragraph.marks += (
            FootnoteMark(len(paragraph.text), mark) for mark in self._trailing.get(piece.span, ())
        )

    def _join(self, paragraph: Paragraph, before: Piece, text: str, piece: Piece) -> None:
        if not text or text[0] in ".,;:?!)»”":
            return
        if paragraph.text.endswith("-") and before.text.endswith("-"):
            if closes_word(paragraph.text, text, self._words):
                paragraph.text = paragraph.text[:-1]
                paragraph.offsets.pop()
            elif before.text.endswith(" -") or text.split(maxsplit=1)[0] in ("en", "of"):
                paragraph.add(" ", [piece.span.start])
            return
        if paragraph.text.endswith(("/", " ", "(", "«")) or (before.glued and not before.apart):
            return
        paragraph.add(" ", [piece.span.start])

    def _without_marks(self, piece: Piece) -> tuple[str, list[int], list[FootnoteMark]]:
        text = ""
        offsets: list[int] = []
        marks: list[FootnoteMark] = []
        position = piece.span.start
        inside = [
            mark
            for mark in self._marks
            if piece.span.start <= mark.span.start and mark.span.end <= piece.span.end
        ]
        for mark in inside:
            text, offsets = self._copy(piece, position, mark.span.start, text, offsets)
            if text.endswith(" "):
                text, offsets = text[:-1], offsets[:-1]
            marks.append(FootnoteMark(len(text), mark.mark))
            position = mark.span.end
        text, offsets = self._copy(piece, position, piece.span.end, text, offsets)
        stripped = text.lstrip()
        return stripped, offsets[len(text) - len(stripped) :], marks

    @staticmethod
    def _copy(
        piece: Piece, start: int, end: int, text: str, offsets: list[int]
    ) -> tuple[str, list[int]]:
        """Appends the source characters [start, end), white space runs as one space."""
        characters = list(text)
        for offset in range(start, end):
            character = piece.text[offset - piece.span.start]
            if character.isspace():
                if not characters or characters[-1] == " ":
                    continue
                character = " "
            characters.append(character)
            offsets.append(offset)
        return "".join(characters), offsets


def compose_accents(text: str) -> str:
    """`Kostic ´` as `Kostić`: some PDF fonts print an accent as a character after its letter."""
    return unicodedata.normalize(
        "NFC", _ACCENT.sub(lambda found: found[1] + _SPACING_ACCENTS[found[2]], text)
    )
