"""The archive that the measurements run on: the same each time, and read without a flaw."""

import csv
import gzip
from pathlib import Path

import pytest

from kg.model.authority import Authority
from kg.parsing import parse_document
from kg.rdf.authority import load_authority
from kg.resolution.merging import merge_documents
from kg.resources import ontology_dir
from kg.sources import read_sources
from tests.benchmarks.archive import Archive, ArchivedSet, write_archive

COLUMNS = (
    *("nummer", "onderwerp", "gestart_op", "vergaderjaar"),
    *("gericht_aan", "indiener", "medeindiener"),
)
KINDS = (
    ("De stand van de sluizen", "Ans Sluiswachter (A.)", "Bo Roer (B.)"),
    (" Het bericht  'Brug open'. ", "C.D. Brug", "Dé van der Kade (D.)"),
    ("Veren | ponten", "Ans Sluiswachter (A.), C.D. Brug", "Ed Pont"),
    ("Zonder geadresseerde", "", "Ed Pont"),
)
NUMBERS = range(17, 57)


@pytest.fixture(scope="module")
def metadata(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("metadata") / "zaken.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for number in NUMBERS:
            subject, addressees, submitter = KINDS[number % len(KINDS)]
            head = (f"2031Z{number:05d}", subject, "2031-02-03T00:00:00+01:00", "2030-2031")
            writer.writerow((*head, addressees, submitter, "Fé Boei (F.)"))
    return path


@pytest.fixture(scope="module")
def authority() -> Authority:
    return load_authority(ontology_dir() / "authority").authority


@pytest.fixture(scope="module")
def sets(metadata: Path, authority: Authority) -> list[ArchivedSet]:
    return list(Archive(metadata, authority).sets(45))


def test_is_the_same_each_time_and_at_each_size(
    metadata: Path, authority: Authority, sets: list[ArchivedSet]
) -> None:
    assert list(Archive(metadata, authority).sets(10)) == sets[:10]
    assert list(Archive(metadata, authority, seed=2).sets(10)) != sets[:10]


def test_each_set_has_a_number_of_its_own(sets: list[ArchivedSet]) -> None:
    assert len({one.aanhangsel for one in sets}) == len(sets)
    assert len({one.kenmerk for one in sets}) == len(sets) > len(NUMBERS)


def test_prints_metadata_as_pages_do(sets: list[ArchivedSet]) -> None:
    assert {one.subject for one in sets} == {
        "De stand van de sluizen",
        "Het bericht 'Brug open'",
        "Veren | ponten",
    }
    assert {one.submitters for one in sets} == {
        ("Bo Roer", "Fé Boei"),
        ("Dé van der Kade", "Fé Boei"),
        ("Ed Pont", "Fé Boei"),
    }


def test_the_parsers_read_every_line(
    metadata: Path, authority: Authority, sets: list[ArchivedSet], tmp_path: Path
) -> None:
    documents = write_archive(Archive(metadata, authority), len(sets), tmp_path)
    parsed = [parse_document(source) for source in read_sources([tmp_path])]
    assert len(parsed) == documents
    assert [flaw for document in parsed for flaw in document.flaws] == []
    on_lists = [
        one for document in parsed if document.layout == "openkamer list" for one in document.sets
    ]
    assert [
        (one.title, [question.passage.spans[0] for question in one.questions] != [])
        for one in on_lists
    ] == [(one.subject, True) for one in sets]
    assert [len(one.questions) for one in on_lists] == [len(one.questions) for one in sets]
    answered = [one.index for one, page in zip(sets, on_lists, strict=True) if page.answers]
    assert answered == [one.index for one in sets if one.answers and one.index % 10 != 9]
    assert len(merge_documents(parsed)) >= len(sets)
