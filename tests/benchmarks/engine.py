"""The engines: Turtle written and loaded, beside rdflib and the parser alone; validation."""

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pyoxigraph as ox
import rdflib

from kg.building.code_version import known
from kg.model.assertion import Assertion, Iri, Literal
from kg.store.embedded import open_graph
from kg.store.turtle import to_blocks
from kg.store.validation import validate
from tests.benchmarks.measuring import Row, in_a_process, time_runs, timed
from tests.benchmarks.questions import COUNTED, counting_query, drain

_RUNS = 3
_PATIENCE = 60
"""Seconds that rdflib gets for one question."""

TURTLE_HEAD = ("on the same graph", "CPU s", "triples/s", "against rdflib")


def turtle_rows(graph: Path) -> Iterator[Row]:
    """Writing Turtle in canonical order, the median of three runs, beside rdflib once."""
    known()  # as in a build, which searches for garbage seldom, and never in what is kept
    assertions = [_assertion(triple) for triple in ox.parse(path=str(graph))]
    count = len(assertions)
    gc.freeze()
    write = time_runs(lambda: _write(assertions), _RUNS, time.process_time).median
    assertions.clear()
    library = rdflib.Graph()
    library.parse(graph, format="turtle")
    gc.freeze()
    slow = timed(lambda: library.serialize(format="turtle"), time.process_time)[0]
    yield ("rdflib: write Turtle", f"{slow:.2f}", f"{count / slow:,.0f}", "")
    ratio = f"{slow / write:.1f} ×"
    yield ("write Turtle, canonical order", f"{write:.2f}", f"{count / write:,.0f}", ratio)


LOADING_HEAD = ("on the same graph", "CPU s", "triples/s", "against the parser", "bytes a triple")


def loading_rows(graph: Path) -> Iterator[Row]:
    """Loading into memory, each in a process of its own, beside the parser alone and rdflib."""
    count, parsing = _median(lambda: sum(1 for _ in ox.parse(path=str(graph))))
    yield ("pyoxigraph.parse alone", f"{parsing:.2f}", f"{count / parsing:,.0f}", "", "")
    for name, load, runs in (
        ("load into the in-memory engine", lambda: _loaded(graph), _RUNS),
        ("rdflib: load", lambda: rdflib.Graph().parse(graph, format="turtle"), 1),
    ):
        used, seconds = _median(lambda load=load: _memory_of(load), runs)
        share = f"{parsing / seconds:.0%}"
        each = f"{used / count:,.0f}"
        yield (name, f"{seconds:.2f}", f"{count / seconds:,.0f}", share, each)


def _loaded(graph: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(graph), format=ox.RdfFormat.TURTLE)
    return store


def _memory_of(load: Callable[[], object]) -> int:
    """Bytes that this process uses more with what `load` gives."""
    before = psutil.Process().memory_info().rss
    kept = load()
    used = int(psutil.Process().memory_info().rss - before)
    del kept
    return used


def _median(run: Callable[[], int], runs: int = _RUNS) -> tuple[int, float]:
    """What `run` gives, and the processor seconds of the middle of so many processes."""
    found = []
    for _ in range(runs):
        one = in_a_process(lambda: timed(run, time.process_time))
        assert one is not None
        found.append(one)
    seconds, value = sorted(found)[runs // 2]
    return value, seconds


LIBRARY_HEAD = ("question", "from the counts, ms", "counted from the sets, ms", "in rdflib, s")


def library_rows(graph: Path) -> Iterator[Row]:
    """Two questions about the whole, beside the same in rdflib, which gets a minute for each."""
    store = open_graph(graph)
    library = rdflib.Graph()
    library.parse(graph, format="turtle")
    for question in ("party × ministry", "law with law"):
        named, anew = COUNTED[question].text(), counting_query(store, COUNTED[question])
        fast = time_runs(lambda named=named: drain(store, named), _RUNS).median * 1000
        slow = timed(lambda anew=anew: drain(store, anew))[0] * 1000
        yield (question, f"{fast:.1f}", f"{slow:,.0f}", _in_library(library, anew))


def _in_library(library: rdflib.Graph, query: str) -> str:
    """The seconds that rdflib takes."""
    found = in_a_process(lambda: timed(lambda: len(library.query(query)))[0], _PATIENCE)
    return f"over {_PATIENCE}" if found is None else f"{found:.1f}"


def _write(assertions: list[Assertion]) -> bytes:
    return b"".join(block.text.encode() for block in to_blocks(assertions))


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
