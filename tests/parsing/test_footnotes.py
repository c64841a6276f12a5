import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.text import FootnoteMark, Span
from kg.parsing.footnotes import find_marks, read_passage, strip_marks

MARKS = [
    ("Kent u het bericht «Brug dicht»?1", "Kent u het bericht «Brug dicht»?", ["1"]),
    ("Bent u bekend met de kaart?1 2", "Bent u bekend met de kaart?", ["1", "2"]),
    ("Kunt u dit toelichten?1, 2", "Kunt u dit toelichten?", ["1", "2"]),
    ("ondanks zorgen in de Kamer»1? Bent u", "ondanks zorgen in de Kamer»? Bent u", ["1"]),
    ("het artikel «veilig»»1?", "het artikel «veilig»»?", ["1"]),
    ("de motie-Jansen c.s.3 die oproept", "de motie-Jansen c.s. die oproept", ["3"]),
    ("de brief van 23 oktober 20242 toegezegd", "de brief van 23 oktober 2024 toegezegd", ["2"]),
    ("van Bakker (mei 2024).4 Deze motie", "van Bakker (mei 2024). Deze motie", ["4"]),
    ("zoals in 2024.3 Het kabinet", "zoals in 2024. Het kabinet", ["3"]),
    ("onder de loep heeft genomen2, de stap", "onder de loep heeft genomen, de stap", ["2"]),
    ("gaat deels naar de cloud2.", "gaat deels naar de cloud.", ["2"]),
    ("aangesloten bij ORFEUS.12", "aangesloten bij ORFEUS.", ["12"]),
    ("heroverweegt?2 Zo ja, waarom?", "heroverweegt? Zo ja, waarom?", ["2"]),
    ("de nota «Wolken»5 van 2 juni", "de nota «Wolken» van 2 juni", ["5"]),
    ("de nota «Wolken»5 van toen?1, 2", "de nota «Wolken» van toen?", ["5", "1", "2"]),
    ("van 2 juni 2025?5", "van 2 juni 2025?", ["5"]),
]
NOT_MARKS = [
    "er staan 425.0000 vacatures open",
    "een betrouwbaarheid van 99.99%. Voor de herstart",
    "2,4 miljoen slachtoffers en € 8,7 mln.",
    "de NIS2-richtlijn (EU) 2022/2555 en NIS2",
    "Windows 10, M365, MS365 en Exchange 2019 CU15, met",
    "de samenwerking AI4NL.",
    "de DWR2.0 werkplek",
    "artikel 8, Wiv2017",
    "op grond van art.8 en nr.3",
    "een geco6rdineerde respons",
    "zie https://voorbeeld.nl/pagina.2 voor meer",
    "voor 20242 huishoudens",
    "om 10:30 uur en 1.2 en 3",
    "COVID-19 en PM10",
    "ah-tk-20252026-61.html",
]


@pytest.mark.parametrize(("printed", "text", "marks"), MARKS)
def test_glued_marks_are_taken_out_and_kept(printed: str, text: str, marks: list[str]) -> None:
    stripped, found = strip_marks(printed)
    assert stripped == text
    assert [mark.mark for mark in found] == marks


@pytest.mark.parametrize("text", NOT_MARKS)
def test_digits_of_the_text_stay(text: str) -> None:
    assert strip_marks(text) == (text, ())


def test_a_mark_keeps_the_place_where_it_stood() -> None:
    assert strip_marks("Een brug.1 Een weg.2")[1] == (FootnoteMark(9, "1"), FootnoteMark(18, "2"))


def test_marks_of_later_paragraphs_count_from_the_start_of_the_passage() -> None:
    source = "Een brug.1\nEen weg.2"
    passage = read_passage(source, [Span(0, 10), Span(11, 20)])
    assert passage.text == "Een brug.\nEen weg."
    assert passage.marks == (FootnoteMark(9, "1"), FootnoteMark(18, "2"))


@given(st.text(alphabet="ab Zé.?!»)«(12345,;:'/ \n", max_size=80))
def test_stripping_loses_nothing_but_marks(text: str) -> None:
    stripped, marks = strip_marks(text)
    assert all(0 <= mark.offset <= len(stripped) for mark in marks)
    assert all(text[mark.offset :].startswith(mark.mark) for mark in find_marks(text))
    lost = len(text) - len(stripped) - sum(len(mark.mark) for mark in marks)
    assert 0 <= lost <= 2 * len(marks)


@given(st.text(max_size=200))
def test_any_text_can_be_stripped(text: str) -> None:
    strip_marks(text)
