from kg.analysis.passages import find_reused_passages
from tests.analysis.conftest import SetOf

SENTENCE = (
    "Een te grote afhankelijkheid van één leverancier van dijken is ongewenst voor alle schappen."
)
VARIANT = SENTENCE.replace("is ongewenst", "is echter ongewenst")


def test_sentences_that_recur_in_other_sets_are_linked(set_of: SetOf) -> None:
    sets = [
        set_of(["A?"], {1: f"Ja. {SENTENCE}"}, key="a"),
        set_of(["A?", "B?"], {1: "Nee.", 2: f"{VARIANT} Meer niet."}, key="b"),
        set_of(
            ["A?"], {1: "Het waterpeil is hoog en dat blijft het deze maand ook zeker."}, key="c"
        ),
    ]
    (found,) = find_reused_passages(sets)
    assert found.text == SENTENCE
    assert [(one.set_key, one.answer) for one in found.occurrences] == [("a", (1,)), ("b", (2,))]
    assert found.occurrences[1].text == VARIANT
    assert find_reused_passages(sets[::-1]) == (found,)


def test_repetition_within_a_set_and_short_sentences_are_not_reuse(set_of: SetOf) -> None:
    assert find_reused_passages([set_of(["A?", "B?"], {1: SENTENCE, 2: SENTENCE})]) == ()
    short = [set_of(["A?"], {1: "Zie het antwoord op vraag 2."}, key=key) for key in "ab"]
    assert find_reused_passages(short) == ()
