"""What is attacked, and what listens: servers of ours on loopback, and one that should not hear."""

import http.server
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, free_port

KG = [sys.executable, "-m", "kg"]


def kg(*arguments: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the command in the project's folder; it may take a minute."""
    return subprocess.run(
        [*KG, *map(str, arguments)],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def build_seeds(folder: Path) -> Path:
    """Builds the graph of the seeds in a folder and returns it."""
    done = kg("build", "seeds", "--out", folder, "--quiet")
    assert done.returncode == 0, done.stderr
    return folder


@contextmanager
def running(command: list[str], url: str, seconds: float = 30) -> Iterator[subprocess.Popen[bytes]]:
    """A server in the block, from when its URL answers."""
    server = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + seconds
        while True:
            try:
                urllib.request.urlopen(url, timeout=5).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                assert server.poll() is None, f"{command} ended with {server.returncode}"
                assert time.monotonic() < deadline, f"{command} does not answer"
                time.sleep(0.05)
        yield server
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextmanager
def kg_server(graph: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a `kg serve` of a graph, and its process."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [*KG, "serve", str(graph), "--port", str(port), "--log", "none", *options]
    with running(command, f"{address}/health") as server:
        yield address, server


@contextmanager
def oxigraph() -> Iterator[str]:
    """The address of an empty Oxigraph server."""
    address = f"127.0.0.1:{free_port()}"
    binary = Path(sys.executable).with_name("oxigraph")
    with running([str(binary), "serve", "--bind", address], f"http://{address}/"):
        yield f"http://{address}"


class Listener(http.server.ThreadingHTTPServer):
    """A server that nothing may call: it remembers every connection, and would answer well."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Welcoming)
        self.calls: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"

    def get_request(self) -> Any:
        """Remembers a connection before anything is said."""
        request, client = super().get_request()
        self.calls.append(f"a connection from {client}")
        return request, client


class _Welcoming(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/redirect"):
            self.send_response(302)
            self.send_header("Location", "/sparql")
            self.end_headers()
            return
        body, media_type = {
            "/context": (b'{"@context": {"a": "urn:leaked"}}', "application/ld+json"),
            "/data": (b'<urn:leaked> <urn:leaked> "leaked" .', "text/turtle"),
        }.get(
            self.path.partition("?")[0],
            (
                b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri",'
                b'"value":"urn:leaked"}}]}}',
                "application/sparql-results+json",
            ),
        )
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None: ...
