import pytest

from kg.model.text import Span
from kg.parsing.persons import read_people

ROWS = [
    (
        "Wim de Boer (CDA), Jo Six Bakker (NSC)",
        [("Wim de Boer", "CDA", None), ("Jo Six Bakker", "NSC", None)],
    ),
    (
        "Ans Smit (minister ) (NSC), Piet Vos (VVD)",
        [("Ans Smit", "NSC", "minister"), ("Piet Vos", "VVD", None)],
    ),
    (
        "Jan Vis (minister ) , Kuiper , Ans Smit (PVV)",
        [("Jan Vis", None, "minister"), ("Kuiper", None, None), ("Ans Smit", "PVV", None)],
    ),
    (
        "Jan Vis (minister justitie en veiligheid, minister asiel en migratie) , Kuiper",
        [
            ("Jan Vis", None, "minister justitie en veiligheid, minister asiel en migratie"),
            ("Kuiper", None, None),
        ],
    ),
    (
        "Piet Vos (Volkspartij voor Vrijheid en Democratie)",
        [("Piet Vos", "Volkspartij voor Vrijheid en Democratie", None)],
    ),
    ("van der Laan , Chris Mol (PVV)", [("van der Laan", None, None), ("Chris Mol", "PVV", None)]),
    ("Ria Bos (staatssecretaris ) ()", [("Ria Bos", None, "staatssecretaris")]),
    ("Ria Bos (minister (VVD)", [("Ria Bos (minister", "VVD", None)]),
    ("", []),
    (" , ,", []),
]


@pytest.mark.parametrize(("row", "expected"), ROWS)
def test_a_row_of_people(row: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    people = read_people(row, Span(0, len(row)))
    assert [(person.name, person.party, person.office) for person in people] == expected


def test_each_person_knows_where_it_is_printed() -> None:
    text = "Indieners | Wim de Boer (CDA), Jo Mol (NSC) |"
    people = read_people(text, Span(12, 43))
    assert [person.span.of(text) for person in people] == ["Wim de Boer (CDA)", "Jo Mol (NSC)"]
