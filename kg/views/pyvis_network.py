"""The one place that knows pyvis: a laid-out network as `pyvis.network.Network`.

pyvis holds the nodes and edges, with positions, sizes and groups, and physics off. Its own page
is not used: it loads scripts from elsewhere, runs markup found in data, and computes positions
in the browser. `page` draws this model with a template of our own.
"""

import networkx as nx
from pyvis.network import Network

from kg.views.layout import Layout


class _KnownIds(dict[str, None]):
    """The ids pyvis tests each new node and edge against; its own list makes that quadratic."""

    def append(self, node: str) -> None:
        """Adds an id, as a list would."""
        self[node] = None


def to_pyvis(network: "nx.MultiDiGraph[str]", layout: Layout) -> Network:
    """The nodes and edges of `network` where `layout` puts them, most important first.

    Node options: `label`, `group` (the kind), `value` (weight), `x`, `y`, `size`, `community`;
    edge options: `relation`, `value`. Labels and ids are data: pass them on as text only.
    """
    model = Network(directed=True, cdn_resources="in_line")
    model.node_ids = _KnownIds()
    model.toggle_physics(False)
    degree = dict(network.degree())
    nodes = network.nodes
    for node in sorted(nodes, key=lambda key: (-nodes[key]["weight"], -degree[key], key)):
        facts = nodes[node]
        x, y = layout.positions[node]
        model.add_node(
            node,
            label=facts["label"] or node,
            group=facts["kind"],
            value=facts["weight"],
            x=x,
            y=y,
            size=layout.radii[node],
            community=layout.communities[node],
            physics=False,
        )
    for source, target, facts in network.edges(data=True):
        model.add_edge(source, target, relation=facts["relation"], value=facts["weight"])
    return model
