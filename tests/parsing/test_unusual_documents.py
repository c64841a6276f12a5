"""What is told of documents that lack something: the code, and the line where there is one."""

import pytest

from kg.errors import LayoutError
from kg.model.document import LineRole
from kg.model.text import SourceText
from kg.parsing import parse_document
from kg.parsing.lines import read_lines
from kg.parsing.portfolios import spaced
from kg.parsing.printed_pages import closes_word
from kg.parsing.words import Vocabulary

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


def test_what_stands_before_the_first_question_is_none():
    remark = "Deze vragen dienen ter aanvulling op eerdere vragen.\n"
    document = read(f"{HEAD}{remark}Vraag 1\nWaarom?\nAntwoord 1\nDaarom.\n")
    (parsed,) = document.sets
    assert [question.passage.text for question in parsed.questions] == ["Waarom?"]
    assert dict(document.roles)[5] is LineRole.NOTE


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("de sluis-", "wachter", True),
        ("de brug-", "gen", True),
        ("de zxq-", "vwpz", False),  # too short to tell, and perhaps a name
        ("de zxqk-", "vwpz", True),
        ("eerste-", "of", False),
        ("NOS-", "bericht", False),
        ("Noord-", "Holland", False),
        ("de brug -", "en", False),
    ],
)
def test_a_hyphen_at_a_line_end_goes_where_it_only_broke_a_word(left, right, joined):
    assert closes_word(left, right, Vocabulary()) is joined


def test_a_mark_in_a_later_paragraph_stands_where_it_was_printed():
    answer = "Daarom.\nDe brug is oud [1] en smal.\n\n[1] Kamerstuk 1\n"
    document = read(f"{HEAD}Vraag 1\nWaarom?\nAntwoord 1\n{answer}")
    passage = document.sets[0].answers[0].passage
    assert passage.text == "Daarom.\nDe brug is oud en smal."
    (mark,) = passage.marks
    assert passage.text[: mark.offset].rstrip().endswith("is oud")
    assert passage.notes == ((mark.mark, "Kamerstuk 1"),)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Justitie enVeiligheid", "Justitie en Veiligheid"),
        ("EconomischeZaken en Klimaat", "Economische Zaken en Klimaat"),
        ("defensie", "defensie"),
        ("Ruimtevaart enZo", "Ruimtevaart enZo"),
    ],
)
def test_a_portfolio_gets_the_spaces_back_that_lost_line_ends_took(printed, name):
    assert spaced(printed) == name
