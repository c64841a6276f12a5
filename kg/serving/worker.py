"""Runs queries in processes of their own, with limits of time, memory, rows and bytes.

A process that oversteps its time is killed and replaced; one that oversteps its memory ends and
is replaced. No process can open a file or a socket once it has loaded the graph, so that a query
(SERVICE) reaches nothing outside.
"""

import asyncio
import contextlib
import io
import multiprocessing
import os
import resource
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError, KgError
from kg.export.dumps import to_bytes
from kg.export.jsonld import context
from kg.serving import negotiation as media
from kg.store.embedded import open_graph
from kg.store.sparql import names_dataset

_RESULTS = {
    media.JSON_RESULTS: ox.QueryResultsFormat.JSON,
    media.XML_RESULTS: ox.QueryResultsFormat.XML,
    media.CSV: ox.QueryResultsFormat.CSV,
    media.TSV: ox.QueryResultsFormat.TSV,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: seconds, rows or triples, bytes of result and of memory."""

    seconds: float = 30.0
    rows: int = 100_000
    result_bytes: int = 256 * 1024 * 1024
    memory_bytes: int = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query with the dataset that the request names; empty is the whole graph.

    `base` is what relative IRIs in the query are resolved against. `accept` is an Accept header,
    or the one media type asked for by name.
    """

    text: str
    base: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    accept: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole result, or what went wrong as plain text; `status` is HTTP's."""

    status: int
    media_type: str
    body: bytes


def refusal(status: int, message: str) -> Answer:
    """An answer that says what is wrong."""
    return Answer(status, "text/plain; charset=utf-8", f"{message}\n".encode())


def answer(store: ox.Store, request: QueryRequest, limits: Limits) -> Answer:
    """The answer to a query, whole or not at all."""
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
        ox.NamedNode(iri) for iri in request.default_graphs
    ]
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in request.named_graphs]
    chosen = bool(graphs or named)
    whole = not chosen and not names_dataset(request.text)
    try:
        results = store.query(
            request.text,
            base_iri=request.base,
            use_default_graph_as_union=whole,
            default_graph=graphs if chosen else None,
            named_graphs=named if chosen else None,
        )
        if isinstance(results, ox.QueryTriples):
            return _graph_answer(results, request.accept, limits)
        return _table_answer(results, request.accept, limits)
    except SyntaxError as error:
        return refusal(400, f"not valid SPARQL: {' '.join(str(error.msg).split())}")
    except _TooLargeError as error:
        return refusal(422, f"the result has {error}; ask for less, for example with LIMIT")
    except (RuntimeError, OSError, ValueError) as error:
        return refusal(400, f"the query cannot be run here: {error}")


class _TooLargeError(Exception):
    """The result is larger than allowed."""


class _LimitedBuffer(io.BytesIO):
    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, data: "bytes | bytearray | memoryview", /) -> int:  # type: ignore[override]
        if self.tell() + len(data) > self.most:
            raise _TooLargeError(f"more than {self.most} bytes")
        return super().write(data)


def _unacceptable(offered: Sequence[str]) -> Answer:
    return refusal(406, f"not available in that format; use one of: {', '.join(offered)}")


def _table_answer(
    results: ox.QuerySolutions | ox.QueryBoolean, accept: str | None, limits: Limits
) -> Answer:
    offered = media.TRUTH_TYPES if isinstance(results, ox.QueryBoolean) else media.TABLE_TYPES
    chosen = media.choose(accept, offered)
    if chosen is None:
        return _unacceptable(offered)
    buffer = _LimitedBuffer(limits.result_bytes)
    results.serialize(buffer, ox.QueryResultsFormat.JSON)
    body = buffer.getvalue()
    if isinstance(results, ox.QuerySolutions):
        rows = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        assert isinstance(rows, ox.QuerySolutions)
        if sum(1 for _ in islice(rows, limits.rows + 1)) > limits.rows:
            raise _TooLargeError(f"more than {limits.rows} rows")
    if chosen != media.JSON_RESULTS:
        again = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        assert not isinstance(again, ox.QueryTriples)
        body = again.serialize(format=_RESULTS[chosen]) or b""
    return Answer(200, chosen, body)


def _graph_answer(results: ox.QueryTriples, accept: str | None, limits: Limits) -> Answer:
    chosen = media.choose(accept, media.GRAPH_TYPES)
    if chosen is None:
        return _unacceptable(media.GRAPH_TYPES)
    triples = sorted(set(islice(results, limits.rows + 1)), key=str)
    if len(triples) > limits.rows:
        raise _TooLargeError(f"more than {limits.rows} triples")
    return Answer(200, chosen, to_bytes(triples, media.DUMP_FORMATS[chosen]))


def _run(graph: str, limits: Limits, requests: Connection) -> None:
    """The life of a worker process: load the graph, shut the doors, answer until told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        store = open_graph(Path(graph))
    except KgError as error:
        requests.send(error.message)
        return
    _shut_doors(limits)
    requests.send(None)
    while True:
        try:
            request = requests.recv()
        except EOFError:
            return
        try:
            reply = answer(store, request, limits)
        except MemoryError:
            os._exit(1)
        requests.send(reply)


def _shut_doors(limits: Limits) -> None:
    """Keep what is open, let nothing more be opened, and cap the memory beyond the graph's."""
    context()  # reads the ontology, which is out of reach from here on
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _MEMORY_USE.exists():
        used = int(_MEMORY_USE.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + limits.memory_bytes,) * 2)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


_MEMORY_USE = Path("/proc/self/statm")


class _Worker:
    """A worker process and the line to it."""

    def __init__(self, graph: Path, limits: Limits) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._line, theirs = spawning.Pipe()
        self._seconds = limits.seconds
        self._process = spawning.Process(
            target=_run, args=(str(graph), limits, theirs), name="kg query worker", daemon=True
        )
        self._process.start()
        theirs.close()

    def wait_until_ready(self) -> None:
        """Block until the graph is loaded; GraphError where it cannot be."""
        try:
            problem = self._line.recv()
        except EOFError:
            problem = "a query worker ended while it loaded the graph; is there enough memory?"
        if problem is not None:
            raise GraphError(problem)

    def ask(self, request: QueryRequest) -> Answer:
        """The answer; the process is no longer alive when it overstepped a limit."""
        try:
            self._line.send(request)
            if not self._line.poll(self._seconds):
                self.end()
                return refusal(503, f"the query took more than {self._seconds:g} s and was stopped")
            reply: Answer = self._line.recv()
        except (EOFError, OSError):
            self.end()
            return refusal(503, "the query needed more memory than it may use and was stopped")
        return reply

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        with contextlib.suppress(OSError):
            self._line.close()


class QueryWorkers:
    """A fixed number of worker processes for the graph at a path."""

    def __init__(self, graph: Path, limits: Limits, count: int) -> None:
        self._graph = graph
        self._limits = limits
        self._count = count
        self._all: set[_Worker] = set()
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._replacing: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start all processes and wait until they have loaded the graph."""
        await asyncio.gather(*(self._add() for _ in range(self._count)))

    async def _add(self) -> None:
        worker = await asyncio.to_thread(_Worker, self._graph, self._limits)
        self._all.add(worker)
        await asyncio.to_thread(worker.wait_until_ready)
        self._idle.put_nowait(worker)

    async def answer(self, request: QueryRequest) -> Answer:
        """The answer to one query; 503 when no worker comes free in the time of one query."""
        try:
            worker = await asyncio.wait_for(self._idle.get(), self._limits.seconds)
        except TimeoutError:
            return refusal(503, "too many queries at once; try again later")
        asking = asyncio.create_task(asyncio.to_thread(worker.ask, request))
        try:
            return await asyncio.shield(asking)
        finally:
            # a client that hangs up does not free the worker before its time
            asking.add_done_callback(lambda _: self._give_back(worker))

    def _give_back(self, worker: _Worker) -> None:
        if worker.alive:
            self._idle.put_nowait(worker)
            return
        self._all.discard(worker)
        task = asyncio.get_running_loop().create_task(self._add())
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)

    def end(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.end()
