import pytest

from kg.parsing.paragraphs import is_extension_letter, is_question, tell_apart

QUESTIONS = [
    "Bent u bekend met het bericht «Brug dicht»?1",
    "Welke gegevens zijn er «weggelekt»?",
    "Klopt het dat de brug dicht blijft?",
    "In hoeverre raakt dit de scheepvaart? Kunt u dat toelichten?1 2",
    "Is onze watervoorziening beschermd?",
    "Bent u bekend met het bericht van de Bond «Brug blijft dicht»»1?",
    "Kunt u deze vragen beantwoorden binnen drie weken, en aan de Kamer doen toekomen.",
    "Graag ontvangen wij van u een overzicht.",
    "Hoe beoordeelt u de staat van de brug.",
    "Welke stappen worden gezet om de brug te openen, zoals de bond voorstelt",
    "Deelt u de mening dat dit te lang duurt? Graag een uitgebreide toelichting.",
    "Bent u bereid de brug te openen. Zo nee, waarom niet.",
    "Waarom is de brug dicht? De schippers weten het niet.",
    "U schreef dat ik als Kamerlid geïnformeerd zou worden; wanneer gebeurt dat?",
]
ANSWERS = [
    "Ja.",
    "Nee, dat is niet het geval.",
    "Zie het antwoord op vraag 5.",
    "Ik ben bekend met de vraag: hoe moet dit verder?",
    "Ja, maar wat is dan de oplossing?",
    "De vraag is of mijn ministerie hierover gaat. Wie gaat erover?",
    "Welke stappen nodig zijn, wordt nog onderzocht.",
    "Hoe vaak dat gebeurt, is niet bekend.",
    "Wat betreft de brug geldt hetzelfde.",
    "De brug is dicht en blijft dicht. De provincie beheert haar. Wat betekent dat voor hen?",
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
        (
            "Vanwege afstemming zal de beantwoording meer tijd vergen dan de gebruikelijke drie "
            "weken.",
            True,
        ),
        (
            "Hierbij meld ik u dat de vragen van het lid Bos niet binnen drie weken beantwoord "
            "kunnen worden.",
            True,
        ),
        ("De beantwoording van deze vraag vergt meer tijd.", False),
        ("De netbeheerders halen de termijn van aansluiting niet.", False),
        ("Kunt u deze vragen binnen de gebruikelijke termijn beantwoorden?", False),
        ("Ja.", False),
    ],
)
def test_extension_letters(paragraph: str, expected: bool) -> None:
    assert is_extension_letter(paragraph) is expected


def test_what_stands_around_a_paragraph_tells_what_it_is() -> None:
    paragraphs = [
        "Kent u het bericht?",
        "Ja.",
        "De brug is van de provincie. Wat betekent dat voor de schippers en de bewoners?",
        "Wat zijn de gevolgen voor de scheepvaart",
        "Die zijn beperkt.",
        "Is de brug oud?",
        "Nee.",
    ]
    assert tell_apart(paragraphs) == [True, False, False, True, False, True, False]


def test_a_doubtful_paragraph_does_not_leave_the_question_above_without_an_answer() -> None:
    doubtful = "Kan de brug open of moet hij dicht"
    assert is_question(doubtful)
    assert tell_apart(["Kent u het bericht?", doubtful]) == [True, False]
    assert tell_apart(["Kent u het bericht?", "Ja.", doubtful]) == [True, False, True]
