"""A hundred clients at once, some of them with heavy queries: no wrong or cut answer, no wait."""

import asyncio
import random
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.attacks.heavy_queries import queries
from tests.attacks.outcome import Outcome
from tests.attacks.targets import build_seeds, kg_server

TITLE = "100 concurrent clients mixed with heavy ones"
BAR = "0 wrong results, 0 truncated 200s, p99 of light queries < 500 ms, memory back"

_CLIENTS = 100
_HEAVY_EVERY = 10
"""Of so many clients one asks heavy queries."""

_PAUSE = (0.5, 1.5)
"""Seconds that a client reads before it asks again."""

_P99 = 0.5
_MEMORY_MORE = 32
"""MiB by which processes differ in what they have touched."""

_LIGHT = [
    "PREFIX kg: <https://w3id.org/kamergraaf/def#> " + text
    for text in (
        "SELECT (COUNT(*) AS ?n) { ?s a kg:Question }",
        "SELECT ?s ?t { ?s a kg:QuestionSet ; <http://purl.org/dc/terms/title> ?t } ORDER BY ?s",
        "SELECT ?p (COUNT(*) AS ?n) { ?s kg:submittedBy ?p } GROUP BY ?p ORDER BY DESC(?n) ?p",
        "SELECT ?x { ?q kg:number 3 ; kg:text ?x } ORDER BY ?x",
        "ASK { ?a kg:refersTo ?b }",
        "DESCRIBE <https://w3id.org/kamergraaf/id/set/2025Z10397>",
        "SELECT ?l { ?p a kg:Party ; <http://www.w3.org/2000/01/rdf-schema#label> ?l } ORDER BY ?l",
    )
]


@dataclass
class _Seen:
    seconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def attack(*, brief: bool) -> Outcome:
    """Lets them ask for two minutes, or for a quarter of one."""
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as name:
        graph = build_seeds(Path(name) / "build")
        with kg_server(graph, "--timeout", "3") as (address, server):
            seen, before, after = asyncio.run(_crowd(address, server.pid, 15 if brief else 120))
            outcome.expect(server.poll() is None, "the server ended")
    outcome.tried += len(seen.seconds)
    outcome.failures += seen.wrong
    seen.seconds.sort()
    p99 = seen.seconds[int(len(seen.seconds) * 0.99)]
    outcome.expect(p99 < _P99, f"p99 of light queries is {p99 * 1000:.0f} ms")
    outcome.expect(after < before + _MEMORY_MORE, f"memory went from {before} to {after} MiB")
    outcome.figures = {
        "light": len(seen.seconds),
        "p50": f"{statistics.median(seen.seconds) * 1000:.0f} ms",
        "p99": f"{p99 * 1000:.0f} ms",
        "statuses": dict(seen.statuses),
        "MiB": f"{before} before, {after} after",
    }
    return outcome


async def _crowd(address: str, server: int, seconds: float) -> tuple[_Seen, int, int]:
    seen = _Seen()
    first = _Client(address)
    expected = {text: (await first.ask(text)).body for text in _LIGHT}
    # every process has answered, so the memory of a server at work is known
    await asyncio.gather(*(_Client(address).ask(text) for text in _LIGHT * 10))
    before = _memory(server)
    end = time.monotonic() + seconds
    await asyncio.gather(
        *(
            _ask_heavy(_Client(address), end, seen, random.Random(number))
            if number % _HEAVY_EVERY == 0
            else _ask_light(_Client(address), end, seen, expected, random.Random(number))
            for number in range(_CLIENTS)
        )
    )
    await asyncio.sleep(5)
    await asyncio.gather(*(_Client(address).ask(text) for text in _LIGHT * 10))
    return seen, before, _memory(server)


async def _ask_light(
    client: "_Client", end: float, seen: _Seen, expected: dict[str, bytes], chance: random.Random
) -> None:
    while time.monotonic() < end:
        await asyncio.sleep(chance.uniform(*_PAUSE))
        text = chance.choice(list(expected))
        began = time.monotonic()
        reply = await client.ask(text)
        seen.seconds.append(time.monotonic() - began)
        seen.statuses[f"light {reply.status}"] += 1
        if not reply.whole:
            seen.wrong.append(f"a cut answer to {text[-60:]}")
        elif reply.status == 200 and reply.body != expected[text]:
            seen.wrong.append(f"another answer to {text[-60:]}: {reply.body[:80]!r}")
        elif reply.status not in (200, 503) or (reply.status == 503 and not reply.retry_after):
            seen.wrong.append(f"{reply.status}: {reply.body[:80]!r}")
        elif reply.status == 503:
            seen.statuses[reply.body.decode()] += 1


async def _ask_heavy(client: "_Client", end: float, seen: _Seen, chance: random.Random) -> None:
    heavy = list(queries())
    while time.monotonic() < end:
        await asyncio.sleep(chance.uniform(*_PAUSE))
        what, text = chance.choice(heavy)
        reply = await client.ask(text)
        seen.statuses[f"heavy {reply.status}"] += 1
        if not reply.whole:
            seen.wrong.append(f"a cut answer to {what}")
        await asyncio.sleep(reply.retry_after)


@dataclass
class _Reply:
    status: int
    body: bytes
    whole: bool
    retry_after: float


class _Client:
    """A client on a connection of its own, quicker than the libraries and so no bottleneck."""

    def __init__(self, address: str) -> None:
        self._host, _, port = address.removeprefix("http://").partition(":")
        self._port = int(port)
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, text: str) -> _Reply:
        """The reply to a query; not whole where the line broke."""
        for _ in range(2):
            fresh = self._line is None
            if self._line is None:
                self._line = await asyncio.open_connection(self._host, self._port)
            try:
                return await self._ask(*self._line, text.encode())
            except (OSError, EOFError):
                self._line = None  # the server ends connections that were quiet for long
                if fresh:
                    break
        return _Reply(0, b"", whole=False, retry_after=0)

    async def _ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes
    ) -> _Reply:
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: {self._host}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/sparql-query\r\n\r\n"
        )
        writer.write(head.encode() + body)
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines if line)
        found = await reader.readexactly(int(headers["content-length"]))
        return _Reply(int(first.split()[1]), found, True, float(headers.get("retry-after", 0)))


def _memory(server: int) -> int:
    """MiB that the server and its processes have to themselves."""
    process = psutil.Process(server)
    family = [process, *process.children(recursive=True)]
    return sum(one.memory_full_info().uss for one in family) // 2**20
