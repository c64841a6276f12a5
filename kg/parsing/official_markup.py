"""Official publications as XML (`officiele-publicatie/kamervragen`) and HTML (`div.vraag`).

The source reader gives their text line by line with headings and notes in the shape of the text
layout; what only the markup knows (ids, names, ISO dates) completes it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from lxml import etree

from kg.model.document import DocumentKind, ParsedDocument, PrintedPerson
from kg.model.text import SourceText, Span
from kg.parsing import official_text

NAME = "official XML or HTML"
_MARKED = re.compile(
    r"""<(?:\w+:)?kamervra(?:ag|gen)\w*[\s>]|<div[^>]*\bclass=["'](?:[^"']*\s)?(?:vraag|antwoord)["'\s]"""
)
_ANCHOR = re.compile(r"\bID-((?:19|20)\d\dZ\d{5})-")


def recognises(source: SourceText) -> bool:
    """Whether the markup has the elements of official questions and answers."""
    return source.markup is not None and bool(_MARKED.search(source.markup))


def parse(source: SourceText) -> ParsedDocument:
    """The one set of the document; a fragment without a head keeps what it holds."""
    document = official_text.parse(source)
    (parsed,) = document.sets
    markup = source.markup or ""
    anchors = set(_ANCHOR.findall(markup))
    kind = document.kind
    flaws = document.flaws
    if kind is None:
        kind = DocumentKind.ANSWERS if parsed.answers else DocumentKind.QUESTIONS
        flaws = tuple(flaw for flaw in flaws if flaw.code != "kind-unknown")
    root = _xml_root(markup)
    government = tuple(_names(source.text, root, "antwoord"))
    parsed = replace(
        parsed,
        kenmerk=parsed.kenmerk or (anchors.pop() if len(anchors) == 1 else None),
        submitters=parsed.submitters or tuple(_names(source.text, root, "vraag")),
        answerers=parsed.answerers or (government if kind is DocumentKind.ANSWERS else ()),
        postponers=parsed.postponers or (government if kind is DocumentKind.EXTENSION else ()),
        submitted_on=parsed.submitted_on or _iso_date(root, "vraag"),
        answered_on=parsed.answered_on
        or (_iso_date(root, "antwoord") if kind is DocumentKind.ANSWERS else None),
    )
    return replace(document, layout=NAME, sets=(parsed,), kind=kind, flaws=flaws)


def _xml_root(markup: str) -> etree._Element | None:
    if "kamervraagomschrijving" not in markup:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    try:
        return etree.fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", markup).encode(), parser)
    except etree.LxmlError:
        return None


def _descriptions(root: etree._Element | None, kind: str) -> Iterator[etree._Element]:
    for element in root.iter("{*}kamervraagomschrijving") if root is not None else ():
        if element.get("type") == kind:
            yield element


def _names(text: str, root: etree._Element | None, kind: str) -> Iterator[PrintedPerson]:
    for description in _descriptions(root, kind):
        for element in description.iter("{*}achternaam"):
            name = " ".join("".join(str(part) for part in element.itertext()).split())
            found = text.find(name) if name else -1
            if found >= 0:
                yield PrintedPerson(name, Span(found, found + len(name)))


def _iso_date(root: etree._Element | None, kind: str) -> date | None:
    for description in _descriptions(root, kind):
        for element in description.iter("{*}datum"):
            try:
                return date.fromisoformat((element.get("isodatum") or "")[:10])
            except ValueError:
                continue
    return None
