"""What sets that ask the same lend one another: numbers of motions, digits of dossiers."""

import pytest

from kg.resolution.paper_numbers import Number
from kg.resolution.paper_trail import Naming, PaperFacts, PaperTrail

SHORT = Number("6643", "1320")
WHOLE = Number("26643", "1320")
MOTION = (("mol",), frozenset({"brug", "open", "houden"}))


def asking(**facts) -> PaperFacts:
    told = {"title": "bruggen", "questions": frozenset({b"1"}), "short_numbers": frozenset({SHORT}),
            "unnumbered": frozenset({MOTION})}  # fmt: skip
    return PaperFacts("asks", **told | facts)


def sibling(**facts) -> PaperFacts:
    told = {"title": "bruggen", "questions": frozenset({b"1"}), "papers": frozenset({WHOLE}),
            "namings": (Naming(("mol",), WHOLE, frozenset()),)}  # fmt: skip
    return PaperFacts("tells", **told | facts)


def answers(one: PaperFacts, *others: PaperFacts):
    trail = PaperTrail([one])
    for each in (one, *others):
        trail.learn(each)
    return trail.answer(one)


@pytest.mark.parametrize(
    ("other", "number"),
    [
        (sibling(), WHOLE),
        (sibling(questions=frozenset({b"2"})), None),
        (sibling(title="sluizen"), None),
        (sibling(papers=frozenset({Number("26643", "1321")})), None),
        (sibling(papers=frozenset({Number("27743", "1320")})), None),
        (sibling(papers=frozenset({WHOLE, Number("66439", "1320")})), None),
    ],
    ids=["the same", "asks else", "of another title", "other paper", "other dossier", "two"],
)
def test_a_dossier_is_corrected_by_one_set_that_asks_the_same(other, number):
    assert answers(asking(), other).corrected(SHORT)[0] == number


def test_sets_of_the_same_people_are_siblings_too():
    people = frozenset({"person/mol"})
    one = asking(people=people, questions=frozenset({b"3"}))
    assert answers(one, sibling(people=people)).corrected(SHORT)[0] == WHOLE
    assert answers(one, sibling()).corrected(SHORT)[0] is None


def test_sets_without_a_title_are_no_siblings():
    assert answers(asking(title=""), sibling(title="")).corrected(SHORT)[0] is None


def test_a_set_corrects_itself_before_it_asks_others():
    found = answers(asking(papers=frozenset({WHOLE})), sibling(papers=frozenset({SHORT})))
    assert found.corrected(SHORT) == (
        WHOLE, f"printed as {SHORT}; the same set has {WHOLE}"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("other", "numbers"),
    [
        (sibling(), (WHOLE,)),
        (sibling(namings=(Naming(("vos",), WHOLE, frozenset()),)), ()),
        # another set has to name the same subject
        (sibling(title="sluizen"), ()),
        (sibling(title="sluizen", namings=(Naming(("mol",), WHOLE, MOTION[1]),)), (WHOLE,)),
        (sibling(title="sluizen", namings=(Naming(("mol",), None, MOTION[1]),)), ()),
    ],
)
def test_a_motion_gets_its_number_from_a_set_that_must_mean_it(other, numbers):
    assert answers(asking(), other).numbered(*MOTION)[0] == numbers
