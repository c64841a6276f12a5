from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.likeness import codes_of, shingles_of, to_bytes
from kg.analysis.round_robins import Asked, group_round_robins
from kg.model.document import PrintedPerson
from kg.model.question_set import Participant, QuestionSet, Role
from kg.model.text import Span
from tests.analysis.conftest import SetOf
from tests.analysis.round_robins import find_round_robins

FORM = (
    "Bent u bekend met het bericht dat veel instellingen hun werk laten doen door verre bedrijven?",
    "Kunt u bevestigen dat {body} de overstap naar verre bedrijven op dit moment niet herziet?",
    "Welke processen van uw departement en van {body} zijn nu al bij verre bedrijven?",
    "Kunt u toezeggen dat de afhankelijkheid van verre bedrijven bij {body} niet toeneemt?",
)


def asked(
    set_of: SetOf, key: str, body: str, minister: str, *, by: str = "An Vos", on: str = "2025-05-01"
) -> QuestionSet:
    made = set_of(
        [form.format(body=body) for form in FORM], key=key, title="Verre bedrijven", asked=on
    )
    people = tuple(
        Participant(role, 1, PrintedPerson(name, Span(0, 1)), ())
        for role, name in ((Role.SUBMITTER, by), (Role.ADDRESSEE, minister))
    )
    return replace(made, participants=people)


def test_the_same_questions_to_several_ministers_are_one_round_robin(set_of: SetOf) -> None:
    sets = [
        asked(set_of, "a", "het Kadaster", "Jan Een"),
        asked(set_of, "b", "de Waarborg", "Piet Twee"),
        asked(set_of, "c", "ProRail", "Klaas Drie"),
        set_of(["Hoeveel zebrapaden kent Nederland en wie onderhoudt die?"], key="d"),
    ]
    (found,) = find_round_robins(sets)
    assert found.sets == ("a", "b", "c")
    assert [len(one.members) for one in found.questions] == [3, 3, 3, 3]
    assert dict(found.varies) == {"a": ("Kadaster",), "b": ("Waarborg",), "c": ("ProRail",)}
    assert find_round_robins(sets[::-1]) == (found,)


def test_a_split_question_and_an_extra_one_are_aligned(set_of: SetOf) -> None:
    whole = asked(set_of, "a", "het Kadaster", "Jan Een")
    texts = [one.passage.text for one in asked(set_of, "b", "ProRail", "Piet Twee").questions]
    first, second = (
        "Bent u bekend met het bericht dat veel instellingen hun werk laten doen?",
        ("Laten veel instellingen hun werk laten doen door verre bedrijven?"),
    )
    extra = "Wilt u de onafhankelijke toezichthouder om een oordeel vragen?"
    split = replace(
        set_of([first, second, *texts[1:], extra], key="b"),
        participants=asked(set_of, "b", "x", "Piet Twee").participants,
    )
    (found,) = find_round_robins([whole, split])
    assert found.questions[0].members == (("a", 1), ("b", 1), ("b", 2))
    assert found.questions[-1].members == (("b", 6),)


def test_what_is_no_round_robin(set_of: SetOf) -> None:
    one = asked(set_of, "a", "het Kadaster", "Jan Een")
    same_minister = asked(set_of, "b", "ProRail", "Jan Een")
    other_member = asked(set_of, "c", "ProRail", "Piet Twee", by="Bo Bos")
    next_year = asked(set_of, "d", "ProRail", "Piet Twee", on="2026-05-01")
    for other in (same_minister, other_member, next_year):
        assert find_round_robins([one, other]) == ()
    assert find_round_robins([one]) == ()
    assert find_round_robins([set_of(key="e"), set_of(key="f")]) == ()


WORDS = st.lists(st.sampled_from([f"woord{chr(97 + n)}x" for n in range(12)]), max_size=9)
DAYS = st.none() | st.integers(1, 25).map(lambda day: date(2025, 5, day))
PEOPLE = st.frozensets(st.sampled_from(["vos", "bos", "los"]), min_size=1, max_size=2)


@given(st.lists(st.tuples(WORDS, DAYS, PEOPLE, PEOPLE), max_size=14))
def test_each_set_joins_the_likest_first_set_of_its_member_and_time(
    told: list[tuple[list[str], date | None, frozenset[str], frozenset[str]]],
) -> None:
    bags = [shingles_of(codes_of(" ".join(words))) for words, *_ in told]
    sets = [
        Asked(str(number), by, government, day, to_bytes(bags[number]))
        for number, (_, day, by, government) in enumerate(told)
    ]

    def likeness(one: int, other: int) -> Fraction:
        first, second = sets[one].submitted_on, sets[other].submitted_on
        together = bags[one] | bags[other]
        if not sets[one].submitters & sets[other].submitters or not together:
            return Fraction(0)
        if first and second and abs((first - second).days) > 7:
            return Fraction(0)
        return Fraction(len(bags[one] & bags[other]), len(together))

    groups: dict[int, list[int]] = {}
    for number in range(len(sets)):
        best = max(((likeness(first, number), -first) for first in groups), default=(0, 0))
        if best[0] >= Fraction("0.4"):
            groups[-best[1]].append(number)
        else:
            groups[number] = [number]
    expected = [
        tuple(map(str, group))
        for group in groups.values()
        if len({sets[number].government for number in group}) > 1
    ]
    assert list(group_round_robins(sets)) == expected
