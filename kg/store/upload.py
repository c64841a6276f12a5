"""Loads a graph into a SPARQL 1.1 store, made visible in one step, resumed where it broke off.

By updates the graph is first filled beside its place, in a graph of its own that carries the hash
of what it will hold, and moved over the old one when it is whole. So readers see the old graph or
the new one, and a run that broke off is gone on with by the next. By Graph Store Protocol a graph
is put whole, or filled by updates where the store fails at that. What the store gives back is then
compared with what was sent.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from tempfile import TemporaryFile

import pyoxigraph as ox

from kg.store.comparison import Comparison, batches, compare
from kg.store.remote_store import RefusedError, Store

_MARK = "<http://purl.org/dc/terms/identifier>"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class UploadReport:
    """What became of an upload; `sent` triples were sent: none where the graph was there."""

    sent: int
    result: Comparison


def upload(
    triples: Iterable[ox.Triple], store: Store, name: str | None, progress: Progress
) -> UploadReport:
    """Makes the graph called `name` in a store (None: its default graph) equal to `triples`.

    Triples come subject by subject, without blank nodes; they are read several times, and few of
    them are in memory. What the graph held before is replaced.
    Raises EndpointError where the store refuses or stays away.
    """
    place = name or "the default graph"
    progress(f"{place}: comparing")
    before = compare(triples, store, name)
    if before.sound:
        return UploadReport(0, before)
    sent = before.triples
    if store.graph_store_url is None or not _put(triples, store, name):
        sent = _fill_and_move(triples, store, name, lambda done: progress(f"{place}: {done} sent"))
    progress(f"{place}: comparing")
    return UploadReport(sent, compare(triples, store, name))


def _put(triples: Iterable[ox.Triple], store: Store, name: str | None) -> bool:
    """Whether the store takes the graph whole; some fail at large ones, as Virtuoso does."""
    try:
        with TemporaryFile() as body:
            ox.serialize(triples, body, ox.RdfFormat.N_TRIPLES)
            body.seek(0)
            store.put(name, body)
    except RefusedError as error:
        if not error.of_request or error.status < 500:
            raise
        return False
    return True


def _fill_and_move(
    triples: Iterable[ox.Triple], store: Store, name: str | None, progress: Callable[[int], None]
) -> int:
    """Fills the graph beside the place of another, and moves it there; how many were sent."""
    beside = f"{name or 'urn:kamergraaf:default'}#being-loaded"
    mark = f'<{beside}> {_MARK} "{_digest(triples)}"'
    held = 0
    if store.ask(f"ASK {{ GRAPH <{beside}> {{ {mark} }} }}"):
        # batches go in one after another, so what came in is a beginning of them; the last one
        # may be there in part
        lasts = [batch[-1] for batch in batches(triples)]
        arrived = bisect_left(lasts, True, key=lambda last: not _is_there(last, store, beside))
        held = max(0, arrived - 1)
    else:
        store.update(f"DROP SILENT GRAPH <{beside}>")
        store.update(f"INSERT DATA {{ GRAPH <{beside}> {{ {mark} }} }}")
    sent = 0
    for batch in islice(batches(triples), held, None):
        _insert(batch, store, beside)
        sent += len(batch)
        progress(sent)
    target = f"GRAPH <{name}>" if name else "DEFAULT"
    # not tried twice: a second move of what has been moved would leave nothing
    store.update(
        f"DELETE DATA {{ GRAPH <{beside}> {{ {mark} }} }} ; MOVE GRAPH <{beside}> TO {target}",
        attempts=1,
    )
    return sent


def _is_there(triple: ox.Triple, store: Store, graph: str) -> bool:
    pattern = f"{triple.subject} {triple.predicate}"
    # a store may keep a literal in another form
    thing = triple.object if isinstance(triple.object, ox.NamedNode) else "?o"
    return store.ask(f"ASK {{ GRAPH <{graph}> {{ {pattern} {thing} }} }}")


def _insert(batch: list[ox.Triple], store: Store, graph: str) -> None:
    """Inserts a batch, in halves where the store finds it too large."""
    try:
        text = (ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
        store.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{text}}} }}")
    except RefusedError as error:
        if len(batch) == 1 or not error.of_request:
            raise
        middle = len(batch) // 2
        _insert(batch[:middle], store, graph)
        _insert(batch[middle:], store, graph)


def _digest(triples: Iterable[ox.Triple]) -> str:
    digest = hashlib.sha256()
    for triple in triples:
        digest.update(f"{triple}\n".encode())
    return digest.hexdigest()
