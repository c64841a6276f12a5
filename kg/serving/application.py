"""The web application: endpoint, pages and health around one graph."""

import os
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kg import __version__
from kg.errors import UsageError
from kg.export.graph import ExportGraph
from kg.export.pages import Pages
from kg.export.stored_things import StoredThings
from kg.export.things import Things
from kg.serving.addresses import (
    ASSETS,
    DESCRIPTION,
    ONTOLOGY,
    SEARCH,
    YASGUI,
    ServedAddresses,
)
from kg.serving.answering import Limits
from kg.serving.connections import BoundedProtocol
from kg.serving.headers import SecurityHeaders
from kg.serving.kept_answers import KeptAnswers
from kg.serving.names import NamesInMaking
from kg.serving.ontology import OntologyPages
from kg.serving.openapi import openapi
from kg.serving.pages import ThingPages
from kg.serving.pool import QueryWorkers
from kg.serving.protocol import sparql
from kg.serving.request_log import LogLevel, RequestLog
from kg.serving.searching import Searching
from kg.serving.sending import Outbox, Pieces
from kg.serving.visitors import Doorkeeper, Visitors

_MOST_CONNECTIONS = 1000
_MOST_OUTGOING = 4
"""Of the largest answers, how many may wait for clients to read them."""


def create_application(graph: Path, limits: Limits) -> Starlette:
    """The application for the graph at a path; its queries run in two processes a core.

    Raises GraphError where the graph cannot be loaded.
    """
    opened = ExportGraph.open(graph)
    explorer = graph / "graph.html"
    stored = StoredThings(opened)
    pages = Pages(Things(opened.base, stored))
    addresses = ServedAddresses(explorer.is_file())
    names = NamesInMaking(stored)
    things = ThingPages(stored, names, pages, addresses, explorer if explorer.is_file() else None)
    searching = Searching(graph, stored, names, pages, addresses)
    ontology = OntologyPages(opened.store)
    processors = max(2, os.cpu_count() or 1)
    workers = QueryWorkers(graph, limits, count=6 * processors, slow=2 * processors)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            await workers.start()
            yield
        finally:
            workers.end()

    application = Starlette(
        routes=[
            Route("/", things.index),
            Route("/id/{local:path}", things.thing),
            Route("/doc/{local:path}", things.document),
            *(
                Route(path, lambda request: ontology.thing(request) or things.missing(request))
                for path in ("/def", "/def/{version}", "/shapes", "/shapes/{version}")
            ),
            Route(
                ONTOLOGY + "{file:path}",
                lambda request: ontology.file(request) or things.missing(request),
            ),
            Route(DESCRIPTION, things.description),
            Route("/query", things.query, name="query"),
            Route(SEARCH, searching.search),
            Mount(ASSETS, StaticFiles(packages=[("kg.export", "assets")])),
            Mount(YASGUI, StaticFiles(packages=[("kg.serving", "yasgui")])),
            Route("/openapi.json", lambda _: JSONResponse(openapi())),
            Route("/explorer", things.explorer),
            Route("/sparql", sparql, methods=["GET", "POST"], name="sparql"),
            Route("/sparql/", sparql, methods=["GET", "POST"]),
            Route("/health", health),
        ],
        exception_handlers={404: lambda request, _: things.missing(request)},
        lifespan=lifespan,
    )
    application.state.answers = KeptAnswers(workers)
    application.state.outbox = Outbox(_MOST_OUTGOING * limits.result_bytes)
    return application


def guarded(application: ASGIApp, visitors: Visitors, log: LogLevel) -> ASGIApp:
    """The application with its doorkeeper, security headers and log of requests."""
    return RequestLog(SecurityHeaders(Doorkeeper(Pieces(application), visitors)), log, _write_line)


def run_server(
    graph: Path,
    host: str,
    port: int,
    limits: Limits,
    announce: Callable[[str], None],
    *,
    visitors: Visitors,
    log: LogLevel,
    proxy: str | None = None,
) -> None:
    """Serve the graph at a path until the process is told to stop; then finish what is asked.

    `announce` is told the address; `proxy` is the address whose word on clients is taken
    (X-Forwarded-For, X-Forwarded-Proto). Raises GraphError where the graph cannot be loaded,
    UsageError where the address cannot be listened on.
    """
    application = guarded(create_application(graph, limits), visitors, log)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only on sockets that name their protocol
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(
            f"cannot listen on {host} port {port}: {error}; choose another with --port"
        ) from error
    address = f"[{host}]" if ":" in host else host
    announce(f"serving {graph} at http://{address}:{listener.getsockname()[1]}/ (Ctrl-C stops)")
    config = uvicorn.Config(
        application,
        http=BoundedProtocol,
        ws="none",
        log_level="warning",
        server_header=False,
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=int(limits.seconds) + 5,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _write_line(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


async def health(_: Request) -> Response:
    """Says that the server answers."""
    return JSONResponse({"status": "ok", "version": __version__})
