"""GraphML and GEXF: what other tools read back."""

import io
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg.errors import UsageError
from kg.views import write_network
from tests.views.parliament import parliament


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> nx.MultiDiGraph:
    path: Path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    odd = 'rdfs:label "Zorg\\u0007 & <b>ziel</b>"'
    path.write_text(parliament(6).replace('rdfs:label "zorg"', odd), encoding="utf-8")
    return kg.network("all", path)


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_what_is_written_is_read_back(everything: nx.MultiDiGraph, form: str, read) -> None:
    stream = io.BytesIO()
    write_network(everything, form, stream)
    back = read(io.BytesIO(stream.getvalue()))
    assert set(back) == set(everything)
    assert back.number_of_edges() == everything.number_of_edges()
    for node, facts in everything.nodes(data=True):
        assert back.nodes[node]["label"] == facts["label"].replace("\u0007", "\ufffd")
        assert back.nodes[node]["kind"] == facts["kind"]
    relations = sorted(facts["relation"] for *_, facts in everything.edges(data=True))
    assert sorted(facts["relation"] for *_, facts in back.edges(data=True)) == relations
    assert all(facts["sets"].startswith("set/") for *_, facts in back.edges(data=True))


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_no_clock_in_the_files(everything: nx.MultiDiGraph, form: str) -> None:
    stream = io.BytesIO()
    write_network(everything, form, stream)
    assert b"lastmodified" not in stream.getvalue()
    assert b'type="dynamic"' not in stream.getvalue()


def test_an_unknown_format_is_told(everything: nx.MultiDiGraph) -> None:
    with pytest.raises(UsageError, match="graphml or gexf"):
        write_network(everything, "dot", io.BytesIO())
