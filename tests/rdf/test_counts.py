"""Counts over all sets: each is what its own query counts from the sets themselves."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.analysis.counts import Counting
from kg.store.embedded import open_graph

PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX kg: <https://w3id.org/kamergraaf/def#>
"""
Rows = dict[tuple[str, ...], int]


@pytest.fixture(scope="module")
def store(seed_graph: Path) -> ox.Store:
    return open_graph(seed_graph)


def rows_of(store: ox.Store, query: str) -> Rows:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = [one.value for one in found.variables if one.value != "count"]
    return {
        tuple(term.value for name in names if (term := row[name]) is not None): int(
            row["count"].value
        )
        for row in found
    }


@pytest.mark.parametrize("counting", Counting)
def test_a_count_is_what_its_query_counts_from_the_sets(
    store: ox.Store, counting: Counting
) -> None:
    of = f'?counting dcterms:identifier "{counting.value}"'
    (query,) = store.query(f"{PREFIXES} SELECT ?q {{ {of} ; kg:countingQuery ?q }}")
    stated = rows_of(
        store,
        f"{PREFIXES} SELECT ?of ?with ?count {{ {of} . ?one kg:inCounting ?counting ; "
        "kg:countOf|kg:month ?of ; kg:count ?count OPTIONAL { ?one kg:countWith ?with } }",
    )
    assert stated == rows_of(store, query["q"].value)
    assert stated
