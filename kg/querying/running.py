"""Runs a query where the graph is: in a file, or behind an endpoint."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.querying.catalogue import Query, find_query, parse_query, read_query
from kg.querying.results import Results
from kg.store.embedded import open_graph
from kg.store.remote import DEFAULT_TIMEOUT, Endpoint
from kg.store.sparql import names_dataset


def is_foreign(name: str) -> bool:
    """Whether `name` stands for a query of the user's: a file, or `-` for stdin."""
    return name == "-" or name.endswith(".rq") or "/" in name


def read_any_query(name: str) -> Query:
    """The query that `name` stands for: a file, `-` for stdin, or one of the catalogue.

    What ends in `.rq` or holds a slash is a file. Raises QueryError where there is none or its
    header is wrong.
    """
    if name == "-":
        try:
            return parse_query(sys.stdin.buffer.read().decode("utf-8"), "stdin")
        except UnicodeDecodeError as error:
            raise QueryError(f"stdin: the query is not UTF-8: {error}") from error
    if is_foreign(name):
        return read_query(Path(name))
    return find_query(name)


def run_embedded(query: Query, values: Mapping[str, str], graph: Path | ox.Store) -> Results:
    """The results of a query on a store, an RDF file, or a folder that holds graph.ttl.

    Named graphs count as part of the graph. Raises QueryError where the query does not parse or
    a value does not fit, GraphError where there is no graph.
    """
    text = query.bound(values)
    store = graph if isinstance(graph, ox.Store) else open_graph(graph)
    try:
        return store.query(text, use_default_graph_as_union=not names_dataset(text))
    except SyntaxError as error:
        message = " ".join(str(error.msg).split())
        raise QueryError(f"{query.name}: not valid SPARQL: {message}", line=error.lineno) from error
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryError(f"{query.name}: cannot be run: {error}") from error


def run_remote(
    query: Query, values: Mapping[str, str], endpoint: str, *, timeout: float = DEFAULT_TIMEOUT
) -> Results:
    """The results of a query on a SPARQL 1.1 endpoint; `timeout` in seconds.

    Raises QueryError where the endpoint rejects the query or a value does not fit, EndpointError
    where it does not answer well.
    """
    return Endpoint(endpoint, timeout=timeout).query(query.bound(values), query.name)
