"""The headers of queries, and the queries that ship with the package."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from kg.errors import QueryError
from kg.querying.catalogue import Query, find_query, parse_query, read_catalogue

HEADER = """\
# title@nl: Woorden
# title@en: Words
# about@nl: Welke woorden er zijn.
# about@en: Which words there are.
# parameter: word | string | cloud | het woord | the word
# column: word | het woord | the word

SELECT ?word WHERE { VALUES ?word { "cloud" } }
"""
CATALOGUE = read_catalogue()


def test_a_header_is_read() -> None:
    query = parse_query(HEADER, "words")
    assert (query.title_nl, query.title_en) == ("Woorden", "Words")
    assert query.about_en == "Which words there are."
    assert [(one.name, one.kind, one.default) for one in query.parameters] == [
        ("word", "string", "cloud")
    ]
    assert [(one.name, one.about_nl) for one in query.columns] == [("word", "het woord")]
    assert '"wolk"' in query.bound({"word": "wolk"})


@pytest.mark.parametrize(
    ("line", "replacement", "number", "reason"),
    [
        ("# title@nl: Woorden", "# title@nl:", 1, "title@nl is empty"),
        ("# title@en: Words", "# title@nl: Nog een", 2, "given twice"),
        ("word | string", "word | text", 5, "'text' is none of"),
        ("| the word\n# column", "\n# column", 5, "4 fields where 5 belong"),
        ("# parameter: word", "# parameter: term", 5, "has no VALUES \\?term"),
        ("# parameter: word", "# parameter: ?word", 5, "no name of a variable"),
        ("| cloud |", "| wolk |", 5, "differs from"),
        ("# column: word | het woord |", "# column: word |", 6, "2 fields where 3 belong"),
    ],
)
def test_errors_name_the_line(line: str, replacement: str, number: int, reason: str) -> None:
    text = HEADER.replace(line, replacement)
    assert text != HEADER
    with pytest.raises(QueryError, match=f"words, line {number}: .*{reason}"):
        parse_query(text, "words")


def test_errors_in_a_folder_name_the_file(tmp_path: Path) -> None:
    (tmp_path / "words.rq").write_text(HEADER.replace("# about@en", "# about"), "utf-8")
    with pytest.raises(QueryError, match=r"words\.rq, line 1: the header lacks '# about@en"):
        read_catalogue(tmp_path)
    (tmp_path / "words.rq").rename(tmp_path / "Two_Words.rq")
    with pytest.raises(QueryError, match="kebab-case"):
        read_catalogue(tmp_path)


def test_a_query_without_header_is_fine() -> None:
    assert parse_query("ASK { }", "stdin").parameters == ()


@pytest.mark.parametrize(
    ("name", "hint"),
    [("late-answer", "did you mean late-answers"), ("xyzzy", "`kg queries` lists them")],
)
def test_an_unknown_name_is_helped(name: str, hint: str) -> None:
    with pytest.raises(QueryError, match=hint):
        find_query(name)


def test_the_catalogue_is_rich_and_sorted() -> None:
    names = [query.name for query in CATALOGUE]
    assert names == sorted(names)
    assert len(names) >= 16


@pytest.mark.parametrize("query", CATALOGUE, ids=lambda query: query.name)
def test_columns_are_the_variables_in_order(query: Query) -> None:
    results = ox.Store().query(query.bound({}))
    if isinstance(results, ox.QuerySolutions):
        variables = [variable.value for variable in results.variables]
        assert variables == [column.name for column in query.columns]
    else:
        assert query.columns == ()


@pytest.mark.parametrize("query", CATALOGUE, ids=lambda query: query.name)
def test_queries_are_portable(query: Query) -> None:
    """Another engine reads them, and rows come in an order that every engine keeps."""
    prepared = prepareQuery(query.bound({}))
    if prepared.algebra.name == "SelectQuery":
        assert "ORDER BY" in query.text
    assert "GROUP_CONCAT" not in query.text  # engines concatenate in orders of their own
