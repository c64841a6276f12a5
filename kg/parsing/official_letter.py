"""Ministry letters to the Tweede Kamer, with answers in an annex or with a postponement.

In antwoord op uw brief van D, nr. 2024Z11859, deel ik u mede dat de vragen van de leden …
De Minister van X,
A.B. Naam
Antwoorden van de minister van X mede namens … op Kamervragen van de leden … over ….
Vraag 1 …
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kg.model.document import (
    DocumentKind,
    Flaw,
    LineRole,
    ParsedDocument,
    ParsedLetter,
    ParsedSet,
    PrintedPerson,
)
from kg.model.text import SourceText, Span
from kg.parsing.dates import find_date
from kg.parsing.headings import heading_style, is_heading
from kg.parsing.kenmerken import KENMERK, find_kenmerken
from kg.parsing.lines import Ledger, read_lines
from kg.parsing.official_body import read_body
from kg.parsing.official_head import OfficialHead, read_extension, read_head
from kg.parsing.paragraphs import is_extension_letter
from kg.parsing.printed_pages import Piece, read_pages
from kg.parsing.running_text import Paragraph, RunningText

NAME = "ministry letter"
_TITLE = re.compile(
    r"^(?:Antwoord(?:en)?|Beantwoording)\s+van\s+(?:de\s+)?"
    r"(?:minister|minster|staatss?ecretaris)\b",
    re.IGNORECASE,
)
_REPLY = re.compile(r"\buw\s+brief\s+van\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"^(?:de\s+)?(?:minister-president|minister|staatss?ecretaris)\b.{0,120}$", re.IGNORECASE
)
_NAME_LINE = re.compile(r"^(?:(?:drs|mr|dr|ir|prof)\.\s*)*(?P<name>(?:[A-Z]\.\s?)+\s*\S.{1,60})$")
_POSTPONES = re.compile(r"^(?:Hierbij|Op\b|De vragen|De schriftelijke|Naar aanleiding)")
_NUMBERED_REPLY = re.compile(r"\bnr\.?\s*((?:19|20)\d\dZ\s?\d{5})")


def recognises(source: SourceText) -> bool:
    """Whether a minister replies to a letter of the Kamer, or titles an annex of answers."""
    lines = [line.text for line in read_lines(source.text)[:80]]
    if any("(ontvangen " in line for line in lines):
        return False
    titled = any(
        _TITLE.match(line) and re.search(r"\bop\b.*vragen\b", f"{line} {following}")
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
    )
    replies = any(_REPLY.search(line) for line in lines)
    asked = any(re.search(r"\bvragen\b", line) for line in lines)
    return titled or (asked and replies and any(_SIGNED.match(line) for line in lines))


def parse(source: SourceText) -> ParsedDocument:
    """The one set that the letter answers or postpones."""
    lines = read_lines(source.text)
    ledger = Ledger(lines)
    flaws: list[Flaw] = []
    pages = read_pages(lines, ledger)
    running = RunningText(pages)
    style = heading_style(pages.body)
    first = next(
        (index for index, piece in enumerate(pages.body) if is_heading(piece, style)),
        len(pages.body),
    )
    above = list(pages.body[:first])
    for piece in above:
        ledger.claim(piece.line, LineRole.HEADER)
    head = _read_letter_head(above, running)
    body = read_body(
        running.settle_marks(pages.body[first:], ledger), running, ledger, answers=True
    )
    flaws += body.flaws
    sent_on = _letter_date(above, flaws)
    letters: tuple[ParsedLetter, ...] = ()
    if not body.answers:
        letters = _read_postponement(above, running, ledger, sent_on)
        told = read_extension(running.read_line(above), sent_on)
        head = replace(
            head,
            kind=DocumentKind.EXTENSION if letters else None,
            subject=head.subject or told.subject,
            submitters=head.submitters or told.submitters,
            addressees=head.addressees or told.addressees,
        )
    kenmerk = next(
        (
            match[1].replace(" ", "")
            for piece in above
            if (match := _NUMBERED_REPLY.search(piece.text))
        ),
        None,
    )
    if kenmerk is None:
        named = find_kenmerken("\n".join(piece.text for piece in above))
        kenmerk = named[0] if len(named) == 1 else None
    if head.kind is None:
        flaws.append(Flaw("kind-unknown", "the letter neither answers nor postpones", 1))
    signed = _sign(head.answerers, above)
    parsed = ParsedSet(
        span=Span(lines[0].span.start, lines[-1].span.end),
        title=head.subject,
        kenmerk=kenmerk,
        submitters=head.submitters,
        addressees=head.addressees,
        answerers=() if letters else signed,
        postponers=signed if letters else (),
        submitted_on=_reply_date(above, running),
        answered_on=sent_on if body.answers else None,
        questions=tuple(body.questions),
        answers=tuple(body.answers),
        letters=letters,
    )
    return ParsedDocument(source, NAME, (parsed,), ledger.roles(), tuple(flaws), head.kind)


def _read_letter_head(above: Sequence[Piece], running: RunningText) -> OfficialHead:
    """The title above the annex, completed from the letter's first sentence."""
    at = next((index for index, piece in enumerate(above) if _TITLE.match(piece.text)), None)
    title = read_head(running.read_line(above[at:])) if at is not None else OfficialHead()
    at = next((index for index, piece in enumerate(above) if _REPLY.search(piece.text)), None)
    if at is None:
        return title
    end = next(
        (
            index
            for index in range(at, len(above))
            if re.search(r"\bbijlage\b|\bbeantwoord\b", above[index].text)
        ),
        at,
    )
    opening = read_head(_without_reply(running, above[at : end + 1]))
    return replace(
        title,
        kind=title.kind if title.answerers else opening.kind,
        subject=title.subject or opening.subject,
        submitters=title.submitters or opening.submitters,
        addressees=title.addressees or opening.addressees,
    )


def _without_reply(running: RunningText, pieces: Sequence[Piece]) -> Paragraph:
    """The first sentence up to `worden beantwoord`, which belongs to no subject."""
    paragraph = running.read_line(pieces)
    end = re.search(r"\s+(?:worden|wordt|kunnen|niet)\s+(?:\w+\s+){0,6}beantwoord", paragraph.text)
    if end:
        paragraph.text = paragraph.text[: end.start()]
        del paragraph.offsets[end.start() :]
    return paragraph


def _letter_date(above: Sequence[Piece], flaws: list[Flaw]) -> date | None:
    """The date below or beside the label `Datum`; of several the last, which the letter bears.

    The heads of further pages are printed first and may hold the date of a draft.
    """
    found: list[tuple[date, int]] = []
    for index, piece in enumerate(above):
        if not re.match(r"^Datum\b", piece.text):
            continue
        for near in above[index : index + 2]:
            day = find_date(near.text)
            if day:
                found.append((day, near.line.number))
                break
    if len({day for day, _ in found}) > 1:
        printed = ", ".join(sorted({day.isoformat() for day, _ in found}))
        flaws.append(
            Flaw("dates-differ", f"the letter bears several dates: {printed}", found[-1][1])
        )
    return found[-1][0] if found else None


def _reply_date(above: Sequence[Piece], running: RunningText) -> date | None:
    """The date of the Kamer's letter: `In antwoord op uw brief van 5 juli 2024, nr. …`."""
    text = running.read_line(above).text
    reply = _REPLY.search(text)
    return find_date(text[reply.end() : reply.end() + 30]) if reply else None


def _sign(
    answerers: tuple[PrintedPerson, ...], above: Sequence[Piece]
) -> tuple[PrintedPerson, ...]:
    """`answerers` with the name below the signature given to the office that signs."""
    for index, piece in enumerate(above):
        if not _SIGNED.match(piece.text):
            continue
        found = next(
            (
                (near.span, match["name"].strip(" ,."))
                for near in above[index + 1 : index + 4]
                if (match := _NAME_LINE.match(near.text))
            ),
            None,
        )
        if found is None:
            continue
        span, name = found
        office = re.sub(r"^de\s+", "", piece.text.strip(" ,."), flags=re.IGNORECASE)
        for place, person in enumerate(answerers):
            if not person.on_behalf and not person.name:
                signed = replace(person, name=name, span=span)
                return (*answerers[:place], signed, *answerers[place + 1 :])
        if not answerers:
            return (PrintedPerson(name, span, office=office),)
    return answerers


def _read_postponement(
    above: Sequence[Piece], running: RunningText, ledger: Ledger, sent_on: date | None
) -> tuple[ParsedLetter, ...]:
    for index, piece in enumerate(above):
        text = running.read_line(above[index : index + 4]).text
        if not re.match(
            r"^(?:Hierbij|Op\b|De vragen|De schriftelijke|Naar aanleiding)", piece.text
        ):
            continue
        if not is_extension_letter(text):
            continue
        end = next(
            (at for at in range(index, len(above)) if _SIGNED.match(above[at].text)), len(above)
        )
        for told in above[index:end]:
            ledger.claim(told.line, LineRole.LETTER)
        passage = running.read_passage(above[index:end])
        kenmerken = tuple(dict.fromkeys(KENMERK.findall(passage.text)))
        return (ParsedLetter(passage, kenmerken, sent_on),)
    return ()
