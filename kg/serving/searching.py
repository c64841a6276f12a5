"""Full text search over HTTP: a page, or the same as JSON."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import GraphError, QueryError
from kg.export.pages import Pages
from kg.export.search_page import NameHit, found_message
from kg.export.stored_things import StoredThings
from kg.querying.search import KINDS, SEARCH_FOLDER, SearchIndex, SearchResult, has_words
from kg.serving import negotiation as media
from kg.serving.addresses import ServedAddresses
from kg.serving.names import NamesInMaking
from kg.serving.numbers import number_in

_JSON = "application/json"
_MOST_CHARACTERS = 1000
_MOST_HITS = 100
_MOST_NAMES = 30
_NAME = "name"
_NAMES_AWAITED = (
    "De namen worden nog gelezen; zoek over enkele seconden opnieuw "
    "(names are still being read; search again in a few seconds)"
)
_VARY = {"Vary": "Accept"}


class Searching:
    """The route of the search for the graph at `graph`: its index lies beside it."""

    def __init__(
        self,
        graph: Path,
        stored: StoredThings,
        names: NamesInMaking,
        pages: Pages,
        addresses: ServedAddresses,
    ) -> None:
        self._folder = graph / SEARCH_FOLDER
        self._stored = stored
        self._names = names
        self._pages = pages
        self._addresses = addresses

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex(self._folder)

    def search(self, request: Request) -> Response:
        """The texts with the words `q`, of a `kind`, at most `limit`; the page has names too."""
        if media.choose(request.headers.get("accept"), (media.HTML, _JSON)) == media.HTML:
            return self._page(request)
        result, message, status = self._tried(request)
        if result is None:
            return Response(f"{message}\n", status, _VARY, "text/plain")
        return Response(result.to_json(), 200, _VARY, _JSON)

    def _page(self, request: Request) -> Response:
        words, kind = request.query_params.get("q", ""), request.query_params.get("kind", "")
        result, message, status = None, "", 200
        if kind != _NAME:
            result, message, status = self._tried(request)
        names: Sequence[str] = ()
        if kind in ("", _NAME) and has_words(words):
            known = self._names.names()
            names = known.found(words[:_MOST_CHARACTERS]) if known else ()
            message = message or ("" if known else _NAMES_AWAITED)
        things = self._pages.things
        hits = [
            NameHit(
                self._stored.kind(local),
                things.link_to(local, self._addresses, things.set_note(local)),
            )
            for local in names[:_MOST_NAMES]
        ]
        if words and not message:
            message = found_message(len(names), result.total if result is not None else 0)
        page = self._pages.search(
            self._addresses, words, kind, names=hits, texts=result, message=message
        )
        return Response(page, status, _VARY, media.HTML)

    def _tried(self, request: Request) -> tuple[SearchResult | None, str, int]:
        """The texts found; else what is wrong, and the status that says so."""
        asked = request.query_params
        try:
            found = self._found(asked.get("q", ""), asked.get("kind", ""), asked.get("limit", "20"))
        except QueryError as error:
            return None, error.message, 400
        except GraphError:
            return None, "this graph has no search index; kg build makes one", 404
        return found, "", 200

    def _found(self, words: str, kind: str, limit: str) -> SearchResult:
        if len(words) > _MOST_CHARACTERS:
            raise QueryError(f"q holds {len(words)} characters, at most {_MOST_CHARACTERS} may be")
        if kind and kind not in KINDS.values():
            raise QueryError(f"unknown kind; use {', '.join(KINDS.values())}")
        most = number_in(limit, _MOST_HITS)
        if most is None:
            raise QueryError(f"limit is no number from 1 to {_MOST_HITS}")
        index = self._index
        if not has_words(words):
            return SearchResult(words, 0, ())
        return index.search(words, kind or None, most)
