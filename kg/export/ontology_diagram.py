"""A picture of the classes and what joins them, as SVG.

The rows follow the reading: what joins sets, sets and people in them, texts, what stands in
texts, and what texts name. A framed row is a class with its subclasses.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from kg.export.ontology import Term

_ROWS: tuple[tuple[str, ...], ...] = (
    ("SourceDocument", "SourceError", "RoundRobin", "AlignedQuestions", "ReusedPassage"),
    ("Counting", "Slice", "Count"),
    ("Membership", "Participation", "QuestionSet"),
    ("TextUnit", "Question", "Answer", "ExtensionLetter"),
    ("AnswerKind", "CrossReference", "Mention", "Footnote", "Commitment"),
    ("Entity", "Person", "Party", "Office", "Ministry", "Organisation"),
    ("Law", "Motion", "ParliamentaryPaper", "Policy", "Topic"),
)
_WIDTH, _HEIGHT = 150, 34
_ACROSS, _DOWN = 190, 108
_MARGIN = 24

_LETTER, _LINE = 4.9, 11
"""Width and height of a letter of a label."""
_LABEL_PARTS = (0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75, 0.18, 0.82, 0.12, 0.88)
"""Where on its arrow a label may stand, the best first."""

Place = tuple[float, float]
_Area = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Edge:
    source: str
    target: str
    names: tuple[str, ...]


def draw(classes: Iterable[Term], properties: Iterable[Term]) -> str:
    """The SVG element. Boxes link to `#Name`; an arrow's title names its properties."""
    terms = {term.anchor: term for term in classes}
    placed = {name for row in _ROWS for name in row}
    others = tuple(sorted(terms.keys() - placed))
    rows = [tuple(name for name in row if name in terms) for row in (*_ROWS, others)]
    rows = [row for row in rows if row]
    widest = max(map(len, rows))
    places = {
        name: (_MARGIN + ((widest - len(row)) / 2 + order) * _ACROSS, _MARGIN + level * _DOWN)
        for level, row in enumerate(rows)
        for order, name in enumerate(row)
    }
    width = 2 * _MARGIN + (widest - 1) * _ACROSS + _WIDTH
    height = 2 * _MARGIN + (len(rows) - 1) * _DOWN + _HEIGHT + _DOWN / 2
    taken: list[_Area] = [(x, y, x + _WIDTH, y + _HEIGHT) for x, y in places.values()]
    arrows = "\n".join(_arrow(edge, places, taken) for edge in _edges(terms, properties))
    frames = "\n".join(_frame(name, terms, places) for name in terms if _below(name, terms))
    boxes = "\n".join(_box(terms[name], places[name]) for name in places)
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="group" aria-labelledby="diagram-title">\n'
        '<title id="diagram-title">Klassen en wat ze verbindt / Classes and what joins them</title>'
        '\n<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>\n'
        f"{frames}\n{arrows}\n{boxes}\n</svg>"
    )


def _below(name: str, terms: Mapping[str, Term]) -> list[str]:
    above = f"#{name}"
    return [
        other for other, term in terms.items() if above in (link.address for link in term.above)
    ]


def _edges(classes: Mapping[str, Term], properties: Iterable[Term]) -> list[_Edge]:
    joined: dict[tuple[str, str], list[str]] = defaultdict(list)
    for term in properties:
        for source in term.domain:
            for target in term.range:
                ends = source.address.lstrip("#"), target.address.lstrip("#")
                if ends[0] != ends[1] and ends[0] in classes and ends[1] in classes:
                    joined[ends].append(term.anchor)
    return [_Edge(*ends, tuple(sorted(names))) for ends, names in sorted(joined.items())]


def _arrow(edge: _Edge, places: Mapping[str, Place], taken: list[_Area]) -> str:
    """A curve with its label, where that stands clear of the areas taken so far."""
    (x1, y1), (x2, y2) = places[edge.source], places[edge.target]
    x1, x2 = x1 + _WIDTH / 2, x2 + _WIDTH / 2
    leaves = _HEIGHT if y1 <= y2 else 0
    arrives = 0 if y1 < y2 else _HEIGHT
    bend = _DOWN / 2 if y1 <= y2 else -_DOWN / 2
    back = bend if y1 == y2 else -bend
    y1, y2 = y1 + leaves, y2 + arrives
    curve = f"M{x1:g} {y1:g}C{x1:g} {y1 + bend:g} {x2:g} {y2 + back:g} {x2:g} {y2:g}"
    title = f"{edge.source} → {edge.target}: {', '.join(edge.names)}"
    label = edge.names[0] + (f" +{len(edge.names) - 1}" if len(edge.names) > 1 else "")
    half = len(label) * _LETTER / 2
    at = [
        (_along(part, x1, x1, x2, x2), _along(part, y1, y1 + bend, y2 + back, y2))
        for part in _LABEL_PARTS
    ]
    areas = [(x - half, y - _LINE / 2, x + half, y + _LINE / 2) for x, y in at]
    best = min(range(len(at)), key=lambda one: (sum(_shared(areas[one], t) for t in taken), one))
    taken.append(areas[best])
    x, y = at[best]
    return (
        f'<g class="edge"><title>{escape(title)}</title><path d="{curve}"/>'
        f'<text x="{x:g}" y="{y + 3:g}">{escape(label)}</text></g>'
    )


def _along(part: float, first: float, second: float, third: float, last: float) -> float:
    """A coordinate of a cubic curve at a part of its way, 0 to 1."""
    rest = 1 - part
    return (
        rest**3 * first + 3 * rest**2 * part * second + 3 * rest * part**2 * third + part**3 * last
    )


def _shared(one: _Area, other: _Area) -> float:
    """The size of what two areas have in common."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def _frame(name: str, terms: Mapping[str, Term], places: Mapping[str, Place]) -> str:
    members = [places[member] for member in (name, *_below(name, terms))]
    left, top = min(x for x, _ in members) - 10, min(y for _, y in members) - 10
    width = max(x for x, _ in members) + _WIDTH + 10 - left
    height = max(y for _, y in members) + _HEIGHT + 10 - top
    return (
        f'<rect class="frame" x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" '
        'rx="9"/>'
    )


def _box(term: Term, place: Place) -> str:
    x, y = place
    return (
        f'<a href={quoteattr("#" + term.anchor)}><rect x="{x:g}" y="{y:g}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" rx="5"/><text x="{x + _WIDTH / 2:g}" y="{y + _HEIGHT / 2 + 4:g}">'
        f"{escape(term.anchor)}</text></a>"
    )
