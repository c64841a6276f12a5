"""What `kg explain` says of a thing and of an edge, on the seeds, embedded and over HTTP."""

import json
import urllib.request
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.querying.catalogue import Query
from kg.querying.explaining import Ask, explain
from kg.querying.results import Results
from kg.querying.running import run_embedded, run_remote
from kg.store.embedded import open_graph

BASE = "https://w3id.org/kamergraaf/id/"
MOTION = "motion/26643-1315"


@pytest.fixture(scope="module")
def ask(seed_graph: Path) -> Ask:
    return partial(run_embedded, graph=open_graph(seed_graph))


def test_a_thing_is_explained_by_its_sentences(ask: Ask) -> None:
    found = explain(ask, MOTION)
    assert found.things == ((BASE + MOTION, "Motie-Kathmann (26 643, nr. 1315)"),)
    assert len(found.evidence) == 9
    first = found.evidence[0]
    assert first.sentence == (
        "Er zijn migraties heroverwogen naar aanleiding van onder meer de motie Kathmann."
    )
    assert (first.relation, first.status, first.rule) == ("named", "certain", "motion.author")
    assert first.documents == ("000_a4d36f4938dc360d.txt",)
    assert first.reason == "the set itself numbers it"


@pytest.mark.parametrize("name", [BASE + MOTION, MOTION, f"/{MOTION}/"])
def test_an_iri_and_a_local_id_are_the_same(ask: Ask, name: str) -> None:
    assert explain(ask, name) == explain(ask, MOTION)


def test_every_quote_stands_where_it_is_marked(ask: Ask, seed_graph: Path) -> None:
    things = open_graph(seed_graph).query(
        "SELECT DISTINCT ?thing { ?thing ^<https://w3id.org/kamergraaf/def#mentions> ?unit }"
    )
    assert isinstance(things, ox.QuerySolutions)
    checked = 0
    for row in things:
        thing = row["thing"]
        assert isinstance(thing, ox.NamedNode)
        for one in explain(ask, thing.value).evidence:
            if one.highlight is not None:
                checked += 1
                assert one.sentence[one.highlight.start : one.highlight.end] == one.quote
    assert checked > 200


EDGES = [
    # what links them: relation, and words of the sentence or the quote
    ("set/2025Z10397", MOTION, "named", "onder meer de motie Kathmann"),
    ("person/barbara-kathmann", MOTION, "named", "motie-Kathmann c.s."),
    ("person/barbara-kathmann", "set/2025Z10397", "submitter", "Barbara Kathmann"),
    ("person/barbara-kathmann", "ministry/bzk", "addressee", "Zsolt Szabó"),
    ("set/2025Z10397/answer/7", "law/cloud-act", "", ""),
    ("set/2025Z10397/answer/6", "law/cloud-act", "named", "zoals de CLOUD Act in de VS"),
    ("set/2025Z10397/answer/7", "set/2025Z10397/answer/2", "refers", "Zie verder vraag 2 en 4."),
    ("set/2025Z10397", "topic/ict", "subject", "economie ict"),
]


@pytest.mark.parametrize(("one", "other", "relation", "words"), EDGES)
def test_an_edge_is_explained(ask: Ask, one: str, other: str, relation: str, words: str) -> None:
    for found in (explain(ask, one, other), explain(ask, other, one)):
        said = {(e.relation, e.sentence or e.quote) for e in found.evidence}
        if not relation:
            assert said == set()
        else:
            assert any(kind == relation and words in text for kind, text in said)


def test_a_corrected_and_an_undecided_link_say_why(ask: Ask) -> None:
    corrected = [e for e in explain(ask, "motion/26643-1320").evidence if e.status == "corrected"]
    assert corrected
    assert all("printed as 6643-1320" in e.reason for e in corrected)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("person/barbara-katman", "did you mean person/barbara-kathmann"),
        ("Cloud Act", "did you mean law/cloud-act"),
        ("motion/26643-1351", "motion/26643-1315"),
        ("kathmann", "person/barbara-kathmann"),
        ("https://example.org/qqqq", "`kg query things`"),
    ],
)
def test_what_is_not_there_brings_the_nearest(ask: Ask, name: str, hint: str) -> None:
    with pytest.raises(UsageError) as error:
        explain(ask, name)
    assert name in error.value.message
    assert hint in error.value.message
    assert "\n" not in error.value.message


def test_a_local_id_works_whatever_the_base_of_the_graph(seed_graph: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph.ttl"
    text = seed_graph.read_text("utf-8")
    graph.write_text(text.replace("https://w3id.org/kamergraaf/id/", "https://x.example/id/"))
    found = explain(partial(run_embedded, graph=open_graph(graph)), MOTION)
    assert found.things[0][0] == f"https://x.example/id/{MOTION}"
    assert len(found.evidence) == 9


def test_one_without_sentences_is_no_error(ask: Ask) -> None:
    found = explain(ask, "person/barbara-kathmann", "topic/energie")
    assert found.evidence == ()


def test_json_holds_everything(ask: Ask) -> None:
    found = json.loads(explain(ask, MOTION).to_json())
    assert found["things"] == [{"iri": BASE + MOTION, "label": "Motie-Kathmann (26 643, nr. 1315)"}]
    assert {"sentence", "quote", "rule", "status", "documents"} <= set(found["evidence"][0])


@pytest.mark.server
def test_an_endpoint_explains_the_same(
    ask: Ask, seed_graph: Path, oxigraph_server: Callable[[], str]
) -> None:
    address = oxigraph_server()
    request = urllib.request.Request(
        f"{address}/store?default",
        data=seed_graph.read_bytes(),
        method="PUT",
        headers={"Content-Type": "text/turtle"},
    )
    urllib.request.urlopen(request).close()

    def remote(query: Query, values: Mapping[str, str]) -> Results:
        return run_remote(query, values, f"{address}/query")

    assert explain(remote, MOTION) == explain(ask, MOTION)


def test_what_a_rule_found_says_how_often_the_rule_is_right(seed_graph: Path) -> None:
    rows = open_graph(seed_graph).query(
        """PREFIX kg: <https://w3id.org/kamergraaf/def#>
        SELECT ?rule ?sure { ?m a kg:Mention ; kg:rule ?rule ; kg:linkStatus "certain"
            OPTIONAL { ?m kg:confidence ?sure } }"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    found = {(row["rule"].value, row["sure"].value if row["sure"] else None) for row in rows}
    assert ("policy.name", "0.85") in found
    assert ("label.law", None) in found
    assert {sure for rule, sure in found if rule.startswith(("label.", "ministry.", "paper."))} == {
        None
    }
