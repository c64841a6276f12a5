import hashlib
from array import array
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.likeness import codes_of, shingles_of
from kg.analysis.passages import (
    Occurrence,
    Sentences,
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


Piece = list[list[str]]
"""The sentences of some sets."""
WORDS = ("de", "dijk", "wordt", "dit", "jaar", "hoger")
SENTENCE_OF = st.lists(st.sampled_from(WORDS), min_size=9, max_size=9).map(" ".join)
PIECES = st.lists(st.lists(st.lists(SENTENCE_OF, max_size=4), min_size=1, max_size=3), max_size=8)


def named(piece: Piece) -> tuple[str, Sentences]:
    texts = [text for of_set in piece for text in of_set]
    bags = [sorted(shingles_of(codes_of(text), 2)) for text in texts]
    return repr(piece), Sentences(
        b"".join(hashlib.sha256(text.encode()).digest()[:6] for text in texts),
        array("I", map(len, bags)).tobytes(),
        array("I", [code for bag in bags for code in bag]).tobytes(),
        tuple(map(len, piece)),
    )


@given(PIECES, PIECES, st.lists(st.sampled_from(["stay", "go", "come", "change"]), max_size=14))
def test_after_a_change_the_same_recurs_as_from_nothing(
    before: list[Piece], coming: list[Piece], steps: list[str]
) -> None:
    after: list[Piece] = []
    left, more = list(before), list(coming)
    for step in steps:
        if step == "come" and more:
            after.append(more.pop())
        elif step != "come" and left:
            piece = left.pop(0)
            if step == "change":
                piece = [*piece, ["de dijk wordt dit jaar hoger dan de dijk"]]
            after += [piece] * (step != "go")
    _, older = find_recurrences(map(named, before))
    found, compared = find_recurrences(map(named, after), older)
    fresh, whole = find_recurrences(map(named, after))
    assert found == fresh
    assert compared.leaders.tolist() == whole.leaders.tolist()
