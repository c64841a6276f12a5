"""The two openkamer layouts, on invented pages."""

from datetime import date
from hashlib import sha256

import pytest

from kg.errors import LayoutError
from kg.model.document import LineRole, ParsedDocument
from kg.model.text import SourceText
from kg.parsing import parse_document

BLOCK = """\
De brug over de Zaan |
|
Wim de Boer (CDA), Jo Mol (NSC) |
|
Ans Smit (minister ) (VVD) |
|
![]() |
Kent u het bericht «Brug dicht»?1
Ja.
Wanneer gaat de brug open?
De brug gaat open in mei.
Daarna volgt groot onderhoud.2
Kunt u deze vragen één voor één beantwoorden?
Ja."""

UNANSWERED = """\
De sluis bij Lith |
|
Wim de Boer (CDA) |
|
Smit , Piet Vos (VVD) |
|
![]() ![]() |
Kent u de sluis?
Hoe oud is de sluis?
Graag een overzicht per jaar
Waarom is de sluis dicht?
Wie betaalt?"""

DETAIL = """\
Ingediend | 3 maart 2024 |
---|---|
Beantwoord | 4 april 2024 (na 32 dagen) |
Indieners | Wim de Boer (CDA) |
Beantwoord door | Ans Smit (minister verkeer en waterstaat, minister wonen) , Kuiper |
Onderwerpen | verkeer water |
Bron vraag | https://zoek.officielebekendmakingen.nl/kv-tk-2024Z01234.html |
Bron antwoord | https://zoek.officielebekendmakingen.nl/ah-tk-20232024-1500.html |
Ja.
De brug gaat open in mei.
Hierbij deel ik u mede dat de vragen met kenmerken 2024Z01234 en 2024Z01235 niet binnen de termijn \
kunnen worden beantwoord. U ontvangt het antwoord zo spoedig mogelijk."""


def parse(text: str) -> ParsedDocument:
    return parse_document(
        SourceText("page.txt", text, "text/plain", sha256(text.encode()).hexdigest())
    )


def test_an_answered_block() -> None:
    (block,) = parse(BLOCK).sets
    assert block.title == "De brug over de Zaan"
    assert [person.name for person in block.submitters] == ["Wim de Boer", "Jo Mol"]
    assert [(person.name, person.office) for person in block.answerers] == [
        ("Ans Smit", "minister")
    ]
    assert block.addressees == ()
    assert [question.passage.text for question in block.questions] == [
        "Kent u het bericht «Brug dicht»?",
        "Wanneer gaat de brug open?",
        "Kunt u deze vragen één voor één beantwoorden?",
    ]
    assert [(answer.numbers, answer.passage.text) for answer in block.answers] == [
        ((1,), "Ja."),
        ((2,), "De brug gaat open in mei.\nDaarna volgt groot onderhoud."),
        ((3,), "Ja."),
    ]


def test_links_to_other_pages_are_no_part_of_a_set() -> None:
    page = f"Pagina 2 van 9\n{BLOCK}\n« Vorige 1 2 3 Volgende »\n"
    document = parse(page)
    assert document.sets[0].answers[-1].passage.text == "Ja."
    assert [role for _, role in document.roles if role is LineRole.FURNITURE] == [
        LineRole.FURNITURE
    ] * 2
    assert document.flaws == ()


def test_the_third_row_of_an_unanswered_block_names_addressees() -> None:
    (block,) = parse(UNANSWERED).sets
    assert block.answerers == ()
    assert [person.name for person in block.addressees] == ["Smit", "Piet Vos"]


def test_a_stray_statement_among_questions_is_no_answer() -> None:
    (block,) = parse(UNANSWERED).sets
    assert block.answers == ()
    assert block.questions[1].passage.text == "Hoe oud is de sluis?\nGraag een overzicht per jaar"
    assert [question.number for question in block.questions] == [1, 2, 3, 4]


def test_repeated_blocks_are_read_as_printed() -> None:
    document = parse("\n".join([BLOCK, UNANSWERED, BLOCK]))
    assert [block.title for block in document.sets] == [
        "De brug over de Zaan",
        "De sluis bij Lith",
        "De brug over de Zaan",
    ]
    assert document.flaws == ()


@pytest.mark.parametrize("text", [BLOCK, UNANSWERED, DETAIL, "los\n\n" + BLOCK, BLOCK + "\n\n\n"])
def test_every_non_blank_line_has_a_role(text: str) -> None:
    roles = dict(parse(text).roles)
    assert sorted(roles) == [n for n, line in enumerate(text.split("\n"), 1) if line.strip()]


@pytest.mark.parametrize("text", [BLOCK, UNANSWERED, DETAIL])
def test_spans_cut_the_printed_text_out_of_the_source(text: str) -> None:
    for block in parse(text).sets:
        for unit in (*block.questions, *block.answers, *block.letters):
            for span, paragraph in zip(
                unit.passage.spans, unit.passage.text.split("\n"), strict=True
            ):
                assert span.of(text).rstrip("0123456789 ") == paragraph.rstrip("0123456789 ")


FLAWED = [
    (
        "a row missing",
        BLOCK.replace("Ans Smit (minister ) (VVD) |\n|\n", ""),
        "header-row-missing",
        1,
    ),
    (
        "no closing row",
        BLOCK.replace("![]() |\n", "").replace("(VVD) |\n|", "(VVD) |") + "\n" + UNANSWERED,
        "header-end-missing",
        1,
    ),
    ("cut off after the head", BLOCK[: BLOCK.index("Kent u")], "block-without-questions", 1),
    ("text before the first head", "Een los stuk.\n" + BLOCK, "unclaimed-lines", 1),
]


@pytest.mark.parametrize(("what", "text", "code", "line"), FLAWED, ids=[row[0] for row in FLAWED])
def test_flaws_are_reported_with_their_line(what: str, text: str, code: str, line: int) -> None:
    document = parse(text)
    assert (code, line) in [(flaw.code, flaw.line) for flaw in document.flaws]


def test_a_flawed_block_keeps_what_it_prints() -> None:
    (block,) = parse(BLOCK.replace("Ans Smit (minister ) (VVD) |\n|\n", "")).sets
    assert block.title == "De brug over de Zaan"
    assert len(block.questions) == len(block.answers) == 3


def test_an_empty_row_keeps_its_place() -> None:
    (block,) = parse(BLOCK.replace("Wim de Boer (CDA), Jo Mol (NSC) |", "|")).sets
    assert block.submitters == ()
    assert [person.name for person in block.answerers] == ["Ans Smit"]


def test_the_detail_page() -> None:
    (detail,) = parse(DETAIL).sets
    assert detail.kenmerk == "2024Z01234"
    assert detail.aanhangsel == "20232024-1500"
    assert (detail.submitted_on, detail.answered_on) == (date(2024, 3, 3), date(2024, 4, 4))
    assert [(person.name, person.office) for person in detail.answerers] == [
        ("Ans Smit", "minister verkeer en waterstaat, minister wonen"),
        ("Kuiper", None),
    ]
    assert detail.topics == "verkeer water"
    assert [paragraph.text for paragraph in detail.answer_paragraphs] == [
        "Ja.",
        "De brug gaat open in mei.",
    ]
    assert [letter.kenmerken for letter in detail.letters] == [("2024Z01234", "2024Z01235")]


def test_an_impossible_date_is_flagged_and_left_out() -> None:
    document = parse(DETAIL.replace("3 maart 2024", "31 februari 2024"))
    assert document.sets[0].submitted_on is None
    assert [(flaw.code, flaw.line) for flaw in document.flaws] == [("date-unreadable", 1)]


def test_an_unknown_row_is_flagged_and_unclaimed() -> None:
    document = parse(DETAIL.replace("Onderwerpen |", "Kleur |"))
    assert [flaw.code for flaw in document.flaws] == ["unknown-row"]
    assert (6, LineRole.UNCLAIMED) in document.roles


@pytest.mark.parametrize("text", ["Een gewone brief.\nZonder vragen.", "a | b |", "{}"])
def test_an_unknown_layout_says_what_was_tried(text: str) -> None:
    with pytest.raises(LayoutError, match="openkamer list"):
        parse(text)
