"""What is told of documents that lack something: the code, and the line where there is one."""

import pytest

from kg.errors import LayoutError
from kg.model.text import SourceText
from kg.parsing import parse_document
from kg.parsing.lines import read_lines

HEAD = (
    "AH 760\n2025Z19400\nAntwoord van minister Aalbers (Defensie) (ontvangen 11 januari 2026)\n\n"
)


def read(text: str):
    return parse_document(SourceText("stuk.txt", text, "text/plain", "0"))


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("Vraag 1\nWaarom?\nAntwoord 1\nDaarom.\n", []),
        ("Vraag 1\nWaarom?\nVraag 2\nWanneer?\nAntwoord 1\nDaarom.\n", ["question-without-answer"]),
        ("Vraag 1\nWaarom?\nAntwoord 1\nDaarom.\nAntwoord 1\nNu.\n", ["answer-repeated"]),
        ("Vraag 1\nWaarom?\nAntwoord 1 en 4\nDaarom.\n", ["answer-without-question"]),
    ],
)
def test_numbers_that_do_not_fit_are_flagged(body, codes):
    assert [flaw.code for flaw in read(HEAD + body).flaws] == codes


def test_a_text_of_no_known_layout_is_refused_with_all_that_were_tried():
    with pytest.raises(LayoutError) as refused:
        read("Geachte voorzitter,\nhartelijk dank.\n")
    error = refused.value
    assert (error.code, error.line) == ("unknown-layout", 1)
    assert "(tried: openkamer detail, openkamer list, open data Zaak records," in error.message


@pytest.mark.parametrize(
    "text", ["a\n  b c \n\n\td", "  \u00a0x\u2028y\n", "\n\n een", "een  \n twee"]
)
def test_the_span_of_a_line_is_its_text_without_the_space_around_it(text):
    lines = read_lines(text)
    assert [line.span.of(text) for line in lines] == [line.text for line in lines]
    assert [line.text for line in lines] == [
        line.strip() for line in text.split("\n") if line.strip()
    ]
    assert [text.split("\n")[line.number - 1].strip() for line in lines] == [
        line.text for line in lines
    ]
