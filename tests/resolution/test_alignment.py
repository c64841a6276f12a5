import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.text import SourceText
from kg.parsing import openkamer_list
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


def test_the_evidence_names_whole_words_of_the_question() -> None:
    (_, told) = align(QUESTIONS[:2], ["Ja.", "Het onderhoud kost twee miljoen euro per jaar."])
    assert told.shared[:3] == ("jaar", "kost", "onderhoud")


def test_an_answer_never_points_at_its_own_number() -> None:
    runs = align(QUESTIONS[1:3], ["Het onderhoud is duur.", "Zie het antwoord op vraag 1."])
    assert [(run.question, run.first) for run in runs] == [(1, 0), (2, 1)]


@pytest.mark.parametrize(
    ("paragraph", "question"),
    [
        ("Zie het antwoord op vraag 1.", 2),
        ("Zie het antwoord op vraag 2.", 1),
        ("Zie vragen 1 en 2.", 3),
        ("Zie vragen 2 en 3.", 1),
    ],
)
def test_where_nothing_else_tells_an_answer_is_of_a_question_it_does_not_point_at(
    paragraph: str, question: int
) -> None:
    (run,) = align(["Waarom?"] * max(2, len(re.findall(r"\d", paragraph)) + 1), [paragraph])
    assert run.question == question


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


def test_known_alignments_are_found_again(seeds: Path) -> None:
    """The sets that print answers below their questions, with the numbers taken away."""
    page = next(path for path in seeds.glob("002_*.txt"))
    source = SourceText(page.name, page.read_text("utf-8"), "text/plain", "0" * 64)
    right = total = 0
    for block in openkamer_list.parse(source).sets:
        printed = [
            (answer.numbers[0], paragraph)
            for answer in block.answers
            for paragraph in answer.passage.text.split("\n")
        ]
        questions = [question.passage.text for question in block.questions]
        for run in align(questions, [paragraph for _, paragraph in printed]):
            for index in range(run.first, run.last + 1):
                right += printed[index][0] == run.question
                total += 1
    assert total == 211
    assert right / total > 0.85, f"{right} of {total} paragraphs at the right question"
