"""Full text search over HTTP: a page, or the same as JSON."""

from functools import cached_property
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import GraphError, QueryError
from kg.export.pages import Pages
from kg.querying.search import KINDS, SEARCH_FOLDER, SearchIndex, SearchResult, has_words
from kg.serving import negotiation as media
from kg.serving.addresses import ServedAddresses

_JSON = "application/json"
_MOST_CHARACTERS = 1000
_MOST_HITS = 100
_VARY = {"Vary": "Accept"}


class Searching:
    """The route of the search for the graph at `graph`: its index lies beside it."""

    def __init__(self, graph: Path, pages: Pages, addresses: ServedAddresses) -> None:
        self._folder = graph / SEARCH_FOLDER
        self._pages = pages
        self._addresses = addresses

    @staticmethod
    def has_index(graph: Path) -> bool:
        """Whether the graph at `graph` can be searched."""
        return (graph / SEARCH_FOLDER).is_dir()

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex(self._folder)

    def search(self, request: Request) -> Response:
        """The texts that hold the words `q`, of a `kind`, at most `limit`."""
        asked = request.query_params
        words, kind = asked.get("q", ""), asked.get("kind", "")
        as_page = media.choose(request.headers.get("accept"), (media.HTML, _JSON)) == media.HTML
        result: SearchResult | None = None
        message, status = "", 200
        try:
            result = self._found(words, kind, asked.get("limit", "20"))
        except QueryError as error:
            message, status = error.message, 400
        except GraphError:
            message, status = "this graph has no search index; kg build makes one", 404
        if as_page:
            result = result if words else None
            page = self._pages.search(self._addresses, words, kind, result, message)
            return Response(page, status, _VARY, media.HTML)
        if result is None:
            return Response(f"{message}\n", status, _VARY, "text/plain")
        return Response(result.to_json(), 200, _VARY, _JSON)

    def _found(self, words: str, kind: str, limit: str) -> SearchResult:
        if len(words) > _MOST_CHARACTERS:
            raise QueryError(f"q holds {len(words)} characters, at most {_MOST_CHARACTERS} may be")
        if kind and kind not in KINDS.values():
            raise QueryError(f"unknown kind; use {', '.join(KINDS.values())}")
        if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:4]) <= _MOST_HITS):
            raise QueryError(f"limit is no number from 1 to {_MOST_HITS}")
        index = self._index
        if not has_words(words):
            return SearchResult(words, 0, ())
        return index.search(words, kind or None, int(limit))
