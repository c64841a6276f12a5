from array import array
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.bags import StoredBags
from kg.analysis.leaders import Grouped, choose_leaders
from kg.analysis.near_copies import search

ALIKE = 0.4


def packed(bags: Sequence[Sequence[int]]) -> StoredBags:
    return StoredBags.packed(
        (array("I", [len(bag)]).tobytes(), array("I", sorted(bag)).tobytes()) for bag in bags
    )


def leaders(bags: Sequence[Sequence[int]]) -> list[int]:
    of_all = packed(bags)
    found: list[int] = choose_leaders(of_all, search(of_all, ALIKE).alike, ALIKE).tolist()
    return found


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    first, second = set(one), set(other)
    return len(first & second) / len(first | second)


BAGS = st.lists(
    st.lists(st.integers(0, 40) | st.integers(0, 2**32 - 1), min_size=1, max_size=12, unique=True),
    max_size=40,
)


@given(BAGS)
def test_a_bag_follows_an_earlier_leader_that_it_resembles(bags: list[list[int]]) -> None:
    found = leaders(bags)
    assert len(found) == len(bags)
    for number, leader in enumerate(found):
        assert leader <= number
        assert found[leader] == leader
        assert leader == number or likeness(bags[number], bags[leader]) >= ALIKE


@given(BAGS, st.integers(0, 1000))
def test_a_copy_never_stands_alone(bags: list[list[int]], at: int) -> None:
    if not bags:
        return
    copied = bags[at % len(bags)]
    found = leaders([*bags, copied])
    assert found[-1] != len(bags)


def test_near_copies_among_many_are_found_and_strangers_left() -> None:
    draw = np.random.default_rng(7)
    originals = [draw.integers(0, 2**32, 20).tolist() for _ in range(500)]
    copies = [[*one[:17], *draw.integers(0, 2**32, 3).tolist()] for one in originals]
    found = leaders([*originals, *copies])
    assert found[:500] == list(range(500))
    right = sum(leader == number for number, leader in enumerate(found[500:]))
    assert right >= 495
    assert all(leader in (number, number + 500) for number, leader in enumerate(found[500:]))


def test_none_and_one() -> None:
    assert leaders([]) == []
    assert leaders([[1, 2, 3]]) == [0]


@given(BAGS, BAGS, st.lists(st.sampled_from(["stay", "go", "come"]), max_size=60))
def test_a_search_after_a_change_finds_what_a_search_from_nothing_finds(
    before: list[list[int]], coming: list[list[int]], steps: list[str]
) -> None:
    after: list[list[int]] = []
    kept: list[int] = []
    left, more = list(enumerate(before)), list(coming)
    for step in steps:
        if step == "come" and more:
            after.append(more.pop())
            kept.append(-1)
        elif step != "come" and left:
            number, bag = left.pop(0)
            if step == "stay":
                after.append(bag)
                kept.append(number)
    of_before, of_after, numbers = packed(before), packed(after), np.array(kept, np.int64)
    older = search(of_before, ALIKE)
    found = search(of_after, ALIKE, (older, numbers))
    fresh = search(of_after, ALIKE)
    assert np.array_equal(found.keys, fresh.keys)
    for one, other in zip(found.alike, fresh.alike, strict=True):
        assert sorted(zip(*one, strict=True)) == sorted(zip(*other, strict=True))
    chosen = Grouped(older.alike, choose_leaders(of_before, older.alike, ALIKE), numbers)
    again = choose_leaders(of_after, found.alike, ALIKE, chosen)
    assert again.tolist() == choose_leaders(of_after, fresh.alike, ALIKE).tolist()
