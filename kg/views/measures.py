"""Networks for analysis, with their measures: who is central, and which groups there are.

Each network is the answer of a query `queries/network-*.rq`: two things and how many sets join
them. Measures are computed by igraph, which is fast where networkx is slow.
"""

import random
import re
from collections import Counter
from dataclasses import asdict, dataclass
from typing import BinaryIO

import igraph as ig
import networkx as nx
import pyoxigraph as ox

from kg.errors import UsageError
from kg.views.corpus import local_id, read_rows

NETWORKS = ("submitters", "party-ministry", "actor-topic", "law-law", "organisation-ministry")
_SEED = 1
_CLOCK = re.compile(r' lastmodifieddate="[^"]*"')


@dataclass(frozen=True, slots=True)
class NodeMeasures:
    """The place of one thing in a network.

    `degree` counts its neighbours, `strength` the sets that join it to them. `betweenness` is the
    part of all shortest paths between others that run through it, 0 to 1, every edge counted as
    one step. `community` numbers the Leiden communities from 1, the largest first.
    """

    id: str
    label: str
    degree: int
    strength: int
    betweenness: float
    community: int


def read_network(store: "ox.Store", name: str) -> "nx.Graph[str]":
    """A network as an undirected graph: nodes are local ids with `label`, edges have `weight`.

    Raises UsageError for an unknown name.
    """
    if name not in NETWORKS:
        raise UsageError(f"{name}: no such network; choose one of {', '.join(NETWORKS)}")
    network: nx.Graph[str] = nx.Graph(name=name)
    for row in read_rows(store, f"network-{name}"):
        source, source_label, target, target_label, weight = (term or "" for term in row)
        network.add_node(local_id(source), label=source_label)
        network.add_node(local_id(target), label=target_label)
        network.add_edge(local_id(source), local_id(target), weight=int(weight))
    return network


def measure(network: "nx.Graph[str]") -> tuple[NodeMeasures, ...]:
    """The measures of every node, most joined first, then by label; the same for the same input."""
    nodes = sorted(network.nodes)
    if not nodes:
        return ()
    place = {node: index for index, node in enumerate(nodes)}
    edges = sorted((place[one], place[other]) for one, other in network.edges)
    weights = [network.edges[nodes[one], nodes[other]]["weight"] for one, other in edges]
    graph = ig.Graph(len(nodes), edges)
    ig.set_random_number_generator(random.Random(_SEED))
    groups = graph.community_leiden(
        objective_function="modularity", weights=weights or None, n_iterations=-1
    ).membership
    sizes = Counter(groups)
    first = {group: groups.index(group) for group in sizes}
    order = sorted(sizes, key=lambda group: (-sizes[group], first[group]))
    number = {group: index for index, group in enumerate(order, 1)}
    pairs = (len(nodes) - 1) * (len(nodes) - 2) / 2
    degrees, strengths = graph.degree(), graph.strength(weights=weights or None)
    measured = (
        NodeMeasures(
            node,
            network.nodes[node]["label"],
            degrees[index],
            int(strengths[index]),
            between / pairs if pairs else 0.0,
            number[groups[index]],
        )
        for index, (node, between) in enumerate(zip(nodes, graph.betweenness(), strict=True))
    )
    return tuple(sorted(measured, key=lambda one: (-one.strength, -one.degree, one.label, one.id)))


def write_measured(
    network: "nx.Graph[str]", measures: tuple[NodeMeasures, ...], form: str, stream: BinaryIO
) -> None:
    """Write a network with its measures on the nodes as `graphml` or `gexf`, for other programs.

    Raises UsageError for another format. The same network gives the same bytes.
    """
    plain: nx.Graph[str] = nx.Graph()
    for one in sorted(measures, key=lambda each: each.id):
        facts = asdict(one)
        plain.add_node(facts.pop("id"), **facts)
    for source, target, facts in sorted(network.edges(data=True)):
        plain.add_edge(source, target, weight=facts["weight"])
    if form == "graphml":
        lines = nx.generate_graphml(plain)
    elif form == "gexf":
        lines = nx.generate_gexf(plain)
    else:
        raise UsageError(f"unknown format {form!r}; use graphml or gexf")
    text = _CLOCK.sub("", "\n".join(lines))
    stream.write(('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n").encode())
