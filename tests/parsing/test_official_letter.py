"""Letters of ministries in the forms that other ministries print."""

from datetime import date

import pytest

from kg.model.document import DocumentKind, LineRole
from kg.model.text import SourceText
from kg.parsing import parse_document

LETTER = """\
> Retouradres Postbus 1 2500 ES Den Haag
de Voorzitter van de Tweede Kamer der Staten-Generaal
Plein 2

Datum	20 november 2024
Betreft	{subject}
Onze referentie
BS2024001
Uw referentie
2024Z17538

Geachte voorzitter,

{text}

Hoogachtend,

{signed}

"""
SIGNED = "DE MINISTER VAN DEFENSIE\n\n\nRuben de Mol"
ANNEX = "Vraag 1\nKent u vis?\n\nAntwoord 1\nJa.\n"


def read(text: str, *, signed: str = SIGNED, subject: str = "Vis", annex: str = ""):
    letter = LETTER.format(text=text, signed=signed, subject=subject) + annex
    document = parse_document(SourceText("brief.txt", letter, "text/plain", "0"))
    assert LineRole.UNCLAIMED not in dict(document.roles).values()
    (parsed,) = document.sets
    return document, parsed


@pytest.mark.parametrize(
    ("text", "submitters", "addressees"),
    [
        ("Op 6 november jl. hebben de leden Mol en Bos (beiden SP) vragen gesteld aan de minister "
         "van Defensie over vis. De vragen kunnen niet binnen de termijn worden beantwoord.",
         [("Mol", "SP"), ("Bos", "SP")], ["minister van Defensie"]),
        ("Het lid Mol (SP) heeft op 6 november schriftelijke vragen gesteld over vis. Het is niet "
         "mogelijk deze binnen de gestelde termijn te beantwoorden.", [("Mol", "SP")], []),
        ("Hierbij bericht ik u dat de beantwoording van de vragen van de leden Mol (SP) en Bos "
         "(VVD) aan mij over vis (ingezonden 6 november 2024) niet binnen de termijn van drie "
         "weken mogelijk is.", [("Mol", "SP"), ("Bos", "VVD")], []),
        ("De vragen van de leden Mol, Vos (beiden SP) en Bos (VVD) van uw Kamer aan de minister "
         "van Defensie over vis (ingezonden 6 november 2024) kunnen niet binnen drie weken "
         "beantwoord worden.", [("Mol", "SP"), ("Vos", "SP"), ("Bos", "VVD")],
         ["minister van Defensie"]),
        ("In antwoord op uw brief van 6 november 2024, nr. 2024Z17538, deel ik u mede dat de "
         "vragen van het lid Mol (SP) over vis niet binnen de gestelde termijn van drie weken "
         "kunnen worden beantwoord.", [("Mol", "SP")], []),
    ],
)  # fmt: skip
def test_a_postponement(text, submitters, addressees):
    document, parsed = read(text)
    assert document.kind is DocumentKind.EXTENSION
    assert parsed.title == "Vis"
    assert parsed.kenmerk == "2024Z17538"
    assert [(person.name, person.party) for person in parsed.submitters] == submitters
    assert [person.office for person in parsed.addressees] == addressees
    assert [person.name for person in parsed.postponers] == ["Ruben de Mol"]
    assert parsed.answerers == ()
    assert parsed.submitted_on == date(2024, 11, 6)
    assert [(letter.sent_on, letter.passage.text) for letter in parsed.letters] == [
        (date(2024, 11, 20), text)
    ]


@pytest.mark.parametrize(
    ("signed", "answerers"),
    [
        (SIGNED, [("Ruben de Mol", "MINISTER VAN DEFENSIE", False)]),
        ("De minister van Defensie,\n\n\nR.P. Mol\n\nDe staatssecretaris van Financiën,\n\nJ. Vos",
         [("R.P. Mol", "minister van Defensie", False),
          ("J. Vos", "staatssecretaris van Financiën", False)]),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("behalf", "others"),
    [
        ("", []),
        ("mede namens de minister van Financiën, ", [("", "minister van Financiën", True)]),
        ("mede namens de ministers van Financiën en van Asiel en Migratie, ",
         [("", "minister van Financiën", True), ("", "minister van Asiel en Migratie", True)]),
    ],
)  # fmt: skip
def test_answers_signed_by_several(signed, answerers, behalf, others):
    document, parsed = read(
        f"Hierbij zend ik u, {behalf}de antwoorden op de vragen van het lid Mol (SP) over vis "
        "(ingezonden 6 november 2024 met kenmerk 2024Z17538).",
        signed=signed,
        annex=ANNEX,
    )
    assert document.kind is DocumentKind.ANSWERS
    found = [(person.name, person.office, person.on_behalf) for person in parsed.answerers]
    assert found == [*answerers, *others]
    assert (parsed.title, parsed.kenmerk) == ("Vis", "2024Z17538")
    assert (parsed.submitted_on, parsed.answered_on) == (date(2024, 11, 6), date(2024, 11, 20))
    assert [answer.numbers for answer in parsed.answers] == [(1,)]


@pytest.mark.parametrize(
    "title",
    [
        "Antwoorden op de schriftelijke vragen van het lid Mol (SP) aan de minister van Defensie "
        "over vis",
        "2024Z17538\n\nVragen van het lid Mol (SP) aan de minister van Defensie over vis "
        "(ingezonden 6 november 2024)",
    ],
)
def test_the_title_of_the_annex_completes_the_letter(title):
    _, parsed = read("Hierbij zend ik u de antwoorden.", annex=f"{title}\n\n{ANNEX}")
    assert parsed.title == "Vis"
    assert [person.name for person in parsed.submitters] == ["Mol"]
    assert [answer.passage.text for answer in parsed.answers] == ["Ja."]


def test_the_subject_line_says_what_the_letter_does_not():
    _, parsed = read(
        "Hierbij zend ik u de antwoorden.",
        subject="Beantwoording vragen van het lid Mol (SP) over vis",
        annex=ANNEX,
    )
    assert parsed.title == "Vis"
    assert [(person.name, person.party) for person in parsed.submitters] == [("Mol", "SP")]


def test_of_several_numbers_the_label_tells_which_is_the_sets() -> None:
    text = ("Net als bij 2024Z11111 heeft het lid Mol (SP) op 6 november vragen gesteld over vis. "
            "Het is niet mogelijk deze binnen de gestelde termijn te beantwoorden.")  # fmt: skip
    _, parsed = read(text)
    assert parsed.kenmerk == "2024Z17538"
