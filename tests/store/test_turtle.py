import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.model.assertion import XSD, Assertion, Iri, Literal
from kg.store.turtle import to_triples, write_turtle

S, P = Iri("https://v.nl/s"), Iri("https://v.nl/p")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
OBJECTS = st.one_of(
    st.integers(0, 99).map(lambda n: Iri(f"https://v.nl/thing/{n}")),
    TEXT.map(Literal),
    TEXT.map(lambda text: Literal(text, "nl")),
    st.integers().map(lambda n: Literal(str(n), datatype=f"{XSD}integer")),
)
ASSERTIONS = st.lists(
    st.builds(
        Assertion,
        st.integers(0, 20).map(lambda n: Iri(f"https://v.nl/s/{n}")),
        st.sampled_from([P, Iri("https://v.nl/q")]),
        OBJECTS,
    ),
    max_size=12,
)
FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@FOLDER
@given(assertions=ASSERTIONS)
def test_what_is_written_reads_back_in_two_parsers(
    assertions: list[Assertion], tmp_path: Path
) -> None:
    path = tmp_path / "graph.ttl"
    count = write_turtle(assertions, path)
    engine = ox.Store()
    engine.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    assert len(engine) == count == len(to_triples(assertions))
    ours = rdflib.Graph().parse(
        data=ox.serialize(to_triples(assertions), format=ox.RdfFormat.N_TRIPLES), format="nt"
    )
    assert isomorphic(rdflib.Graph().parse(path), ours)


@FOLDER
@given(assertions=ASSERTIONS)
def test_order_and_repetition_do_not_change_the_bytes(
    assertions: list[Assertion], tmp_path: Path
) -> None:
    one, other = tmp_path / "one.ttl", tmp_path / "other.ttl"
    write_turtle(assertions, one)
    write_turtle([*assertions[::-1], *assertions], other)
    assert one.read_bytes() == other.read_bytes()


def test_numbers_sort_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_turtle(
        [Assertion(Iri(f"https://v.nl/question/{n}"), P, Literal("x")) for n in (10, 9, 1)], path
    )
    assert re.findall(r"question/(\d+)", path.read_text()) == ["1", "9", "10"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_turtle([Assertion(S, P, Literal("oud"))], path)
    before = path.read_bytes()

    def failing() -> object:
        yield Assertion(S, P, Literal("nieuw"))
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        write_turtle(failing(), path)  # type: ignore[arg-type]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
