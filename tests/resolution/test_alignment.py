import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.alignment import align

QUESTIONS = [
    "Bent u bekend met het bericht over de brug?",
    "Wat kost het onderhoud van de brug per jaar?",
    "Kunt u de Rekenkamer vragen een onderzoek in te stellen?",
    "Kunt u deze vragen afzonderlijk beantwoorden?",
]


def test_paragraphs_follow_the_order_and_the_words_of_the_questions() -> None:
    runs = align(
        QUESTIONS,
        [
            "Ja.",
            "Het onderhoud kost twee miljoen euro per jaar.",
            "Daarnaast is er een bijdrage van de provincie.",
            "Ik heb de Rekenkamer om een onderzoek gevraagd.",
            "Ja.",
        ],
    )
    assert [(run.question, run.first, run.last) for run in runs] == [
        (1, 0, 0),
        (2, 1, 2),
        (3, 3, 3),
        (4, 4, 4),
    ]


def test_an_answer_never_points_at_its_own_number() -> None:
    runs = align(QUESTIONS[1:3], ["Het onderhoud is duur.", "Zie het antwoord op vraag 1."])
    assert [(run.question, run.first) for run in runs] == [(1, 0), (2, 1)]


def test_confidence_is_low_where_nothing_tells() -> None:
    told = align(QUESTIONS[1:3], ["Het onderhoud kost veel per jaar.", "De Rekenkamer onderzoekt."])
    untold = align(["Waarom?", "Waarom niet?"], ["Dat is zo besloten.", "Dat bleek nodig."])
    assert min(run.confidence for run in told) > 0.8 > min(run.confidence for run in untold)


@pytest.mark.parametrize(("questions", "paragraphs"), [([], []), ([], ["Ja."]), (["Waarom?"], [])])
def test_nothing_to_align(questions: list[str], paragraphs: list[str]) -> None:
    assert align(questions, paragraphs) == ()


TEXTS = st.lists(
    st.text(alphabet="abcdefgh JaNe.?0123", min_size=1, max_size=40), min_size=1, max_size=12
)


@given(TEXTS, TEXTS)
def test_runs_partition_the_paragraphs_in_order(
    questions: list[str], paragraphs: list[str]
) -> None:
    runs = align(questions, paragraphs)
    covered = [index for run in runs for index in range(run.first, run.last + 1)]
    assert covered == list(range(len(paragraphs)))
    assert [run.question for run in runs] == sorted({run.question for run in runs})
    assert all(0 <= run.confidence <= 1 for run in runs)
