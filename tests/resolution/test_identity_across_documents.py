"""One set from its questions, answer, postponement, draft, letter and record; all invented."""

from hashlib import sha256
from itertools import permutations

import pytest

from kg.model.question_set import QuestionSet
from kg.model.text import SourceText
from kg.parsing import parse_document
from kg.resolution.merging import merge_documents

ASKED = "Vraag 1\nHoeveel ganzen zijn er?\nVraag 2\nWie telt de ganzen?\n"
MINISTER = "de Minister van Landbouw, Visserij, Voedselzekerheid en Natuur"
FOOT = "Tweede Kamer, vergaderjaar 2025–2026, {kind} 1\n"


def head(kind: str, to: str, by: str = "het lid Kostic ´ (PvdD)", day: str = "5 november") -> str:
    return (
        "Tweede Kamer der Staten-Generaal2\n"
        f"Vergaderjaar 2025–2026 {kind}\n"
        "{number}\n"
        f"Vragen van {by} aan {to} over ganzen (ingezonden {day} 2025).\n"
    )


def questions(kenmerk: str, to: str = MINISTER, **other: str) -> str:
    opening = head("Vragen gesteld door de leden der Kamer", to, **other)
    return f"{opening.format(number=kenmerk)}{ASKED}kv-tk-{kenmerk}\n{FOOT.format(kind='Vragen')}"


def answers(
    number: str, to: str = MINISTER, see: str = "", asked: str = ASKED, **other: str
) -> str:
    opening = head("Aanhangsel van de Handelingen", to, **other).format(number=number)
    return (
        f"{opening}Antwoord van Minister Bosma (Landbouw, Visserij, Voedselzekerheid en Natuur) "
        f"(ontvangen 26 november 2025).{see}\n{asked}Antwoord 1 en 2\nDat is niet bekend.\n"
        f"ah-tk-20252026-{number}\n{FOOT.format(kind='Aanhangsel')}"
    )


def postponement(number: str, kenmerk: str = "", to: str = MINISTER) -> str:
    named = f" ({kenmerk})" if kenmerk else ""
    opening = head("Aanhangsel van de Handelingen", to).format(number=number)
    return (
        f"{opening}Mededeling van Staatssecretaris Bosma (Landbouw, Visserij, Voedselzekerheid en "
        f"Natuur) (ontvangen 20 november 2025).\n{ASKED}Mededeling\nDe vragen over ganzen{named} "
        f"kunnen niet binnen de termijn worden beantwoord.\nah-tk-20252026-{number}\n"
        f"{FOOT.format(kind='Aanhangsel')}"
    )


def draft(number: str, kenmerk: str) -> str:
    return (
        f"AH {number}\n{kenmerk}\nAntwoord van minister Bosma (Landbouw, Visserij, "
        f"Voedselzekerheid en Natuur) (ontvangen 26 november 2025)\n\n{ASKED}\n"
        "Antwoord 1 en 2\nDat is niet bekend.\n"
    )


def record(kenmerk: str, subject: str = "Ganzen", member: str = "Ines Kostić (I.)") -> str:
    return (
        "nummer,soort,onderwerp,gestart_op,vergaderjaar,gericht_aan,indiener,medeindiener\n"
        f"{kenmerk},Schriftelijke vragen,{subject},2025-11-05T00:00:00+01:00,2025-2026,"
        f"Piet Bosma (P.),{member},\n"
    )


def merge(*pages: str) -> tuple[QuestionSet, ...]:
    documents = [
        parse_document(SourceText("p", page, "text/plain", sha256(page.encode()).hexdigest()))
        for page in pages
    ]
    results = {merge_documents(order) for order in permutations(documents)}
    assert len(results) == 1, "the order of the documents changes the result"
    return results.pop()


def test_all_documents_of_a_set_become_one_set_that_keeps_each():
    pages = (
        questions("2025Z20001"),
        postponement("612", "2025Z20001"),
        answers("700", see=" Zie ook Aanhangsel Handelingen, vergaderjaar 2025–2026, nr. 612."),
        draft("700", "2025Z20001"),
        record("2025Z20001"),
    )
    (one,) = merge(*pages)
    assert (one.kenmerk, one.aanhangsel) == ("2025Z20001", "20252026-700")
    assert len(one.documents) == 5
    assert [question.number for question in one.questions] == [1, 2]
    assert [len({place.sha256 for place in question.places}) for question in one.questions] == [
        4,
        4,
    ]
    assert [answer.numbers for answer in one.answers] == [(1, 2)]
    assert len(one.letters) == 1
    assert str(one.submitted_on) == "2025-11-05"


def test_an_answer_without_kenmerk_joins_its_questions_by_their_words():
    (one,) = merge(questions("2025Z20001"), answers("700"))
    assert (one.key, one.aanhangsel) == ("2025Z20001", "20252026-700")


def test_reworded_questions_join_by_people_day_and_subject_and_say_so():
    other = ASKED.replace("Wie telt de ganzen?", "Door wie worden de ganzen geteld?")
    (one,) = merge(questions("2025Z20001"), answers("700", asked=other))
    assert one.kenmerk == "2025Z20001"
    assert one.identity
    assert "same submitters (kostić), same day (2025-11-05)" in one.identity


def test_an_answer_joins_the_postponement_that_it_points_at():
    see = " Zie ook Aanhangsel Handelingen, vergaderjaar 2025–2026, nr. 612."
    rewritten = "Vraag 1\nHoe staat het met de ganzen?\n"
    (one,) = merge(postponement("612"), answers("700", see=see, asked=rewritten))
    assert one.aanhangsel == "20252026-700"
    assert one.identity
    assert "points at the postponement 20252026-612" in one.identity


def test_a_record_joins_an_answer_without_kenmerk_by_people_day_and_subject():
    (one,) = merge(record("2025Z20001"), answers("700"))
    assert (one.kenmerk, one.aanhangsel) == ("2025Z20001", "20252026-700")
    assert one.identity
    assert "same subject" in one.identity


@pytest.mark.parametrize(
    "other",
    [
        questions("2025Z20002"),
        answers("700", by="het lid Bakker (D66)"),
        answers("700", day="6 november", asked="Vraag 1\nHoeveel eenden zijn er?\n"),
        record("2025Z20002"),
        record("2025Z20001", member="Anna Bakker (A.)").replace("2025Z20001", "2025Z20003"),
    ],
    ids=["other number", "other member", "other day and words", "other record", "namesake subject"],
)
def test_other_sets_on_the_same_subject_stay_apart(other):
    assert len(merge(questions("2025Z20001"), other)) == 2


def test_one_text_sent_to_two_ministers_stays_two_sets_and_the_answer_goes_to_its_own():
    second = "de Minister van Financiën"
    sets = merge(
        questions("2025Z20001"), questions("2025Z20002", to=second), answers("700", to=second)
    )
    assert {one.kenmerk: one.aanhangsel for one in sets} == {
        "2025Z20001": None,
        "2025Z20002": "20252026-700",
    }


def test_an_answer_that_fits_two_sets_joins_neither():
    sets = merge(
        questions("2025Z20001"),
        questions("2025Z20002"),
        answers("700", asked="Vraag 1\nHoe gaat het met de ganzen?\n"),
    )
    assert len(sets) == 3


def test_a_number_printed_twice_keeps_both_questions():
    twice = ASKED.replace("Vraag 2", "Vraag 1")
    (one,) = merge(draft("700", "2025Z20001").replace(ASKED, twice))
    assert [(question.number, question.passage.text) for question in one.questions] == [
        (1, "Hoeveel ganzen zijn er?"),
        (2, "Wie telt de ganzen?"),
    ]
