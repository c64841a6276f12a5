"""Official XML, HTML and metadata, all invented."""

from datetime import date

import pytest

from kg.model.document import DocumentKind, LineRole
from kg.model.text import Span
from kg.parsing import parse_document
from kg.sources import read_bytes

XML = """<?xml version="1.0" encoding="UTF-8"?>
<officiele-publicatie><metadata/><kamervragen>
<kamervraagkop>
  <tekstregel inhoud="vergaderjaar">Vergaderjaar 2025–2026</tekstregel>
  <tekstregel inhoud="soort">Aanhangsel van de Handelingen</tekstregel>
  <kamervraagnummer>871</kamervraagnummer>
</kamervraagkop>
<kamervraagomschrijving type="vraag">Vragen van het lid <naam><achternaam>Van der Molen</achternaam>
</naam> (CDA) aan de Minister van Infrastructuur en Waterstaat over
<kamervraagonderwerp>bruggen op slot</kamervraagonderwerp> (ingezonden
<datum isodatum="2025-11-03">3 november 2025</datum>).</kamervraagomschrijving>
<kamervraagomschrijving type="antwoord">Antwoord van Minister
<naam><achternaam>Aalbers</achternaam></naam> (Infrastructuur en Waterstaat) (ontvangen
<datum isodatum="2025-11-24">24 november 2025</datum>).</kamervraagomschrijving>
<vraag><nr>2, 3</nr><al><extref doc="https://krant.example" soort="URL">Dit bericht</extref>, kent u
dat?<noot><noot.nr>1</noot.nr>
<noot.al>Krant, <extref doc="x">1 november</extref></noot.al></noot></al>
<al>Wat vindt u ervan?</al></vraag>
<antwoord><nr>2, 3</nr><al>Ja.</al><al>Zie <dossierref dossier="31305">31 305</dossierref>.</al>
</antwoord></kamervragen></officiele-publicatie>
"""

HTML = """<!DOCTYPE html><html><head><title>weg</title></head><body><nav>Zoeken</nav>
<h1>Vragen van de leden Bakker en De Boer (beiden ChristenUnie) aan de Minister van Financiën over
munten (ingezonden 6 november 2025)</h1>
<div class="vraag"><h2 class="stuktitel"><a id="x"></a>Vraag 1
</h2><p><a href="https://krant.example">Dit bericht</a>, kent u dat?<a
class="nootnum supernote" href="#n1">1</a> <a class="nootnum" href="#n2">2</a></p></div>
<div class="vraag"><p class="nummer">Vraag 2</p><p>Hoeveel munten zijn er?</p></div>
<div id="noten"><hr/><div class="voet noot" id="n1"><h5 class="note-close">X Noot</h5><sup><span
class="nootnum">1</span></sup><p>Krant, 1 november 2025</p></div>
<div class="voet noot" id="n2"><sup><span class="nootnum">2</span></sup>
<p>Kamerstuk 1</p></div></div>
<footer>Over deze site</footer></body></html>
"""


def read(text: str, name: str = "stuk"):
    (source,) = read_bytes(text.encode(), name)
    document = parse_document(source)
    assert LineRole.UNCLAIMED not in dict(document.roles).values()
    return document


def test_xml_gives_head_numbers_notes_and_paragraphs_that_open_with_a_link():
    document = read(XML)
    (parsed,) = document.sets
    assert document.layout == "official XML or HTML"
    assert document.kind is DocumentKind.ANSWERS
    assert (parsed.aanhangsel, parsed.session_year) == ("20252026-871", "2025-2026")
    assert [(person.name, person.party) for person in parsed.submitters] == [
        ("Van der Molen", "CDA")
    ]
    assert [(person.name, person.office) for person in parsed.answerers] == [
        ("Aalbers", "Minister van Infrastructuur en Waterstaat")
    ]
    assert (parsed.submitted_on, parsed.answered_on) == (date(2025, 11, 3), date(2025, 11, 24))
    assert parsed.title == "Bruggen op slot"
    assert [(question.number, question.passage.text) for question in parsed.questions] == [
        (2, "Dit bericht, kent u dat?"),
        (3, "Wat vindt u ervan?"),
    ]
    assert parsed.questions[0].passage.notes == (("¹", "Krant, 1 november"),)
    assert [(answer.numbers, answer.passage.text) for answer in parsed.answers] == [
        ((2, 3), "Ja.\nZie 31 305.")
    ]


def test_names_and_dates_come_from_the_elements_where_the_sentence_is_unusual():
    unusual = XML.replace("Vragen van het lid ", "Gevraagd door ").replace("(ingezonden", "(op")
    (parsed,) = read(unusual).sets
    assert [person.name for person in parsed.submitters] == ["Van der Molen"]
    assert parsed.submitted_on == date(2025, 11, 3)


def test_a_date_that_is_none_is_passed_over():
    two = XML.replace("Vragen van het lid ", "Gevraagd door ").replace(
        '<datum isodatum="2025-11-03">',
        '<datum isodatum="2025-13-99">x</datum> <datum isodatum="2025-11-03">',
    ).replace("(ingezonden", "(op")  # fmt: skip
    (parsed,) = read(two).sets
    assert parsed.submitted_on == date(2025, 11, 3)


def test_html_gives_questions_and_notes_but_no_navigation():
    document = read(HTML)
    (parsed,) = document.sets
    assert document.kind is DocumentKind.QUESTIONS
    assert [person.name for person in parsed.submitters] == ["Bakker", "De Boer"]
    assert [(question.number, question.passage.text) for question in parsed.questions] == [
        (1, "Dit bericht, kent u dat?"),
        (2, "Hoeveel munten zijn er?"),
    ]
    passage = parsed.questions[0].passage
    assert [mark.mark for mark in passage.marks] == ["¹", "²"]
    assert passage.notes == (("¹", "Krant, 1 november 2025"), ("²", "Kamerstuk 1"))


def test_a_fragment_without_head_takes_its_number_from_its_anchors():
    fragment = (
        '<div class="vraag"><h2><a id="d1"></a>Vraag 1</h2><p>Kent u dit?<a class="nootnum" '
        'href="#ID-2025Z00020-d37e57">1</a></p></div>'
    )
    document = read(fragment)
    assert document.sets[0].kenmerk == "2025Z00020"
    assert document.sets[0].questions[0].passage.text == "Kent u dit?"
    assert document.flaws == ()


def test_a_postponement_is_a_letter_with_or_without_its_heading():
    answer = XML.index("<antwoord>")
    xml = XML[:answer].replace(">Antwoord van", ">Mededeling van") + (
        "<mededeling><al>De vragen kunnen niet binnen de termijn worden beantwoord.</al>"
        "</mededeling></kamervragen></officiele-publicatie>"
    )
    html = HTML.replace(
        '<div id="noten">',
        '<div class="kamervraagopmerking"><p>De vragen kunnen niet binnen de termijn worden '
        'beantwoord.</p></div><div id="noten">',
    )
    for text in (xml, html):
        (parsed,) = read(text).sets
        assert [letter.passage.text for letter in parsed.letters] == [
            "De vragen kunnen niet binnen de termijn worden beantwoord."
        ]
        assert parsed.answerers == ()
    (parsed,) = read(xml).sets
    assert [person.name for person in parsed.postponers] == ["Aalbers"]


def test_the_number_of_a_list_item_stands_before_it():
    xml = XML.replace(
        "<al>Ja.</al>",
        "<al>Ja:</al><lijst><li><li.nr>1.</li.nr><al>een;</al></li><li><li.nr>2.</li.nr>"
        "<al>twee.</al></li></lijst>",
    )
    (parsed,) = read(xml).sets
    assert parsed.answers[0].passage.text.startswith("Ja:\n1. een;\n2. twee.\nZie")


def test_metadata_gives_a_set_without_text():
    fields = {
        "OVERHEIDop.vraagnummer": "2025Z20001",
        "OVERHEIDop.aanhangsel": "902",
        "OVERHEIDop.vergaderjaar": "2025-2026",
        "OVERHEIDop.indiener": "Van der Molen",
        "OVERHEIDop.ontvanger": "Minister van Financiën",
        "OVERHEIDop.datumIndiening": "2025-11-05",
        "OVERHEIDop.datumOntvangst": "2025-11-26",
        "OVERHEID.category": "Financiën | Begroting",
        "DC.title": "Munten",
    }
    inside = "".join(f'<metadata name="{name}" content="{it}"/>' for name, it in fields.items())
    document = read(f"<metadata_gegevens>{inside}</metadata_gegevens>")
    (parsed,) = document.sets
    assert document.layout == "official metadata"
    assert (parsed.kenmerk, parsed.aanhangsel) == ("2025Z20001", "20252026-902")
    assert [person.name for person in parsed.submitters] == ["Van der Molen"]
    assert [person.office for person in parsed.addressees] == ["Minister van Financiën"]
    assert (parsed.submitted_on, parsed.answered_on) == (date(2025, 11, 5), date(2025, 11, 26))
    assert (parsed.title, parsed.topics) == ("Munten", "Financiën | Begroting")
    assert parsed.span == Span(0, len(document.source.text.rstrip("\n")))


@pytest.mark.parametrize(
    ("fields", "aanhangsel"),
    [
        ({"OVERHEIDop.aanhangsel": "902"}, None),
        ({"OVERHEIDop.aanhangsel": "902", "OVERHEIDop.vergaderjaar": "2025–2026"}, "20252026-902"),
        ({"OVERHEIDop.aanhangsel": "9-02", "OVERHEIDop.vergaderjaar": "2025-2026"}, None),
        ({"OVERHEIDop.vergaderjaar": "2025-2026"}, None),
    ],
)
def test_the_number_of_an_answer_needs_its_year(fields, aanhangsel):
    fields = {"OVERHEIDop.vraagnummer": "2025Z20001", "DC.title": "Munten"} | fields
    inside = "".join(f'<metadata name="{name}" content="{it}"/>' for name, it in fields.items())
    (parsed,) = read(f"<metadata_gegevens>{inside}</metadata_gegevens>").sets
    assert parsed.aanhangsel == aanhangsel


def test_a_line_of_metadata_that_names_nothing_is_left_unclaimed():
    inside = (
        '<metadata name="OVERHEIDop.vraagnummer" content="2025Z20001"/>'
        '<metadata name="DC.title" content="Munten"/>'
    )
    text = f"<metadata_gegevens>{inside}<losse>regel</losse></metadata_gegevens>"
    (source,) = read_bytes(text.encode(), "stuk")
    document = parse_document(source)
    (parsed,) = document.sets
    assert (parsed.kenmerk, parsed.title) == ("2025Z20001", "Munten")
    assert [role for _, role in document.roles] == [
        LineRole.HEADER, LineRole.HEADER, LineRole.UNCLAIMED,
    ]  # fmt: skip
