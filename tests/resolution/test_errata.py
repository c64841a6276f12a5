from dataclasses import replace
from datetime import date

from kg.model.authority import Authority, AuthorityEntry, Kind, Period, Tenure
from kg.model.document import PrintedPerson
from kg.model.mention import Link, LinkStatus, Mention
from kg.model.question_set import Participant, Question, QuestionSet, Role, SourcePlace
from kg.model.text import Passage, Span
from kg.resolution.errata import find_errata
from kg.resolution.people import resolve_people

PLACE = SourcePlace("0" * 64, Span(3, 9))
TERM = Period(date(2024, 7, 2), date(2025, 6, 3))
ONE, OTHER = "office/minister-van-financien", "office/minister-van-defensie"
AUTHORITY = Authority(
    [
        AuthorityEntry("party/aap", Kind.PARTY, "Algemene Appelpartij", ("AAP",)),
        AuthorityEntry("party/bbp", Kind.PARTY, "Brede Burgerpartij", ("BBP",)),
        AuthorityEntry("party/kern", Kind.PARTY, "Kern", broader="party/aap"),
        AuthorityEntry(ONE, Kind.OFFICE, "Minister van Financiën", title="minister"),
        AuthorityEntry(OTHER, Kind.OFFICE, "Minister van Defensie", title="minister"),
        AuthorityEntry(
            "person/els-boom",
            Kind.PERSON,
            "Els Boom",
            surname="Boom",
            parties=(Tenure("party/aap", TERM),),
            offices=(Tenure(ONE, TERM),),
        ),
        AuthorityEntry(
            "person/jan-tak",
            Kind.PERSON,
            "Jan Tak",
            surname="Tak",
            parties=(Tenure("party/aap", TERM), Tenure("party/bbp", TERM)),
            offices=(Tenure(ONE, TERM),),
        ),
    ]
)


def errata(*people: tuple[str, str | None, str | None], key: str = "x") -> list[tuple[str, str]]:
    participants = tuple(
        Participant(Role.ADDRESSEE, order, PrintedPerson(name, Span(3, 9), party, office), (PLACE,))
        for order, (name, party, office) in enumerate(people, 1)
    )
    asked = QuestionSet(
        key, (), (PLACE,), participants=participants, submitted_on=date(2025, 1, 10)
    )
    resolved = resolve_people(asked, AUTHORITY)
    assert tuple(one.printed for one in resolved.participants) == tuple(
        one.printed for one in participants
    )
    return [(one.code, one.right) for one in find_errata([resolved], AUTHORITY)]


def test_a_printed_party_that_was_not_hers_is_registered() -> None:
    assert errata(("Els Boom", "BBP", None)) == [("party", "Els Boom (Algemene Appelpartij)")]


def test_a_party_within_the_group_or_no_party_is_no_error() -> None:
    assert errata(("Els Boom", "AAP", None)) == []
    assert errata(("Els Boom", "Kern", None)) == []
    assert errata(("Els Boom", None, None)) == []
    assert errata(("Els Boom", "Partij die niemand kent", None)) == []


def test_a_printed_office_that_she_did_not_hold_is_registered() -> None:
    assert errata(("Els Boom", None, "Minister van Defensie")) == [
        ("office", "Els Boom: Minister van Financiën")
    ]
    assert errata(("Els Boom", None, "Minister van Financiën")) == []
    assert errata(("Els Boom", None, "minister ")) == []


def test_an_office_of_two_and_a_person_in_two_groups_are_flagged() -> None:
    codes = {code for code, _ in errata(("Els Boom", None, None), ("Jan Tak", None, None))}
    assert codes == {"office-held-twice", "two-parties"}


def test_impossible_and_doubled_facts_are_flagged_and_kept() -> None:
    one = QuestionSet("a", (), (PLACE,), kenmerk="2025Z00001", submitted_on=date(2025, 2, 1),
                      answered_on=date(2025, 1, 1))  # fmt: skip
    other = QuestionSet("b", (), (PLACE,), kenmerk="2025Z00001")
    found = find_errata([one, other], AUTHORITY)
    assert [(e.set_key, e.code) for e in found] == [
        ("a", "answered-before-asked"),
        ("a", "kenmerk-twice"),
        ("b", "kenmerk-twice"),
    ]


def test_corrected_misprints_are_registered_with_their_reason() -> None:
    mention = Mention(Span(0, 4), "6643", None, "paper")
    link = Link(mention, LinkStatus.CORRECTED, ("paper/26643-1320",), "a digit is missing")
    question = Question(Passage("6643?", (Span(0, 5),)), (PLACE,), links=(link,), number=1)
    (found,) = find_errata([QuestionSet("a", (), (PLACE,), questions=(question,))], AUTHORITY)
    assert (found.code, found.quote, found.right) == ("misprint", "6643", "26643-1320")
    certain = replace(question, links=(replace(link, status=LinkStatus.CERTAIN),))
    assert find_errata([QuestionSet("a", (), (PLACE,), questions=(certain,))], AUTHORITY) == ()


def test_a_motion_of_a_corrected_paper_is_one_misprint() -> None:
    def corrected(kind: Kind, key: str, reason: str) -> Link:
        mention = Mention(Span(0, 4), "6643", kind, "paper")
        return Link(mention, LinkStatus.CORRECTED, (key,), reason)

    paper = corrected(Kind.PAPER, "paper/26643-1320", "a digit is missing")
    same = corrected(Kind.MOTION, "motion/26643-1322", "a digit is missing")
    other = corrected(Kind.MOTION, "motion/26643-1321", "two digits are turned")
    for links, right in (
        ((paper, same), ["26643-1320"]),
        ((same,), ["26643-1322"]),
        ((paper, other), ["26643-1320", "26643-1321"]),
    ):
        question = Question(Passage("6643?", (Span(0, 5),)), (PLACE,), links=links, number=1)
        found = find_errata([QuestionSet("a", (), (PLACE,), questions=(question,))], AUTHORITY)
        assert [one.right for one in found] == right
