"""Search: what is found by which words, in which order, with which snippet."""

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import GraphError, QueryError, UsageError
from kg.model.assertion import Assertion, Iri, Literal
from kg.querying.search import KINDS, SNIPPET_CHARACTERS, SearchIndex, stem, to_snippet
from kg.querying.search_index import (
    SearchedText,
    index_texts,
    read_texts,
    write_search_index,
)
from kg.rdf import vocabulary as v

TEXTS = {
    "a/question/1": "Kent u de CLOUD Act en de gevolgen voor clouddiensten?",
    "a/answer/1": "Ja. De CLOUD Act geldt ook voor een Europese dochter van een bedrijf.",
    "a/answer/2": "De wolk boven zee is geen cloud, en een act is geen wet.",
    "b/question/1": "Worden gemeenten beïnvloed door ziekenhuizen in de coördinatie van zorg?",
    "b/letter/1": "De vragen kunnen niet binnen de termijn worden beantwoord.",
    "b": "Sluiting van ziekenhuizen",
    "c/answer/1": "Eén brug is dicht.",
    "c/answer/2": "Eén brug is dicht.",
}


def kind_of(key: str) -> str:
    return key.split("/")[1] if "/" in key else "set"


def write(folder: Path, older: Path | None = None, **groups: Iterable[SearchedText]) -> None:
    """Writes an index of groups of texts."""
    indexed = {name: partial(index_texts, texts) for name, texts in groups.items()}
    write_search_index(indexed, folder, older)


def answer(key: str, text: str) -> SearchedText:
    return SearchedText(key, "answer", key, text)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    folder = tmp_path_factory.mktemp("graph") / "search"
    texts = [SearchedText(key, kind_of(key), f"over {key}", text) for key, text in TEXTS.items()]
    write(folder, none=[], all=[*reversed(texts)])
    return SearchIndex(folder)


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("cloud act", None, ["a/question/1", "a/answer/1", "a/answer/2"]),
        ('"cloud act"', None, ["a/question/1", "a/answer/1"]),
        ("cloud act", "answer", ["a/answer/1", "a/answer/2"]),
        ("CLOUD dochters", None, ["a/answer/1"]),
        ("clouddienst", None, ["a/question/1"]),
        ("wolken -europese", None, ["a/answer/2"]),
        ("cloud -europese", "answer", ["a/answer/2"]),
        ("ziekenhuis", None, ["b", "b/question/1"]),
        ("ziekenhuis", "set", ["b"]),
        ("beinvloeden", None, ["b/question/1"]),
        ("beïnvloede", None, ["b/question/1"]),
        ("coordinatie", None, ["b/question/1"]),
        ("termijnen", "letter", ["b/letter/1"]),
        ("bruggen", None, ["c/answer/1", "c/answer/2"]),
        ("brug OR termijn", None, ["b/letter/1", "c/answer/1", "c/answer/2"]),
        ("brug termijn", None, []),
        ("oceaan", None, []),
        ("act.", "question", ["a/question/1"]),
        ("text:brug", None, []),
    ],
)
def test_finds_texts_by_their_words(
    index: SearchIndex, words: str, kind: str | None, expected: list[str]
) -> None:
    result = index.search(words, kind)
    assert sorted(hit.iri for hit in result.hits) == sorted(expected)
    assert result.total == len(expected)
    assert {hit.kind for hit in result.hits} == {kind_of(key) for key in expected}


def test_the_best_come_first_and_equals_in_order_of_their_iri(index: SearchIndex) -> None:
    hits = index.search("ziekenhuizen").hits
    assert [hit.iri for hit in hits] == ["b", "b/question/1"]
    assert hits[0].score > hits[1].score
    twins = index.search("brug").hits
    assert [hit.iri for hit in twins] == ["c/answer/1", "c/answer/2"]
    assert twins[0].score == twins[1].score
    assert [hit.iri for hit in index.search("brug", limit=1).hits] == ["c/answer/1"]


def test_a_kind_does_not_change_the_ranking(index: SearchIndex) -> None:
    everything = {hit.iri: hit.score for hit in index.search("cloud act").hits}
    for hit in index.search("cloud act", "answer").hits:
        assert hit.score == pytest.approx(everything[hit.iri])


@pytest.mark.parametrize(
    ("words", "iri", "marked"),
    [
        ("cloud act", "a/answer/1", ["CLOUD", "Act"]),
        ("beinvloede gemeente", "b/question/1", ["gemeenten", "beïnvloed"]),
        ("bruggen", "c/answer/1", ["brug"]),
    ],
)
def test_marks_the_words_in_the_snippet(
    index: SearchIndex, words: str, iri: str, marked: list[str]
) -> None:
    hit = next(hit for hit in index.search(words).hits if hit.iri == iri)
    assert [place.of(hit.snippet) for place in hit.highlights] == marked
    assert hit.label == f"over {iri}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("antwoord", "antwoorden"),
        ("vraag", "Vragen"),
        ("brug", "bruggen"),
        ("brief", "brieven"),
        ("huis", "huizen"),
        ("zeldzaam", "zeldzame"),
        ("gemeente", "gemeenten"),
        ("beïnvloed", "beinvloeden"),
        ("minister", "ministers"),
        ("overheid", "overheden"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("overheid", "over"), ("minister", "mini"), ("politie", "politiek"), ("heden", "heid")],
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(max_size=600), st.text(max_size=8))
def test_a_snippet_never_outgrows_its_room(text: str, word: str) -> None:
    snippet, highlights = to_snippet(text, frozenset([stem(word)]))
    assert len(snippet) <= max(SNIPPET_CHARACTERS, len(word) + 2)
    assert all(stem(place.of(snippet)) == stem(word) for place in highlights)


def test_a_snippet_is_short_and_holds_the_words(tmp_path: Path) -> None:
    text = "é " * 600 + "Hier staat het zeldzame woord. " + "ç " * 600
    write(tmp_path / "search", all=[answer("x", text)])
    (hit,) = SearchIndex(tmp_path / "search").search("zeldzaam").hits
    assert len(hit.snippet) <= 220
    assert [place.of(hit.snippet) for place in hit.highlights] == ["zeldzame"]


@given(st.text(max_size=40))
@example('"')
@example("a:b [x TO y] (")
@example("- -- OR AND NOT")
@example("/.*/ ~2^3 \\")
def test_no_input_breaks_the_search(index: SearchIndex, words: str) -> None:
    with suppress(QueryError):
        result = index.search(words)
        assert len(result.hits) == min(10, result.total)


@pytest.mark.parametrize(("words", "kind"), [("", None), (" ?! ", None), ("brug", "antwoord")])
def test_refuses_what_cannot_be_searched(index: SearchIndex, words: str, kind: str | None) -> None:
    with pytest.raises(QueryError):
        index.search(words, kind)


def test_a_new_index_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "search"
    write(folder, all=[answer("x", "een brug")])
    write(folder, all=[answer("y", "een sluis")])
    index = SearchIndex(folder)
    assert [index.search(words).total for words in ("brug", "sluis")] == [0, 1]
    assert [path.name for path in tmp_path.iterdir()] == ["search"]


@pytest.mark.parametrize("damage", [None, "meta.json", "groups", "a segment"])
def test_a_newer_index_takes_over_what_stays(tmp_path: Path, damage: str | None) -> None:
    folder, newer = tmp_path / "search", tmp_path / "newer"
    groups = {f"g{number}": [answer(f"{number}", f"brug {number}")] for number in range(20)}
    write(folder, **groups)
    if damage:
        path = next(folder.glob("*.store")) if damage == "a segment" else folder / damage
        path.unlink()
        path.write_bytes(b"?")
    reading = SearchIndex(folder) if not damage else None
    kept = {name: texts for name, texts in groups.items() if name not in ("g3", "g7")}
    write(newer, folder, **kept, other=[answer("3", "sluis 3")], more=[answer("20", "brug 20")])
    found = SearchIndex(newer).search("brug", limit=50).hits
    assert sorted(int(hit.iri) for hit in found) == sorted({*range(21)} - {3, 7})
    assert SearchIndex(newer).search("sluis").total == 1
    if reading is not None:
        assert reading.search("brug").total == SearchIndex(folder).search("brug").total == 20


def test_an_index_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "search"
    write(folder, all=[answer("x", "een brug")])

    def broken() -> Iterator[SearchedText]:
        yield answer("y", "een sluis")
        raise OSError("No space left on device")

    with pytest.raises(UsageError, match="cannot be written"):
        write(folder, all=broken())
    assert SearchIndex(folder).search("brug").total == 1
    assert [path.name for path in tmp_path.iterdir()] == ["search"]


@pytest.mark.parametrize("name", ["missing", "."])
def test_says_what_to_do_without_an_index(tmp_path: Path, name: str) -> None:
    with pytest.raises(GraphError, match="kg build"):
        SearchIndex(tmp_path / name)


def test_reads_the_texts_of_units_and_the_titles_of_sets() -> None:
    unit, other = Iri("http://x/answer/1"), Iri("http://x/person/1")
    assertions = [
        Assertion(unit, v.TEXT, Literal("Ja.", "nl")),
        Assertion(unit, v.LABEL, Literal("Antwoord 1", "nl")),
        Assertion(unit, v.TYPE, v.ANSWER),
        Assertion(other, v.TYPE, v.term("kg:Person")),
        Assertion(other, v.LABEL, Literal("Ans Smit", "nl")),
    ]
    assert list(read_texts(assertions)) == [
        SearchedText("http://x/answer/1", "answer", "Antwoord 1", "Ja.")
    ]
    assert set(KINDS.values()) == {"set", "question", "answer", "letter"}


def test_the_command_finds_what_was_built(seed_build: Path, root: Path) -> None:
    command = [sys.executable, "-m", "kg", "search", "cloud", "act", "-g", str(seed_build)]
    run = subprocess.run(
        [*command, "--kind", "answer", "--format", "json"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(run.stdout)
    assert found["total"] >= 3
    assert all("/answer/" in hit["iri"] for hit in found["hits"])
    shown = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    assert "CLOUD" in shown
    nothing = subprocess.run(
        [*command, "xyzzy"], cwd=root, capture_output=True, text=True, check=False
    )
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "no results" in nothing.stderr


def test_a_text_of_one_word_without_end_is_searched_in_time() -> None:
    began = time.process_time()
    snippet, highlights = to_snippet("cloud " * 30_000, frozenset([stem("cloud")]))
    assert snippet.startswith("cloud cloud")
    assert len(highlights) == snippet.count("cloud")
    assert time.process_time() - began < 15
