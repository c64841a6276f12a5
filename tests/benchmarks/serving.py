"""How long `kg serve` lets people wait: python -m tests.benchmarks.serving [GRAPH].

Each client keeps one connection and asks for the next thing as soon as it has the last: pages,
data in each format, redirects, a search for what is not there, and named queries of the catalogue.
The clients are one process of their own. Printed are the waiting times, and the processor time of
the server a request, which other work on the machine does not change.
"""

import argparse
import asyncio
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil

from kg.export.graph import ExportGraph
from kg.export.stored_things import StoredThings
from kg.querying.catalogue import find_query
from tests.conftest import free_port, wait_until_served

QUERIES = ("sets", "submitters", "late-answers", "motions", "mentions-of", "topics")
NEW = "# {number}"
"""A comment with a number in it, so that no two queries are the same."""

FORMATS = (".ttl", ".nt", ".jsonld", ".rdf", "")


@dataclass
class Measured:
    """Waiting times in seconds by kind of request, and answers that were not as they should be."""

    waits: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)


def requests_for(graph: ExportGraph) -> list[tuple[str, str, str]]:
    """Kind, path and expected status of what is asked for, in no order."""
    found: list[tuple[str, str, str]] = [("index", "/", "200"), ("ontology", "/ontology/", "200")]
    for local in StoredThings(graph).wholes():
        found.append(("redirect", f"/id/{quote(local)}", "303"))
        found += [
            ("page" if not ending else "data", f"/doc/{quote(local)}{ending}", "200")
            for ending in FORMATS
        ]
    found.append(("missing", "/id/person/kathman", "404"))
    # a fifth of all requests are queries: half of them those of the catalogue, half new ones
    for number in range(len(found) // 8):
        text = find_query(QUERIES[number % len(QUERIES)]).text
        found.append(("query", f"/sparql?query={quote(text)}", "200"))
        found.append(("new query", f"/sparql?query={quote(text + NEW)}", "200"))
    return found


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> str:
    """The status of the answer to one request, read whole."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    await reader.readexactly(length)
    return head.split(b" ", 2)[1].decode()


async def client(
    port: int, wanted: list[tuple[str, str, str]], until: float, seed: int, measured: Measured
) -> None:
    """One client: asks for things at random until the time is up."""
    choice = random.Random(seed)
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
    while time.monotonic() < until:
        kind, path, expected = choice.choice(wanted)
        began = time.perf_counter()
        status = await ask(reader, writer, path.replace("%7Bnumber%7D", str(choice.random())))
        measured.waits.setdefault(kind, []).append(time.perf_counter() - began)
        if status != expected:
            measured.errors[f"{status} for {path[:80]}"] += 1
    writer.close()


async def load(port: int, graph: ExportGraph, clients: int, seconds: float) -> Measured:
    """What `clients` clients met in `seconds`."""
    measured, wanted = Measured(), requests_for(graph)
    until = time.monotonic() + seconds
    await asyncio.gather(*(client(port, wanted, until, n, measured) for n in range(clients)))
    return measured


def processor_time(server: psutil.Process) -> float:
    """Seconds of processor time of a process and its children."""
    times = [one.cpu_times() for one in (server, *server.children(recursive=True))]
    return float(sum(one.user + one.system for one in times))


def at(waits: list[float], share: float) -> float:
    """The wait in milliseconds that a share of requests did not exceed."""
    return 1000 * sorted(waits)[min(len(waits) - 1, int(share * len(waits)))]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph", nargs="?", type=Path, default=Path("build"))
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    graph, port = ExportGraph.open(asked.graph), free_port()
    command = [sys.executable, "-m", "kg", "serve", str(asked.graph), "--port", str(port)]
    # it writes a line a request there
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_until_served(f"http://127.0.0.1:{port}/health", server)
        process = psutil.Process(server.pid)
        asyncio.run(load(port, graph, 1, 3))
        before = processor_time(process)
        measured = asyncio.run(load(port, graph, asked.clients, asked.seconds))
        used = processor_time(process) - before
    finally:
        server.terminate()
        server.wait()
    every = [wait for waits in measured.waits.values() for wait in waits]
    for kind, waits in [*sorted(measured.waits.items()), ("all", every)]:
        print(
            f"{kind:10} {len(waits):7} requests, waits in ms: median {at(waits, 0.5):.0f}, "
            f"p95 {at(waits, 0.95):.0f}, p99 {at(waits, 0.99):.0f}, most {1000 * max(waits):.0f}"
        )
    print(
        f"{len(every) / asked.seconds:.0f} requests/s, {1000 * used / len(every):.2f} ms of "
        f"processor a request, {sum(measured.errors.values())} errors"
    )
    for error, count in measured.errors.most_common(5):
        print(f"  {count} × {error}")


if __name__ == "__main__":
    main()
