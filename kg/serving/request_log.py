"""A line of JSON for every request: what was asked for and what became of it.

Neither queries nor the addresses of clients are in it, unless the queries are asked for.
"""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class LogLevel(StrEnum):
    """What is written down of requests."""

    NONE = "none"
    REQUESTS = "requests"
    QUERIES = "queries"


class RequestLog:
    """Writes a line for every request when its response is sent, or breaks off."""

    def __init__(self, app: ASGIApp, level: LogLevel, write: Callable[[str], None]) -> None:
        self._app = app
        self._level = level
        self._write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or self._level is LogLevel.NONE:
            return await self._app(scope, receive, send)
        began = time.perf_counter()
        status, sent, whole = 500, 0, False

        async def send_counted(message: Message) -> None:
            nonlocal status, sent, whole
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
                whole = not message.get("more_body", False)
            await send(message)

        try:
            await self._app(scope, receive, send_counted)
        finally:
            line = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "bytes": sent,
                "ms": round((time.perf_counter() - began) * 1000, 1),
            }
            if not whole:
                line["broken_off"] = True
            query = scope.get("state", {}).get("query")
            if self._level is LogLevel.QUERIES and query is not None:
                line["query"] = query
            self._write(json.dumps(line, ensure_ascii=True))
