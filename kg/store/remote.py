"""Queries to SPARQL 1.1 endpoints over HTTP: the only place that knows SPARQLWrapper."""

import ast
import warnings
from collections.abc import Iterator
from http.client import HTTPException, IncompleteRead
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import pyoxigraph as ox
from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from kg import __version__
from kg.errors import EndpointError, QueryError, UsageError
from kg.store.sparql import form_of

DEFAULT_TIMEOUT = 30.0
"""Seconds to wait for an endpoint."""

USER_AGENT = f"kamergraaf/{__version__} (https://w3id.org/kamergraaf)"
LONGEST_GET = 2000
"""Characters of a query that still travels in the URL; servers commonly refuse beyond 8 KB."""
MOST_BYTES = 512 * 1024 * 1024
"""Of an answer, which is taken into memory."""

_READING = {"SELECT": JSON, "ASK": JSON, "CONSTRUCT": TURTLE, "DESCRIBE": TURTLE}


class Endpoint:
    """A SPARQL 1.1 endpoint at `url`, asked with `timeout` seconds of patience a request."""

    def __init__(self, url: str, *, timeout: float = DEFAULT_TIMEOUT) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"{url!r} is no endpoint; give a URL such as http://host/sparql")
        self.url = url
        self.timeout = timeout
        self._address = urlunsplit(parts._replace(query="", fragment=""))
        self._parameters = parse_qsl(parts.query)

    def query(
        self, text: str, name: str = "query"
    ) -> ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]:
        """The results of a reading query.

        Raises QueryError where the query is no reading one or the endpoint rejects it,
        EndpointError where the endpoint refuses, times out or sends something else than results.
        """
        form = form_of(text)
        if form not in _READING:
            known = ", ".join(_READING)
            raise QueryError(f"{name}: begins with {form or 'nothing'}; only {known} are sent")
        wrapper: Any = SPARQLWrapper(self._address, agent=USER_AGENT)
        for parameter, value in self._parameters:
            wrapper.addParameter(parameter, value)
        # urllib takes fractions of seconds, the wrapper's own setter cuts them off
        wrapper.timeout = self.timeout
        wrapper.setOnlyConneg(True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            wrapper.setQuery(text)
        # the wrapper takes a word anywhere in the text for the form
        wrapper.queryType = form
        wrapper.setReturnFormat(_READING[form])
        wrapper.setMethod(GET if len(text) <= LONGEST_GET else POST)
        body, media_type = self._ask(wrapper, name)
        results = self._read(body, media_type, graph=_READING[form] == TURTLE)
        if form == "ASK" and isinstance(results, ox.QuerySolutions):
            return _truth_of(results)
        return results

    def _ask(self, wrapper: Any, name: str) -> tuple[bytes, str]:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                response = wrapper.query().response
            with response:
                body: bytes = response.read(MOST_BYTES + 1)
            if len(body) > MOST_BYTES:
                raise EndpointError(f"{self.url} sends more than {MOST_BYTES} bytes; ask for less")
            if response.length:
                # a limited read does not tell of an end that comes too early
                raise IncompleteRead(body, response.length)
            return body, response.headers.get_content_type()
        except QueryBadFormed as error:
            raise QueryError(f"{name}: {self.url} rejects the query: {_gist(error)}") from error
        except SPARQLWrapperException as error:
            raise EndpointError(f"{self.url} failed: {_gist(error)}; is it the address?") from error
        except HTTPError as error:
            raise EndpointError(f"{self.url} answered {error.code} {error.reason}") from error
        except TimeoutError as error:
            raise self._silent() from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._silent() from error
            raise EndpointError(
                f"{self.url} cannot be reached: {error.reason}; is the server running?"
            ) from error
        except (OSError, HTTPException) as error:
            reason = _gist(error) or type(error).__name__
            raise EndpointError(f"{self.url} broke off: {reason}") from error

    def _silent(self) -> EndpointError:
        return EndpointError(
            f"{self.url} gave no answer within {self.timeout:g} s; raise --timeout or ask less"
        )

    def _read(
        self, body: bytes, media_type: str, *, graph: bool
    ) -> ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]:
        try:
            if not graph:
                return ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
            form = ox.RdfFormat.from_media_type(media_type)
            if form is None:
                raise ValueError(f"it is {media_type}")
            return iter([quad.triple for quad in ox.parse(body, form)])
        except (SyntaxError, ValueError) as error:
            begin = body[:60].decode("utf-8", "replace").strip()
            raise EndpointError(
                f"{self.url} sent no SPARQL results but {media_type} ({begin!r}); "
                "is it a SPARQL endpoint?"
            ) from error


def _truth_of(rows: ox.QuerySolutions) -> ox.QueryBoolean:
    """The truth that a store wrote as a row, or as none at all (Virtuoso 7 in JSON)."""
    found = any(
        cell is not None and cell.value not in ("0", "false") for row in rows for cell in row
    )
    body = b'{"head":{},"boolean":%s}' % (b"true" if found else b"false")
    truth = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    assert isinstance(truth, ox.QueryBoolean)
    return truth


def _gist(error: Exception) -> str:
    """What a server says, in one line, without the wrapper's words around it."""
    words, _, response = str(error).partition("Response:\n")
    if response:
        words = bytes(ast.literal_eval(response)).decode("utf-8", "replace")
    return " ".join(words.split())[:200]
