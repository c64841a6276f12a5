"""The page of a large build shows its newest sets and says so."""

import json
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.store.embedded import open_graph

PREFIXES = "PREFIX kg: <https://w3id.org/kamergraaf/def#> "


def test_the_page_of_many_sets_shows_the_newest(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([archive], tmp_path / "whole", workers=1)
    monkeypatch.setattr("kg.building.newest.newest_keys.__defaults__", (20,))
    build([archive], tmp_path / "out", workers=1)
    pages = [(tmp_path / name / "graph.html").read_text() for name in ("whole", "out")]
    told = [
        json.loads(page.partition('id="data-meta">')[2].partition("</script>")[0]) for page in pages
    ]
    assert [(one["sets"], one["allSets"]) for one in told] == [(180, 180), (20, 180)]
    assert len(pages[1]) < len(pages[0])
    graphs = [tmp_path / name / "graph.ttl" for name in ("whole", "out")]
    assert graphs[0].read_bytes() == graphs[1].read_bytes()


def test_an_index_written_in_parts_holds_the_whole_graph(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.index._PART_BYTES", 50_000)
    out = tmp_path / "out"
    report = build([archive], out, workers=1, index_from=0)
    store = open_graph(out)
    assert len(store) == report.totals["triples"]
    assert (out / "index").is_dir()
    rows = store.query(PREFIXES + "SELECT ?s { ?s a kg:QuestionSet }")
    assert sum(1 for _ in rows) == 180
