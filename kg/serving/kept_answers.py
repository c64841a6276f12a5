"""Answers kept in memory: the graph does not change while it is served, so neither do they."""

import re
from collections import OrderedDict

from kg.serving.answering import Answer, QueryRequest
from kg.serving.pool import QueryWorkers

_LARGEST = 512 * 1024
_MOST_BYTES = 64 * 1024 * 1024
_OVERHEAD = 1024
"""Bytes that an answer takes beside its texts."""
_OK = 200
_CHANGES = re.compile(r"\b(NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)
"""Calls that give something else each time (SPARQL 1.1, 17.4)."""


class KeptAnswers:
    """The answers of workers, those asked for last kept: up to 64 MB, each up to 512 KB."""

    def __init__(self, workers: QueryWorkers) -> None:
        self._workers = workers
        self._kept: OrderedDict[QueryRequest, Answer] = OrderedDict()
        self._bytes = 0

    async def answer(self, request: QueryRequest) -> Answer:
        """The answer to one query; only whole ones are kept, that would be the same again."""
        kept = self._kept.get(request)
        if kept is not None:
            self._kept.move_to_end(request)
            return kept
        reply = await self._workers.answer(request)
        if (
            reply.status == _OK
            and not _CHANGES.search(request.text)
            and _size(request, reply) <= _LARGEST
        ):
            self._keep(request, reply)
        return reply

    def _keep(self, request: QueryRequest, reply: Answer) -> None:
        # two clients may have asked at once
        if request not in self._kept:
            self._kept[request] = reply
            self._bytes += _size(request, reply)
        while self._bytes > _MOST_BYTES:
            oldest, answer = self._kept.popitem(last=False)
            self._bytes -= _size(oldest, answer)


def _size(request: QueryRequest, reply: Answer) -> int:
    asked = (request.text, request.base, request.accept or "")
    graphs = (*request.default_graphs, *request.named_graphs)
    return _OVERHEAD + len(reply.body) + sum(map(len, (*asked, *graphs)))
