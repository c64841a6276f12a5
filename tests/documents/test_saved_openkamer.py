"""A saved openkamer page reads as its text does."""

import pytest

from kg.parsing import parse_document
from kg.sources import read_bytes, read_sources
from tests.documents.saved_page import as_page


@pytest.mark.parametrize("seed", ["000_a4d36f4938dc360d.txt", "002_edc317d34840558c.txt"])
def test_a_saved_page_reads_as_its_text_does(seeds, seed):
    (text,) = read_sources([seeds / seed])
    (page,) = read_bytes(as_page(text.text).encode(), "pagina.html")
    from_text, from_page = parse_document(text), parse_document(page)
    assert from_page.layout == from_text.layout
    assert len(from_page.sets) == len(from_text.sets)
    for one, other in zip(from_page.sets, from_text.sets, strict=True):
        assert " ".join((one.title or "").split()) == " ".join((other.title or "").split())
        assert [person.name for person in one.submitters] == [
            person.name for person in other.submitters
        ]
        assert [" ".join(question.passage.text.split()) for question in one.questions] == [
            " ".join(question.passage.text.split()) for question in other.questions
        ]
        assert len(one.answers) == len(other.answers)
        assert len(one.answer_paragraphs) == len(other.answer_paragraphs)
