"""Links and texts as HTML: the parts of pages of which there are very many."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from kg.export.page_parts import Link


def linked(one: Link) -> Markup:
    """A link, or its text where it leads nowhere, with its note."""
    html = escape(one.text)
    if one.address:
        html = Markup(f'<a href="{escape(one.address)}">{html}</a>')
    return Markup(f'{html} <span class="note">{escape(one.note)}</span>') if one.note else html


def marked(pieces: Iterable[Link]) -> Markup:
    """A text in pieces, those that are links with their anchors, and their notes as titles."""
    html = []
    for one in pieces:
        text = escape(one.text)
        if one.address:
            anchor = f' id="{escape(one.anchor)}"' if one.anchor else ""
            title, address = escape(one.note), escape(one.address)
            html.append(f'<a{anchor} href="{address}" title="{title}">{text}</a>')
        else:
            html.append(text)
    return Markup("".join(html))
