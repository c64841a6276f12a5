"""Names given once in full and then bare, within one set: tables over invented texts."""

from datetime import date

import pytest

from kg.mentions import MentionExtractor
from kg.model.authority import Authority, AuthorityEntry, Kind, Period, Tenure
from kg.model.mention import LinkStatus, UnitMentions
from kg.model.question_set import Question, QuestionSet
from kg.model.text import Passage, Span
from kg.resolution.linking import link_sets

SEAT = (Tenure("party/x", Period(date(2020, 1, 1), None), "kamerlid"),)
AUTHORITY = Authority(
    [
        AuthorityEntry(
            "person/anna-vossen", Kind.PERSON, "Anna Vossen", surname="Vossen", parties=SEAT
        ),
        AuthorityEntry("organisation/kaashof", Kind.ORGANISATION, "Kaasgerechtshof"),
        AuthorityEntry("person/ivo-zelen", Kind.PERSON, "Ivo Zelen", surname="Zelen"),
        AuthorityEntry("person/jan-groen", Kind.PERSON, "Jan Groen", surname="Groen"),
    ]
)
EXTRACTOR = MentionExtractor(AUTHORITY)


def names(*texts):
    """(exact, key, rule) of every sure link of a set whose questions are `texts`."""
    questions = tuple(
        Question(Passage(text, (Span(0, len(text)),)), (), number=number)
        for number, text in enumerate(texts, 1)
    )
    one = QuestionSet(
        "a",
        title="Kaas",
        questions=questions,
        submitted_on=date(2024, 5, 1),
        documents=(),
        places=(),
    )
    found = [UnitMentions(EXTRACTOR.extract(text)) for text in texts]
    (linked,) = link_sets([(one, found)], AUTHORITY).question_sets
    return [
        (link.mention.exact, link.keys[0], link.mention.rule)
        for question in linked.questions
        for link in question.links
        if link.status is LinkStatus.CERTAIN
    ]


def test_a_surname_is_that_of_the_person_whom_another_text_names() -> None:
    assert names("Heeft Zelen gedreigd?", "President Ivo Zelen sprak.")[0] == (
        "Zelen", "person/ivo-zelen", "person.surname",
    )  # fmt: skip


def test_a_body_recurs_without_its_introduction() -> None:
    found = names("Volgens het bedrijf Kazio klopt dat.", "Levert Kazio dan niet? Kazio-pakketten!")
    assert [key for _, key, _ in found] == ["organisation/kazio"] * 3
    assert [rule for *_, rule in found] == ["body.apposition", "body.again", "body.again"]


@pytest.mark.parametrize(
    "text",
    [
        "De wet-Zelen is oud.",
        "Zelen-beheer is een bedrijf.",
        "Dat zei ook Piet Zelen.",
        "Zelen Beheer is een bedrijf.",
        "Ongezelen is geen naam.",
    ],
)
def test_other_names_are_not_taken_for_the_person(text: str) -> None:
    rules = [rule for *_, rule in names("President Ivo Zelen sprak.", text)]
    assert "person.surname" not in rules


def test_a_surname_that_is_a_word_in_the_set_is_left_alone() -> None:
    found = names("De heer Jan Groen sprak.", "Groen beleid, zo groen als het kan.")
    assert "person.surname" not in [rule for *_, rule in found]


@pytest.mark.parametrize(
    ("texts", "keys"),
    [
        (("Het Kaasgerechtshof oordeelt. Het Hof stelt ook.",), ["organisation/kaashof"] * 2),
        (("Het Kaasgerechtshof oordeelt.", "Wat zegt het Hof?"), ["organisation/kaashof"] * 2),
        (("Wat zegt het Hof?",), []),
        (("Het Kaasgerechtshof oordeelt. Het Hof van Assen niet.",), ["organisation/kaashof"]),
        (("Het Kaasgerechtshof oordeelt. De Rechtbank niet.",), ["organisation/kaashof"]),
    ],
)
def test_a_head_points_back_at_the_body_named_last(texts: tuple[str, ...], keys: list[str]) -> None:
    assert [key for _, key, _ in names(*texts)] == keys
