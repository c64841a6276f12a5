from datetime import date

import pytest

from kg.model.authority import Authority, AuthorityEntry, Kind, Period, Tenure
from kg.model.document import PrintedPerson
from kg.model.question_set import Participant, QuestionSet, Role
from kg.model.text import Span
from kg.resolution.people import resolve_people


def _period(start: str = "", end: str = "") -> Period:
    return Period(
        date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None
    )


def _person(
    key: str,
    label: str,
    surname: str,
    *labels: str,
    parties: tuple[tuple[str, str, str], ...] = (),
    offices: tuple[tuple[str, str, str], ...] = (),
) -> AuthorityEntry:
    return AuthorityEntry(
        f"person/{key}",
        Kind.PERSON,
        label,
        labels=labels,
        surname=surname,
        parties=tuple(Tenure(f"party/{k}", _period(a, b)) for k, a, b in parties),
        offices=tuple(Tenure(f"office/{k}", _period(a, b)) for k, a, b in offices),
    )


def _office(key: str, label: str, title: str, ministry: str) -> AuthorityEntry:
    return AuthorityEntry(
        f"office/{key}", Kind.OFFICE, label, title=title, ministry=f"ministry/{ministry}"
    )


AUTHORITY = Authority(
    [
        AuthorityEntry(
            "party/vvd", Kind.PARTY, "Volkspartij voor Vrijheid en Democratie", ("VVD",)
        ),
        AuthorityEntry("party/pvv", Kind.PARTY, "Partij voor de Vrijheid", ("PVV",)),
        AuthorityEntry("party/cda", Kind.PARTY, "Christen-Democratisch Appèl", ("CDA",)),
        AuthorityEntry("party/d66", Kind.PARTY, "Democraten 66", ("D66",)),
        AuthorityEntry("party/gl-pvda", Kind.PARTY, "GroenLinks-PvdA", ("GL-PvdA",)),
        AuthorityEntry(
            "party/pvda", Kind.PARTY, "Partij van de Arbeid", ("PvdA",), broader="party/gl-pvda"
        ),
        AuthorityEntry("ministry/jenv", Kind.MINISTRY, "Ministerie van Justitie en Veiligheid"),
        AuthorityEntry("ministry/fin", Kind.MINISTRY, "Ministerie van Financiën", ("FIN",)),
        _office("m-jenv", "Minister van Justitie en Veiligheid", "minister", "jenv"),
        _office("m-aenm", "Minister van Asiel en Migratie", "minister", "aenm"),
        _office(
            "s-fin-bd",
            "Staatssecretaris van Financiën – Belastingdienst",
            "staatssecretaris",
            "fin",
        ),
        _office("s-fin-t", "Staatssecretaris van Financiën (Toeslagen)", "staatssecretaris", "fin"),
        _person(
            "anna-bakker",
            "Anna Bakker",
            "Bakker",
            "A.B. Bakker",
            parties=(("pvda", "2021-03-31", "2023-12-06"), ("gl-pvda", "2023-12-06", "")),
        ),
        _person("kees-bakker", "Kees Bakker", "Bakker", parties=(("vvd", "2017-03-23", ""),)),
        _person(
            "tom-jansen",
            "Tom Jansen",
            "Jansen",
            parties=(("cda", "2010-06-17", "2017-03-23"), ("pvv", "2024-07-02", "2025-06-03")),
            offices=(("s-fin-bd", "2024-07-02", "2025-06-03"),),
        ),
        _person("jan-jansen", "Jan Jansen", "Jansen", parties=(("cda", "2021-03-31", ""),)),
        _person(
            "eva-de-wit",
            "Eva de Wit",
            "de Wit",
            parties=(("d66", "2024-07-02", ""),),
            offices=(("m-jenv", "2024-07-02", "2025-09-05"), ("m-aenm", "2025-06-03", "")),
        ),
        _person(
            "mo-el-haji",
            "Mo El Haji",
            "El Haji",
            offices=(("s-fin-t", "2024-07-02", ""), ("m-aenm", "2024-07-02", "2025-06-03")),
        ),
        _person(
            "iris-vonk-van-de-laar",
            "Iris Vonk-van de Laar",
            "Vonk-van de Laar",
            parties=(("pvv", "2023-12-06", ""),),
        ),
        _person("wytske-postma", "Wytske Postma", "Postma", parties=(("d66", "2023-12-06", ""),)),
    ]
)


def resolve(
    *people: tuple[Role, str, str | None, str | None],
    asked: str = "",
    answered: str = "",
) -> tuple[Participant, ...]:
    participants = tuple(
        Participant(role, order, PrintedPerson(name, Span(0, 1), party, office), ())
        for order, (role, name, party, office) in enumerate(people, 1)
    )
    return resolve_people(
        QuestionSet(
            "set/x",
            (),
            (),
            participants=participants,
            submitted_on=date.fromisoformat(asked) if asked else None,
            answered_on=date.fromisoformat(answered) if answered else None,
        ),
        AUTHORITY,
    ).participants


S, A, W = Role.SUBMITTER, Role.ADDRESSEE, Role.ANSWERER


@pytest.mark.parametrize(
    ("role", "name", "party", "office", "asked", "person"),
    [
        (S, "Anna Bakker", "PvdA", None, "2025-01-10", "person/anna-bakker"),
        (S, "anna BAKKER", None, None, "", "person/anna-bakker"),
        (S, "Bakker", "VVD", None, "2025-01-10", "person/kees-bakker"),
        (S, "Bakker", "GroenLinks-PvdA", None, "2025-01-10", "person/anna-bakker"),
        (S, "A.B. Bakker", None, None, "2025-01-10", "person/anna-bakker"),
        (S, "Bakker", None, None, "2018-01-10", "person/kees-bakker"),
        (S, "Bakker", None, None, "2025-01-10", None),
        (S, "Jansen", None, None, "2022-01-10", "person/jan-jansen"),
        (S, "Jansen", None, None, "2012-01-10", "person/tom-jansen"),
        (A, "Jansen", None, None, "2025-01-10", "person/tom-jansen"),
        (S, "Vonk", "PVV", None, "2025-01-10", "person/iris-vonk-van-de-laar"),
        (S, "Van de Laar", "PVV", None, "2025-01-10", "person/iris-vonk-van-de-laar"),
        (S, "Vonk - Van de Laar", "PVV", None, "2025-01-10", "person/iris-vonk-van-de-laar"),
        (S, "Wytske de Pater-Postma", "D66", None, "2025-01-10", "person/wytske-postma"),
        (S, "Postma", None, None, "2025-01-10", "person/wytske-postma"),
        (A, "", None, "Minister van Justitie en Veiligheid", "2025-01-10", "person/eva-de-wit"),
        (A, "", None, "de Staatssecretaris van Financiën", "2025-01-10", None),
        (A, "", None, "Staatssecretaris Toeslagen", "2025-01-10", "person/mo-el-haji"),
        (A, "", None, "Minister van Asiel en Migratie", "2025-01-10", "person/mo-el-haji"),
        (A, "", None, "Minister van Asiel en Migratie", "2025-07-10", "person/eva-de-wit"),
        (A, "", None, "Minister van Defensie", "2025-07-10", None),
        (S, "Nieuwe Kandidaat", "VVD", None, "2025-01-10", "person/nieuwe-kandidaat"),
        (S, "Onbekend", "VVD", None, "2025-01-10", None),
        (S, "Jansen", None, None, "", None),
    ],
)
def test_printed_people_are_decided(
    role: Role, name: str, party: str | None, office: str | None, asked: str, person: str | None
) -> None:
    (found,) = resolve((role, name, party, office), asked=asked)
    assert found.person == person
    assert found.printed.name == name
    if person is None:
        assert found.reason


def test_a_surname_in_an_undated_set_is_dated_by_the_others() -> None:
    found = resolve((S, "Anna Bakker", "PvdA", None), (A, "Eva de Wit", None, "minister "),
                    (A, "Jansen", None, None))  # fmt: skip
    assert [p.person for p in found] == [
        "person/anna-bakker",
        "person/eva-de-wit",
        "person/tom-jansen",
    ]
    assert found[2].when_asked is not None
    assert found[2].when_asked.period.start == date(2024, 7, 2)
    assert found[0].when_asked is not None
    assert found[0].when_asked.parties == ("party/gl-pvda",)


def test_a_printed_party_within_its_group_stands_and_a_wrong_one_does_not() -> None:
    anna, tom = resolve(
        (S, "Anna Bakker", "PvdA", None), (A, "Tom Jansen", "VVD", None), asked="2025-01-10"
    )
    assert anna.party == "party/pvda"
    assert anna.when_asked is not None
    assert anna.when_asked.parties == ("party/gl-pvda",)
    assert tom.party == "party/pvv"
    assert tom.printed.party == "VVD"


def test_offices_are_those_of_the_day_of_asking_and_of_answering() -> None:
    (eva,) = resolve(
        (W, "Eva de Wit", None, "minister justitie en veiligheid, minister asiel en migratie"),
        asked="2025-05-23",
        answered="2025-08-19",
    )
    assert eva.when_asked is not None
    assert eva.when_answered is not None
    assert eva.when_asked.offices == ("office/m-jenv",)
    assert eva.when_answered.offices == ("office/m-aenm", "office/m-jenv")
    assert eva.office == "office/m-jenv"


def test_someone_who_left_before_the_answer_is_still_the_one_who_was_asked() -> None:
    (tom,) = resolve((W, "Tom Jansen", None, None), asked="2025-05-23", answered="2025-09-19")
    assert tom.person == "person/tom-jansen"
    assert tom.office == "office/s-fin-bd"
    assert tom.when_answered is not None
    assert tom.when_answered.offices == ()


def test_namesakes_are_never_merged() -> None:
    found = resolve((S, "Jan Jansen", "CDA", None), (A, "Jansen", None, None), asked="2025-01-10")
    assert [p.person for p in found] == ["person/jan-jansen", "person/tom-jansen"]


def test_resolving_does_not_depend_on_the_order_of_the_authority() -> None:
    backwards = Authority(reversed(list(AUTHORITY)))
    first = resolve((S, "Bakker", None, None), asked="2025-01-10")
    other = resolve_people(
        QuestionSet("set/x", (), (), participants=first, submitted_on=date(2025, 1, 10)), backwards
    )
    assert other.participants == first
