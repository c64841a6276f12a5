"""The query processes of a server: quick queries never wait for heavy ones.

A query that is not quick goes on at low priority; after `SLOW_AFTER` it counts as slow, and a
fresh process takes the place of its own for the next. Only so many may be slow at once; one more
is stopped, and its client told when to try again. Low priority is for good, so its process ends
with the query.
"""

import asyncio
import contextlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kg.serving.answering import Answer, Limits, QueryRequest, busy
from kg.serving.worker import Nursery, Worker

SLOW_AFTER = 0.25
"""Seconds; nearly all queries of people and pages take less."""

_QUICK = 0.08
"""Seconds after which a query goes on at low priority."""

_LONGEST_WAIT = 5.0
"""Seconds that a query waits for a process before its client is told to come back."""

_LOW_PRIORITY = 10


class QueryWorkers:
    """The processes for a graph: `count` for quick queries and at most `slow` for others.

    At most `waiting` queries wait for a process.
    """

    def __init__(
        self, graph: Path, limits: Limits, count: int, slow: int, waiting: int = 100
    ) -> None:
        self._graph = graph
        self._limits = limits
        self._count = count
        self._most_slow = slow
        self._most_waiting = waiting
        self._waiting = 0
        self._slow = 0
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(count + slow + 2, "kg queries")
        self._nursery: Nursery | None = None
        self._renewing = asyncio.Lock()
        self._asking: set[asyncio.Task[Answer]] = set()

    async def start(self) -> None:
        """Load the graph and start the processes. Raises GraphError."""
        await self._renew()
        for _ in range(self._count):
            await self._add()

    async def _renew(self) -> None:
        """A new nursery, at the start or where the last one was ended from outside."""
        loop = asyncio.get_running_loop()
        nursery = await loop.run_in_executor(self._threads, Nursery, self._graph, self._limits)
        self._nursery = nursery
        await loop.run_in_executor(self._threads, nursery.wait_until_ready)

    async def _add(self) -> None:
        loop = asyncio.get_running_loop()
        async with self._renewing:
            assert self._nursery is not None
            try:
                worker = await loop.run_in_executor(self._threads, self._nursery.worker)
            except (EOFError, OSError):
                await self._renew()
                worker = await loop.run_in_executor(self._threads, self._nursery.worker)
        self._idle.put_nowait(worker)

    async def answer(self, request: QueryRequest) -> Answer:
        """The answer to one query; 503 with the time to come back where there is no room for it."""
        if self._waiting >= self._most_waiting:
            return busy("too many queries wait already")
        self._waiting += 1
        try:
            wait = min(_LONGEST_WAIT, self._limits.seconds)
            worker = await asyncio.wait_for(self._idle.get(), wait)
        except TimeoutError:
            return busy("too many queries at once")
        finally:
            self._waiting -= 1
        # a client that hangs up does not free the worker before its time
        asking = asyncio.create_task(self._ask(worker, request))
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)
        return await asyncio.shield(asking)

    async def _ask(self, worker: Worker, request: QueryRequest) -> Answer:
        loop = asyncio.get_running_loop()
        asked = loop.run_in_executor(self._threads, worker.ask, request)
        done, _ = await asyncio.wait({asked}, timeout=_QUICK)
        if not done:
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, worker.pid, _LOW_PRIORITY)
            done, _ = await asyncio.wait({asked}, timeout=SLOW_AFTER - _QUICK)
            if done:
                worker.end()
        if done:
            if worker.alive:
                self._idle.put_nowait(worker)
            else:
                await self._add()
            return asked.result()
        if self._slow >= self._most_slow:
            worker.end()
            await asked
            await self._add()
            return busy("too many heavy queries at once")
        self._slow += 1
        try:
            await self._add()
            return await asked
        finally:
            self._slow -= 1
            worker.end()

    def end(self) -> None:
        """End all processes."""
        if self._nursery is not None:
            self._nursery.end()
        self._threads.shutdown(wait=False, cancel_futures=True)
