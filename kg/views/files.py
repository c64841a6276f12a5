"""Networks as files for other tools: GraphML and GEXF, laid out as in the explorer.

They are written element by element, so that the file is never in memory.
http://graphml.graphdrawing.org/specification.html, https://gexf.net/1.2/
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import networkx as nx

from kg.errors import UsageError
from kg.model.spelling import NOT_XML
from kg.views.layout import Layout, lay_out

NETWORK_FORMATS = ("graphml", "gexf")
_OF_NODES = {"label": "string", "kind": "string", "weight": "long", "x": "long", "y": "long"}
_OF_EDGES = {"relation": "string", "weight": "long", "sets": "string"}
_GEXF = "http://www.gexf.net/1.2draft"


def write_network(network: "nx.MultiDiGraph[str]", form: str, stream: BinaryIO) -> int:
    """Writes `network` as `graphml` or `gexf`; returns the number of nodes.

    Nodes carry label, kind, weight (sets), x and y; edges relation, weight and `sets`, the ids of
    the sets that show them. Raises UsageError for another format.
    """
    if form not in NETWORK_FORMATS:
        raise UsageError(f"unknown format {form!r}; use {' or '.join(NETWORK_FORMATS)}")
    xml = _Xml(stream, "UTF-8", short_empty_elements=True)
    xml.startDocument()
    (_write_graphml if form == "graphml" else _write_gexf)(network, lay_out(network), xml)
    xml.endDocument()
    return len(network)


class _Xml(XMLGenerator):
    """Writes elements, each on a line of its own where it holds others."""

    @contextmanager
    def inside(self, name: str, attributes: Mapping[str, str]) -> Iterator[None]:
        """An element around what the block writes."""
        self.startElement(name, _cleaned(attributes))
        self.ignorableWhitespace("\n")
        yield
        self.endElement(name)
        self.ignorableWhitespace("\n")

    def element(self, name: str, attributes: Mapping[str, str], text: str = "") -> None:
        """An element that holds a text."""
        self.startElement(name, _cleaned(attributes))
        if text:
            self.characters(_clean(text))
        self.endElement(name)
        self.ignorableWhitespace("\n")


def _write_graphml(network: "nx.MultiDiGraph[str]", layout: Layout, xml: _Xml) -> None:
    def data(of: str, values: Mapping[str, object]) -> None:
        for name, value in values.items():
            xml.element("data", {"key": f"{of}-{name}"}, str(value))

    with xml.inside("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"}):
        for of, names in (("node", _OF_NODES), ("edge", _OF_EDGES)):
            for name, kind in names.items():
                key = {"id": f"{of}-{name}", "for": of, "attr.name": name, "attr.type": kind}
                xml.element("key", key)
        with xml.inside("graph", {"edgedefault": "directed"}):
            for node, facts in network.nodes(data=True):
                x, y = layout.positions[node]
                told = {name: facts[name] for name in ("label", "kind", "weight")}
                with xml.inside("node", {"id": node}):
                    data("node", {**told, "x": x, "y": y})
            for number, (source, target, facts) in enumerate(network.edges(data=True)):
                ends = {"id": str(number), "source": source, "target": target}
                with xml.inside("edge", ends):
                    data("edge", _told(facts))


def _write_gexf(network: "nx.MultiDiGraph[str]", layout: Layout, xml: _Xml) -> None:
    def values(of: Mapping[str, object]) -> None:
        with xml.inside("attvalues", {}):
            for name, value in of.items():
                xml.element("attvalue", {"for": name, "value": str(value)})

    with (
        xml.inside("gexf", {"xmlns": _GEXF, "xmlns:viz": f"{_GEXF}/viz", "version": "1.2"}),
        xml.inside("graph", {"defaultedgetype": "directed", "mode": "static"}),
    ):
        for of, named in (("node", ("kind", "weight")), ("edge", ("relation", "sets"))):
            with xml.inside("attributes", {"class": of, "mode": "static"}):
                for name in named:
                    kind = (_OF_NODES if of == "node" else _OF_EDGES)[name]
                    xml.element("attribute", {"id": name, "title": name, "type": kind})
        with xml.inside("nodes", {}):
            for node, facts in network.nodes(data=True):
                x, y = layout.positions[node]
                with xml.inside("node", {"id": node, "label": facts["label"]}):
                    values({name: facts[name] for name in ("kind", "weight")})
                    xml.element("viz:size", {"value": str(layout.radii[node])})
                    xml.element("viz:position", {"x": str(x), "y": str(-y), "z": "0"})
        with xml.inside("edges", {}):
            for number, (source, target, facts) in enumerate(network.edges(data=True)):
                told = _told(facts)
                weight = str(told.pop("weight"))
                ends = {"id": str(number), "source": source, "target": target, "weight": weight}
                with xml.inside("edge", ends):
                    values(told)


def _told(facts: Mapping[str, Any]) -> dict[str, object]:
    return {
        "relation": facts["relation"],
        "weight": facts["weight"],
        "sets": " ".join(sorted({place.set for place in facts["evidence"]})),
    }


def _cleaned(attributes: Mapping[str, str]) -> "AttributesImpl[str]":
    return AttributesImpl({key: _clean(value) for key, value in attributes.items()})


def _clean(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
