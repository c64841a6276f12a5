"""Networks as files for other tools: GraphML and GEXF, laid out as in the explorer."""

import re
from typing import Any, BinaryIO

import networkx as nx

from kg.errors import UsageError
from kg.model.spelling import NOT_XML
from kg.views.layout import lay_out

NETWORK_FORMATS = ("graphml", "gexf")
# the library writes the day of writing into the file
_CLOCK = re.compile(r' lastmodifieddate="[^"]*"')


def write_network(network: "nx.MultiDiGraph[str]", form: str, stream: BinaryIO) -> int:
    """Writes `network` as `graphml` or `gexf`; returns the number of nodes.

    Nodes carry label, kind, weight (sets), x and y; edges relation, weight and `sets`, the ids of
    the sets that show them. Raises UsageError for another format.
    """
    if form not in NETWORK_FORMATS:
        raise UsageError(f"unknown format {form!r}; use {' or '.join(NETWORK_FORMATS)}")
    plain = _flat(network, form)
    lines = nx.generate_graphml(plain) if form == "graphml" else nx.generate_gexf(plain)
    text = _CLOCK.sub("", "\n".join(lines))
    stream.write(('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n").encode())
    return len(plain)


def _flat(network: "nx.MultiDiGraph[str]", form: str) -> "nx.MultiDiGraph[str]":
    """A copy with values that both formats know."""
    layout = lay_out(network)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, facts in network.nodes(data=True):
        x, y = layout.positions[node]
        place: dict[str, Any] = {"x": x, "y": y}
        if form == "gexf":
            place = {"viz": {"position": {"x": x, "y": -y, "z": 0}, "size": layout.radii[node]}}
        flat.add_node(
            _clean(node),
            label=_clean(facts["label"]),
            kind=facts["kind"],
            weight=facts["weight"],
            **place,
        )
    for number, (source, target, facts) in enumerate(network.edges(data=True)):
        flat.add_edge(
            _clean(source),
            _clean(target),
            key=str(number),
            relation=facts["relation"],
            weight=facts["weight"],
            sets=" ".join(sorted({place.set for place in facts["evidence"]})),
        )
    return flat


def _clean(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
