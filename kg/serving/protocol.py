"""The SPARQL 1.1 Protocol for a graph that can only be read.

https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-service-description/
"""

import asyncio
import re
from urllib.parse import parse_qs

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.export.dumps import to_bytes
from kg.export.graph import TYPE
from kg.serving import negotiation as media
from kg.serving.answering import Answer, QueryRequest, busy, refusal
from kg.serving.kept_answers import KeptAnswers
from kg.serving.sending import Outbox, Outgoing

LONGEST_QUERY = 1_000_000
"""Bytes of a request; a query of people is some hundreds."""

_PATIENCE = 20
"""Seconds in which a client has to send its query."""

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]*")
_SD = "http://www.w3.org/ns/sparql-service-description#"
_W3_FORMATS = "http://www.w3.org/ns/formats/"
_READ_ONLY = "this endpoint is read-only: updates are refused"


class _BadRequestError(Exception):
    """A request that is no query; `status` is HTTP's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def sparql(request: Request) -> Response:
    """Answers a request to the endpoint: a query, or none for the service description."""
    answers: KeptAnswers = request.app.state.answers
    try:
        if request.method != "POST" and not request.url.query:
            return _description(request)
        reply = await answers.answer(_query_request(request, await _parameters(request)))
    except _BadRequestError as error:
        reply = refusal(error.status, str(error))
    outbox: Outbox = request.app.state.outbox
    return to_response(reply if outbox.has_room(reply) else busy("too many answers wait"), outbox)


def to_response(reply: Answer, outbox: Outbox) -> Response:
    """The HTTP response of an answer, safe to be shown by a browser as what it is."""
    headers = {"Content-Type": reply.media_type, "Vary": "Accept", "Cache-Control": "no-cache"}
    if reply.media_type.startswith(("text/csv", "text/tab")):
        headers["Content-Type"] += "; charset=utf-8"
    if reply.retry_after is not None:
        headers["Retry-After"] = str(reply.retry_after)
    return Outgoing(reply, headers, outbox)


async def _parameters(request: Request) -> dict[str, list[str]]:
    """The parameters of a request in the three ways the protocol knows (section 2.1)."""
    parameters = _decode(request.url.query.encode())
    if request.method != "POST":
        return parameters
    body = await _body(request)
    media_type, _, options = request.headers.get("content-type", "").partition(";")
    charset = re.search(r"charset=\"?([\w-]+)", options)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise _BadRequestError(415, "send the query in UTF-8")
    match media_type.strip().lower():
        case "application/x-www-form-urlencoded":
            for name, values in _decode(body).items():
                parameters.setdefault(name, []).extend(values)
        case "application/sparql-query":
            try:
                parameters.setdefault("query", []).append(body.decode("utf-8"))
            except UnicodeDecodeError as error:
                raise _BadRequestError(400, "the query is not UTF-8") from error
        case "application/sparql-update":
            raise _BadRequestError(403, _READ_ONLY)
        case _:
            raise _BadRequestError(415, f"send a query as {_QUERY} or {_FORM}")
    return parameters


async def _body(request: Request) -> bytes:
    body = b""
    try:
        async with asyncio.timeout(_PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LONGEST_QUERY:
                    raise _BadRequestError(413, f"the request is larger than {LONGEST_QUERY} bytes")
    except TimeoutError as error:
        raise _BadRequestError(408, f"the query did not arrive in {_PATIENCE} seconds") from error
    return body


def _decode(encoded: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100
        )
    except ValueError as error:
        raise _BadRequestError(400, "the parameters are not URL-encoded UTF-8") from error


def _query_request(request: Request, parameters: dict[str, list[str]]) -> QueryRequest:
    accept = request.headers.get("accept")
    if "update" in parameters:
        raise _BadRequestError(403, _READ_ONLY)
    queries = parameters.get("query", [])
    if len(queries) != 1:
        raise _BadRequestError(400, f"send one query; there are {len(queries)}")
    graphs = [parameters.get(name, []) for name in ("default-graph-uri", "named-graph-uri")]
    for iri in (iri for iris in graphs for iri in iris):
        if not _IRI.fullmatch(iri):
            raise _BadRequestError(400, f"no absolute IRI of a graph: {iri!r}")
    if names := parameters.get("format"):
        if names[-1] not in media.NAMES:
            known = ", ".join(media.NAMES)
            raise _BadRequestError(406, f"no format is called {names[-1]!r}; use one of: {known}")
        accept = media.NAMES[names[-1]]
    request.state.query = queries[0]  # for the log, where the queries are asked for
    return QueryRequest(queries[0], _endpoint(request), tuple(graphs[0]), tuple(graphs[1]), accept)


def _endpoint(request: Request) -> str:
    return str(request.url.replace(query="", fragment=""))


def _description(request: Request) -> Response:
    """The service description; a browser is sent to the page where queries are written."""
    outbox: Outbox = request.app.state.outbox
    offered = (*media.GRAPH_TYPES, media.HTML)
    chosen = media.choose(request.headers.get("accept"), offered)
    if chosen is None:
        return to_response(
            refusal(406, f"the description comes as one of: {', '.join(media.GRAPH_TYPES)}"),
            outbox,
        )
    if chosen == media.HTML:
        return RedirectResponse(request.url_for("query"), 303, {"Vary": "Accept"})
    body = to_bytes(service_description(_endpoint(request)), media.DUMP_FORMATS[chosen])
    return to_response(Answer(200, chosen, body), outbox)


def service_description(endpoint: str) -> list[ox.Triple]:
    """What the endpoint at a URL can do, in the terms of SPARQL 1.1 Service Description."""
    service = ox.NamedNode(f"{endpoint}#service")
    dataset = ox.NamedNode(f"{endpoint}#dataset")
    graph = ox.NamedNode(f"{endpoint}#default-graph")

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SD + name)

    formats = (
        "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
        "Turtle", "N-Triples", "JSON-LD", "RDF_XML",
    )  # fmt: skip
    return [
        ox.Triple(dataset, TYPE, sd("Dataset")),
        ox.Triple(dataset, sd("defaultGraph"), graph),
        ox.Triple(graph, TYPE, sd("Graph")),
        ox.Triple(service, TYPE, sd("Service")),
        ox.Triple(service, sd("defaultDataset"), dataset),
        ox.Triple(service, sd("endpoint"), ox.NamedNode(endpoint)),
        ox.Triple(service, sd("feature"), sd("UnionDefaultGraph")),
        *(
            ox.Triple(service, sd("resultFormat"), ox.NamedNode(_W3_FORMATS + name))
            for name in formats
        ),
        ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
    ]
