"""Official texts: invented documents in the real layouts, and keys of real ones."""

import importlib.util
import json
from pathlib import Path

import pytest

from kg.model.document import LineRole, ParsedDocument
from kg.model.text import Passage
from kg.parsing import parse_document
from kg.sources import read_sources

HERE = Path(__file__).parent
CASES = sorted(
    case
    for folder in ("official-text", "ministry-letter")
    for case in (HERE.parent / "cases" / folder).iterdir()
)
GOLD = HERE.parent / "gold"
KEYS = sorted((GOLD / "official").glob("*.json"))
LETTERS = sorted((GOLD / "letters").glob("*.json"))

_spec = importlib.util.spec_from_file_location("official_key", HERE / "official_key.py")
assert _spec
assert _spec.loader
official_key = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(official_key)


def read(path: Path) -> ParsedDocument:
    (source,) = read_sources([path])
    return parse_document(source)


def units(document: ParsedDocument) -> list[list[object]]:
    (parsed,) = document.sets
    printed = [
        *(([question.number], question.passage) for question in parsed.questions),
        *((list(answer.numbers), answer.passage) for answer in parsed.answers),
        *((list(letter.kenmerken), letter.passage) for letter in parsed.letters),
    ]
    return [
        [numbers, passage.text, [[mark.offset, mark.mark] for mark in passage.marks]]
        for numbers, passage in printed
    ]


def passages(document: ParsedDocument) -> list[Passage]:
    return [
        unit.passage
        for parsed in document.sets
        for unit in (*parsed.questions, *parsed.answers, *parsed.letters)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_invented_document_reads_as_its_key_says(case):
    document = read(case / "source.txt")
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    assert official_key.key_of(document) == expected["key"]
    assert document.sets[0].title == expected["title"]
    assert units(document) == expected["units"]
    assert [flaw.code for flaw in document.flaws] == expected["flaws"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_line_has_a_role_and_every_span_lies_in_the_source(case):
    document = read(case / "source.txt")
    text = document.source.text
    filled = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert [number for number, _ in document.roles] == filled
    assert not [number for number, role in document.roles if role is LineRole.UNCLAIMED]
    for passage in passages(document):
        assert len(passage.spans) == len(passage.text.split("\n"))
        for span, paragraph in zip(passage.spans, passage.text.split("\n"), strict=True):
            assert paragraph[:2] in span.of(text)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.stem)
def test_a_real_document_reads_as_its_key_says(key, shared):
    expected = json.loads(key.read_text(encoding="utf-8"))
    document = read(shared / "documents" / "official-text" / expected.pop("file"))
    assert {name: official_key.key_of(document)[name] for name in expected} == expected


@pytest.mark.parametrize("key", LETTERS, ids=lambda key: key.stem)
def test_a_real_letter_reads_as_its_key_says(key, shared):
    expected = json.loads(key.read_text(encoding="utf-8"))
    document = read(shared / "documents" / "docx" / expected.pop("file"))
    assert document.layout == "ministry letter"
    assert {name: official_key.key_of(document)[name] for name in expected} == expected
    assert LineRole.UNCLAIMED not in dict(document.roles).values()


def test_no_real_document_loses_a_line_or_keeps_a_page_foot(shared):
    folder = shared / "documents" / "official-text"
    for source in read_sources([folder]):
        document = parse_document(source)
        lines = [line for line in source.text.split("\n") if line.strip()]
        assert len(document.roles) == len(lines), source.name
        assert LineRole.UNCLAIMED not in dict(document.roles).values(), source.name
        for passage in passages(document):
            assert "ISSN" not in passage.text, source.name
            assert "Aanhangsel 1" not in passage.text, source.name
            assert "Vragen 1" not in passage.text, source.name


def test_there_are_keys_for_real_documents():
    assert len(KEYS) >= 20
