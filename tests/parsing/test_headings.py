"""Headings of questions and answers in every style, and what only looks like one."""

import pytest

from kg.model.document import LineRole
from kg.model.text import SourceText
from kg.parsing import parse_document

DRAFT = "AH 575\n2024Z18294\nAntwoord van minister Vos (Defensie) (ontvangen 2 mei 2025)\n\n"
ASKED = (
    "2024Z18294\n(ingezonden 2 mei 2025)\nVragen van het lid Mol (SP) aan de minister van Defensie "
)
PUBLISHED = """\
Tweede Kamer der Staten-Generaal2
Vergaderjaar 2024–2025 Aanhangsel van de Handelingen
Vragen gesteld door de leden der Kamer, met de daarop door de
regering gegeven antwoorden
575
Vragen van het lid Mol (SP) aan de Minister van Defensie over vis (ingezonden 2 mei 2025).
Antwoord van Minister Vos (Defensie) (ontvangen 20 mei 2025).
"""
FOOT = "Tweede Kamer, vergaderjaar 2024–2025, Aanhangsel 1\n"


def read(text: str):
    document = parse_document(SourceText("stuk.txt", text, "text/plain", "0"))
    assert LineRole.UNCLAIMED not in dict(document.roles).values()
    (parsed,) = document.sets
    questions = [(question.number, question.passage.text) for question in parsed.questions]
    answers = [(answer.numbers, answer.passage.text) for answer in parsed.answers]
    return questions, answers


ONE = [(1, "Kent u het bericht?")]
TWO = [*ONE, (2, "Wie doet dat?")]
SAID = [((1,), "Ja."), ((2,), "Hij.")]


@pytest.mark.parametrize(
    ("first", "first_answer", "second", "second_answer"),
    [
        ("Vraag 1\n", "Antwoord 1\n", "Vraag 2\n", "Antwoord 2\n"),
        ("Vraag 1 ", "Antwoord 1 ", "Vraag 2 ", "Antwoord 2 "),
        ("Vraag 1\t", "Antwoord\t", "Vraag 2\t", "Antwoord\t"),
        ("Vraag 1: ", "Antwoord: ", "Vraag 2: ", "Antwoord: "),
        ("Vraag1\n", "Antwoord1\n", "Vraag2\n", "Antwoord2\n"),
        ("Vraag 1.\n", "Antwoord.\n", "Vraag 2.\n", "Antwoord.\n"),
        ("vraag 1\n", "antwoord 1\n", "vraag 2\n", "antwoord 2\n"),
        ("VRAAG 1\n", "ANTWOORD 1\n", "VRAAG 2\n", "ANTWOORD 2\n"),
        ("Vraag 1 (lid Mol)\n", "Antwoord op vraag 1\n", "Vraag 2 (lid Vos)\n",
         "Antwoord op vraag 2 (lid Vos)\n"),
        ("Vraag 1\n", "Antwoord op de vraag\n", "Vraag 2\n", "Reactie op vraag 2\n"),
        ("1\n", "Antwoord\n", "2\n", "Antwoord\n"),
        ("1. ", "Antwoord:\n", "2. ", "Antwoord:\n"),
        ("1) ", "Antwoord op vraag 1\n", "2) ", "Antwoord op vraag 2\n"),
    ],
)  # fmt: skip
def test_styles_of_headings(first, first_answer, second, second_answer):
    text = (
        f"{DRAFT}{first}Kent u het bericht?\n\n{first_answer}Ja.\n\n"
        f"{second}Wie doet dat?\n\n{second_answer}Hij.\n"
    )
    assert read(text) == (TWO, SAID)


@pytest.mark.parametrize(
    ("asked", "answered", "numbers"),
    [
        ("Vraag 1 en 2", "Antwoord 1 en 2", (1, 2)),
        ("Vragen 1 en 2", "Antwoord op vraag 1 en vraag 2", (1, 2)),
        ("Vraag 1 + 2", "Antwoord op vraag 1 & 2", (1, 2)),
        ("Vraag 1/2", "Antwoord 1/2", (1, 2)),
        ("Vraag 1 t/m 2", "Antwoord 1 tot en met 2", (1, 2)),
        ("Vraag 1-2", "Antwoorden 1–2", (1, 2)),
        ("Vraag 1, 2", "Antwoord", (1, 2)),
    ],
)
def test_headings_for_several_questions(asked, answered, numbers):
    text = f"{DRAFT}{asked}\nKent u het bericht?\nWie doet dat?\n\n{answered}\nJa.\n"
    assert read(text) == (TWO, [(numbers, "Ja.")])


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("Ja, zie mijn antwoord op\nvraag 1.", "Ja, zie mijn antwoord op vraag 1."),
        ("Ja, zie mijn antwoord op\nVraag 1. Dat is alles.",
         "Ja, zie mijn antwoord op\nVraag 1. Dat is alles."),
        ("Vraag 2 gaat daarover.", "Vraag 2 gaat daarover."),
        ("Drie stappen:\n1. meten;\n2. wegen;\n3. besluiten.",
         "Drie stappen:\n1. meten;\n2. wegen;\n3. besluiten."),
        ("Een lid vroeg dat.\nReactie\nDat is zo.", "Een lid vroeg dat.\nReactie\nDat is zo."),
        ("Toelichting:\nEr zijn drie stappen.", "Toelichting:\nEr zijn drie stappen."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("style", ["Vraag {}\n", "{}. "])
def test_what_only_looks_like_a_heading(answer, kept, style):
    text = (
        f"{DRAFT}{style.format(1)}Kent u het bericht?\n\nAntwoord\n{answer}\n\n"
        f"{style.format(2)}Wie doet dat?\n\nAntwoord\nHij.\n"
    )
    assert read(text) == (TWO, [((1,), kept), ((2,), "Hij.")])


def test_a_heading_stands_below_a_subheading_without_a_full_stop():
    text = f"{DRAFT}Vraag 1\nKent u het bericht?\nAntwoord 1\nJa.\nVeiligheid\nVraag 2\n"
    assert read(f"{text}Wie doet dat?\nAntwoord 2\nHij.\n") == (
        TWO,
        [((1,), "Ja.\nVeiligheid"), ((2,), "Hij.")],
    )


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (f"{ASKED}over vis\n\nKent u het bericht? 1)\n\nWie doet dat?\n\n1) NOS, 3 mei 2025", TWO),
        (f"{ASKED}over vis\n\n1. Kent u het bericht? 1)\n2. Wie doet dat?\n\n1) NOS, 3 mei 2025",
         TWO),
        (f"{ASKED}over vis\n\nVraag 1\nKent u het bericht?\nVraag 2\nWie doet dat?\n", TWO),
        (f"{ASKED}over vis\n\nKent u het bericht?\n\nWie doet dat?\n\nToelichting:\nDeze vragen "
         "dienen ter aanvulling op eerdere vragen.", TWO),
    ],
)  # fmt: skip
def test_questions_before_their_answer(text, questions):
    assert read(text) == (questions, [])


@pytest.mark.parametrize(
    ("body", "questions", "answers"),
    [
        ("Vraag\nKent u het bericht?\nAntwoord\nJa.\n", ONE, SAID[:1]),
        ("Vraag 1\nKent u het bericht?\nAntwoord 1\nJa.\nToelichting:\nDeze vragen dienen ter "
         "aanvulling op eerdere vragen van het lid\nVos (VVD), ingezonden 1 mei 2025\n",
         ONE, SAID[:1]),
        ("Vraag 1\nKent u het bericht?\nVraag 2\nWie doet dat?\nAntwoord 1\nJa.\n"
         "Antwoord 2\nHij.\n", TWO, SAID),
        ("Vraag 1\nKent u het bericht?\nVraag 2\nWie doet dat?\nAntwoord 1 en 2\nJa.\n",
         TWO, [((1, 2), "Ja.")]),
        ("Vraag 1\nKent u het bericht?\nAntwoord 1\nZie de tabel.\nJaar 2023 2024\n2 1 3\nVraag 2\n"
         "Wie doet dat?\nAntwoord 2\nHij.\n",
         TWO, [((1,), "Zie de tabel.\nJaar 2023 2024 2 1 3"), ((2,), "Hij.")]),
    ],
)  # fmt: skip
def test_published_documents(body, questions, answers):
    assert read(PUBLISHED + body + FOOT) == (questions, answers)
