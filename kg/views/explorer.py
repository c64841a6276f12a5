"""From a graph to the explorer: all views on one page, or one view."""

import math
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from kg.store.embedded import open_graph
from kg.store.publication import replacing_listed
from kg.views.corpus import Corpus, Thing, read_corpus, read_without_texts
from kg.views.page import PageView, render_page
from kg.views.projections import PROJECTIONS, project
from kg.views.subjects import subjects_of_sets

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class View:
    """A page with one or more views, to show in a notebook or to save.

    `networks` are the `networkx` graphs that it draws, by view.
    """

    html: str
    networks: "dict[str, nx.MultiDiGraph[str]]"

    def save(self, path: "Path | str") -> Path:
        """Writes the page to `path` and returns it. Raises UsageError where it cannot."""
        target = Path(path)
        with replacing_listed(target) as stream:
            stream.write(self.html.encode())
        return target

    def _repr_html_(self) -> str:
        """The page in a frame of its own, without access to the notebook around it."""
        return (
            '<iframe sandbox="allow-scripts allow-downloads allow-popups" title="Kamergraaf"'
            ' width="100%" height="720" frameborder="0"'
            f' srcdoc="{escape(self.html, quote=True)}"></iframe>'
        )


def network(
    projection: str, source: "ox.Store | Path | str" = "build", *, entity: str | None = None
) -> "nx.MultiDiGraph[str]":
    """One projection of a graph as a `networkx` graph.

    `projection` is actors, topics, policies, round-robin, all or neighbourhood; the last needs
    `entity`, a local id (`person/barbara-kathmann`) or an IRI. `source` is a Turtle file, a folder
    with graph.ttl, or a pyoxigraph store. Nodes carry `label`, `kind` and `weight` (in sets),
    edges `relation`, `weight` and `evidence`. Raises GraphError and UsageError.
    """
    store = _open(source)
    return project(store, read_without_texts(store), projection, entity)


def view(
    projection: "str | nx.Graph[str] | None" = None,
    source: "ox.Store | Path | str" = "build",
    *,
    entity: str | None = None,
    all_sets: int = 0,
) -> View:
    """The explorer of a graph: all views, one projection, or a network of your own.

    A network of your own needs nothing but nodes and edges; `label`, `kind`, `weight` and
    `relation` are used where present. `all_sets` is how many sets there are where the graph holds
    a part of them. Raises GraphError and UsageError.
    """
    if isinstance(projection, nx.Graph):
        return _render({"all": _complete(projection)}, None)
    store = _open(source)
    corpus = read_corpus(store)
    everything = project(store, corpus, "all")
    if projection is None:
        networks = {
            name: everything if name == "all" else project(store, corpus, name)
            for name in PROJECTIONS
        }
    else:
        networks = {projection: project(store, corpus, projection, entity)}
    return _render(networks, corpus, everything, all_sets)


def write_explorer(source: "ox.Store | Path | str", path: Path, *, all_sets: int = 0) -> Path:
    """Writes the page with all views of a graph to `path`. Raises GraphError.

    Where `source` is a part of a graph, `all_sets` is how many sets the whole of it has, so that
    the page says so.
    """
    return view(None, source, all_sets=all_sets).save(path)


def write_view(
    projection: str,
    source: "ox.Store | Path | str",
    path: Path,
    *,
    entity: str | None = None,
) -> Path:
    """Writes the page of one projection to `path`. Raises GraphError and UsageError."""
    return view(projection, source, entity=entity).save(path)


def _open(source: "ox.Store | Path | str") -> "ox.Store":
    return open_graph(Path(source)) if isinstance(source, Path | str) else source


def _render(
    networks: "dict[str, nx.MultiDiGraph[str]]",
    corpus: Corpus | None,
    everything: "nx.MultiDiGraph[str] | None" = None,
    all_sets: int = 0,
) -> View:
    known = corpus or _corpus_of(networks["all"])
    subjects = {} if everything is None else subjects_of_sets(everything, known)
    views = [PageView(name, cut) for name, cut in networks.items()]
    return View(render_page(views, known, subjects, all_sets), networks)


def _complete(given: "nx.Graph[str]") -> "nx.MultiDiGraph[str]":
    """A network of anybody's with the attributes that a page needs."""
    whole: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, facts in given.nodes(data=True):
        whole.add_node(
            str(node),
            label=str(facts.get("label", node)),
            kind=str(facts.get("kind", "Person")),
            weight=_number(facts.get("weight")),
        )
    for source, target, facts in given.edges(data=True):
        relation = str(facts.get("relation", "linked"))
        whole.add_edge(
            str(source),
            str(target),
            key=relation,
            relation=relation,
            weight=_number(facts.get("weight")),
            evidence=tuple(facts.get("evidence", ())),
        )
    return whole


def _number(value: object) -> float:
    return value if isinstance(value, int | float) and math.isfinite(value) and value > 0 else 1


def _corpus_of(network: "nx.MultiDiGraph[str]") -> Corpus:
    things = {
        node: Thing(node, facts["kind"], facts["label"]) for node, facts in network.nodes(data=True)
    }
    return Corpus(things=dict(sorted(things.items())))
