import pytest

from kg.analysis.answer_kinds import AnswerKind, read_answer_kinds
from tests.analysis.conftest import SetOf

ANSWERED, REFERS, DECLINED = AnswerKind.ANSWERED, AnswerKind.REFERS, AnswerKind.DECLINED
HANDED_OVER, DEFERRED = AnswerKind.HANDED_OVER, AnswerKind.DEFERRED


@pytest.mark.parametrize(
    ("answer", "kinds"),
    [
        ("Ja.", {ANSWERED}),
        ("Nee, dat klopt niet. De kosten zijn lager.", {ANSWERED}),
        ("Zie antwoord vraag 6.", {REFERS}),
        ("Zie antwoord op vraag 7.", {REFERS}),
        ("Zie het antwoord op vragen 2, 4 en 8.", {REFERS}),
        ("Zie hiervoor het antwoord op vraag 3 t/m 5.", {REFERS}),
        ("Ik verwijs u naar het antwoord op vraag 2.", {REFERS}),
        ("Hiervoor verwijs ik u naar mijn antwoord op vraag 2.", {REFERS}),
        ("Zie alle bovenstaande antwoorden op de gestelde vragen.", {REFERS}),
        (
            "Zie het antwoord op vraag 5. De software is na 2026 niet te gebruiken.",
            {REFERS, ANSWERED},
        ),
        ("De kosten zijn laag (zie ook vraag 8).", {REFERS, ANSWERED}),
        ("Ik doe geen uitspraken over individuele zaken.", {DECLINED}),
        ("Vanwege privacy kunnen wij geen namen geven.", {DECLINED}),
        ("Het is niet aan het kabinet om daarover te oordelen.", {DECLINED}),
        ("Ik heb uw verzoek doorgeleid naar de Nationale ombudsman.", {HANDED_OVER}),
        ("Ik kom hier in het najaar op terug.", {DEFERRED}),
        ("Ja. Medio 2025 ontvangt uw Kamer de nieuwe visie.", {DEFERRED, ANSWERED}),
        ("Uw Kamer is hierover op 3 maart 2025 geïnformeerd.", {ANSWERED}),
        ("Ik zou uw Kamer geïnformeerd hebben als het lek was gedicht.", {ANSWERED}),
        ("De volgende maatregelen zijn getroffen:", {AnswerKind.UNKNOWN}),
        ("...", {AnswerKind.UNKNOWN}),
    ],
)
def test_answers_are_told_apart(set_of: SetOf, answer: str, kinds: set[AnswerKind]) -> None:
    found = read_answer_kinds(set_of(["Klopt dit?"], {1: answer}))
    assert {one.kind for one in found} == kinds
    for one in found:
        assert one.span is None or one.span.of(answer) == one.quote


def test_an_answer_that_is_only_a_reference_is_told_from_one_that_also_answers(
    set_of: SetOf,
) -> None:
    findings = read_answer_kinds(
        set_of(
            ["A?", "B?", "C?"],
            {
                1: "Zie het antwoord op vraag 3.",
                2: "Zie het antwoord op vraag 3. Het is bovendien duur.",
                3: "Het is duur.",
            },
        )
    )
    only = [one.question for one in findings if one.kind is REFERS and one.whole]
    also = [one.question for one in findings if one.kind is REFERS and not one.whole]
    assert (only, also) == ([1], [2])


def test_the_printed_ground_of_declining_is_kept(set_of: SetOf) -> None:
    (found,) = read_answer_kinds(
        set_of(["A?"], {1: "Wegens het lopende onderzoek kan ik hier niet op ingaan."})
    )
    assert found.kind is DECLINED
    assert found.ground == "het lopende onderzoek"


def test_every_question_gets_a_finding(set_of: SetOf) -> None:
    findings = read_answer_kinds(set_of(["A?", "B?", "C?"], {(1, 2): "Ja, beide."}))
    assert [(one.question, one.kind.value) for one in findings] == [
        (1, "answered"),
        (2, "answered"),
        (3, "absent"),
    ]
