"""What a process of its own costs a query: `python -m tests.benchmarks.pool GRAPH`.

The same light queries are answered in turn in this process and through the pool of `kg serve`.
"""

import argparse
import asyncio
import statistics
import sys
import time
from pathlib import Path

from kg.serving.answering import Limits, QueryRequest, answer
from kg.serving.pool import QueryWorkers
from kg.store.embedded import open_graph

MOST = 5.0
"""Milliseconds that the pool may add to the median."""

_KG = "PREFIX kg: <https://w3id.org/kamergraaf/def#> "
QUERIES = (
    f"{_KG}SELECT (COUNT(*) AS ?n) {{ ?s a kg:QuestionSet }}",
    f"{_KG}SELECT ?s ?p {{ ?s kg:submittedBy ?p }} LIMIT 100",
    f"{_KG}SELECT ?text {{ ?q kg:number 3 ; kg:text ?text }} ORDER BY ?q LIMIT 20",
    f"{_KG}ASK {{ ?a kg:refersTo ?b }}",
)


async def measure(graph: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of each query in this process, and of the same through the pool."""
    store, limits = open_graph(graph), Limits()
    pool = QueryWorkers(graph, limits, count=2, slow=2)
    await pool.start()
    here, there = [], []
    try:
        for number in range(rounds + 20):
            request = QueryRequest(QUERIES[number % len(QUERIES)], "", accept=None)
            began = time.perf_counter()
            expected = answer(store, request, limits)
            between = time.perf_counter()
            found = await pool.answer(request)
            ended = time.perf_counter()
            assert found == expected
            if number >= 20:
                here.append(between - began)
                there.append(ended - between)
    finally:
        pool.end()
    return here, there


def main() -> int:
    """Prints both medians in milliseconds; 1 where they are more than `MOST` apart."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.pool")
    parser.add_argument("graph", type=Path, help="a folder that `kg build` wrote")
    parser.add_argument("--rounds", type=int, default=2000)
    options = parser.parse_args()
    here, there = asyncio.run(measure(options.graph, options.rounds))
    own, pooled = (statistics.median(times) * 1000 for times in (here, there))
    print(f"p50 in this process {own:.2f} ms, through the pool {pooled:.2f} ms")
    print(f"the pool adds {pooled - own:.2f} ms (bar: {MOST:g} ms)")
    return int(pooled - own >= MOST)


if __name__ == "__main__":
    sys.exit(main())
