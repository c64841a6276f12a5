"""Several passages as one: marks, notes and places go along."""

from kg.model.text import FootnoteMark, Passage, Span
from kg.resolution.merging import _concatenate


def test_marks_stand_at_the_same_words_in_the_joined_text() -> None:
    parts = [
        Passage("Daarom.", (Span(0, 7),)),
        Passage("Zie de krant.", (Span(9, 23),), (FootnoteMark(12, "1"),), (("1", "Krant"),)),
        Passage("En de brug.", (Span(30, 42),), (FootnoteMark(2, "2"), FootnoteMark(10, "3"))),
    ]
    joined = _concatenate(parts)
    assert joined.text == "Daarom.\nZie de krant.\nEn de brug."
    assert [joined.text[: mark.offset].split()[-1] for mark in joined.marks] == [
        "krant", "En", "brug",
    ]  # fmt: skip
    assert joined.spans == (Span(0, 7), Span(9, 23), Span(30, 42))
    assert joined.notes == (("1", "Krant"),)
