import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.errors import GraphError
from kg.model.assertion import XSD, Assertion, Iri, Literal
from kg.rdf.vocabulary import KG, TYPE
from kg.store.segments import Source, plan_graph, write_graph
from kg.store.turtle import join_blocks, to_blocks

S, P = Iri("https://v.nl/s"), Iri("https://v.nl/p")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
OBJECTS = st.one_of(
    st.integers(0, 99).map(lambda n: Iri(f"https://v.nl/thing/{n}")),
    TEXT.map(Literal),
    TEXT.map(lambda text: Literal(text, "nl")),
    st.integers().map(lambda n: Literal(str(n), datatype=f"{XSD}integer")),
    st.decimals(allow_nan=False, allow_infinity=False).map(
        lambda n: Literal(str(n), datatype=f"{XSD}decimal")
    ),
    st.sampled_from(["true", "1", "false"]).map(lambda b: Literal(b, datatype=f"{XSD}boolean")),
    TEXT.map(lambda text: Literal(text, datatype=f"{XSD}integer")),
    st.sampled_from(["", "a", "a-b", "a.", "a/b", "-a", "1", "a~", "é"]).map(
        lambda local: Iri(KG + local)
    ),
)
ASSERTIONS = st.lists(
    st.builds(
        Assertion,
        st.integers(0, 20).map(lambda n: Iri(f"https://v.nl/s/{n}")),
        st.sampled_from([P, Iri("https://v.nl/q")]),
        OBJECTS,
        st.just(()),
    ),
    max_size=12,
)
FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def node(value: Iri | Literal) -> ox.NamedNode | ox.Literal:
    if isinstance(value, Iri):
        return ox.NamedNode(value.value)
    if value.language:
        return ox.Literal(value.value, language=value.language)
    if value.datatype:
        return ox.Literal(value.value, datatype=ox.NamedNode(value.datatype))
    return ox.Literal(value.value)


def write(assertions: Iterable[Assertion], path: Path) -> int:
    """Writes a graph of one segment and returns its triples."""
    sources = [Source("all", lambda: to_blocks(assertions))]
    return write_graph(plan_graph(sources, path.with_suffix(".added")), path).triples


@FOLDER
@given(assertions=ASSERTIONS)
def test_what_is_written_reads_back_in_two_parsers(
    assertions: list[Assertion], tmp_path: Path
) -> None:
    path = tmp_path / "graph.ttl"
    count = write(assertions, path)
    expected = {
        ox.Triple(ox.NamedNode(a.subject.value), ox.NamedNode(a.predicate.value), node(a.object))
        for a in assertions
    }
    read = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    assert {quad.triple for quad in read} == expected
    assert count == len(expected)
    ours = rdflib.Graph().parse(
        data=ox.serialize(expected, format=ox.RdfFormat.N_TRIPLES), format="nt"
    )
    assert isomorphic(rdflib.Graph().parse(path), ours)


@given(assertions=ASSERTIONS, cut=st.integers(0, 20))
def test_what_two_parts_state_of_a_subject_joins_to_what_both_state(
    assertions: list[Assertion], cut: int
) -> None:
    parts = [*to_blocks(assertions[:cut]), *to_blocks(assertions[cut:])]
    by_subject = groupby(sorted(parts), key=lambda block: block.subject)
    joined = [join_blocks(list(blocks)) for _, blocks in by_subject]
    assert sorted(joined) == list(to_blocks(assertions))


@FOLDER
@given(assertions=ASSERTIONS)
def test_order_and_repetition_do_not_change_the_bytes(
    assertions: list[Assertion], tmp_path: Path
) -> None:
    one, other = tmp_path / "one.ttl", tmp_path / "other.ttl"
    write(assertions, one)
    write([*assertions[::-1], *assertions], other)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Iri(f"{KG}Answer"), "kg:Answer"),
        (Iri(f"{KG}a.b"), f"<{KG}a.b>"),
        (Iri("https://v.nl/thing"), "<https://v.nl/thing>"),
        (Literal('Hij zei: "nee\\ja"\n'), '"Hij zei: \\"nee\\\\ja\\"\\n"'),
        (Literal("é😀\x01"), '"é😀\\u0001"'),
        (Literal("dag", "nl-NL"), '"dag"@nl-nl'),
        (Literal("07", datatype=f"{XSD}integer"), "07"),
        (Literal("zeven", datatype=f"{XSD}integer"), '"zeven"^^xsd:integer'),
        (Literal("٧", datatype=f"{XSD}integer"), '"٧"^^xsd:integer'),
        (Literal("0.50", datatype=f"{XSD}decimal"), "0.50"),
        (Literal("1", datatype=f"{XSD}boolean"), '"1"^^xsd:boolean'),
        (Literal("2025-05-23", datatype=f"{XSD}date"), '"2025-05-23"^^xsd:date'),
    ],
)
def test_prints_terms_short(value: Iri | Literal, printed: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write([Assertion(S, P, value)], path)
    assert path.read_text().endswith(f"<https://v.nl/s> <https://v.nl/p> {printed} .\n")


def test_the_class_of_a_thing_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write([Assertion(S, Iri("http://a.nl/"), Literal("x")), Assertion(S, TYPE, P)], path)
    assert path.read_text().endswith(
        '<https://v.nl/s> a <https://v.nl/p> ;\n\t<http://a.nl/> "x" .\n'
    )


def test_what_is_no_turtle_never_takes_the_place_of_a_graph(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    with pytest.raises(GraphError, match="what was there stays"):
        write([Assertion(S, P, Iri("https://v.nl/a b"))], path)
    assert list(tmp_path.iterdir()) == []


def test_numbers_sort_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    things = [Assertion(Iri(f"https://v.nl/question/{n}"), P, Literal("x")) for n in (10, 9, 1)]
    write(things, path)
    assert re.findall(r"question/(\d+)", path.read_text()) == ["1", "9", "10"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write([Assertion(S, P, Literal("oud"))], path)
    before = path.read_bytes()

    def failing() -> Iterator[Assertion]:
        yield Assertion(S, P, Literal("nieuw"))
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        write(failing(), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
