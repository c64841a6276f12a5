"""Places in a text, and texts with their places kept."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points, `text[start:end]`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class SourceText:
    """One document as text, as read from disk.

    `name` is the path as the user gave it, `sha256` the hash of the bytes on disk (hex),
    `text` what the spans of every later stage point into. `markup` holds the original XML or
    HTML where a layout is told by its elements rather than by its lines.
    """

    name: str
    text: str
    media_type: str
    sha256: str
    markup: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, order=True)
class FootnoteMark:
    """A footnote mark taken out of a text: the mark, and the offset at which it stood."""

    offset: int
    mark: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text cut from a source: paragraphs joined by newlines, footnote marks taken out.

    `spans` are the places in `SourceText.text`, one for each paragraph, in order; the text of a
    span differs from the paragraph only by the marks, joins and mended words. `notes` are the
    footnotes that the marks point at, as (mark, text), where the document prints them. `printed`
    is what stands at the spans where that is not in composed letters (NFC), as `text` is.
    """

    text: str
    spans: tuple[Span, ...]
    marks: tuple[FootnoteMark, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    printed: str | None = None
