"""The largest counts are found through their magnitudes, and are those that sorting all finds."""

from random import Random

import pyoxigraph as ox
import pytest

from kg.analysis.counts import Counting
from kg.querying.catalogue import find_query
from kg.querying.results import to_table
from kg.querying.running import run_embedded
from kg.rdf import vocabulary as v
from kg.rdf.counts import map_countings, map_counts
from kg.rdf.iris import Mint
from kg.store.turtle import HEAD, to_blocks

MINT = Mint("https://example.org/")


def store_of(counting: Counting, counts: dict[tuple[str, str], int]) -> ox.Store:
    told = {(counting, *pair): count for pair, count in counts.items()}
    others = {(Counting.LAW, f"law/{n}", ""): 5_000 for n in range(30)}
    assertions = (*map_countings(MINT), *map_counts({**others, **told}, MINT))
    blocks = "".join(block.text for block in to_blocks(assertions))
    names = "".join(
        f'<{MINT.thing(key).value}> <{v.PREF_LABEL.value}> "{key}"@nl .\n'
        for key in {key for pair in counts for key in pair}
    )
    store = ox.Store()
    store.load((HEAD + blocks + names).encode(), ox.RdfFormat.TURTLE)
    return store


def drawn(kind: str, pairs: int, most: int) -> dict[tuple[str, str], int]:
    random = Random(pairs)
    return {
        (f"{kind}/{n:04}", f"{kind}/{n + 1:04}"): max(1, int(most * random.random() ** 6))
        for n in range(pairs)
    }


@pytest.mark.parametrize(
    ("pairs", "most"), [(0, 1), (3, 1), (19, 70), (20, 3), (25, 1), (900, 900)]
)
@pytest.mark.parametrize(
    ("query", "counting", "kind", "limit"),
    [
        ("laws-together", Counting.LAW_PAIR, "law", 20),
        ("co-submitters", Counting.SUBMITTER_PAIR, "person", 100),
    ],
)
def test_the_pairs_with_the_largest_counts(
    query: str, counting: Counting, kind: str, limit: int, pairs: int, most: int
) -> None:
    counts = drawn(kind, pairs, most)
    found = to_table(run_embedded(find_query(query), {}, store_of(counting, counts)))
    # who has no party leaves that cell empty
    rows = [tuple(cell.value for cell in row if cell) for row in found.rows]
    wanted = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:limit]
    assert rows == [(*pair, str(count)) for pair, count in wanted]


@pytest.mark.parametrize(
    ("count", "magnitude"),
    [(1, 1), (3, 1), (4, 4), (15, 4), (16, 16), (63, 16), (64, 64), (60_000, 16_384)],
)
def test_a_magnitude_is_the_highest_power_of_four_not_above(count: int, magnitude: int) -> None:
    (told,) = (
        one.object.value
        for one in map_counts({(Counting.LAW, "law/1", ""): count}, MINT)
        if one.predicate == v.MAGNITUDE
    )
    assert int(told) == magnitude


def test_a_count_is_in_the_slice_of_its_counting_and_magnitude() -> None:
    stated = [*map_counts({(Counting.LAW, "law/1", ""): 20, (Counting.LAW, "law/2", ""): 5}, MINT)]
    of_slice = {
        one.subject.value: one.object.value for one in stated if one.predicate == v.IDENTIFIER
    }
    slices = {
        one.subject.value.removeprefix(f"{MINT.base}id/counting/sets-by-law/law/"): of_slice[
            one.object.value
        ]
        for one in stated
        if one.predicate == v.IN_SLICE
    }
    assert slices == {"1": "sets-by-law/16", "2": "sets-by-law/4"}
    labels = {
        one.object.value
        for one in stated
        if one.predicate == v.LABEL and one.subject.value in of_slice
    }
    assert labels == {
        "Sets per genoemde wet: 16 tot en met 63",
        "Sets by law mentioned: 16 to 63",
        "Sets per genoemde wet: 4 tot en met 15",
        "Sets by law mentioned: 4 to 15",
    }
