"""Prints invented official documents as PDF in the layout of the Kamer, and as plain text.

The narrow left column holds the number of the document, the headings where asked, and the imprint
at the foot; the wide right column holds the text, with raised footnote marks and footnotes in
small type above the foot of the page.
"""

import io
import re
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

LEFT, BODY, RIGHT = 50, 170, 545
SIZE, NOTE_SIZE, LEADING = 9, 7, 11.5
FONT = "Times-Roman"


@dataclass
class Publication:
    """A document to print. `~` in a text allows a hyphen, `^1` marks a footnote.

    `blocks` are (heading, paragraphs); `notes` the footnotes in order; the text breaks to a new
    page before the blocks whose place is in `page_breaks`.
    """

    head: str
    blocks: list[tuple[str, list[str]]]
    number: str
    identifier: str
    answers: bool = True
    notes: list[str] = field(default_factory=list)
    page_breaks: tuple[int, ...] = ()
    headings_left: bool = False


def wrap(text: str, width: float, size: float = SIZE) -> list[str]:
    """The lines of a paragraph, words broken at `~` where that fills a line."""
    lines = [""]
    for word in text.split(" "):
        whole = word.replace("~", "")
        if _fits(f"{lines[-1]} {whole}", width, size):
            lines[-1] = f"{lines[-1]} {whole}".strip()
            continue
        parts = word.split("~")
        for cut in range(len(parts) - 1, 0, -1):
            first = "".join(parts[:cut]) + "-"
            if _fits(f"{lines[-1]} {first}", width, size):
                lines[-1] = f"{lines[-1]} {first}"
                lines.append("".join(parts[cut:]))
                break
        else:
            lines.append(whole)
    return lines


def _fits(text: str, width: float, size: float) -> bool:
    return stringWidth(re.sub(r"\^\d", "", text), FONT, size) <= width


def pages(publication: Publication) -> list[tuple[list[tuple[str, bool]], list[str]]]:
    """For each page its body lines, each with whether it is a heading, and its note lines."""
    width = RIGHT - BODY
    made: list[tuple[list[tuple[str, bool]], list[str]]] = []
    body: list[tuple[str, bool]] = [(line, False) for line in wrap(publication.head, width)]
    for place, (heading, paragraphs) in enumerate(publication.blocks):
        if place in publication.page_breaks:
            made.append((body, _notes(publication, body)))
            body = []
        body.append((heading, True))
        for paragraph in paragraphs:
            body += [(line, False) for line in wrap(paragraph, width)]
    made.append((body, _notes(publication, body)))
    return made


def _notes(publication: Publication, body: list[tuple[str, bool]]) -> list[str]:
    marks = re.findall(r"\^(\d)", " ".join(line for line, _ in body))
    lines: list[str] = []
    for mark in marks:
        note = f"^{mark}{publication.notes[int(mark) - 1]}"
        lines += wrap(note, RIGHT - BODY, NOTE_SIZE)
    return lines


def print_text(publication: Publication) -> str:
    """The document as a text extractor gives it, every printed line a line."""
    kind = "Aanhangsel" if publication.answers else "Vragen"
    lines = ["Tweede Kamer der Staten-Generaal2"]
    lines += (
        [
            "Vergaderjaar 2025–2026 Aanhangsel van de Handelingen",
            "Vragen gesteld door de leden der Kamer, met de daarop door de",
            "regering gegeven antwoorden",
        ]
        if publication.answers
        else ["Vergaderjaar 2025–2026 Vragen gesteld door de leden der Kamer"]
    )
    lines.append(publication.number)
    for number, (body, notes) in enumerate(pages(publication), 1):
        lines += [line.replace("^", "") for line, _ in body]
        lines += [note.replace("^", "") for note in notes]
        if number == 1:
            lines.append(publication.identifier)
        lines.append(f"Tweede Kamer, vergaderjaar 2025–2026, {kind} {number}")
    return "\n".join(lines) + "\n"


def print_pdf(publication: Publication, password: str | None = None) -> bytes:
    """The document as PDF, encrypted where `password` is given."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    kind = "Aanhangsel" if publication.answers else "Vragen"
    made = io.BytesIO()
    encryption = StandardEncryption(password) if password else None
    canvas = Canvas(made, pagesize=A4, encrypt=encryption, invariant=True)
    for number, (body, notes) in enumerate(pages(publication), 1):
        y = A4[1] - 60
        if number == 1:
            y = _print_masthead(canvas, publication, y)
        for at, (line, is_heading) in enumerate(body):
            if is_heading:
                canvas.setFont("Times-Bold", SIZE)
                canvas.drawString(LEFT if publication.headings_left else BODY, y, line)
                if publication.headings_left:
                    continue
            else:
                _print_line(canvas, BODY, y, line, SIZE)
            y -= LEADING * (1.6 if at + 1 < len(body) and body[at + 1][1] else 1)
        _print_foot(canvas, publication, kind, number, notes)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _print_masthead(canvas: Canvas, publication: Publication, y: float) -> float:
    canvas.setFont("Times-Roman", 14)
    canvas.drawString(LEFT, y, "Tweede Kamer der Staten-Generaal")
    canvas.setFont("Times-Bold", 24)
    canvas.drawString(RIGHT - 14, y - 4, "2")
    y -= 40
    canvas.setFont(FONT, SIZE)
    canvas.drawString(LEFT, y, "Vergaderjaar 2025–2026")
    if publication.answers:
        canvas.drawString(BODY, y, "Aanhangsel van de Handelingen")
        canvas.drawString(
            BODY, y - 24, "Vragen gesteld door de leden der Kamer, met de daarop door de"
        )
        canvas.drawString(BODY, y - 36, "regering gegeven antwoorden")
        y -= 36
    else:
        canvas.drawString(BODY, y, "Vragen gesteld door de leden der Kamer")
    canvas.setFont("Times-Bold", 12)
    canvas.drawString(LEFT, y - 40, publication.number)
    return y - 60


def _print_line(canvas: Canvas, x: float, y: float, line: str, size: float) -> None:
    text = canvas.beginText(x, y)
    for piece in re.split(r"(\^\d)", line):
        if piece.startswith("^"):
            text.setFont(FONT, size * 0.6)
            text.setRise(size * 0.4)
            text.textOut(piece[1:])
            text.setRise(0)
        elif piece:
            text.setFont(FONT, size)
            text.textOut(piece)
    canvas.drawText(text)


def _print_foot(
    canvas: Canvas, publication: Publication, kind: str, number: int, notes: list[str]
) -> None:
    y = 70 + len(notes) * 9
    for note in notes:
        _print_line(canvas, BODY, y, note, NOTE_SIZE)
        y -= 9
    canvas.setFont(FONT, NOTE_SIZE)
    if number == 1:
        canvas.drawString(LEFT, 54, publication.identifier)
        canvas.drawString(LEFT, 46, "ISSN 0921 - 7398")
        canvas.drawString(LEFT, 38, "’s-Gravenhage 2025")
    canvas.drawString(BODY, 38, f"Tweede Kamer, vergaderjaar 2025–2026, {kind} {number}")
