from collections.abc import Sequence

from kg.analysis.passages import (
    Occurrence,
    find_recurrences,
    read_occurrences,
    read_recurrences,
)
from kg.model.question_set import QuestionSet
from tests.analysis.conftest import SetOf

SENTENCE = (
    "Een te grote afhankelijkheid van één leverancier van dijken is ongewenst voor alle schappen."
)
VARIANT = SENTENCE.replace("is ongewenst", "is echter ongewenst")


def reused(question_sets: Sequence[QuestionSet]) -> list[list[Occurrence]]:
    told = [read_occurrences([one]) for one in question_sets]
    passages: dict[str, list[Occurrence]] = {}
    found_in, _ = find_recurrences((str(n), sentences) for n, (_, sentences) in enumerate(told))
    for piece, packed in found_in:
        for found in read_recurrences(packed):
            assert found.first == (found.key not in passages)
            passages.setdefault(found.key, []).append(told[piece][0][found.place])
    return list(passages.values())


def test_sentences_that_recur_in_other_sets_are_grouped(set_of: SetOf) -> None:
    sets = [
        set_of(["A?"], {1: f"Ja. {SENTENCE}"}, key="a"),
        set_of(["A?", "B?"], {1: "Nee.", 2: f"{VARIANT} Meer niet."}, key="b"),
        set_of(
            ["A?"], {1: "Het waterpeil is hoog en dat blijft het deze maand ook zeker."}, key="c"
        ),
    ]
    (found,) = reused(sets)
    assert reused([set_of(["A?"], key="0"), *sets[:1], set_of(["A?"], key="z"), *sets[1:]]) == [
        found
    ]
    assert [(one.set_key, one.answer, one.text) for one in found] == [
        ("a", (1,), SENTENCE),
        ("b", (2,), VARIANT),
    ]


def test_repetition_within_a_set_and_short_sentences_are_not_reuse(set_of: SetOf) -> None:
    assert reused([set_of(["A?", "B?"], {1: SENTENCE, 2: SENTENCE})]) == []
    short = [set_of(["A?"], {1: "Zie het antwoord op vraag 2."}, key=key) for key in "ab"]
    assert reused(short) == []
