import pytest

from kg.parsing.paragraphs import is_extension_letter, is_question

QUESTIONS = [
    "Bent u bekend met het bericht «Brug dicht»?1",
    "Welke gegevens zijn er «weggelekt»?",
    "Klopt het dat de brug dicht blijft?",
    "In hoeverre raakt dit de scheepvaart? Kunt u dat toelichten?1 2",
    "Is onze watervoorziening beschermd?",
    "Bent u bekend met het bericht van de Bond «Brug blijft dicht»»1?",
    "Kunt u deze vragen beantwoorden binnen drie weken, en aan de Kamer doen toekomen.",
    "Graag ontvangen wij van u een overzicht.",
    "U schreef dat ik als Kamerlid geïnformeerd zou worden; wanneer gebeurt dat?",
]
ANSWERS = [
    "Ja.",
    "Nee, dat is niet het geval.",
    "Zie het antwoord op vraag 5.",
    "Ik ben bekend met de vraag: hoe moet dit verder?",
    "Ja, maar wat is dan de oplossing?",
    "De vraag is of mijn ministerie hierover gaat. Wie gaat erover?",
    "Het kabinet hecht hier veel waarde aan.",
    "De volgende maatregelen zijn getroffen:",
]


@pytest.mark.parametrize("paragraph", QUESTIONS)
def test_questions(paragraph: str) -> None:
    assert is_question(paragraph)


@pytest.mark.parametrize("paragraph", ANSWERS)
def test_answers(paragraph: str) -> None:
    assert not is_question(paragraph)


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (
            "Hierbij deel ik u mede dat de vragen van het lid Bos niet binnen de termijn van drie "
            "weken kunnen worden beantwoord. U ontvangt de antwoorden zo spoedig mogelijk.",
            True,
        ),
        (
            "Door de nodige afstemming is beantwoording binnen de gebruikelijke termijn niet "
            "mogelijk; ik vraag om uitstel.",
            True,
        ),
        ("De netbeheerders halen de termijn van aansluiting niet.", False),
        ("Kunt u deze vragen binnen de gebruikelijke termijn beantwoorden?", False),
        ("Ja.", False),
    ],
)
def test_extension_letters(paragraph: str, expected: bool) -> None:
    assert is_extension_letter(paragraph) is expected
