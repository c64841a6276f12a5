"""What is printed on a terminal: texts of anybody's show, and tell the terminal nothing."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model.visible import visible
from kg.querying.explaining import Evidence, Explanation
from kg.querying.search import SearchHit, SearchResult
from kg.querying.tables import print_explanation, print_hits, print_results, print_rows
from tests.attacks.targets import kg

HOSTILE = "a\x1b]0;pwned\x07b\x1b[2Jc\x9b31md\x08e\u202ef\rg"
OBEYED = {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160), 0x202E)}


@given(st.text())
def test_a_text_keeps_its_length_and_what_is_no_order(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not OBEYED & set(shown)
    assert all(new == old for old, new in zip(text, shown, strict=True) if new not in "␡�" and
               not 0x2400 <= ord(new) < 0x2420)  # fmt: skip


def test_line_ends_and_letters_stay() -> None:
    assert visible("Zaïre\n\té 'ja' 👍🏽 \u200d") == "Zaïre\n\té 'ja' 👍🏽 \u200d"
    assert visible("\x1b[2J\x9b") == "␛[2J\ufffd"


def test_nothing_that_is_printed_is_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    store = ox.Store()
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(HOSTILE))
    store.add(ox.Quad(*triple))
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        results = store.query(query)
        assert not isinstance(results, ox.QueryBoolean)
        print_results(results)
    print_rows(("x",), [(HOSTILE,)])
    print_hits(SearchResult(HOSTILE, 1, (SearchHit("urn:a", "set", HOSTILE, 1.0, HOSTILE, ()),)))
    said = Evidence(
        thing="urn:a", relation="named", place=HOSTILE, title=HOSTILE, documents=(HOSTILE,),
        sentence=HOSTILE, quote="", highlight=None, rule="r", confidence="", status="certain",
        start=None, end=None, unit="", set="",
        reason=HOSTILE,
    )  # fmt: skip
    print_explanation(Explanation((("urn:a", HOSTILE),), (said,)), 5)
    told = capsys.readouterr().out
    assert told.count("pwned") >= 8
    assert not OBEYED & set(told)


def test_a_constructed_graph_is_the_same_when_read(tmp_path: Path) -> None:
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(HOSTILE))
    (tmp_path / "g.nt").write_bytes(ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES) or b"")
    (tmp_path / "all.rq").write_text("CONSTRUCT WHERE { ?s ?p ?o }")
    done = kg("query", tmp_path / "all.rq", "--graph", tmp_path / "g.nt")
    assert not OBEYED & set(done.stdout + done.stderr)
    (read,) = ox.parse(done.stdout, format=ox.RdfFormat.N_TRIPLES)
    assert read.triple == triple
