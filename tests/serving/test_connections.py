"""Clients that send or read too slowly, or send without end, on a real connection."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serving import connections
from kg.serving.answering import Answer
from kg.serving.connections import MOST_HEAD_BYTES, BoundedProtocol
from kg.serving.sending import Outbox, Outgoing, Pieces

pytestmark = pytest.mark.server

LARGE = b"x" * 50_000_000
HEAD = b"GET /%s HTTP/1.1\r\nHost: a\r\n"


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message["body"]
        if not message["more_body"]:
            break
    answer = LARGE if scope["path"] == "/large" else b"%d bytes" % len(body)
    await Response(answer)(scope, receive, send)


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], socket.socket]]:
    monkeypatch.setattr(connections, "PATIENCE", 1.0)
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(Pieces(application), http=BoundedProtocol, log_level="critical")
    server = uvicorn.Server(config)
    running = threading.Thread(target=server.run, args=([listener],), daemon=True)
    running.start()

    def connected() -> socket.socket:
        return socket.create_connection(listener.getsockname(), timeout=20)

    yield connected
    server.should_exit = True
    running.join(20)


def received(connection: socket.socket) -> bytes:
    """All that comes until the other side ends the connection."""
    found = b""
    try:
        while piece := connection.recv(1 << 20):
            found += piece
    except ConnectionResetError:
        pass
    return found


def test_a_whole_answer_comes_in_pieces(connect: Callable[[], socket.socket]) -> None:
    with connect() as connection:
        connection.sendall(HEAD % b"large" + b"Connection: close\r\n\r\n")
        head, _, body = received(connection).partition(b"\r\n\r\n")
    assert body == LARGE
    assert b"content-length: %d" % len(LARGE) in head


def test_requests_of_usual_size_follow_one_another(connect: Callable[[], socket.socket]) -> None:
    with connect() as connection:
        for _ in range(5):
            connection.sendall(HEAD % b"" + b"X: " + b"a" * 30_000 + b"\r\n")
            connection.sendall(b"Content-Length: 500000\r\n\r\n" + b"b" * 500_000)
            assert b"500000 bytes" in connection.recv(65536)


@pytest.mark.parametrize(
    "endless",
    [
        b"GET /" + b"a" * 2 * MOST_HEAD_BYTES,
        HEAD % b"" + b"X: " + b"a" * 2 * MOST_HEAD_BYTES,
        HEAD % b"" + b"X: a\r\n" * MOST_HEAD_BYTES,
        HEAD % b"" + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
        + b"X: a\r\n" * MOST_HEAD_BYTES,
        HEAD % b"" + b"Transfer-Encoding: chunked\r\n\r\n" + b"1;" + b"a" * 2 * MOST_HEAD_BYTES,
    ],
    ids=["address", "header", "headers", "trailers", "chunk"],
)  # fmt: skip
def test_a_head_without_end_is_broken_off(
    connect: Callable[[], socket.socket], endless: bytes
) -> None:
    with connect() as connection:
        try:
            connection.sendall(endless)
        except (ConnectionResetError, BrokenPipeError):
            return
        assert b" bytes" not in received(connection)


@pytest.mark.parametrize("beginning", [b"", b"GET / HT", HEAD % b""])
def test_a_head_that_does_not_come_is_not_waited_for(
    connect: Callable[[], socket.socket], beginning: bytes
) -> None:
    with connect() as connection:
        connection.sendall(beginning)
        began = time.monotonic()
        assert received(connection) == b""
        assert time.monotonic() - began < 15


def test_who_does_not_read_is_cut_off(connect: Callable[[], socket.socket]) -> None:
    with connect() as connection:
        connection.sendall(HEAD % b"large" + b"\r\n")
        time.sleep(3)
        assert len(received(connection)) < len(LARGE)


def test_an_outbox_has_room_again_when_an_answer_is_sent_or_its_client_gone() -> None:
    outbox, seen = Outbox(100), list[bool]()
    small, large = Answer(200, "a/b", b"." * 60), Answer(200, "a/b", b"." * 600)

    def send(broken: bool) -> None:
        async def to_client(_: Message) -> None:
            seen.append(outbox.has_room(small))
            if broken:
                raise OSError("gone")

        response: ASGIApp = Outgoing(small, {}, outbox)
        asyncio.run(response({"type": "http"}, None, to_client))  # type: ignore[arg-type]

    assert outbox.has_room(large), "one alone is always sent"
    send(broken=False)
    with pytest.raises(OSError, match="gone"):
        send(broken=True)
    assert seen == [False, False, False]
    assert outbox.has_room(small)
