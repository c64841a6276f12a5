"""HTML and XML as text: one block element a line, links in their place.

Footnote marks of official publications become superscript digits (`¹`), and so do the numbers
of their notes; the numbered questions and answers of official XML become `Vraag 1`, `Antwoord 1`.
Nothing outside the document is read: no DTD, no entities but the five of XML, no network.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from kg.errors import SourceError
from kg.sources.apart import read_apart

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br dd details div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section "
        "select summary table tbody tfoot thead title tr ul",
    )
)
_HIDDEN = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "head",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
    )
)
_HIDDEN_CLASSES = frozenset(("note-close",))
_MARK_CLASS = "nootnum"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CELLS = frozenset(("td", "th"))
_NOTICES = frozenset(("kamervraagopmerking", "mededeling"))
"""Elements of XML and classes of HTML that hold a postponement, with or without its heading."""
_NOTE_ALONE = re.compile(r"^([⁰¹²³⁴-⁹]+)\n", re.MULTILINE)
MAX_DEPTH = 400
MAX_MARKUP_CHARACTERS = 16 * 1024 * 1024
"""An official publication of hundreds of pages has under two million."""
_QUICK_CHARACTERS = 128 * 1024
_HTML_WORKER = Path(__file__).with_name("html_worker.py")


def read_html(text: str, name: str) -> str:
    """The visible text of an HTML page, table rows as `cell | cell |`.

    The parser needs time that grows with the square of the attributes of an element, and cannot be
    stopped, so large pages are read in a process of their own. Raises SourceError where there is
    no text, or the page takes too long.
    """
    _refuse_large(text, name)
    if len(text) <= _QUICK_CHARACTERS:
        return html_text(text, name)
    result = read_apart(_HTML_WORKER, text.encode(), name, "HTML page", name)
    if "error" in result:
        raise SourceError(result["message"], code=result["error"], line=result["line"])
    return str(result["text"])


def html_text(text: str, name: str) -> str:
    """As `read_html`, in this process, whatever it takes."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise _broken(name, "HTML", str(error)) from None
    lines = (" ".join(line.split()) for line in "".join(_html_pieces(root, 0)).split("\n"))
    read = _NOTE_ALONE.sub(r"\1 ", "\n".join(line for line in lines if line))
    if not read:
        raise SourceError(
            f"{name}: is an HTML page without text; give the page itself", code="empty"
        )
    return read + "\n"


def read_xml(text: str, name: str) -> str:
    """The text of an XML document, each element that holds text of its own a line.

    Raises SourceError: not well-formed, a DTD or entities (never expanded), no text.
    """
    _refuse_large(text, name)
    declared = re.search(r"<!(?:DOCTYPE|ENTITY)\b", text[:20_000])
    if declared and "<!ENTITY" in text:
        raise SourceError(
            f"{name}, line {text.count(chr(10), 0, declared.start()) + 1}: declares entities, "
            "which are never expanded; give the document without them",
            code="entities",
            line=text.count("\n", 0, declared.start()) + 1,
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(_without_declaration(text).encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise _broken(name, "XML", str(error)) from None
    lines = (" ".join(line.split()) for line in _xml_lines(root))
    read = "\n".join(line for line in lines if line)
    if not read:
        raise SourceError(f"{name}: is XML without text; give the document itself", code="empty")
    return read + "\n"


def _refuse_large(text: str, name: str) -> None:
    if len(text) > MAX_MARKUP_CHARACTERS:
        raise SourceError(
            f"{name}: is markup of more than {MAX_MARKUP_CHARACTERS} characters; split it",
            code="too-large",
        )


def _without_declaration(text: str) -> str:
    """`text` without its XML declaration, whose encoding no longer holds."""
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)


def _broken(name: str, what: str, reason: str) -> SourceError:
    line = re.search(r"line (\d+)", reason)
    place = f", line {line[1]}" if line else ""
    reason = " ".join(reason.split())[:120]
    return SourceError(
        f"{name}{place}: is broken {what} ({reason}); save it again",
        code="broken",
        line=int(line[1]) if line else None,
    )


def _html_pieces(element: etree._Element, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH or not isinstance(element.tag, str) or element.tag in _HIDDEN:
        return
    classes = (element.get("class") or "").split()
    if not _HIDDEN_CLASSES.isdisjoint(classes):
        return
    if _MARK_CLASS in classes:
        yield "".join(str(text) for text in element.itertext()).strip().translate(_SUPERSCRIPT)
        return
    block = element.tag in _BLOCKS
    if block:
        yield "\n"
    if not _NOTICES.isdisjoint(classes):
        yield from _notice_heading(element)
    if element.tag == "img":
        yield "![]()"
    yield (element.text or "").replace("\n", " ")
    for child in element:
        yield from _html_pieces(child, depth + 1)
        yield (child.tail or "").replace("\n", " ")
    if element.tag in _CELLS:
        yield " | "
    if block:
        yield "\n"


def _xml_lines(root: etree._Element) -> Iterator[str]:
    """A line for each element that holds text of its own, the notes after all others."""
    notes: list[str] = []
    yield from _element_lines(root, notes, 0)
    yield from notes


def _element_lines(element: etree._Element, notes: list[str], depth: int) -> Iterator[str]:
    name = _local_name(element)
    if depth > MAX_DEPTH or name is None:
        return
    if name == "metadata" and element.get("name"):
        content = element.get("content") or "".join(str(text) for text in element.itertext())
        yield f"{element.get('name')}: {content}"
    elif name == "nr" and (owner := _numbered_owner(element)):
        printed = "".join(str(text) for text in element.itertext()).strip()
        yield printed if printed[:1].isalpha() else f"{owner} {printed}"
    elif name == "li":
        lines = [line for child in element for line in _element_lines(child, notes, depth + 1)]
        yield " ".join([(element.text or "").strip(), *lines]).strip()
    elif (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        yield "".join(_running(element, notes))
    else:
        if name in _NOTICES:
            yield from _notice_heading(element)
        for child in element:
            yield from _element_lines(child, notes, depth + 1)


def _notice_heading(element: etree._Element) -> Iterator[str]:
    """`Mededeling` as a line, where the element does not open with it."""
    text = "".join(str(part) for part in element.itertext()).strip()
    if not text.startswith("Mededeling"):
        yield "Mededeling\n"


def _running(element: etree._Element, notes: list[str]) -> Iterator[str]:
    """The text of an element; a note in it leaves its mark and goes to `notes`."""
    if _local_name(element) == "noot":
        texts = ["".join(str(text) for text in child.itertext()).strip() for child in element]
        mark, note = (texts[0], " ".join(texts[1:])) if len(texts) > 1 else ("", " ".join(texts))
        raised = (mark or str(len(notes) + 1)).strip(" .)").translate(_SUPERSCRIPT)
        notes.append(f"{raised} {note}")
        yield raised
        return
    yield element.text or ""
    for child in element:
        yield from _running(child, notes)
        yield child.tail or ""


def _numbered_owner(element: etree._Element) -> str | None:
    """`Vraag` or `Antwoord` where the element numbers one."""
    parent = element.getparent()
    name = _local_name(parent) if parent is not None else None
    return {"vraag": "Vraag", "antwoord": "Antwoord"}.get(name or "")


def _local_name(element: etree._Element) -> str | None:
    return etree.QName(element).localname if isinstance(element.tag, str) else None
