"""Connections of clients that send or read too slowly, or send too much around their requests.

The web server bounds neither: not the lines above a request's body, nor the time that they take,
nor the time that a client takes to read its answer.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 64 * 1024
"""Bytes of a request beside its body: its first line, headers, and what frames the body."""

PATIENCE = 20.0
"""Seconds in which a client has to send the head of a request, or to read a piece of an answer."""


class BoundedProtocol(HttpToolsProtocol):
    """Breaks off a connection that oversteps a bound, so that it holds neither memory nor room."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._around = 0
        self._sending: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The first head may begin."""
        super().connection_made(transport)
        self._sending = self._patience()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        _stop(self._sending)
        _stop(self._reading)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Reads on, unless this was too much."""
        self._around += len(data)
        super().data_received(data)
        if self._around > MOST_HEAD_BYTES:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """A head begins."""
        _stop(self._sending)
        self._sending = self._patience()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """A head is whole."""
        _stop(self._sending)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """How long a body may be is told by those who read it."""
        self._around -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The next request has the same room."""
        self._around = 0
        super().on_message_complete()

    def pause_writing(self) -> None:
        """The client has to read before more is sent."""
        super().pause_writing()
        self._reading = self._patience()

    def resume_writing(self) -> None:
        """The client has read."""
        _stop(self._reading)
        super().resume_writing()

    def _patience(self) -> asyncio.TimerHandle:
        return self.loop.call_later(PATIENCE, self.transport.abort)


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
