"""Who is let in, what browsers are told, what is written down, and how a server stops."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

import kg.serving.application as application
from kg.serving.answering import Limits
from kg.serving.request_log import LogLevel
from kg.serving.visitors import Visitors, is_loopback, visitors_of

pytestmark = pytest.mark.server

SECRET = "SELECT * { ?geheim ?p ?o } LIMIT 1"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER (STRLEN(STR(?c)) > 1000) }"


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text("".join(f"<urn:{n}> <urn:p> {n} .\n" for n in range(900)))
    return path


def client_of(graph: Path, visitors: Visitors, log: LogLevel = LogLevel.NONE) -> TestClient:
    app = application.guarded(application.create_application(graph, Limits(5)), visitors, log)
    return TestClient(app, "http://127.0.0.1", raise_server_exceptions=False)


LOOPBACK = visitors_of("127.0.0.1", [], [], 0)
NAMED = visitors_of("127.0.0.1", ["Data.Example.NL"], ["https://app.example.nl"], 0)
PUBLIC = visitors_of("0.0.0.0", [], [], 0)
STRICT = visitors_of("0.0.0.0", ["data.example.nl"], ["https://app.example.nl"], 0)

# visitors, Host, other headers, status
REQUESTS = [
    (LOOPBACK, "127.0.0.1:8000", {}, 200),
    (LOOPBACK, "localhost", {}, 200),
    (LOOPBACK, "[::1]:8000", {}, 200),
    (LOOPBACK, "evil.example", {}, 421),
    (LOOPBACK, "127.0.0.1.evil.example", {}, 421),
    (LOOPBACK, "evil.example@127.0.0.1:x", {}, 400),
    (LOOPBACK, "", {}, 421),
    (LOOPBACK, "localhost", {"Origin": "http://localhost:3000"}, 200),
    (LOOPBACK, "localhost", {"Origin": "https://evil.example"}, 403),
    (LOOPBACK, "localhost", {"Origin": "https://localhost.evil.example"}, 403),
    (LOOPBACK, "localhost", {"Origin": "null"}, 403),
    (LOOPBACK, "localhost", {"Origin": "http://["}, 403),
    (LOOPBACK, "localhost", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
    (LOOPBACK, "localhost", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
    (LOOPBACK, "localhost", {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200),
    (NAMED, "data.example.nl", {}, 200),
    (NAMED, "DATA.example.nl:443", {"Origin": "https://app.example.nl"}, 200),
    (NAMED, "data.example.nl", {"Origin": "https://data.example.nl"}, 200),
    (NAMED, "data.example.nl", {"Origin": "http://app.example.nl"}, 403),
    (PUBLIC, "anything.example", {"Origin": "https://anywhere.example"}, 200),
    (PUBLIC, '"><script>', {}, 400),
    (PUBLIC, "", {}, 200),
    (STRICT, "anything.example", {}, 421),
    (STRICT, "data.example.nl", {"Origin": "https://anywhere.example"}, 403),
]


def test_hosts_and_origins(graph: Path) -> None:
    for visitors, host, headers, status in REQUESTS:
        # the workers are not needed, so the application is not started
        client = client_of(graph, visitors)
        reply = client.get("/health", headers={"Host": host, **headers})
        assert reply.status_code == status, (host, headers)
        shared = reply.headers.get("access-control-allow-origin")
        assert shared in ((None,) if status != 200 else (None, "*", headers.get("Origin"))), host
        if status == 200 and "Origin" in headers:
            assert shared in ("*", headers["Origin"])


def test_an_address_without_end_is_not_looked_up(graph: Path) -> None:
    client = client_of(graph, LOOPBACK)
    assert client.get("/id/" + "a/" * 900).status_code == 404
    assert client.get("/id/" + "a/" * 30_000).status_code == 414


def test_a_preflight_is_answered_for_those_who_may_ask(graph: Path) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-a"}
    client = client_of(graph, NAMED)
    allowed = client.options("/sparql", headers={"Origin": "https://app.example.nl", **asked})
    assert allowed.headers["access-control-allow-origin"] == "https://app.example.nl"
    assert allowed.headers["access-control-allow-headers"] == "x-a"
    refused = client.options("/sparql", headers={"Origin": "https://evil.example", **asked})
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True),
        ("0.0.0.0", False), ("::", False), ("192.168.1.2", False), ("data.example.nl", False),
    ],
)  # fmt: skip
def test_loopback(address: str, expected: bool) -> None:
    assert is_loopback(address) is expected


def test_a_client_that_asks_too_much_is_told_when_to_come_back(graph: Path) -> None:
    client = client_of(graph, Visitors(rate=3))
    replies = [client.get("/health") for _ in range(5)]
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429, 429]
    assert 1 <= int(replies[-1].headers["retry-after"]) <= 20


def test_every_response_has_the_headers(graph: Path) -> None:
    with client_of(graph, Visitors()) as client:
        for path, status, script in [
            ("/", 200, "'self' 'sha256-"),
            ("/query", 200, "'self' 'sha256-"),
            ("/sparql?query=ASK%7B%7D", 200, "sandbox"),
            ("/sparql?query=x", 400, "sandbox"),
            ("/nowhere", 404, ""),
            ("/health", 200, "sandbox"),
        ]:
            reply = client.get(path, headers={"Accept": "text/html, */*"})
            assert reply.status_code == status, path
            assert script in reply.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
            assert "unsafe-eval" not in reply.headers["content-security-policy"]
            assert reply.headers["x-content-type-options"] == "nosniff"
            assert reply.headers["referrer-policy"] == "no-referrer"
            assert "server" not in reply.headers


def test_a_fault_of_ours_shows_no_trace(
    graph: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(_: Request) -> None:
        raise RuntimeError("inside information")

    monkeypatch.setattr(application, "health", broken)
    reply = client_of(graph, Visitors(), LogLevel.REQUESTS).get("/health")
    assert (reply.status_code, reply.text) == (500, "Internal Server Error")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["status"] == 500


@pytest.mark.parametrize("level", LogLevel)
def test_what_is_written_down(
    graph: Path, level: LogLevel, capsys: pytest.CaptureFixture[str]
) -> None:
    with client_of(graph, Visitors(), level) as client:
        client.get("/sparql", params={"query": SECRET})
        client.post("/sparql", data={"query": SECRET})
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    if level is LogLevel.NONE:
        assert lines == []
        return
    assert [(one["method"], one["path"], one["status"]) for one in lines] == [
        ("GET", "/sparql", 200),
        ("POST", "/sparql", 200),
    ]
    assert [one.get("query") for one in lines] == (
        [SECRET, SECRET] if level is LogLevel.QUERIES else [None, None]
    )
    assert ("geheim" in json.dumps(lines)) is (level is LogLevel.QUERIES)


def test_a_server_that_is_stopped_finishes_what_was_asked(
    graph: Path, unused_port: Callable[[], int], root: Path
) -> None:
    port = unused_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", str(port)]
    server = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(200):
            try:
                httpx.get(f"{address}/health", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        replies: list[httpx.Response] = []
        asking = threading.Thread(
            target=lambda: replies.append(
                httpx.get(f"{address}/sparql", params={"query": HEAVY}, timeout=60, trust_env=False)
            )
        )
        asking.start()
        time.sleep(0.3)
        server.send_signal(signal.SIGTERM)
        asking.join()
        assert replies[0].status_code == 200
        _, written = server.communicate(timeout=20)
        assert "Traceback" not in written
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def policy_breaches(page: Any) -> list[str]:
    found: list[str] = []
    page.on(
        "console",
        lambda message: found.append(message.text) if "Content Security" in message.text else None,
    )
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.mark.browser
@pytest.mark.parametrize(
    "path", ["/", "/doc/set/2025Z10397", "/doc/person/barbara-kathmann", "/explorer", "/def"]
)
def test_the_pages_keep_to_their_policy(
    seed_server: str, page: Any, policy_breaches: list[str], path: str
) -> None:
    page.goto(seed_server + path)
    page.wait_for_function("performance.getEntriesByName('kg-ready').length > 0")
    assert policy_breaches == []


@pytest.mark.browser
def test_the_query_page_works_within_its_policy(
    seed_server: str, page: Any, policy_breaches: list[str]
) -> None:
    page.goto(f"{seed_server}/query")
    page.click("#run")
    page.wait_for_selector("#yasgui table td")
    assert policy_breaches == []
