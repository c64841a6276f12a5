"""Answers on their way to clients: in pieces, and not too many bytes of them at once."""

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serving.answering import Answer

_PIECE = 256 * 1024
"""Bytes that a client has to read before its patience begins anew."""


class Pieces:
    """Sends bodies in pieces, so that it can be told whether a client reads on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_in_pieces(message: Message) -> None:
            whole = memoryview(message.get("body", b""))
            for end in range(_PIECE, len(whole), _PIECE):
                piece = bytes(whole[end - _PIECE : end])
                await send({**message, "body": piece, "more_body": True})
            if len(whole) > _PIECE:
                message = {**message, "body": bytes(whole[(len(whole) - 1) // _PIECE * _PIECE :])}
            await send(message)

        await self._app(scope, receive, send_in_pieces)


class Outbox:
    """Room for `most` bytes of answers that clients have not read; `held` are taken now."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held = 0

    def has_room(self, reply: Answer) -> bool:
        """Whether an answer can be sent now; one alone always can."""
        return not self.held or self.held + len(reply.body) <= self.most


class Outgoing(Response):
    """A response that takes room in an outbox until it is sent, or its client is gone."""

    def __init__(self, reply: Answer, headers: dict[str, str], outbox: Outbox) -> None:
        super().__init__(reply.body, reply.status, headers)
        self._outbox = outbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        self._outbox.held += len(self.body)
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._outbox.held -= len(self.body)
