from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import UsageError
from kg.store.embedded import open_graph
from kg.views.measures import NETWORKS, measure, read_network, write_measured


def two_triangles() -> "nx.Graph[str]":
    """Two groups of three that hold together by one bridge, c–d."""
    network: nx.Graph[str] = nx.Graph()
    for name in "abcdef":
        network.add_node(name, label=name.upper())
    for one, other in ("ab", "bc", "ac", "de", "ef", "df"):
        network.add_edge(one, other, weight=3)
    network.add_edge("c", "d", weight=1)
    return network


def test_measures_agree_with_networkx() -> None:
    network = two_triangles()
    found = {one.id: one for one in measure(network)}
    expected = nx.betweenness_centrality(network)
    for node, one in found.items():
        assert one.degree == network.degree(node)
        assert one.strength == network.degree(node, weight="weight")
        assert one.betweenness == pytest.approx(expected[node])


def test_communities_are_the_groups_and_do_not_change() -> None:
    found = {one.id: one.community for one in measure(two_triangles())}
    assert found["a"] == found["b"] == found["c"] != found["d"] == found["e"] == found["f"]
    assert {one.id: one.community for one in measure(two_triangles())} == found


def test_an_empty_network_has_no_measures() -> None:
    assert measure(nx.Graph()) == ()


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networks_can_be_taken_elsewhere(form: str) -> None:
    network = two_triangles()
    streams = [BytesIO(), BytesIO()]
    for stream in streams:
        write_measured(network, measure(network), form, stream)
    assert streams[0].getvalue() == streams[1].getvalue()
    streams[0].seek(0)
    back = nx.read_graphml(streams[0]) if form == "graphml" else nx.read_gexf(streams[0])
    assert set(back.nodes) == set(network.nodes)
    assert back.nodes["c"]["community"] == back.nodes["a"]["community"]
    assert back.edges["c", "d"]["weight"] == 1


def test_other_formats_and_networks_are_refused(seed_graph: Path) -> None:
    with pytest.raises(UsageError, match="graphml or gexf"):
        write_measured(two_triangles(), measure(two_triangles()), "dot", BytesIO())
    with pytest.raises(UsageError, match="law-law"):
        read_network(open_graph(seed_graph), "laws")


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_of_the_seeds_has_edges_with_weights(seed_graph: Path, name: str) -> None:
    network = read_network(open_graph(seed_graph), name)
    assert network.number_of_edges() > 0
    assert all(facts["weight"] >= 1 for _, _, facts in network.edges(data=True))
    assert all(facts["label"] for _, facts in network.nodes(data=True))


def test_who_asks_with_whom(seed_graph: Path) -> None:
    network = read_network(open_graph(seed_graph), "submitters")
    edge = network.edges["person/barbara-kathmann", "person/jesse-six-dijkstra"]
    assert edge["weight"] == 9
    assert measure(network)[0].id == "person/barbara-kathmann"


def test_the_command_counts_and_measures(seed_graph: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke(app, ["stats", "-g", str(seed_graph)])
    assert run.exit_code == 0
    assert "QuestionSet" in run.output
    assert "questions with an answer" in run.output
    out = tmp_path / "laws.gexf"
    run = CliRunner().invoke(app, ["stats", "law-law", "-g", str(seed_graph), "-o", str(out)])
    assert run.exit_code == 0
    assert nx.read_gexf(out).number_of_nodes() > 5
    assert CliRunner().invoke(app, ["stats", "-o", str(out)]).exit_code == 2
