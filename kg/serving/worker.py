"""Query processes: each answers one query after the other, closed to everything outside.

A nursery process loads the graph once and forks a worker whenever one is asked for. So the graph
is in memory once, and a worker that is stopped is replaced within milliseconds. A worker that
oversteps its time is killed; one that oversteps its memory, or whose engine breaks down, ends.
"""

import contextlib
import json
import multiprocessing
import os
import signal
import threading
import warnings
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError, KgError
from kg.export.jsonld import context
from kg.serving.answering import Answer, Limits, QueryRequest, answer, refusal
from kg.serving.confinement import confine, end_with_parent, leave_network, limit_time
from kg.serving.reach import refuse_reach
from kg.store.embedded import open_graph

_NEW = b"new"
_STOPPED = "the query needed more memory than it may use, or nests too deeply, and was stopped"


class Worker:
    """A query process, as the process that asks it sees it."""

    def __init__(self, nursery: "Nursery", line: Connection, pid: int, seconds: float) -> None:
        self.pid = pid
        self.alive = True
        self._nursery = nursery
        self._line = line
        self._seconds = seconds

    def ask(self, request: QueryRequest) -> Answer:
        """The answer; the process is no longer alive when it overstepped a limit."""
        try:
            self._line.send(request)
            if not self._line.poll(self._seconds):
                self.end()
                return refusal(503, f"the query took more than {self._seconds:g} s and was stopped")
            return _receive(self._line)
        except (EOFError, OSError):
            self.end()
            return refusal(503, _STOPPED)

    def end(self) -> None:
        """Kill the process; to be called from any thread, more than once."""
        if self.alive:
            self.alive = False
            self._nursery.kill(self.pid)


class Nursery:
    """The process that holds the graph at a path and forks workers."""

    def __init__(self, graph: Path, limits: Limits) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._limits = limits
        self._orders, theirs = spawning.Pipe()
        self._lock = threading.Lock()
        self._process = spawning.Process(
            target=_run_nursery, args=(os.getpid(), str(graph), limits, theirs), name="kg queries"
        )
        self._process.start()
        theirs.close()

    def wait_until_ready(self) -> None:
        """Block until the graph is loaded; GraphError where it cannot be."""
        try:
            reply = _receive(self._orders)
        except EOFError:
            raise GraphError(
                "the query process ended while it loaded the graph; is there enough memory?"
            ) from None
        if reply.status != 200:
            raise GraphError(reply.body.decode().strip())

    def worker(self) -> Worker:
        """A new worker. Raises OSError or EOFError where the nursery is no more."""
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        with self._lock, theirs:
            self._orders.send_bytes(_NEW)
            send_handle(self._orders, theirs.fileno(), self._process.pid)
            pid = int(self._orders.recv_bytes())
        return Worker(self, ours, pid, self._limits.seconds)

    def kill(self, pid: int) -> None:
        """Kill a worker, if it lives."""
        with self._lock, contextlib.suppress(OSError):
            self._orders.send_bytes(b"%d" % pid)

    def end(self) -> None:
        """End the process and all its workers."""
        self._process.kill()
        self._process.join()


def ask_alone(graph: Path, request: QueryRequest, limits: Limits) -> Answer:
    """The answer to one query in a process for it alone. Raises GraphError without a graph."""
    nursery = Nursery(graph, limits)
    try:
        nursery.wait_until_ready()
        return nursery.worker().ask(request)
    finally:
        nursery.end()


def _run_nursery(server: int, graph: str, limits: Limits, orders: Connection) -> None:
    """The life of the nursery: load the graph, then fork and kill workers as told."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the server ends us when it is done
    end_with_parent(server)
    leave_network()
    try:
        store = open_graph(Path(graph))
        context()  # reads the ontology, which workers cannot
        refuse_reach("ASK {}", "", lambda _: True)  # loads the parser
    except KgError as error:
        _send(orders, refusal(500, error.message))
        return
    _send(orders, Answer(200, "text/plain", b""))
    nursery = os.getpid()
    ended: set[int] = set()
    for order in _received(orders):
        if order == _NEW:
            handle = recv_handle(orders)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of forking beside the idle threads of the engine
                pid = os.fork()
            if pid == 0:
                orders.close()
                _run_worker(nursery, store, limits, Connection(handle))
                os._exit(0)
            os.close(handle)
            orders.send_bytes(b"%d" % pid)
        else:
            # a child keeps its number until it is waited for, so no other process is hit
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(order), signal.SIGKILL)
            ended.add(int(order))
        ended -= {pid for pid in ended if os.waitpid(pid, os.WNOHANG)[0]}


def _run_worker(nursery: int, store: ox.Store, limits: Limits, requests: Connection) -> None:
    end_with_parent(nursery)
    confine(limits.memory_bytes)
    with contextlib.suppress(EOFError, OSError):
        while True:
            request = requests.recv()
            limit_time(limits.seconds)
            try:
                reply = answer(store, request, limits)
            except MemoryError:
                os._exit(1)
            _send(requests, reply)


def _received(line: Connection) -> Iterator[bytes]:
    with contextlib.suppress(EOFError):
        while True:
            yield line.recv_bytes()


def _send(line: Connection, reply: Answer) -> None:
    """Sends an answer as bytes that mean nothing else, whoever speaks at the other end."""
    line.send_bytes(json.dumps([reply.status, reply.media_type]).encode() + b"\n" + reply.body)


def _receive(line: Connection) -> Answer:
    head, _, body = line.recv_bytes().partition(b"\n")
    status, media_type = json.loads(head)
    return Answer(int(status), str(media_type), body)
