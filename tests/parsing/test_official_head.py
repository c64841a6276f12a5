"""Heads of official documents: sentence, then who asks, who is addressed, who answers."""

from datetime import date

import pytest

from kg.model.document import DocumentKind
from kg.parsing.official_head import read_head
from kg.parsing.running_text import Paragraph


def read(text: str):
    paragraph = Paragraph()
    paragraph.add(text, range(len(text)))
    return read_head(paragraph)


@pytest.mark.parametrize(
    ("by", "submitters"),
    [
        ("het lid Mol (D66)", [("Mol", "D66")]),
        ("lid Mol (D66)", [("Mol", "D66")]),
        ("de leden Mol en Vos (beiden D66)", [("Mol", "D66"), ("Vos", "D66")]),
        ("de leden Mol, Vos en Bos (allen SP)", [("Mol", "SP"), ("Vos", "SP"), ("Bos", "SP")]),
        ("de leden Mol (SP), Vos, Bos (beiden D66) en Kip (VVD)",
         [("Mol", "SP"), ("Vos", "D66"), ("Bos", "D66"), ("Kip", "VVD")]),
        ("het lid Van der Zee (BBB)", [("Van der Zee", "BBB")]),
        ("het lid Mol - Van de Zee (PVV)", [("Mol - Van de Zee", "PVV")]),
        ("het lid Mol c.s. (GL-PvdA)", [("Mol", "GL-PvdA")]),
        ("het lid VanNispenrode (SP)", [("Van Nispenrode", "SP")]),
        ("het lid Kostic ´ (PvdD)", [("Kostić", "PvdD")]),
        ("het lid Mol", [("Mol", None)]),
        ("de leden Šimić (VVD), Vos (D66) en het lid Bos (CDA)",
         [("Šimić", "VVD"), ("Vos", "D66"), ("Bos", "CDA")]),
        ("het lid Mol (Groep Mol) en de leden Vos en Bos (beiden CDA)",
         [("Mol", "Groep Mol"), ("Vos", "CDA"), ("Bos", "CDA")]),
        ("het lid Mol (SP), bij afwezigheid van het lid Vos (SP),", [("Mol", "SP")]),
    ],
)  # fmt: skip
def test_submitters_with_their_party(by, submitters):
    head = read(f"Vragen van {by} aan de Minister van Defensie over vis (ingezonden 2 mei 2025).")
    assert [(person.name, person.party) for person in head.submitters] == submitters
    assert head.subject == "Vis"
    assert head.submitted_on == date(2025, 5, 2)


@pytest.mark.parametrize(
    ("to", "offices"),
    [
        ("de Minister van Defensie", ["Minister van Defensie"]),
        ("de Minister-President", ["Minister-President"]),
        ("de Minister-President, Minister van Algemene Zaken", ["Minister-President"]),
        ("de Minister van Economische Zaken, bij afwezigheid van de Minister van Financiën,",
         ["Minister van Economische Zaken"]),
        ("de Ministers van Financiën en voor Rechtsbescherming",
         ["Minister van Financiën", "Minister voor Rechtsbescherming"]),
        ("de ministers van Justitie en Veiligheid en Binnenlandse Zaken en Koninkrijkrelaties",
         ["minister van Justitie en Veiligheid",
          "minister van Binnenlandse Zaken en Koninkrijkrelaties"]),
        ("de Minister en Staatssecretaris van Financiën",
         ["Minister van Financiën", "Staatssecretaris van Financiën"]),
        ("de Staatssecretaris Rechtsbescherming", ["Staatssecretaris van Rechtsbescherming"]),
        ("de Staatssecretaris Participatie en Integratie",
         ["Staatssecretaris van Participatie en Integratie"]),
        ("de Minister van Financiën de Minster van Defensie",
         ["Minister van Financiën", "Minister van Defensie"]),
        ("de Minister-President, Minister van Algemene Zaken, de Minister van Defensie en de "
         "Staatssecretaris van Financiën",
         ["Minister-President", "Minister van Defensie", "Staatssecretaris van Financiën"]),
        ("de Minister-President en de Ministers van Defensie en van Financiën",
         ["Minister-President", "Minister van Defensie", "Minister van Financiën"]),
        ("de Staatssecretaris van Financiën (Fiscaliteit, Belastingdienst en Douane)",
         ["Staatssecretaris van Financiën (Fiscaliteit, Belastingdienst en Douane)"]),
        ("de Staatsecretaris van Financiën – Toeslagen en Douane",
         ["Staatssecretaris van Financiën – Toeslagen en Douane"]),
        ("de Ministers van Onderwijs, Cultuur en Wetenschap, van Klimaat en Groene Groei, en de "
         "Staatssecretaris van Financiën",
         ["Minister van Onderwijs, Cultuur en Wetenschap", "Minister van Klimaat en Groene Groei",
          "Staatssecretaris van Financiën"]),
        ("de Staatssecretarissen van Onderwijs, Cultuur enWetenschap enVolksgezondheid, Welzijn "
         "en Sport",
         ["Staatssecretaris van Onderwijs, Cultuur en Wetenschap",
          "Staatssecretaris van Volksgezondheid, Welzijn en Sport"]),
    ],
)  # fmt: skip
def test_addressees_by_office(to, offices):
    head = read(f"Vragen van het lid Mol (SP) aan {to} over vis (ingezonden 2 mei 2025).")
    assert [person.office for person in head.addressees] == offices
    assert all(person.name == "" for person in head.addressees)


@pytest.mark.parametrize(
    ("by", "answerers"),
    [
        ("Minister Vos (Defensie)", [("Vos", "Minister van Defensie", False)]),
        ("de Minister van Defensie", [("", "Minister van Defensie", False)]),
        ("Minister-President Vos (Algemene Zaken)", [("Vos", "Minister-President", False)]),
        ("Minister Vos (Defensie), mede namens de Ministers van Financiën en voor Klimaat en "
         "Energie",
         [("Vos", "Minister van Defensie", False), ("", "Minister van Financiën", True),
          ("", "Minister voor Klimaat en Energie", True)]),
        ("Ministers Vos (Defensie) en Kip (Financiën)",
         [("Vos", "Minister van Defensie", False), ("Kip", "Minister van Financiën", False)]),
        ("Minister Vos (Defensie) en van Staatssecretaris Mol (Financiën), mede namens Minister "
         "Kip (Justitie en Veiligheid)",
         [("Vos", "Minister van Defensie", False), ("Mol", "Staatssecretaris van Financiën", False),
          ("Kip", "Minister van Justitie en Veiligheid", True)]),
        ("Minister Vos en Staatssecretaris Mol (Financiën)",
         [("Vos", "Minister van Financiën", False),
          ("Mol", "Staatssecretaris van Financiën", False)]),
        ("staatssecretaris Mol (Financiën", [("Mol", "staatssecretaris van Financiën", False)]),
    ],
)  # fmt: skip
def test_answerers_with_those_on_whose_behalf_they_answer(by, answerers):
    head = read(f"Antwoord van {by} (ontvangen 18 november2025).")
    assert [(one.name, one.office, one.on_behalf) for one in head.answerers] == answerers
    assert head.kind is DocumentKind.ANSWERS
    assert head.answered_on == date(2025, 11, 18)


@pytest.mark.parametrize(
    ("to", "person"),
    [
        ("minister Mol", ("Mol", "minister")),
        ("de Minister van Defensie, de heer Vos,", ("Vos", "Minister van Defensie")),
        ("de Minister van Defensie, R.P. Vos", ("R.P. Vos", "Minister van Defensie")),
    ],
)
def test_an_addressee_printed_by_name(to, person):
    head = read(f"Vragen van het lid Mol (SP) aan {to} over vis (ingezonden 2 mei 2025).")
    assert [(one.name, one.office) for one in head.addressees] == [person]
    assert head.subject == "Vis"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("vergaderjaar 2024–2025, nr. 393.", ("20242025-393",)),
        ("vergaderjaar 2024-2025,nr. 393", ("20242025-393",)),
        ("vergaderjaar 2024–2025, nrs. 318 en 320.", ("20242025-318", "20242025-320")),
        ("vergaderjaar 2024–2025, nr. 3 en vergaderjaar 2023–2024, nr. 2116.",
         ("20242025-3", "20232024-2116")),
        ("vergaderjaar 2024–2025, nrs. 3 t/m 5.", ("20242025-3", "20242025-4", "20242025-5")),
        ("zonder nummer.", ()),
    ],
)  # fmt: skip
def test_numbers_of_other_answers_that_the_head_points_at(text, numbers):
    head = read(
        f"Antwoord van Minister Vos (Defensie) (ontvangen 1 mei 2025). Zie ook Aanhangsel "
        f"Handelingen, {text}"
    )
    assert head.see_also == numbers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mondelinge vragen van het lid Mol (SP) aan de Minister-President over vis", "ORAL"),
        ("Vragen van het lid Mol (SP) aan de Minister-President over vis", "QUESTIONS"),
        ("Mededeling van Minister Vos (Defensie) (ontvangen 1 mei 2025)", "EXTENSION"),
        ("Nader antwoord van Minister Vos (Defensie) (ontvangen 1 mei 2025)", "ANSWERS"),
    ],
)
def test_the_kind_of_a_document(text, kind):
    assert read(text).kind is DocumentKind[kind]


def test_a_sentence_about_something_else_has_no_head():
    head = read("De minister heeft vragen over de vis van het lid Mol gelezen.")
    assert head.kind is None
    assert head.submitters == ()


@pytest.mark.parametrize(
    ("by", "to", "quoted"),
    [
        ("het lid Mol (D66)", "de Minister van Defensie", ["Mol (D66)", "Minister van Defensie"]),
        ("de leden Mol, Vos en Bos (allen SP)", "de Minister-President",
         ["Mol", "Vos", "Bos (allen SP)", "Minister-President"]),
        ("de leden Mol (SP), Vos en Bos (beiden D66)",
         "de Ministers van Financiën en voor Rechtsbescherming en de Staatssecretaris van Defensie",
         ["Mol (SP)", "Vos", "Bos (beiden D66)", "Ministers van Financiën",
          "Rechtsbescherming", "Staatssecretaris van Defensie"]),
    ],
)  # fmt: skip
def test_the_place_of_each_person_is_where_they_are_printed(by, to, quoted):
    text = f"Vragen van {by} aan {to} over vis (ingezonden 2 mei 2025)."
    head = read(text)
    assert [
        person.span.of(text).strip() for person in (*head.submitters, *head.addressees)
    ] == quoted
