"""Ministry letters to the Tweede Kamer, with answers in an annex or with a postponement.

In antwoord op uw brief van D, nr. 2024Z11859, deel ik u mede dat de vragen van de leden …
De Minister van X,
A.B. Naam
Antwoorden van de minister van X mede namens … op Kamervragen van de leden … over ….
Vraag 1 …
"""

import re
from collections.abc import Iterator, Sequence
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
from kg.model.spelling import CAPITAL
from kg.model.text import SourceText, Span
from kg.parsing.dates import find_date
from kg.parsing.headings import heading_style, is_heading
from kg.parsing.kenmerken import KENMERK, find_kenmerken
from kg.parsing.lines import Ledger, read_lines
from kg.parsing.offices import TITLE, read_offices
from kg.parsing.official_body import read_body
from kg.parsing.official_head import OfficialHead, read_extension, read_head
from kg.parsing.paragraphs import postpones
from kg.parsing.printed_pages import Piece, read_pages
from kg.parsing.running_text import Paragraph, RunningText

NAME = "ministry letter"
_TITLE = re.compile(
    r"^(?:Antwoord(?:en)?|Beantwoording)\s+van\s+(?:de\s+)?"
    r"(?:minister|minster|staatss?ecretaris)\b",
    re.IGNORECASE,
)
_REPLY = re.compile(r"\buw\s+brief\s+van\b", re.IGNORECASE)
_SALUTATION = re.compile(
    r"^(?:Geachte|Mijnheer|Mevrouw|Zeer geachte)\b.{0,60}voorzitter", re.IGNORECASE
)
_ASKS_TITLE = re.compile(
    r"^(?:(?:Schriftelijke|Mondelinge)\s+)?(?:Kamer)?vragen\s+(?:gesteld\s+)?(?:van|door)\s+"
    r"(?:het\s+|de\s+)?(?:lid|leden)\b.*\baan\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"^(?:Hoogachtend|Met (?:vriendelijke groet|(?:de meeste )?hoogachting))", re.IGNORECASE
)
_SUBJECT = re.compile(r"^(?:Betreft|Onderwerp)\b\s*:?", re.IGNORECASE)
_THEIR_NUMBER = re.compile(r"^Uw\s+(?:kenmerk|referentie|brief)\b", re.IGNORECASE)
_PLACE_AND_DAY = re.compile(r"^(?:Den Haag|’s-Gravenhage|'s-Gravenhage),?\s+\d", re.IGNORECASE)
_SIGNED = re.compile(rf"^(?:de\s+)?{TITLE}\b.{{0,120}}$", re.IGNORECASE)
_FULL_NAME = re.compile(
    rf"^(?P<name>{CAPITAL}[^\W\d_’'-]+(?:\s(?:van|de|der|den|ter|ten|el|{CAPITAL}[\w’'-]+)){{1,4}})$"
)
_NO_NAME = re.compile(r"^(?:Antwoord|Beantwoording|Bijlage|Kamervragen|Ministerie|Tweede|Vra)")
_ON_BEHALF = re.compile(
    rf"\bmede\s+namens\s+(?=(?:de\s+)?{TITLE})(?P<whom>.+?)"
    r"(?=,?\s+(?:de\s+antwoorden|de\s+beantwoording|mijn\s+antwoord|op\s+de|op\s+vragen|zend|doe|bied|"
    r"stuur|deel)|,\s+(?:de|het)\s+(?!Minister|Staatssecretaris)|\.|$)",
    re.IGNORECASE,
)
_NAME_LINE = re.compile(r"^(?:(?:drs|mr|dr|ir|prof)\.\s*)*(?P<name>(?:[A-Z]\.\s?)+\s*\S.{1,60})$")
_POSTPONES = re.compile(r"^(?:Hierbij|In antwoord|Op\b|De vragen|De schriftelijke|Naar aanleiding)")
_NUMBERED_REPLY = re.compile(r"\bnr\.?\s*((?:19|20)\d\dZ\s?\d{5})")


def recognises(source: SourceText) -> bool:
    """Whether a minister replies to a letter of the Kamer, or titles an annex of answers."""
    lines = [line.text for line in read_lines(source.text)[:80]]
    if any("(ontvangen " in line for line in lines):
        return False
    written = any(_SALUTATION.match(line) for line in lines)
    titled = any(
        _TITLE.match(line) and re.search(r"\bop\b.*vragen\b", f"{line} {following}")
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
    )
    replies = any(_REPLY.search(line) for line in lines)
    asked = any(re.search(r"\b(?:Kamer)?vragen\b", line, re.IGNORECASE) for line in lines)
    signed = any(_SIGNED.match(line) for line in lines)
    return titled or (asked and signed and (replies or written))


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
    if body.answers:
        head = replace(head, kind=DocumentKind.ANSWERS)
    else:
        letters = _read_postponement(above, running, ledger, sent_on)
        head = replace(head, kind=DocumentKind.EXTENSION if letters else None)
    head = _complete(head, above, running, sent_on)
    kenmerk = next(
        (
            match[1].replace(" ", "")
            for piece in above
            if (match := _NUMBERED_REPLY.search(piece.text))
        ),
        None,
    )
    if kenmerk is None:
        kenmerk = _labelled_number(above)
    if kenmerk is None:
        named = find_kenmerken("\n".join(piece.text for piece in above))
        kenmerk = named[0] if len(named) == 1 else None
    if head.kind is None:
        flaws.append(Flaw("kind-unknown", "the letter neither answers nor postpones", 1))
    signed = _sign(head.answerers, above, running)
    parsed = ParsedSet(
        span=Span(lines[0].span.start, lines[-1].span.end),
        title=head.subject,
        kenmerk=kenmerk,
        submitters=head.submitters,
        addressees=head.addressees,
        answerers=() if letters else signed,
        postponers=signed if letters else (),
        submitted_on=_reply_date(above, running) or head.submitted_on,
        answered_on=sent_on if body.answers else None,
        questions=tuple(body.questions),
        answers=tuple(body.answers),
        letters=letters,
    )
    return ParsedDocument(source, NAME, (parsed,), ledger.roles(), tuple(flaws), head.kind)


def _read_letter_head(above: Sequence[Piece], running: RunningText) -> OfficialHead:
    """The title above the annex, completed from the letter's first sentence."""
    titles = [
        index
        for shape in (_TITLE, _ASKS_TITLE)
        for index, piece in enumerate(above)
        if shape.match(piece.text)
    ]
    at = titles[0] if titles else None
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


def _complete(
    head: OfficialHead, above: Sequence[Piece], running: RunningText, sent_on: date | None
) -> OfficialHead:
    """`head` with what the letter's sentences and its subject line say besides."""
    start = next(
        (index for index, piece in enumerate(above) if _SALUTATION.match(piece.text)), None
    )
    told = [] if start is None else [running.read_line(above[start + 1 :])]
    told += [
        running.read_line(above[index : index + (1 if match.end() < len(piece.text) else 2)])
        for index, piece in enumerate(above)
        if (match := _SUBJECT.match(piece.text))
    ]
    if start is None:
        told.append(running.read_line(above))
    for paragraph in told:
        also = read_extension(paragraph, sent_on)
        head = replace(
            head,
            subject=head.subject or also.subject,
            submitters=head.submitters or also.submitters,
            addressees=head.addressees or also.addressees,
            submitted_on=head.submitted_on or also.submitted_on,
        )
    return head


def _labelled_number(above: Sequence[Piece]) -> str | None:
    """The kenmerk beside or below the label `Uw kenmerk`."""
    for index, piece in enumerate(above):
        if _THEIR_NUMBER.match(piece.text):
            named = find_kenmerken("\n".join(near.text for near in above[index : index + 2]))
            if named:
                return named[0]
    return None


def _without_reply(running: RunningText, pieces: Sequence[Piece]) -> Paragraph:
    """The first sentence up to `worden beantwoord`, which belongs to no subject."""
    paragraph = running.read_line(pieces)
    end = re.search(r"\s+(?:worden|wordt|kunnen|niet)\s+(?:\w+\s+){0,12}beantwoord", paragraph.text)
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
    if found:
        return found[-1][0]
    written = (find_date(piece.text) for piece in above if _PLACE_AND_DAY.match(piece.text))
    return next(written, None)


def _reply_date(above: Sequence[Piece], running: RunningText) -> date | None:
    """The date of the Kamer's letter: `In antwoord op uw brief van 5 juli 2024, nr. …`."""
    text = running.read_line(above).text
    reply = _REPLY.search(text)
    return find_date(text[reply.end() : reply.end() + 30]) if reply else None


def _sign(
    answerers: tuple[PrintedPerson, ...], above: Sequence[Piece], running: RunningText
) -> tuple[PrintedPerson, ...]:
    """`answerers` with the names below the signatures given to the offices that sign.

    Where no title names them, those who sign answer, and those in whose name they write.
    """
    signed = list(_signatures(above))
    if not answerers:
        whole = running.read_line(above)
        behalf = _ON_BEHALF.search(whole.text)
        others = (
            read_offices(whole, behalf.start("whom"), behalf.end("whom"), on_behalf=True)
            if behalf and signed
            else ()
        )
        return (*signed, *others)
    found = list(answerers)
    for person in signed:
        place = next(
            (at for at, one in enumerate(found) if not one.on_behalf and not one.name), None
        )
        if place is not None:
            found[place] = replace(found[place], name=person.name, span=person.span)
    return tuple(found)


def _signatures(above: Sequence[Piece]) -> Iterator[PrintedPerson]:
    """The offices that stand above a name on a line of its own."""
    for index, piece in enumerate(above):
        if not _SIGNED.match(piece.text):
            continue
        for near in above[index + 1 : index + 4]:
            named = _NAME_LINE.match(near.text) or _FULL_NAME.match(near.text.strip())
            if named and not _NO_NAME.match(near.text):
                office = re.sub(r"^de\s+", "", piece.text.strip(" ,."), flags=re.IGNORECASE)
                yield PrintedPerson(named["name"].strip(" ,."), near.span, office=office)
                break
            if _SIGNED.match(near.text):
                break


def _read_postponement(
    above: Sequence[Piece], running: RunningText, ledger: Ledger, sent_on: date | None
) -> tuple[ParsedLetter, ...]:
    """The letter's text from where it postpones, or from its salutation, to the signature."""
    opens = next(
        (index + 1 for index, piece in enumerate(above) if _SALUTATION.match(piece.text)), None
    )
    for index, piece in enumerate(above):
        text = running.read_line(above[index : index + 4]).text
        if opens is None and not _POSTPONES.match(piece.text):
            continue
        if index < (opens or 0) or not postpones(text):
            continue
        start = index if opens is None else opens
        end = next(
            (
                at
                for at in range(index + 1, len(above))
                if _SIGNED.match(above[at].text) or _CLOSES.match(above[at].text)
            ),
            len(above),
        )
        for told in above[start:end]:
            ledger.claim(told.line, LineRole.LETTER)
        passage = running.read_passage(above[start:end])
        kenmerken = tuple(dict.fromkeys(KENMERK.findall(passage.text)))
        return (ParsedLetter(passage, kenmerken, sent_on),)
    return ()
