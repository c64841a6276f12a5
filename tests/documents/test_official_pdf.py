"""PDFs in the official layout read as their text does; others are refused with a reason."""

import importlib.util
import io
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from kg.errors import SourceError
from kg.model.text import SourceText
from kg.parsing import parse_document
from kg.sources import apart, pdf, read_bytes

_spec = importlib.util.spec_from_file_location(
    "official_pdf", Path(__file__).with_name("official_pdf.py")
)
assert _spec
assert _spec.loader
official_pdf = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(official_pdf)
Publication = official_pdf.Publication

PUBLICATIONS = {
    "answers": Publication(
        head="Vragen van de leden Van der Molen (CDA) en De Wit (D66) aan de Minister van "
        "Infrastructuur en Waterstaat over het bericht «Bruggen op slot» (ingezonden "
        "3 november 2025). Antwoord van Minister Aalbers (Infrastructuur en Waterstaat), mede "
        "namens de Staatssecretaris van Financiën (ontvangen 24 november 2025).",
        number="871",
        identifier="ah-tk-20252026-871",
        notes=["Dagblad, 1 november 2025, «Bruggen op slot» (www.dagblad.example/bruggen)"],
        blocks=[
            ("Vraag 1", ["Kent u het bericht «Bruggen op slot»?^1"]),
            ("Antwoord 1", ["Ja."]),
            (
                "Vraag 2",
                ["Klopt het dat de bruggen in het noorden van het land deze winter vaker en "
                 "langer gesloten zijn dan in de jaren daarvoor? Zo ja, hoe komt dat?"],
            ),
            (
                "Antwoord 2",
                ["Dat klopt. Door ziekte bij de onder~houds~ploegen en door het uitblijven van "
                 "onder~delen konden de bruggen niet op tijd worden gerepareerd.",
                 "Ik betreur dat zeer, en ik heb de beheerder gevraagd om met een plan te "
                 "komen dat herhaling voorkomt."],
            ),
        ],
    ),
    "several questions under one heading, two pages": Publication(
        head="Vragen van het lid Özkan (DENK) aan de Ministers van Justitie en Veiligheid en van "
        "Defensie over drones boven havens (ingezonden 5 november 2025). Antwoord van Minister "
        "Visser (Justitie en Veiligheid) en van Minister De Groot (Defensie) (ontvangen 26 "
        "november 2025). Zie ook Aanhangsel Handelingen, vergaderjaar 2025–2026, nr. 700.",
        number="902",
        identifier="ah-tk-20252026-902",
        notes=["Kamerstuk 30 806, nr. 77", "Havenkrant, 2 november 2025"],
        page_breaks=(2,),
        blocks=[
            (
                "Vraag 1 en 2",
                ["Hoeveel drones zijn er dit jaar boven havens gezien?^1",
                 "Wie houdt daar toezicht op?"],
            ),
            ("Antwoord 1 en 2", ["Dat wordt niet bijgehouden."]),
            ("Vraag 3", ["Bent u bekend met de zorgen van de havenmeesters hierover?^2"]),
            ("Antwoord 3", ["Ja, ik ben met hen in gesprek."]),
        ],
    ),
    "headings in the left column": Publication(
        head="Vragen van het lid Bakker (ChristenUnie) aan de Minister van Financiën over "
        "munten van een cent (ingezonden 6 november 2025). Antwoord van Minister Smit (Financiën) "
        "(ontvangen 27 november 2025).",
        number="915",
        identifier="ah-tk-20252026-915",
        headings_left=True,
        blocks=[
            ("Vraag 1", ["Hoeveel munten van een cent zijn er nog in omloop, en waar zijn die "
                         "gebleven sinds winkels bedragen afronden?"]),
            ("Antwoord 1", ["Dat is niet bekend. De munten blijven een wettig betaal~middel."]),
            ("Vraag 2", ["Bent u bereid ze in te nemen?"]),
            ("Antwoord 2", ["Nee."]),
        ],
    ),
    "questions": Publication(
        head="Vragen van de leden Faber-Okker (BBB) en Van Dam (SP) aan de Staatssecretarissen van "
        "Onderwijs, Cultuur en Wetenschap en Volksgezondheid, Welzijn en Sport over zwemles "
        "(ingezonden 12 november 2025).",
        number="2025Z21212",
        identifier="kv-tk-2025Z21212",
        answers=False,
        notes=["Stichting Droog, 2025, «Kopje onder»", "Kamerstuk 31 293, nr. 555"],
        blocks=[
            ("Vraag 1", ["Bent u bekend met het rapport «Kopje onder», waarin staat dat een op de "
                         "vijf kinderen geen diploma haalt, ook niet na jaren les?^1 ^2"]),
            ("Vraag 2", ["Hoeveel scholen bieden zwemles aan?"]),
        ],
    ),
    "extension letter": Publication(
        head="Vragen van het lid Pietersma (SP) aan de Minister van Klimaat en Groene Groei over "
        "warmtenetten (ingezonden 4 november 2025). Mededeling van Minister Visser (Klimaat en "
        "Groene Groei) (ontvangen 25 november 2025).",
        number="899",
        identifier="ah-tk-20252026-899",
        blocks=[
            ("Vraag 1", ["Hoeveel huizen hebben een warmtenet?"]),
            ("Mededeling", ["De vragen van het lid Pietersma (SP) over warmtenetten (2025Z19999) "
                            "kunnen niet binnen de gebruikelijke termijn worden beantwoord."]),
        ],
    ),
    "oral question": Publication(
        head="Mondelinge vragen van het lid Janssen (Volt) aan de Minister-President over het "
        "weer (ingezonden 25 november 2025)",
        number="2025Z22222",
        identifier="kv-tk-2025Z22222",
        answers=False,
        blocks=[],
    ),
    "range and remark": Publication(
        head="Vragen van het lid Smit (PvdD) aan de Minister van Landbouw, Visserij, "
        "Voedsel~zekerheid en Natuur over ganzen (ingezonden 1 oktober 2025). Antwoord van "
        "Minister Bosma (Landbouw, Visserij, Voedselzekerheid en Natuur) (ontvangen 2 november "
        "2025).",
        number="750",
        identifier="ah-tk-20252026-750",
        page_breaks=(1,),
        blocks=[
            ("Vraag 1 t/m 3", ["Hoeveel ganzen zijn er?", "Waar broeden zij?",
                               "Wie telt ze?"]),
            ("Antwoord 1, 2 en 3", ["Ruim 2,4 miljoen, vooral in het westen."]),
            ("Toelichting:", ["Deze vragen dienen ter aanvulling op eerdere vragen."]),
        ],
    ),
}  # fmt: skip


def only(data: bytes, name: str = "stuk.pdf"):
    (result,) = read_bytes(data, name)
    return result


def content(source: SourceText) -> dict[str, object]:
    document = parse_document(source)
    (parsed,) = document.sets
    return {
        "kind": document.kind,
        "numbers": (parsed.kenmerk, parsed.aanhangsel, parsed.session_year, parsed.see_also),
        "dates": (parsed.submitted_on, parsed.answered_on),
        "title": parsed.title,
        "people": [
            (person.name, person.party, person.office, person.on_behalf)
            for person in (*parsed.submitters, *parsed.addressees, *parsed.answerers)
        ],
        "units": [
            (numbers, passage.text, passage.marks, passage.notes)
            for numbers, passage in (
                *((question.number, question.passage) for question in parsed.questions),
                *((answer.numbers, answer.passage) for answer in parsed.answers),
                *((letter.kenmerken, letter.passage) for letter in parsed.letters),
            )
        ],
        "flaws": [flaw.code for flaw in document.flaws],
    }


@pytest.mark.parametrize("name", PUBLICATIONS)
def test_a_pdf_reads_as_its_text_does(name):
    publication = PUBLICATIONS[name]
    from_pdf = content(only(official_pdf.print_pdf(publication)))
    from_text = content(only(official_pdf.print_text(publication).encode()))
    assert from_pdf == from_text
    printed = {
        number
        for heading, _ in publication.blocks
        if heading.startswith("Vraag")
        for number in range(int(heading.split()[1].rstrip(",")), int(heading.split()[-1]) + 1)
    }
    assert {number for number, *_ in from_pdf["units"] if isinstance(number, int)} == printed
    texts = " ".join(text for _, text, *_ in from_pdf["units"])
    for heading, paragraphs in publication.blocks[:4]:
        for paragraph in paragraphs[:1] if "Toelichting" not in heading else ():
            opening = paragraph.replace("~", "").split("^")[0][:40]
            if opening:
                assert opening in texts
    assert "Tweede Kamer" not in texts
    assert from_pdf["flaws"] == []


def test_an_encrypted_pdf_is_refused():
    data = official_pdf.print_pdf(PUBLICATIONS["questions"], password="geheim")
    result = only(data)
    assert result.error.code == "encrypted"
    assert "password" in result.error.message


def test_a_scan_without_text_layer_is_refused():
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.rect(100, 100, 200, 200)
    canvas.showPage()
    canvas.save()
    assert only(made.getvalue()).error.code == "no-text"


@pytest.mark.parametrize("keep", [20, 500, 1500])
def test_a_truncated_pdf_is_refused_or_read(keep):
    result = only(official_pdf.print_pdf(PUBLICATIONS["questions"])[:keep])
    assert isinstance(result, SourceText) or result.error.code in ("broken", "no-text")


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(apart, "MAX_SECONDS", 0.001)
    with pytest.raises(SourceError, match="takes more than") as caught:
        pdf.read_pdf(official_pdf.print_pdf(PUBLICATIONS["questions"]), "traag.pdf")
    assert caught.value.code == "too-slow"
