"""Runs one query of anybody's on a graph here, closed to everything outside the graph."""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.querying.catalogue import Query
from kg.querying.results import Results
from kg.serving.answering import Limits, QueryRequest
from kg.serving.negotiation import JSON_RESULTS, N_TRIPLES
from kg.serving.worker import ask_alone

_GIB = 1024 * 1024 * 1024


def run_confined(
    query: Query, values: Mapping[str, str], graph: Path, *, seconds: float
) -> Results:
    """As `run_embedded`, in a process that reaches nothing else and is stopped after `seconds`.

    `graph` may be `-`, Turtle on stdin. Raises QueryError where the query does not parse, reaches
    for something outside, or needs too much; GraphError where there is no graph.
    """
    limits = Limits(seconds, rows=10_000_000, result_bytes=_GIB, memory_bytes=4 * _GIB)
    request = QueryRequest(query.bound(values), "", accept=f"{JSON_RESULTS}, {N_TRIPLES}")
    if str(graph) == "-":
        with tempfile.NamedTemporaryFile(suffix=".ttl") as kept:
            kept.write(sys.stdin.buffer.read())
            kept.flush()
            reply = ask_alone(Path(kept.name), request, limits)
    else:
        reply = ask_alone(graph, request, limits)
    if reply.status != 200:
        raise QueryError(f"{query.name}: {reply.body.decode().strip()}")
    if reply.media_type == N_TRIPLES:
        return iter([quad.triple for quad in ox.parse(reply.body, ox.RdfFormat.N_TRIPLES)])
    return ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)
