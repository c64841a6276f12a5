from datetime import date

import pytest

from kg.analysis.commitments import read_commitments
from tests.analysis.conftest import SetOf


@pytest.mark.parametrize(
    ("answer", "rule", "actor", "due"),
    [
        ("Ik zal de betrokken gemeenten vragen om een overzicht.", "will", "Ik", None),
        ("Daarom zal ik hierover in gesprek gaan.", "will", "ik", None),
        ("Medio 2025 ontvangt u het herziene beleid.", "sends-to-kamer", None, "Medio 2025"),
        ("Dit staat in het plan, dat u medio 2025 ontvangt.", "sends-to-kamer", None, "medio 2025"),
        ("Ik zeg u toe dat het overzicht er komt.", "promises", "Ik", None),
        ("Hier kom ik later dit voorjaar op terug.", "comes-back", "ik", "dit voorjaar"),
        (
            "In mei 2025 wordt de visie naar uw Kamer gestuurd.",
            "is-sent-to-kamer",
            None,
            "mei 2025",
        ),
        ("Ik informeer uw Kamer hierover vóór 1 juli 2025.", "informs-kamer", "Ik", "1 juli 2025"),
        ("Daarnaast laat ik onderzoeken of dit kan.", "has-done", "ik", None),
        ("Ja, ik ben daartoe bereid.", "is-willing", "ik", None),
        ("Begin 2026 start een campagne.", "starts", None, "Begin 2026"),
    ],
)
def test_promises_are_read(
    set_of: SetOf, answer: str, rule: str, actor: str | None, due: str | None
) -> None:
    (found,) = read_commitments(set_of(["Wat gaat u doen?"], {1: answer}, answered="2025-04-01"))
    assert (found.rule, found.actor, found.due_text) == (rule, actor, due)
    assert found.quote == answer == found.span.of(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Ik heb geen toezeggingen gedaan.",
        "Ik zal dit niet doen.",
        "Ik ben daartoe niet bereid.",
        "Ik zou dat graag willen.",
        "Dit zal de samenwerking bevorderen.",
        "Als dat nodig is, zal ik ingrijpen.",
        "Bij het antwoord op vraag 3 zal ik verder ingaan op de stappen.",
        "Het advies wordt later dit voorjaar verwacht.",
        "Uw Kamer heeft de brief op 3 maart 2025 ontvangen.",
        "Het lid vraagt: kunt u toezeggen dat dit stopt?",
        "Wij zullen rekening moeten houden met de kosten.",
        "Ja.",
    ],
)
def test_what_is_no_promise(set_of: SetOf, answer: str) -> None:
    assert read_commitments(set_of(["Hoe zit dit?"], {1: answer})) == ()


@pytest.mark.parametrize(
    ("question", "answer", "granted"),
    [
        ("Bent u bereid dit te onderzoeken?", "Ja.", True),
        ("Kunt u toezeggen dat dit stopt?", "Ja, zeker.", True),
        ("Bent u bereid dit te onderzoeken?", "Nee.", False),
        ("Bent u bereid deze vragen afzonderlijk te beantwoorden?", "Ja.", False),
        ("Klopt dit?", "Ja.", False),
    ],
)
def test_a_bare_yes_promises_what_was_asked(
    set_of: SetOf, question: str, answer: str, granted: bool
) -> None:
    found = read_commitments(set_of([question], {1: answer}))
    assert [one.request for one in found] == ([1] if granted else [])


def test_the_time_is_counted_from_the_day_of_the_answer(set_of: SetOf) -> None:
    answer = {1: "In de loop van dit jaar informeer ik uw Kamer."}
    (dated,) = read_commitments(set_of(["A?"], answer, answered="2025-04-01"))
    (undated,) = read_commitments(set_of(["A?"], answer))
    assert dated.due is not None
    assert (dated.due.start, dated.due.end) == (date(2025, 1, 1), date(2026, 1, 1))
    assert (undated.due, undated.due_text) == (None, "dit jaar")
