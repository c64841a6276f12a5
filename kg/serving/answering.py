"""From a query to its whole answer in the format asked for, within limits of rows and bytes."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import pyoxigraph as ox

from kg.errors import GraphError
from kg.export.dumps import to_bytes
from kg.model.spelling import NOT_XML
from kg.serving import negotiation as media
from kg.serving.reach import ReachError, refuse_reach, with_plain_names
from kg.store.sparql import names_dataset

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_UNKNOWN_FUNCTION = re.compile(r"custom function <([^<>]*)> is not supported")
_MOST_FUNCTIONS = 100
_RETRY_AFTER = 2
"""Seconds that a client is told to wait where there is no room."""

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
    """A whole result, or what went wrong as plain text; `status` is HTTP's.

    `retry_after` are the seconds after which there may be room for the query.
    """

    status: int
    media_type: str
    body: bytes
    retry_after: int | None = None


def refusal(status: int, message: str, *, retry_after: int | None = None) -> Answer:
    """An answer that says what is wrong."""
    return Answer(status, "text/plain; charset=utf-8", f"{message}\n".encode(), retry_after)


def busy(reason: str) -> Answer:
    """An answer that says that there is no room now, and when there may be."""
    return refusal(503, f"{reason}; try again in {_RETRY_AFTER} seconds", retry_after=_RETRY_AFTER)


def answer(store: ox.Store, request: QueryRequest, limits: Limits) -> Answer:
    """The answer to a query, whole or not at all."""
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
        ox.NamedNode(iri) for iri in request.default_graphs
    ]
    named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in request.named_graphs]
    chosen = bool(graphs or named)
    whole = not chosen and not names_dataset(request.text)
    # Graphs named by the request replace those of its query (SPARQL 1.1 Protocol, 2.1.4).
    is_here = (lambda _iri: True) if chosen else partial(_has_graph, store)
    try:
        refuse_reach(request.text, request.base, is_here)
        ask = partial(
            store.query,
            base_iri=request.base or None,
            use_default_graph_as_union=whole,
            default_graph=graphs if chosen else None,
            named_graphs=named if chosen else None,
        )
        try:
            results = _with_any_function(partial(ask, request.text))
        except SyntaxError:
            plain = with_plain_names(request.text)
            if plain == request.text:
                raise
            results = _with_any_function(partial(ask, plain))
        if isinstance(results, ox.QueryTriples):
            return _graph_answer(results, request.accept, limits)
        return _table_answer(results, request.accept, limits)
    except ReachError as error:
        return refusal(400, str(error))
    except SyntaxError as error:
        return refusal(400, f"not valid SPARQL: {' '.join(str(error.msg).split())}")
    except _TooLargeError as error:
        return refusal(422, f"the result has {error}; ask for less, for example with LIMIT")
    except (GraphError, _NotXmlError) as error:
        return refusal(406, str(error))
    except (RuntimeError, OSError, ValueError) as error:
        return refusal(400, f"the query cannot be run here: {error}")


def _with_any_function(ask: Callable[..., Results]) -> Results:
    """What a query gives, where a call of a function that nobody knows is an error of its row.

    So section 17.6 of SPARQL 1.1 has it; the engine would refuse the query.
    """
    unknown: dict[ox.NamedNode, Callable[..., None]] = {}
    while True:
        try:
            return ask(custom_functions=unknown)
        except (RuntimeError, ValueError) as error:
            found = _UNKNOWN_FUNCTION.search(str(error))
            if found is None or len(unknown) == _MOST_FUNCTIONS:
                raise
            unknown[ox.NamedNode(found[1])] = lambda *_: None


def _has_graph(store: ox.Store, iri: str) -> bool:
    try:
        return store.contains_named_graph(ox.NamedNode(iri))
    except ValueError:
        return False


class _TooLargeError(Exception):
    """The result is larger than allowed."""


class _NotXmlError(Exception):
    """A value has a character that XML cannot hold."""


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
    if chosen == media.XML_RESULTS:
        body = _as_xml(body)
    return Answer(200, chosen, body)


def _as_xml(body: bytes) -> bytes:
    """Results with their carriage returns, which XML keeps only escaped (XML, 2.11)."""
    if found := NOT_XML.search(body.decode()):
        raise _NotXmlError(f"XML cannot hold U+{ord(found[0]):04X}, which a value has; use JSON")
    return body.replace(b"\r", b"&#13;")


def _graph_answer(results: ox.QueryTriples, accept: str | None, limits: Limits) -> Answer:
    chosen = media.choose(accept, media.GRAPH_TYPES)
    if chosen is None:
        return _unacceptable(media.GRAPH_TYPES)
    triples = sorted(set(islice(results, limits.rows + 1)), key=str)
    if len(triples) > limits.rows:
        raise _TooLargeError(f"more than {limits.rows} triples")
    return Answer(200, chosen, to_bytes(triples, media.DUMP_FORMATS[chosen]))
