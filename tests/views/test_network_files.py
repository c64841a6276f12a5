"""GraphML and GEXF: what other tools read back."""

import io
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg.errors import UsageError
from kg.views import write_network
from kg.views.layout import lay_out
from tests.views.parliament import parliament


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> nx.MultiDiGraph:
    path: Path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    odd = 'rdfs:label "Zorg\\u0007 & <b>ziel</b>"'
    path.write_text(parliament(6).replace('rdfs:label "zorg"', odd), encoding="utf-8")
    return kg.network("all", path)


def as_xml(text: str) -> str:
    return text.replace("\u0007", "\ufffd")


def told(facts: Mapping[str, object], names: tuple[str, ...]) -> dict[str, object]:
    return {name: facts[name] for name in names}


def in_order(edge: tuple[str, str, str, int, set[str]]) -> tuple[object, ...]:
    return (*edge[:4], *sorted(edge[4]))


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_what_is_written_is_read_back(everything: nx.MultiDiGraph, form: str, read) -> None:
    stream = io.BytesIO()
    write_network(everything, form, stream)
    back = read(io.BytesIO(stream.getvalue()))
    nodes = {
        node: {"kind": facts["kind"], "weight": facts["weight"], "label": as_xml(facts["label"])}
        for node, facts in everything.nodes(data=True)
    }
    assert {
        node: told(facts, ("label", "kind", "weight")) for node, facts in back.nodes(data=True)
    } == nodes
    edges = [
        (
            source,
            target,
            facts["relation"],
            facts["weight"],
            {place.set for place in facts["evidence"]},
        )
        for source, target, facts in everything.edges(data=True)
    ]
    read_edges = [
        (source, target, facts["relation"], facts["weight"], set(facts["sets"].split()))
        for source, target, facts in back.edges(data=True)
    ]
    assert Counter(map(in_order, read_edges)) == Counter(map(in_order, edges))


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_nodes_stand_where_the_explorer_has_them(
    everything: nx.MultiDiGraph, form: str, read
) -> None:
    stream = io.BytesIO()
    write_network(everything, form, stream)
    back = read(io.BytesIO(stream.getvalue()))
    layout = lay_out(everything)
    for node, facts in back.nodes(data=True):
        x, y = layout.positions[node]
        if form == "graphml":
            assert (facts["x"], facts["y"]) == (x, y)
        else:
            assert facts["viz"]["size"] == layout.radii[node]
            assert facts["viz"]["position"] == {"x": x, "y": -y, "z": 0}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_no_clock_in_the_files(everything: nx.MultiDiGraph, form: str) -> None:
    stream = io.BytesIO()
    write_network(everything, form, stream)
    assert b"lastmodified" not in stream.getvalue()
    assert b'type="dynamic"' not in stream.getvalue()


def test_an_unknown_format_is_told(everything: nx.MultiDiGraph) -> None:
    with pytest.raises(UsageError, match="graphml or gexf"):
        write_network(everything, "dot", io.BytesIO())
