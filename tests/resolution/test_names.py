import pytest

from kg.resolution.names import (
    PrintedOffice,
    fold,
    is_full_name,
    office_fields,
    read_name,
    read_offices,
    slug,
    surname_forms,
)


@pytest.mark.parametrize(
    ("printed", "words", "initials", "full"),
    [
        ("Barbara Kathmann", "barbara kathmann", "", True),
        ("Paulus Jansen (P.F.C.)", "paulus jansen", "pfc", True),
        ("I.W. Opstelten", "opstelten", "iw", False),
        ("Th.J.A.M. de Bruijn", "de bruijn", "tjam", False),
        ("Sjoerd Sjoerdsma (Sj.W.)", "sjoerd sjoerdsma", "sw", True),
        ("Hirsch Ballin (EMH)", "hirsch ballin", "emh", True),
        ("Rosenthal (U)", "rosenthal", "u", False),
        ("van Marum", "van marum", "", False),
        ("Van der Plas", "van der plas", "", False),
        ("Struycken ", "struycken", "", False),
        ("Faber – Van de Klashorst", "faber-van de klashorst", "", True),
        ("Bas van 't Wout (B.)", "bas van 't wout", "b", True),
        ("Bas van ’t Wout", "bas van 't wout", "", True),
        ("dr. Zsolt Szabó", "zsolt szabo", "", True),
        ("", "", "", False),
    ],
)
def test_names_are_read_in_parts(printed: str, words: str, initials: str, full: bool) -> None:
    name = read_name(printed)
    assert (name.text, name.initials) == (words, initials)
    assert name.is_full is full or name.words[0].count("-")


def test_a_surname_never_starts_inside_its_prefix() -> None:
    readings = read_name("Bas van 't Wout").readings()
    assert ("bas", "van 't wout") in readings
    assert all(surname not in ("'t wout", "wout") for _, surname in readings)


@pytest.mark.parametrize(
    ("surname", "forms"),
    [
        ("Kathmann", ("kathmann",)),
        (
            "Faber-van de Klashorst",
            ("faber-van de klashorst", "faber van de klashorst", "faber", "van de klashorst"),
        ),
        ("de Pater-Postma", ("de pater-postma", "de pater postma", "de pater", "postma")),
    ],
)
def test_double_names_are_known_by_each_part(surname: str, forms: tuple[str, ...]) -> None:
    assert surname_forms(surname) == forms


@pytest.mark.parametrize(
    ("printed", "offices"),
    [
        ("minister ", [("minister", "")]),
        (
            "minister justitie en veiligheid, minister asiel en migratie",
            [("minister", "justitie en veiligheid"), ("minister", "asiel en migratie")],
        ),
        (
            "de Minister van Onderwijs, Cultuur en Wetenschap",
            [("minister", "onderwijs, cultuur en wetenschap")],
        ),
        (
            "de Staatssecretaris van Infrastructuur en Waterstaat en de Minister van Financiën",
            [("staatssecretaris", "infrastructuur en waterstaat"), ("minister", "financien")],
        ),
        ("Minister voor Rechtsbescherming", [("minister", "rechtsbescherming")]),
        ("Minister (Asiel en Migratie)", [("minister", "asiel en migratie")]),
        ("de minister-president", [("minister-president", "")]),
        ("Staatsecretaris van Defensie", [("staatssecretaris", "defensie")]),
        ("VVD", []),
        (None, []),
    ],
)
def test_offices_are_read(printed: str | None, offices: list[tuple[str, str]]) -> None:
    assert read_offices(printed) == tuple(PrintedOffice(*office) for office in offices)


def test_three_offices_in_a_row_keep_their_own_fields() -> None:
    printed = "minister Binnenlandse Zaken staatssecretaris Defensie minister Justitie"
    fields = [(office.title, office.field) for office in read_offices(printed)]
    assert fields == [
        ("minister", "binnenlandse zaken"),
        ("staatssecretaris", "defensie"),
        ("minister", "justitie"),
    ]


def test_an_office_is_known_by_its_field_and_each_part_of_it() -> None:
    label = "Staatssecretaris van Financiën – Toeslagen en Douane"
    assert set(office_fields(label)) >= {"financien", "toeslagen en douane"}
    assert office_fields("Ministerie van Asiel en Migratie") == ("asiel en migratie",)


def test_folding_drops_case_and_diacritics_but_no_letters() -> None:
    assert fold("Yeşilgöz - Zegerius") == "yesilgoz-zegerius"
    assert fold("Koşer Kaya") == "koser kaya"
    assert slug("Bas van ’t Wout") == "bas-van-t-wout"
    assert slug("Zsolt Szabó") == "zsolt-szabo"


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("Nieuwe Kandidaat", True),
        ("Anna van den Berg", True),
        ("Van den Berg", False),
        ("Kandidaat", False),
        ("aan de Staat secretaris van Volksgezondheid", False),
        ("Minister Jansen", False),
        ("Sport", False),
        ("", False),
    ],
)
def test_only_a_given_name_and_a_surname_name_a_person(printed: str, full: bool) -> None:
    assert is_full_name(printed) is full
