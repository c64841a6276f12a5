"""Networks cut from the graph: one projection a view, each from its query in `queries/`.

A network is a `networkx.MultiDiGraph`. Nodes are local ids with `label`, `kind` and `weight`
(sets that show it); edges are keyed by relation with `relation`, `weight` and `evidence`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import networkx as nx
import pyoxigraph as ox

from kg.errors import UsageError
from kg.views.corpus import Corpus, Evidence, local_id, read_rows

PROJECTIONS = ("actors", "topics", "policies", "round-robin", "all")
NEIGHBOURHOOD = "neighbourhood"


def project(
    store: "ox.Store", corpus: Corpus, projection: str, entity: str | None = None
) -> "nx.MultiDiGraph[str]":
    """The network of `projection`; `neighbourhood` needs `entity`, a local id or an IRI.

    Raises UsageError for an unknown projection, or an entity that is missing or unknown.
    """
    if projection == NEIGHBOURHOOD:
        return _neighbourhood(store, corpus, entity)
    if projection not in PROJECTIONS:
        known = ", ".join((*PROJECTIONS, NEIGHBOURHOOD))
        raise UsageError(f"{projection}: no such view; choose one of {known}")
    return _network(read_rows(store, f"view-{projection}"), corpus)


def _neighbourhood(store: "ox.Store", corpus: Corpus, entity: str | None) -> "nx.MultiDiGraph[str]":
    if not entity:
        raise UsageError("neighbourhood: name the thing, e.g. --entity person/barbara-kathmann")
    key = local_id(entity)
    if key not in corpus.things:
        raise UsageError(f"{entity}: not in this graph; search its label in the explorer")
    iri = key if "://" in key else corpus.base + key
    return _network(read_rows(store, "view-neighbourhood", entity=iri), corpus)


def _network(rows: Iterable[tuple[str | None, ...]], corpus: Corpus) -> "nx.MultiDiGraph[str]":
    found: dict[tuple[str, str, str], set[Evidence]] = defaultdict(set)
    for row in rows:
        source, relation, target, key = (term or "" for term in row[:4])
        unit, start, end = (*row[4:], None, None, None)[:3]
        edge = (local_id(source), relation, local_id(target))
        if edge[0] not in corpus.things or edge[2] not in corpus.things or edge[0] == edge[2]:
            continue
        found[edge].add(
            Evidence(
                local_id(key),
                local_id(unit or ""),
                -1 if start is None else int(start),
                -1 if end is None else int(end),
            )
        )
    return build_network(corpus, found)


def build_network(
    corpus: Corpus, edges: Mapping[tuple[str, str, str], Iterable[Evidence]]
) -> "nx.MultiDiGraph[str]":
    """A network of (source, relation, target) -> evidence, in sorted order."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    sets: dict[str, set[str]] = defaultdict(set)
    for (source, _, target), evidence in edges.items():
        for end in (source, target):
            sets[end].update(place.set for place in evidence)
    for node in sorted(sets):
        thing = corpus.things[node]
        network.add_node(node, label=thing.label, kind=thing.kind, weight=len(sets[node]))
    for (source, relation, target), evidence in sorted(edges.items()):
        places = tuple(sorted(evidence))
        weight = len({place.set for place in places})
        network.add_edge(
            source, target, key=relation, relation=relation, weight=weight, evidence=places
        )
    return network
