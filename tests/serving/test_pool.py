"""Quick queries beside heavy ones: who waits, who is sent away, and what is replaced."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from kg.errors import GraphError
from kg.serving.answering import Answer, Limits, QueryRequest
from kg.serving.pool import QueryWorkers
from tests.serving.loop import outcome_of

pytestmark = pytest.mark.server

QUICK = QueryRequest("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "http://x.example/")
ENDLESS = QueryRequest(
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }",
    "http://x.example/",
)


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text("".join(f"<urn:{n}> <urn:p> {n} .\n" for n in range(300)))
    return path


@asynccontextmanager
async def pool(
    graph: Path, seconds: float, count: int = 1, waiting: int = 5
) -> AsyncIterator[QueryWorkers]:
    workers = QueryWorkers(graph, Limits(seconds), count, count, waiting)
    await workers.start()
    try:
        yield workers
    finally:
        workers.end()


def test_quick_queries_do_not_wait_for_heavy_ones(graph: Path) -> None:
    async def run() -> tuple[list[Answer], Answer, Answer]:
        async with pool(graph, 4) as workers:
            heavy = asyncio.create_task(workers.answer(ENDLESS))
            await asyncio.sleep(1)
            quick = [await workers.answer(QUICK) for _ in range(20)]
            second = await workers.answer(ENDLESS)
            assert not heavy.done()
            return quick, second, await heavy

    quick, second, heavy = outcome_of(run)
    assert {(one.status, b'"300"' in one.body) for one in quick} == {(200, True)}
    assert (second.status, second.retry_after) == (503, 2)
    assert b"too many heavy queries" in second.body
    assert (heavy.status, heavy.retry_after) == (503, None)
    assert b"took more than 4 s" in heavy.body


def test_no_more_wait_than_may(graph: Path) -> None:
    async def run() -> list[Answer]:
        async with pool(graph, 2, waiting=3) as workers:
            return await asyncio.gather(*(workers.answer(QUICK) for _ in range(40)))

    answers = outcome_of(run)
    sent_away = [one for one in answers if one.status == 503]
    assert sent_away
    assert all(one.retry_after and b"wait already" in one.body for one in sent_away)
    assert all(b'"300"' in one.body for one in answers if one.status == 200)


def test_processes_that_are_killed_from_outside_are_replaced(graph: Path) -> None:
    async def run() -> tuple[list[int], Answer]:
        async with pool(graph, 5) as workers:
            statuses = []
            for _ in range(2):
                nursery = next(
                    one
                    for one in psutil.Process().children()
                    if "spawn_main" in "".join(one.cmdline())
                )
                for child in nursery.children():
                    child.kill()
                statuses.append((await workers.answer(QUICK)).status)
                nursery.kill()
                nursery.wait(5)
                statuses.append((await workers.answer(QUICK)).status)
            return statuses, await workers.answer(QUICK)

    statuses, last = outcome_of(run)
    assert set(statuses) <= {200, 503}
    assert (last.status, b'"300"' in last.body) == (200, True)


def test_a_graph_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:b> .")

    async def run() -> None:
        async with pool(tmp_path / "bad.ttl", 1):
            pass

    with pytest.raises(GraphError, match="line 1"):
        outcome_of(run)
