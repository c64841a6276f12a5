"""Questions to a graph: lookups, the whole of it, every named query, and the search of texts."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.querying.catalogue import read_catalogue
from kg.querying.search import SEARCH_FOLDER, SearchIndex
from kg.store.embedded import open_graph
from tests.benchmarks.measuring import Row, in_a_process, time_runs, timed
from tests.benchmarks.questions import COUNTED, LOOKUPS, PREFIXES, counting_query, drain

_LOOKUP_RUNS = 40
_WHOLE_RUNS = 5
_PATIENCE = 60
"""Seconds that a question gets."""
_THINGS = {
    "person": "SELECT ?x { ?p kg:countOf ?x ; kg:inCounting ?c ; kg:count ?n . "
    '?c dcterms:identifier "sets-by-submitter" } ORDER BY DESC(?n) LIMIT 40',
    "set": "SELECT ?x { ?x a kg:QuestionSet } LIMIT 40",
    "motion": "SELECT DISTINCT ?x { ?x a kg:Motion . ?unit kg:mentions ?x } LIMIT 40",
    "answered": "SELECT DISTINCT ?x { ?x a kg:Motion . ?question kg:mentions ?x . "
    "?answer kg:answers ?question . ?set kg:hasQuestion ?question ; kg:answeredBy ?by } LIMIT 40",
}

LOOKUP_HEAD = ("sets", "question", "runs", "median ms", "p95 ms", "rows")


def lookup_rows(graph: Path, sets: int) -> Iterator[Row]:
    """Each question, warm, each time about another thing."""
    store = open_graph(graph)
    things = {name: _values(store, query) for name, query in _THINGS.items()}
    for name, pattern in LOOKUPS.items():
        yield (f"{sets:,}", *_asked(store, name, pattern, things))


WHOLE_HEAD = ("sets", "question", "rows", "median ms", "p95 ms", "counted from the sets, ms")


def whole_rows(graph: Path, sets: int) -> Iterator[Row]:
    """Each question about the whole, warm: from the counts in the graph, and counted anew."""
    store = open_graph(graph)
    for question, counted in COUNTED.items():
        named = counted.text()
        rows = drain(store, named)
        timing = time_runs(partial(drain, store, named), _WHOLE_RUNS)
        slow = _patient(store, counting_query(store, counted))
        fast = f"{timing.median * 1000:.1f}", f"{timing.p95 * 1000:.1f}"
        anew = f"{slow[0] * 1000:,.0f}" if slow else _OVER
        yield (f"{sets:,}", question, f"{rows:,}", *fast, anew)


_OVER = f"over {_PATIENCE} s"

NAMED_HEAD = ("sets", "named query", "rows", "ms")


def named_rows(graph: Path, sets: int) -> Iterator[Row]:
    """Every named query once with the values that stand in it, each in a process of its own."""
    store = open_graph(graph)
    for query in read_catalogue():
        found = _patient(store, query.bound({}))
        told = (f"{found[1]:,}", f"{found[0] * 1000:,.1f}") if found else ("", _OVER)
        yield (f"{sets:,}", query.name, *told)


def _patient(store: ox.Store, query: str) -> tuple[float, int] | None:
    """Seconds and rows of a query; None where it takes too long."""
    return in_a_process(lambda: timed(partial(drain, store, query)), _PATIENCE)


def _values(store: ox.Store, query: str) -> list[str]:
    return [row["x"].value for row in store.query(PREFIXES + query)]


def _asked(store: ox.Store, name: str, pattern: str, things: Mapping[str, list[str]]) -> Row:
    rows = 0
    queries = [fill(pattern, things, run) for run in range(_LOOKUP_RUNS)]
    if None in queries:
        return (name, "0", "–", "–", "nothing to ask about")
    for query in queries:
        drain(store, PREFIXES + str(query))
    pending = iter(queries)

    def ask() -> None:
        nonlocal rows
        rows += drain(store, PREFIXES + str(next(pending)))

    timing = time_runs(ask, _LOOKUP_RUNS)
    took = f"{timing.median * 1000:.1f}", f"{timing.p95 * 1000:.1f}"
    return (name, str(_LOOKUP_RUNS), *took, f"{rows / _LOOKUP_RUNS:.0f}")


def fill(pattern: str, things: Mapping[str, list[str]], run: int) -> str | None:
    """The query about one thing; None where the graph holds none of its kind."""
    for name, iris in things.items():
        if f"{{{name}}}" in pattern:
            if not iris:
                return None
            pattern = pattern.replace(f"{{{name}}}", iris[run % len(iris)])
    return pattern


SEARCH_HEAD = ("sets", "words", "kind", "median ms", "p95 ms", "texts found")


def search_rows(graph: Path, sets: int) -> Iterator[Row]:
    """Searches over all answers, warm: rare words, common words, a phrase."""
    index = SearchIndex(graph.parent / SEARCH_FOLDER)
    for words in ("cloud act", "gemeenten", '"toezicht op"', "kosten onderzoek meldingen"):
        found = index.search(words, "answer")
        timing = time_runs(partial(index.search, words, "answer"), _LOOKUP_RUNS)
        took = f"{timing.median * 1000:.1f}", f"{timing.p95 * 1000:.1f}"
        yield (f"{sets:,}", words, "answer", *took, f"{found.total:,}")
