"""Whatever a document is: a valid one is read as it was made, a broken one is accounted for."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model.document import LineRole, ParsedDocument, ParsedSet
from kg.model.spelling import letters_only
from kg.model.text import Passage, SourceText
from kg.parsing import parse_document
from kg.pipeline import build
from kg.sources import RejectedSource, read_bytes
from kg.store.embedded import open_graph, select
from tests.documents import bodies, heads
from tests.documents.saved_page import as_page
from tests.sources.word_files import make_word
from tests.strategies.documents import (
    ANY_DOCUMENT,
    BROKEN_DOCUMENTS,
    DETAIL_PAGES,
    DRAFTS,
    HEADS,
    LIST_PAGES,
    MARKUPS,
    PUBLICATIONS,
    Block,
    DetailPage,
    Markup,
    Person,
)


def read(data: bytes, name: str = "stuk") -> ParsedDocument:
    (source,) = read_bytes(data, name)
    assert isinstance(source, SourceText), source
    return parse_document(source)


def plain(text: str) -> str:
    return " ".join(text.split())


@given(LIST_PAGES)
def test_list_pages_are_read_as_they_were_made(page: list[Block]) -> None:
    text = "".join(block.text for block in page)
    expect_blocks(read(text.encode()), page)


@given(LIST_PAGES)
@settings(max_examples=40)
def test_saved_list_pages_are_read_as_they_were_made(page: list[Block]) -> None:
    html = as_page("".join(block.text for block in page))
    expect_blocks(read(html.encode(), "pagina.html"), page)


def expect_blocks(document: ParsedDocument, page: list[Block]) -> None:
    assert document.flaws == ()
    assert LineRole.UNCLAIMED not in dict(document.roles).values()
    for block, found in zip(page, document.sets, strict=True):
        assert plain(found.title or "") == block.title
        assert [(one.name, one.party) for one in found.submitters] == [
            (one.name, one.party) for one in block.submitters
        ]
        answered = any(said for _, said in block.exchanges)
        told = found.answerers if answered else found.addressees
        assert [one.name for one in told] == [one.name for one in block.government]
        lines = [line for asked, said in block.exchanges for line in (asked, *said)]
        units = sorted(
            (*found.questions, *found.answers), key=lambda unit: unit.passage.spans[0].start
        )
        # whichever lines are taken for questions: all are kept, in order
        assert [letters_only(line) for line in lines] == [
            letters_only(part) for unit in units for part in unit.passage.text.split("\n")
        ]
        if not answered:
            assert found.answers == ()


@given(DETAIL_PAGES)
def test_detail_pages_are_read_as_they_were_made(page: DetailPage) -> None:
    document = read(page.text.encode())
    (found,) = document.sets
    assert document.flaws == ()
    assert (found.kenmerk, found.submitted_on) == (page.kenmerk, page.submitted_on)
    assert [(one.name, one.party) for one in found.submitters] == [
        (one.name, one.party) for one in page.submitters
    ]
    assert found.topics == page.topics
    told = sorted(
        (*found.answer_paragraphs, *(letter.passage for letter in found.letters)),
        key=lambda passage: passage.spans,
    )
    assert [letters_only(one.text) for one in told] == [
        letters_only(paragraph) for paragraph in page.paragraphs
    ]


@given(MARKUPS)
def test_official_xml_is_read_as_it_was_made(markup: Markup) -> None:
    (found,) = read(markup.text.encode()).sets
    assert [(one.number, plain(one.passage.text)) for one in found.questions] == [
        (number, plain(asked)) for number, (asked, _) in enumerate(markup.exchanges, 1)
    ]
    assert [(one.numbers, plain(one.passage.text)) for one in found.answers] == [
        ((number,), plain(said)) for number, (_, said) in enumerate(markup.exchanges, 1)
    ]


@given(PUBLICATIONS)
@settings(max_examples=30)
def test_publications_are_read_as_they_were_made(made: bodies.Publication) -> None:
    assert list(bodies.differences(made)) == []


@given(HEADS)
@settings(max_examples=50)
def test_heads_are_read_as_they_were_made(head: heads.Head) -> None:
    assert list(heads.differences(head)) == []


@given(DRAFTS)
@settings(max_examples=20)
def test_a_word_document_reads_as_its_text_does(made: bodies.Publication) -> None:
    (word,) = read_bytes(make_word(made.lines), "brief.docx")
    assert isinstance(word, SourceText)
    assert word.text.split() == " ".join(made.lines).split()
    text = parse_document(SourceText("stuk.txt", "\n".join(made.lines), "text/plain", "0"))
    assert [texts(one) for one in parse_document(word).sets] == [texts(one) for one in text.sets]


def texts(found: ParsedSet) -> list[str]:
    return [plain(passage.text) for passage in passages(found)]


def passages(found: ParsedSet) -> Iterator[Passage]:
    for unit in (*found.questions, *found.answers, *found.letters):
        yield unit.passage
    yield from found.answer_paragraphs


@given(BROKEN_DOCUMENTS)
@example(b"\xed\xa0\x80")
@example(b"")
@settings(max_examples=300)
def test_a_broken_document_is_read_or_refused_with_a_reason(data: bytes) -> None:
    for source in read_bytes(data, "stuk"):
        if isinstance(source, RejectedSource):
            assert source.error.message.startswith("stuk")
            expect_told(source.error)
            continue
        try:
            document = parse_document(source)
        except KgError as error:
            expect_told(error)
            continue
        expect_accounted(document)


def expect_told(error: KgError) -> None:
    assert error.code
    assert error.message
    assert "\n" not in error.message


def expect_accounted(document: ParsedDocument) -> None:
    """Every line has a role, every place is in the text, and no passage says what is not there."""
    text = document.source.text
    filled = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert [number for number, _ in document.roles] == filled
    for found in document.sets:
        assert found.span.end <= len(text)
        for passage in passages(found):
            assert passage.spans or not passage.text
            assert all(span.end <= len(text) for span in passage.spans)
            quoted = "".join(span.of(text) for span in passage.spans)
            assert is_within(letters(passage.text), letters(quoted))


def letters(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in composed if sign.isalpha())


def is_within(part: str, whole: str) -> bool:
    """Whether the letters of `part` stand in `whole` in the same order."""
    left = iter(whole)
    return all(letter in left for letter in part)


@given(st.lists(ANY_DOCUMENT, min_size=1, max_size=2), st.lists(BROKEN_DOCUMENTS, max_size=2))
@settings(max_examples=6)
def test_broken_documents_take_nothing_from_a_build(good: list[bytes], broken: list[bytes]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, data in enumerate(good):
            (folder / f"good-{number}").write_bytes(data)
        alone = build([folder], folder / "alone")
        for number, data in enumerate(broken):
            (folder / f"broken-{number}").write_bytes(data)
        both = build(sorted(path for path in folder.iterdir() if path.is_file()), folder / "both")
        assert alone.graph_written
        assert both.graph_written
        told = {(one.path, one.status, one.sets, one.lines) for one in both.documents}
        assert {(one.path, one.status, one.sets, one.lines) for one in alone.documents} <= told
        assert len(told) >= len(good) + len(broken)
        assert {status for _, status, _, _ in told} <= {"accepted", "partial", "rejected"}
        assert len(open_graph(folder / "both")) > 0


def test_an_address_that_is_none_is_left_out_of_the_graph(tmp_path: Path) -> None:
    """It would be no Turtle, and a graph of many documents would be lost for it."""
    page = DetailPage(
        "2025Z00001", date(2025, 1, 2), [Person("Jo Mol", "SP")], "zorg", "http://[", ["Ja."]
    )
    (tmp_path / "stuk.txt").write_text(page.text)
    assert build([tmp_path / "stuk.txt"], tmp_path / "out").graph_written
    pages = select(
        open_graph(tmp_path / "out"), "SELECT ?page { ?set <http://xmlns.com/foaf/0.1/page> ?page }"
    )
    assert [row["page"] for row in pages] == ["<https://zoek.example/kv-tk-2025Z00001.html>"]
