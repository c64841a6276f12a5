"""What counts as the same value, and how triples are put into batches."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store.comparison import BATCH_TRIPLES, batches, same_value

XSD = "http://www.w3.org/2001/XMLSchema#"


def literal(value: str, kind: str) -> ox.Literal:
    if kind.startswith("@"):
        return ox.Literal(value, language=kind[1:])
    return ox.Literal(value, datatype=ox.NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("sent", "kept", "same"),
    [
        (("true", "boolean"), ("1", "boolean"), True),
        (("false", "boolean"), ("0", "boolean"), True),
        (("true", "boolean"), ("0", "boolean"), False),
        (("true", "boolean"), ("1", "integer"), False),
        (("maybe", "boolean"), ("perhaps", "boolean"), False),
        (("0.50", "decimal"), ("0.5", "decimal"), True),
        (("0.5", "decimal"), ("0.51", "decimal"), False),
        (("007", "integer"), ("7", "integer"), True),
        (("7", "integer"), ("7", "nonNegativeInteger"), True),
        (("7", "integer"), ("7", "string"), False),
        (("1.0e6", "double"), ("1000000", "double"), True),
        (("0.1", "decimal"), ("0.1", "double"), False),
        (("Ja", "@nl"), ("Ja", "@NL"), True),
        (("Ja", "@nl"), ("Ja", "@en"), False),
        (("Ja", "@nl"), ("Ja", "string"), False),
        (("Ja", "string"), ("ja", "string"), False),
        (("2025-05-23", "date"), ("2025-05-24", "date"), False),
        (("x", "decimal"), ("x", "integer"), False),
    ],
)
def test_the_same_value_in_two_forms(
    sent: tuple[str, str], kept: tuple[str, str], same: bool
) -> None:
    assert same_value(literal(*sent), literal(*kept)) is same


def test_things_have_one_form() -> None:
    assert not same_value(ox.NamedNode("urn:a"), ox.NamedNode("urn:a"))


@given(st.lists(st.integers(1, 3 * BATCH_TRIPLES), max_size=8))
def test_batches_hold_every_triple_and_keep_small_subjects_whole(sizes: list[int]) -> None:
    triples = [
        ox.Triple(ox.NamedNode(f"urn:s{one}"), ox.NamedNode("urn:p"), ox.Literal(number))
        for one, size in enumerate(sizes)
        for number in range(size)
    ]
    found = list(batches(triples))
    assert [triple for batch in found for triple in batch] == triples
    assert all(0 < len(batch) <= BATCH_TRIPLES for batch in found)
    for one, size in enumerate(sizes):
        if size <= BATCH_TRIPLES // 2 and all(other <= BATCH_TRIPLES for other in sizes):
            subject = f"urn:s{one}"
            assert sum(any(t.subject.value == subject for t in batch) for batch in found) == 1
