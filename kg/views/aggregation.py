"""Networks too large for one page: each community becomes a node."""

from collections import Counter, defaultdict

import igraph
import networkx as nx

from kg.views.corpus import Corpus, Evidence, Thing

DRAWN_AT_MOST = 20_000
_COMMUNITIES_AT_MOST = 2_000
_NAMED_MEMBERS = 3
_EVIDENCE_AN_EDGE = 5


def aggregate(
    network: "nx.MultiDiGraph[str]", corpus: Corpus
) -> "tuple[nx.MultiDiGraph[str], dict[str, Thing]]":
    """The network of the communities of `network`, and the things its nodes stand for.

    A community is named after its three heaviest members and the number of the rest; an edge
    keeps the weight of all edges it stands for and the first five pieces of evidence.
    """
    nodes = sorted(network)
    index = {node: i for i, node in enumerate(nodes)}
    pairs = sorted({tuple(sorted((index[a], index[b]))) for a, b in network.edges() if a != b})
    graph = igraph.Graph(n=len(nodes), edges=pairs)
    found = sorted(graph.community_multilevel(), key=lambda members: (-len(members), members[0]))
    member = {
        nodes[n]: min(c, _COMMUNITIES_AT_MOST) for c, group in enumerate(found) for n in group
    }
    groups: dict[int, list[str]] = defaultdict(list)
    for node in nodes:
        groups[member[node]].append(node)
    coarse: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    things: dict[str, Thing] = {}
    for community, members in sorted(groups.items()):
        members.sort(key=lambda key: (-network.nodes[key].get("weight", 1), key))
        names = [str(network.nodes[key].get("label", key))[:60] for key in members]
        label = ", ".join(names[:_NAMED_MEMBERS])
        if len(names) > _NAMED_MEMBERS:
            label += f" +{len(names) - _NAMED_MEMBERS}"
        key = f"community/{community}"
        things[key] = Thing(key, "Community", label, aliases=tuple(names[_NAMED_MEMBERS:20]))
        coarse.add_node(key, label=label, kind="Community", weight=len(members))
    weights: Counter[tuple[str, str]] = Counter()
    evidence: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for source, target, facts in network.edges(data=True):
        if member[source] == member[target]:
            continue
        low, high = sorted((member[source], member[target]))
        pair = (f"community/{low}", f"community/{high}")
        weights[pair] += facts.get("weight", 1)
        if len(evidence[pair]) < _EVIDENCE_AN_EDGE:
            evidence[pair].extend(facts.get("evidence", ())[:1])
    for (a, b), weight in sorted(weights.items()):
        coarse.add_edge(
            a, b, key="linked", relation="linked", weight=weight, evidence=tuple(evidence[a, b])
        )
    return coarse, things
