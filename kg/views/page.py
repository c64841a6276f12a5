"""The page: pyvis models and texts as data, a template of our own, one file without requests.

Nothing from the graph becomes markup: all of it goes into `application/json` blocks, with `<`,
`>` and `&` written as escapes, and the scripts set it as text. The content security policy
names the scripts and styles by their hashes and allows no request at all.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import networkx as nx
from markupsafe import Markup

from kg.views.aggregation import DRAWN_AT_MOST, aggregate
from kg.views.corpus import Corpus, Evidence, SetFacts, Thing
from kg.views.excerpts import Excerpt, choose_excerpts
from kg.views.layout import lay_out
from kg.views.pyvis_network import to_pyvis
from kg.views.subjects import community_names

_ASSETS = Path(__file__).parent / "assets"
_SCRIPTS = (
    "data.js",
    "words.js",
    "elements.js",
    "state.js",
    "shapes.js",
    "drawing.js",
    "panel.js",
    "table.js",
    "charts.js",
    "downloads.js",
    "explorer.js",
)
_OVERVIEW_ABOVE, _OVERVIEW = 500, 160
_LABEL_AT_MOST = 1_000
_ALIASES_AT_MOST = 12
_EVIDENCE_AN_EDGE = 40
_TEXT_KINDS = ("question", "answer", "letter")


@dataclass(frozen=True, slots=True)
class PageView:
    """One view of a page: its name and its network."""

    name: str
    network: "nx.MultiDiGraph[str]"


def render_page(
    views: Sequence[PageView],
    corpus: Corpus,
    subjects: Mapping[str, Sequence[str]],
    all_sets: int = 0,
) -> str:
    """The whole page as HTML. `subjects` are the things that each set is about.

    `all_sets` is how many sets there are, where the corpus holds a part of them.
    """
    drawn = []
    extra: dict[str, Thing] = {}
    for view in views:
        network, left_out = view.network, 0
        if len(network) > DRAWN_AT_MOST:
            left_out = len(network)
            network, stand_ins = aggregate(network, corpus)
            extra.update(stand_ins)
        drawn.append((view.name, network, left_out))
    known = {**corpus.things, **extra}
    data = _PageData(known, corpus, subjects, [network for _, network, _ in drawn])
    blocks: list[tuple[str, Any]] = [
        ("view-" + name, data.view(network, count)) for name, network, count in drawn
    ]
    blocks += [("things", data.things()), ("sets", data.sets()), ("texts", data.texts())]
    meta = {
        "base": corpus.base,
        "views": [name for name, _, _ in drawn],
        "sets": len(corpus.sets),
        "allSets": all_sets,
        "questions": sum(text.kind == "question" for text in corpus.texts.values()),
        "answered": len(
            {
                (text.set, number)
                for text in corpus.texts.values()
                if text.kind == "answer"
                for number in text.numbers
            }
        ),
        "cut": data.cut,
    }
    return _fill_template([("meta", meta), *blocks])


class _PageData:
    """The graph's facts as columns, with things, sets and texts numbered in sorted order."""

    def __init__(
        self,
        known: Mapping[str, Thing],
        corpus: Corpus,
        subjects: Mapping[str, Sequence[str]],
        networks: "Sequence[nx.MultiDiGraph[str]]",
    ) -> None:
        self._known, self._corpus, self._subjects = known, corpus, subjects
        edges = sorted(
            (
                (-facts["weight"], source, target, facts["evidence"][:_EVIDENCE_AN_EDGE])
                for network in networks
                for source, target, facts in network.edges(data=True)
            ),
            key=lambda edge: edge[:3],
        )
        self._excerpts = choose_excerpts(corpus, (place for edge in edges for place in edge[3]))
        shown_sets = {place.set for edge in edges for place in edge[3]}
        shown_sets.update(node for network in networks for node in network if node in corpus.sets)
        self._sets = {key: n for n, key in enumerate(sorted(shown_sets & corpus.sets.keys()))}
        used = {node for network in networks for node in network} | self._sets.keys()
        for key in self._sets:
            facts = corpus.sets[key]
            used.update(facts.submitters, facts.addressees, facts.parties, facts.ministries)
            used.update(subjects.get(key, ()))
        self._things = {key: n for n, key in enumerate(sorted(used & known.keys()))}
        self._texts = {key: n for n, key in enumerate(self._excerpts)}
        self.cut = any(not excerpt.whole for excerpt in self._excerpts.values())

    def things(self) -> list[Any]:
        rows = []
        for key in self._things:
            thing = self._known[key]
            links = [url for url in (*thing.pages, *thing.matches) if _is_web(url)]
            rows.append(
                [
                    thing.id[:_LABEL_AT_MOST],
                    thing.kind,
                    _short(thing.label),
                    [_short(label) for label in thing.aliases[:_ALIASES_AT_MOST]] or 0,
                    list(thing.identifiers) or 0,
                    links or 0,
                    _short(thing.detail) or 0,
                ]
            )
        return rows

    def sets(self) -> list[Any]:
        asked: dict[str, set[int]] = {}
        replied: dict[str, set[int]] = {}
        for text in self._corpus.texts.values():
            where = asked if text.kind == "question" else replied
            if text.kind != "letter":
                where.setdefault(text.set, set()).update(text.numbers)
        return [
            [
                self._things[key],
                *self._set_row(self._corpus.sets[key]),
                self._numbers(self._subjects.get(key, ())),
                len(asked.get(key, ())),
                len(replied.get(key, ())),
            ]
            for key in self._sets
        ]

    def _set_row(self, facts: SetFacts) -> list[Any]:
        return [
            facts.kenmerk,
            facts.aanhangsel,
            facts.submitted.isoformat() if facts.submitted else "",
            facts.answered.isoformat() if facts.answered else "",
            self._numbers(facts.submitters),
            self._numbers(facts.addressees),
            self._numbers(facts.parties),
            self._numbers(facts.ministries),
        ]

    def _numbers(self, keys: Sequence[str]) -> list[int]:
        return [self._things[key] for key in keys if key in self._things]

    def texts(self) -> list[Any]:
        return [self._text_row(excerpt) for excerpt in self._excerpts.values()]

    def _text_row(self, excerpt: Excerpt) -> list[Any]:
        text = excerpt.text
        return [
            self._sets.get(text.set, -1),
            _TEXT_KINDS.index(text.kind),
            list(text.numbers),
            excerpt.piece,
            0 if excerpt.whole else 1,
            round(text.confidence, 2),
        ]

    def view(self, network: "nx.MultiDiGraph[str]", left_out: int) -> dict[str, Any]:
        """A view's nodes and edges, from the pyvis model, most important node first."""
        layout = lay_out(network)
        model = to_pyvis(network, layout)
        number = {node["id"]: n for n, node in enumerate(model.nodes)}
        names = community_names(network, layout.communities, self._subjects, self._corpus)
        relations = sorted({edge["relation"] for edge in model.edges})
        evidence = [
            self._places(network.edges[edge["from"], edge["to"], edge["relation"]]["evidence"])
            for edge in model.edges
        ]
        nodes = model.nodes
        return {
            "thing": [self._things[node["id"]] for node in nodes],
            "x": [node["x"] for node in nodes],
            "y": [node["y"] for node in nodes],
            "size": [node["size"] for node in nodes],
            "weight": [node["value"] for node in nodes],
            "community": [node["community"] for node in nodes],
            "names": {str(community): _short(name) for community, name in names.items()},
            "relations": relations,
            "from": [number[edge["from"]] for edge in model.edges],
            "to": [number[edge["to"]] for edge in model.edges],
            "relation": [relations.index(edge["relation"]) for edge in model.edges],
            "value": [edge["value"] for edge in model.edges],
            "evidence": evidence,
            "overview": self._overview(network, model.nodes),
            "aggregatedFrom": left_out,
        }

    def _places(self, places: Sequence[Evidence]) -> list[int]:
        """Set, text, start, end for each place, flat; -1 where there is none."""
        flat: list[int] = []
        for place in places[:_EVIDENCE_AN_EDGE]:
            start, end = place.start, place.end
            excerpt = self._excerpts.get(place.unit)
            if (
                excerpt is None
                or start < excerpt.offset
                or end > excerpt.offset + len(excerpt.piece)
            ):
                start = end = -1
            elif start >= 0:
                start, end = start - excerpt.offset, end - excerpt.offset
            flat += [self._sets.get(place.set, -1), self._texts.get(place.unit, -1), start, end]
        return flat

    def _overview(
        self, network: "nx.MultiDiGraph[str]", nodes: Sequence[Mapping[str, Any]]
    ) -> list[int]:
        """The nodes a large network opens with: the most important of all and of each cluster."""
        if len(nodes) <= _OVERVIEW_ABOVE:
            return []
        chosen = set(range(_OVERVIEW * 2 // 3))
        size: dict[int, int] = {}
        for n, node in enumerate(nodes):
            seen = size.get(node["community"], 0)
            if seen < 2 and len(chosen) < _OVERVIEW:
                chosen.add(n)
            size[node["community"]] = seen + 1
        return sorted(chosen)


def _short(label: str) -> str:
    return label if len(label) <= _LABEL_AT_MOST else label[: _LABEL_AT_MOST - 1] + "…"


def _is_web(url: str) -> bool:
    return url.lower().startswith(("https://", "http://"))


def _fill_template(blocks: Sequence[tuple[str, Any]]) -> str:
    script = "\n".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    style = (_ASSETS / "explorer.css").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_ASSETS), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("explorer.html").render(
        script=Markup(script),
        style=Markup(style),
        script_hash=_hash(script),
        style_hash=_hash(style),
        blocks=[(name, Markup(_as_json(value))) for name, value in blocks],
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _as_json(value: Any) -> str:
    """JSON that can stand in a script element: no character there can end or open markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
