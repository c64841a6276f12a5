"""The measurements: each returns rows of a table, the figures of one run on this machine."""

import multiprocessing
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.model.assertion import Assertion, Iri, Literal
from kg.querying.catalogue import read_query
from kg.querying.search import SearchIndex
from kg.resources import queries_dir
from kg.store.embedded import open_graph
from kg.store.turtle import to_blocks
from kg.store.validation import validate
from tests.benchmarks.measuring import CommandRun, run_command, time_runs, timed
from tests.benchmarks.questions import COUNTED, LOOKUPS, PREFIXES

if TYPE_CHECKING:
    import rdflib

ROOT = Path(__file__).resolve().parents[2]
Row = tuple[str, ...]

_LOOKUP_RUNS = 40
_PATIENCE = 60
"""Seconds that rdflib gets for one question."""
_COUNTING_QUERY = 'SELECT ?x {{ ?counting dcterms:identifier "{counting}" ; kg:countingQuery ?x }}'
_AGGREGATE_RUNS = 3
_THINGS = {
    "person": "SELECT ?x { ?s kg:submittedBy ?x } GROUP BY ?x ORDER BY DESC(COUNT(?s)) LIMIT 40",
    "set": "SELECT ?x { ?x a kg:QuestionSet } LIMIT 40",
    "motion": "SELECT ?x { ?x a kg:Motion } LIMIT 40",
}


@dataclass(frozen=True, slots=True)
class Built:
    """An archive of `sets` sets, built."""

    sets: int
    documents: int
    run: CommandRun
    graph: Path
    triples: int


def build(sets: int, documents: int, archive: Path, out: Path) -> Built:
    """Builds the archive with the command, as a user does."""
    command = [sys.executable, "-m", "kg", "build", str(archive), "--out", str(out), "--quiet"]
    run = run_command(command, ROOT)
    graph = out / "graph.ttl"
    return Built(sets, documents, run, graph, sum(1 for _ in ox.parse(path=str(graph))))


BUILD_HEAD = ("sets", "documents", "s", "sets/s", "ms a set", "CPU s", "peak MiB", "triples", "MB")


def build_row(built: Built) -> Row:
    """Time, memory and size of one build."""
    run = built.run
    return (
        f"{built.sets:,}",
        f"{built.documents:,}",
        f"{run.seconds:.1f}",
        f"{built.sets / run.seconds:.0f}",
        f"{1000 * run.seconds / built.sets:.2f}",
        f"{run.processor_seconds:.1f}",
        f"{run.peak_bytes / 2**20:.0f}",
        f"{built.triples:,}",
        f"{built.graph.stat().st_size / 1e6:.1f}",
    )


ENGINE_HEAD = ("on the same graph", "CPU s (median of 3)", "triples/s", "against rdflib")


def engine_rows(graph: Path, library: "rdflib.Graph") -> Iterator[Row]:
    """Writing and loading Turtle, beside rdflib (once) and beside the parser alone.

    `library` is an empty graph of rdflib, which is filled.
    """
    assertions = [_assertion(triple) for triple in ox.parse(path=str(graph))]
    count = len(assertions)
    load = timed(lambda: library.parse(graph, format="turtle"), process_time)[0]
    write = timed(lambda: library.serialize(format="turtle"), process_time)[0]
    yield _engine_row("rdflib: load", count, load)
    yield _engine_row("rdflib: write Turtle", count, write)
    for name, run, baseline in (
        ("write Turtle, canonical order", lambda: _write(assertions), write),
        ("pyoxigraph.parse alone", lambda: sum(1 for _ in ox.parse(path=str(graph))), load),
        (
            "load into the in-memory engine",
            lambda: ox.Store().bulk_load(path=str(graph), format=ox.RdfFormat.TURTLE),
            load,
        ),
    ):
        yield _engine_row(name, count, time_runs(run, 3, process_time).median, baseline)


def _write(assertions: list[Assertion]) -> bytes:
    return b"".join(block.text.encode() for block in to_blocks(assertions))


def _engine_row(name: str, count: int, seconds: float, baseline: float | None = None) -> Row:
    ratio = f"{baseline / seconds:.1f} ×" if baseline else ""
    return (name, f"{seconds:.2f}", f"{count / seconds:,.0f}", ratio)


def _assertion(triple: ox.Triple) -> Assertion:
    term = triple.object
    value: Iri | Literal
    if isinstance(term, ox.NamedNode):
        value = Iri(term.value)
    elif term.language:
        value = Literal(term.value, term.language)
    else:
        datatype = term.datatype.value
        value = Literal(term.value, datatype="" if datatype.endswith("#string") else datatype)
    return Assertion(Iri(triple.subject.value), Iri(triple.predicate.value), value)


VALIDATION_HEAD = ("triples", "load s", "validate s", "together s", "violations", "warnings")


def validation_row(graph: Path) -> Row:
    """Loading and validating one graph, with its full report."""
    load, store = timed(lambda: open_graph(graph))
    check, report = timed(lambda: validate(store))
    counts = report.counts()
    return (
        f"{report.triples:,}",
        f"{load:.1f}",
        f"{check:.1f}",
        f"{load + check:.1f}",
        f"{counts.get('Violation', 0):,}",
        f"{counts.get('Warning', 0):,}",
    )


QUESTION_HEAD = ("question", "runs", "median ms", "p95 ms", "rows")


def question_rows(store: ox.Store) -> Iterator[Row]:
    """Each question, warm, each time about another thing."""
    things = {name: _values(store, query) for name, query in _THINGS.items()}
    for name, pattern in LOOKUPS.items():
        yield _asked(store, name, pattern, things, _LOOKUP_RUNS)


COUNTED_HEAD = (
    *("question", "rows", "named query, median ms", "counted from the sets, ms"),
    "the same in rdflib, s",
)


def counted_rows(store: ox.Store, library: "rdflib.Graph | None") -> Iterator[Row]:
    """Each question about the whole: from the counts in the graph, and counted anew.

    `library` is the same graph in rdflib, None to leave that out; each of its answers may take a
    minute.
    """
    for question, (name, counting) in COUNTED.items():
        named = read_query(queries_dir() / f"{name}.rq").bound({})
        rows = sum(1 for _ in store.query(named))
        fast = time_runs(partial(_drain, store, named), _AGGREGATE_RUNS).median
        (anew,) = _values(store, _COUNTING_QUERY.format(counting=counting))
        slow = time_runs(partial(_drain, store, anew), 1).median
        again = f"{fast * 1000:.1f}", f"{slow * 1000:.1f}"
        yield (question, f"{rows:,}", *again, _in_library(library, anew) if library else "")


def _drain(store: ox.Store, query: str) -> int:
    return sum(1 for _ in store.query(query))


def _in_library(library: "rdflib.Graph", query: str) -> str:
    """The seconds that rdflib takes, in a process that is stopped after a minute."""
    process = multiprocessing.get_context("fork").Process(
        target=lambda: list(library.query(query)), daemon=True
    )
    start = time.perf_counter()
    process.start()
    process.join(_PATIENCE)
    if process.is_alive():
        process.kill()
        return f"over {_PATIENCE}"
    return f"{time.perf_counter() - start:.1f}"


def _values(store: ox.Store, query: str) -> list[str]:
    return [row["x"].value for row in store.query(PREFIXES + query)]


def _asked(
    store: ox.Store, name: str, pattern: str, things: Mapping[str, list[str]], runs: int
) -> Row:
    rows = 0
    queries = [fill(pattern, things, run) for run in range(runs)]
    if None in queries:
        return (name, "0", "–", "–", "nothing to ask about")
    pending = iter(queries)

    def ask() -> None:
        nonlocal rows
        rows = sum(1 for _ in store.query(PREFIXES + next(pending)))

    sum(1 for _ in store.query(PREFIXES + queries[0]))
    timing = time_runs(ask, runs)
    return (name, str(runs), f"{timing.median * 1000:.1f}", f"{timing.p95 * 1000:.1f}", str(rows))


def fill(pattern: str, things: Mapping[str, list[str]], run: int) -> str | None:
    """The query about one thing; None where the graph holds none of its kind."""
    for name, iris in things.items():
        if f"{{{name}}}" in pattern:
            if not iris:
                return None
            pattern = pattern.replace(f"{{{name}}}", iris[run % len(iris)])
    return pattern


SEARCH_HEAD = ("words", "kind", "runs", "median ms", "p95 ms", "texts found")


def search_rows(folder: Path) -> Iterator[Row]:
    """Searches over all texts, warm: rare words, common words, a phrase."""
    index = SearchIndex(folder)
    for words in ("cloud act", "gemeenten", '"toezicht op"', "kosten onderzoek meldingen"):
        found = index.search(words, "answer")
        timing = time_runs(lambda words=words: index.search(words, "answer"), _LOOKUP_RUNS)
        yield (
            words,
            "answer",
            str(_LOOKUP_RUNS),
            f"{timing.median * 1000:.1f}",
            f"{timing.p95 * 1000:.1f}",
            f"{found.total:,}",
        )
