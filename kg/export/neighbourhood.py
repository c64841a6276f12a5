"""A drawing of what stands around a set: who asks, who answers, what is named, which sets are kin.

The set is in the middle, people at its left, what it names at its right, the thicker the line the
more often. It is SVG with links, so it needs neither scripts nor other files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten, wrap
from xml.sax.saxutils import escape, quoteattr

from kg.export.page_parts import Link

_BOX = 250
_GAP = 110
_MIDDLE = 210
_ROW = 30
_HEAD = 26
_TITLE_LINE = 17
_LETTERS = 33
_WIDTH = 2 * _BOX + 2 * _GAP + _MIDDLE


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Things with one relation to the set; `weights` tells how often, for each of `links`."""

    caption: str
    kind: str
    links: Sequence[Link]
    weights: Sequence[int] = ()


def draw(title: str, left: Sequence[Neighbours], right: Sequence[Neighbours]) -> str:
    """The drawing as SVG; empty where there is nothing around the set."""
    sides = [[one for one in side if one.links] for side in (left, right)]
    if not any(sides):
        return ""
    heights = [sum(_HEAD + _ROW * len(one.links) for one in side) for side in sides]
    lines = wrap(shorten(title, 110, placeholder="…"), 24)
    middle_height = _TITLE_LINE * len(lines) + 24
    height = max(*heights, middle_height) + 20
    centre = height / 2
    edges, boxes = [], []
    for side, x, height_of in zip(sides, (0, _WIDTH - _BOX), heights, strict=True):
        y = (height - height_of) / 2
        for group in side:
            boxes.append(f'<text class="caption" x="{x + 4}" y="{y + 17:g}">{group.caption}</text>')
            y += _HEAD
            for number, link in enumerate(group.links):
                weight = group.weights[number] if group.weights else 1
                edges.append(_edge(x, y + _ROW / 2 - 2, centre, weight))
                boxes.append(_box(link, group.kind, x, y))
                y += _ROW
    x = _BOX + _GAP
    top = centre - middle_height / 2
    text = "".join(
        f'<tspan x="{x + _MIDDLE / 2:g}" y="{top + 25 + number * _TITLE_LINE:g}">'
        f"{escape(line)}</tspan>"
        for number, line in enumerate(lines)
    )
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height:g}" role="group" aria-labelledby="network-title">'
        f'<title id="network-title">Netwerk rond deze set / The network around this set</title>'
        f'{"".join(edges)}<rect class="middle" x="{x}" y="{top:g}" width="{_MIDDLE}" '
        f'height="{middle_height}" rx="8"/><text class="middle">{text}</text>{"".join(boxes)}</svg>'
    )


def _edge(x: float, y: float, centre: float, weight: int) -> str:
    outer = x + _BOX if x == 0 else x
    inner = _BOX + _GAP + (0 if x == 0 else _MIDDLE)
    half = (outer + inner) / 2
    thick = min(1 + 0.6 * (weight - 1), 6)
    return (
        f'<path d="M{outer:g} {y:g}C{half:g} {y:g} {half:g} {centre:g} {inner:g} {centre:g}" '
        f'stroke-width="{thick:g}"/>'
    )


def _box(link: Link, kind: str, x: float, y: float) -> str:
    text = link.text if len(link.text) <= _LETTERS else f"{link.text[: _LETTERS - 1].rstrip()}…"
    note = f"{link.text}, {link.note}" if link.note else link.text
    shape = (
        f'<title>{escape(note)}</title><rect class="{kind}" x="{x:g}" y="{y:g}" width="{_BOX}" '
        f'height="{_ROW - 4}" rx="5"/><text x="{x + 9:g}" y="{y + 18:g}">{escape(text)}</text>'
    )
    if link.address is None:
        return f"<g>{shape}</g>"
    return f"<a href={quoteattr(link.address)}>{shape}</a>"
