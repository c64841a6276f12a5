"""The lists of the search on a site: what goes in comes out, whatever the batches."""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.site.files import SiteFiles
from kg.export.site.postings import DIGITS, Postings, write_index

MARKS = st.integers(min_value=0, max_value=15)
THINGS = st.lists(st.dictionaries(st.sampled_from("abcdefghij"), MARKS, max_size=4), max_size=40)


def decoded(text: str) -> list[tuple[int, int]]:
    """The numbers of a list with their marks, read as `search.js` does."""
    found, number, value, factor = [], -1, 0, 1
    for digit in text:
        part = DIGITS.index(digit)
        value += part % 32 * factor
        if part >= 32:
            factor *= 32
            continue
        number += value // 16 + 1
        found.append((number, value % 16))
        value, factor = 0, 1
    return found


def index_of(batches: list[list[dict[str, int]]], folder: Path) -> dict[str, str | None]:
    runs, start = [], 0
    for number, batch in enumerate(batches):
        postings = Postings()
        for at, words in enumerate(batch):
            postings.add(at, words)
        postings.save(folder / f"run-{number}")
        runs.append((folder / f"run-{number}", start))
        start += len(batch)
    firsts = write_index(runs, start, SiteFiles(folder), "names")
    index: dict[str, str | None] = {}
    for number, first in enumerate(firsts):
        script = (folder / f"search/names-words/0/{number}.js").read_text("utf-8")
        chunk = json.loads(script.partition(",")[2].rstrip(");\n"))
        assert next(iter(chunk)) == first
        index |= chunk
    assert list(index) == sorted(index, key=lambda word: word.encode("utf-16-be"))
    return index


@settings(deadline=None, max_examples=60)
@given(batches=st.lists(THINGS, max_size=4))
def test_every_word_leads_to_what_holds_it(
    batches: list[list[dict[str, int]]], tmp_path_factory: object
) -> None:
    things = [words for batch in batches for words in batch]
    expected: dict[str, list[tuple[int, int]]] = {}
    for number, words in enumerate(things):
        for word, mark in words.items():
            expected.setdefault(word, []).append((number, mark))
    folder = tmp_path_factory.mktemp("index")  # type: ignore[attr-defined]
    index = index_of(batches, folder)
    assert {word: decoded(found or "") for word, found in index.items()} == expected


def test_steps_of_any_length_are_kept(tmp_path: Path) -> None:
    numbers = [0, 1, 3, 35, 36, 1_100, 70_000, 5_000_000]
    postings = Postings()
    for number in numbers:
        postings.add(number, {"woord": number % 16})
    postings.save(tmp_path / "run")
    write_index([(tmp_path / "run", 7)], 10**7, SiteFiles(tmp_path), "texts")
    script = (tmp_path / "search/texts-words/0/0.js").read_text("utf-8")
    found = decoded(json.loads(script.partition(",")[2].rstrip(");\n"))["woord"])
    assert found == [(number + 7, number % 16) for number in numbers]


def test_a_word_that_most_hold_has_no_list(tmp_path: Path) -> None:
    batch = [{"de": 1, "kaas": 1} if number % 3 == 0 else {"de": 1} for number in range(300)]
    index = index_of([batch], tmp_path)
    assert index["de"] is None
    assert decoded(index["kaas"] or "") == [(number, 1) for number in range(0, 300, 3)]


def test_many_words_fill_several_files(tmp_path: Path) -> None:
    batch = [{f"woord{number:05}": 0} for number in range(9_000)]
    assert len(index_of([batch], tmp_path)) == 9_000
    assert len(list((tmp_path / "search/names-words/0").iterdir())) > 2
