"""Makes Word documents from parts, as Word writes them."""

import io
import zipfile
from xml.sax.saxutils import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def make_word(
    paragraphs: list[str], notes: list[str] | None = None, body: str | None = None
) -> bytes:
    """A .docx of `paragraphs`; `^1` in one refers to the first of `notes`; `# ` numbers one."""
    document = body if body is not None else "".join(map(_paragraph, paragraphs))
    footnotes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes or [], 1)
    )
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
            f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}.footnotes+xml"/>'
            f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": _relations(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(
            ("rId1", "footnotes", "footnotes.xml"), ("rId2", "numbering", "numbering.xml")
        ),
        "word/document.xml": (
            f"<w:document {_W}><w:body>{document}<w:sectPr/></w:body></w:document>"
        ),
        "word/footnotes.xml": f"<w:footnotes {_W}>{footnotes}</w:footnotes>",
        "word/numbering.xml": (
            f'<w:numbering {_W}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0">'
            '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
        ),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')
    return packed.getvalue()


def _relations(*relations: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{identifier}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for identifier, kind, target in relations
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inside}</Relationships>"
    )


def _paragraph(text: str) -> str:
    numbered = text.startswith("# ")
    properties = (
        '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        if numbered
        else ""
    )
    pieces = text.removeprefix("# ").split("^")
    runs = f"<w:r><w:t>{escape(pieces[0])}</w:t></w:r>" + "".join(
        f'<w:r><w:footnoteReference w:id="{piece[0]}"/></w:r>'
        f"<w:r><w:t>{escape(piece[1:])}</w:t></w:r>"
        for piece in pieces[1:]
    )
    return f"<w:p>{properties}{runs}</w:p>"
