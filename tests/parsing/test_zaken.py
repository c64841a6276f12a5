"""Zaak records of the open data, as csv and as OData JSON; all people invented."""

import json
from datetime import date

import pytest

from kg.errors import LayoutError
from kg.parsing import parse_document
from kg.sources import read_bytes, read_sources

HEAD = (
    "nummer,soort,onderwerp,gestart_op,vergaderjaar,gericht_aan,indiener,medeindiener,"
    "volgcommissie,voortouwcommissie\n"
)
ROWS = (
    '2021Z00001,Schriftelijke vragen,"Bruggen, en\n sluizen",2021-01-12T00:00:00+01:00,2020-2021,'
    '"Piet Aalbers (P.), K.H. Smit",Anna de Groot (A.B.C.),"Jan Bakker (J.), Bakker (JPH)",,TK\n'
    "2021Z00002,Motie,Een motie,2021-01-13T00:00:00+01:00,2020-2021,,Anna de Groot (A.),,,TK\n"
    "2021Z00001,Schriftelijke vragen,Nog eens,2021-01-12T00:00:00+01:00,2020-2021,,,,,TK\n"
    "12345,Schriftelijke vragen,Zonder nummer,geen datum,,,,,,TK\n"
    "2021Z00003,Schriftelijke vragen,Zwemmen,31-01-2021,2020-2021,,,,,TK\n"
)


def read(text: str):
    (source,) = read_bytes(text.encode(), "zaken")
    return parse_document(source)


def odata(**fields):
    record = {
        "Id": "a",
        "Nummer": "2024Z00001",
        "Soort": "Schriftelijke vragen",
        "Onderwerp": "Zeilen op de Waddenzee",
        "GestartOp": "2024-11-19T00:00:00+01:00",
        "Vergaderjaar": "2024-2025",
        "Verwijderd": False,
        "ZaakActor": [
            {"ActorNaam": "A. de Groot", "ActorFractie": "D66", "Functie": "Tweede Kamerlid",
             "Relatie": "Indiener"},
            {"ActorNaam": "J. Bakker", "ActorFractie": "SP", "Relatie": "Medeindiener"},
            {"ActorNaam": "P. Aalbers", "ActorFractie": "CDA", "Functie": "minister van Defensie",
             "Relatie": "Gericht aan"},
            {"ActorNaam": None, "Relatie": "Indiener"},
            {"ActorNaam": "commissie", "Relatie": "Voortouwcommissie"},
        ],
    }  # fmt: skip
    return record | fields


def test_a_row_gives_number_date_subject_and_people_in_their_places():
    document = read(HEAD + ROWS)
    first, last = document.sets
    text = document.source.text
    assert first.kenmerk == "2021Z00001"
    assert first.title == "Bruggen, en sluizen"
    assert first.submitted_on == date(2021, 1, 12)
    assert first.session_year == "2020-2021"
    people = (*first.submitters, *first.addressees)
    assert [person.name for person in people] == [
        "Anna de Groot",
        "Jan Bakker",
        "Bakker",
        "Piet Aalbers",
        "K.H. Smit",
    ]
    assert [person.span.of(text) for person in people] == [
        "Anna de Groot (A.B.C.)",
        "Jan Bakker (J.)",
        "Bakker (JPH)",
        "Piet Aalbers (P.)",
        "K.H. Smit",
    ]
    assert first.span.of(text).startswith("2021Z00001,")
    assert first.span.of(text).endswith(",,TK")
    assert (last.kenmerk, last.submitted_on) == ("2021Z00003", None)


def test_other_records_are_flagged_with_their_line():
    document = read(HEAD + ROWS)
    assert [(flaw.code, flaw.line) for flaw in document.flaws] == [
        ("not-a-question", 4),
        ("number-repeated", 5),
        ("number-unreadable", 6),
    ]
    assert len(document.roles) == len(document.source.text.splitlines())


def test_a_row_with_too_few_cells_is_flagged_and_read():
    document = read(HEAD + "2021Z00004,Schriftelijke vragen,Kort,2021-02-01\n")
    assert [(flaw.code, flaw.line) for flaw in document.flaws] == [("row-width", 2)]
    assert document.sets[0].kenmerk == "2021Z00004"


def test_odata_gives_members_with_party_and_ministers_with_office_only():
    data = {"value": [odata(), odata(Nummer="2024Z00002", Verwijderd=True)]}
    document = read(json.dumps(data, indent=1))
    (parsed,) = document.sets
    assert (parsed.kenmerk, parsed.submitted_on) == ("2024Z00001", date(2024, 11, 19))
    assert [(person.name, person.party, person.office) for person in parsed.submitters] == [
        ("A. de Groot", "D66", None),
        ("J. Bakker", "SP", None),
    ]
    assert [(person.name, person.party, person.office) for person in parsed.addressees] == [
        ("P. Aalbers", None, "minister van Defensie")
    ]
    assert parsed.submitters[1].span.of(document.source.text) == "J. Bakker"
    assert [flaw.code for flaw in document.flaws] == [
        "party-of-minister",
        "actor-without-name",
        "record-deleted",
    ]


@pytest.mark.parametrize("odd", ["\ud800", "x\udfffy", "\0", "\\\0"])
@pytest.mark.parametrize("field", ["Onderwerp", "Vergaderjaar", "Anders"])
def test_a_record_with_what_is_no_text_is_left_out_and_told(odd, field):
    good = odata(Nummer="2024Z00002", Onderwerp="Sluizen \\u0000 \U0001f600")
    document = read(json.dumps({"value": [odata(**{field: odd}), good]}))
    assert [parsed.kenmerk for parsed in document.sets] == ["2024Z00002"]
    assert [(flaw.code, flaw.line) for flaw in document.flaws][:1] == [("record-unreadable", 1)]
    assert "2024Z00001" in document.flaws[0].message


@pytest.mark.parametrize(
    "text",
    ['{"value": [], "x": ["Nummer", "Onderwerp"]}', '{"Nummer" "Onderwerp"}', HEAD],
)
def test_data_without_a_record_is_refused(text):
    with pytest.raises(LayoutError, match=r"no question set|no known layout"):
        read(text)


@pytest.mark.slow
def test_fifteen_years_of_records_are_read_whole(shared):
    (source,) = read_sources([shared / "zaken" / "zaken_2007_2022.csv.gz"])
    document = parse_document(source)
    assert len(document.sets) == 39_479
    assert document.flaws == ()
    assert sum(1 for parsed in document.sets if parsed.submitted_on is None) == 0
