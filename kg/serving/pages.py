"""The things of the graph over HTTP: `/id/…` names a thing, `/doc/…` is what is known of it.

https://www.w3.org/TR/cooluris/ (303 redirects)
"""

import hashlib
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from kg.export.description import write_description
from kg.export.dumps import to_bytes
from kg.export.graph import ExportGraph
from kg.export.pages import Pages
from kg.querying.catalogue import read_catalogue
from kg.serving import negotiation as media

_THING_TYPES = (media.HTML, *media.GRAPH_TYPES)
_ENDINGS = {media.NAMES[name]: name for name in ("html", "ttl", "nt", "jsonld", "rdf")}


class _ServedAddresses:
    """Addresses of the pages as this server has them."""

    def __init__(self, explorer: bool) -> None:
        self._rooms = {"query": "/query", "explorer": "/explorer" if explorer else None}

    def page(self, local: str, fragment: str = "") -> str:
        address = f"/doc/{quote(local)}" if local else "/"
        return f"{address}#{quote(fragment)}" if fragment else address

    def data(self, local: str, ending: str) -> str:
        return f"/doc/{quote(local)}.{ending}"

    def room(self, name: str) -> str | None:
        return self._rooms[name]


class ThingPages:
    """The routes of things for the graph at a path."""

    def __init__(self, graph: Path) -> None:
        self._explorer = graph / "graph.html" if graph.is_dir() else None
        if self._explorer is not None and not self._explorer.exists():
            self._explorer = None
        self._addresses = _ServedAddresses(self._explorer is not None)
        self._pages = Pages(ExportGraph.open(graph))

    def index(self, request: Request) -> Response:
        """All sets and entities."""
        return _cached(request, self._pages.index(self._addresses).encode(), media.HTML)

    def query(self, request: Request) -> Response:
        """The page where queries are written, with the named queries as examples."""
        examples = [(one.title_nl, one.about_nl, one.text) for one in read_catalogue()]
        page = self._pages.query_page(self._addresses, examples)
        return _cached(request, page.encode(), media.HTML)

    def description(self, request: Request) -> Response:
        """What is in the graph, in VoID and DCAT."""
        output = BytesIO()
        write_description(self._pages.graph, output, str(request.url_for("sparql")))
        return _cached(request, output.getvalue(), media.TURTLE)

    def explorer(self, request: Request) -> Response:
        """The interactive page that was built with the graph."""
        if self._explorer is None:
            return self.missing(request)
        return FileResponse(self._explorer, media_type="text/html; charset=utf-8")

    def thing(self, request: Request) -> Response:
        """Sends from a thing, which is not on the web, to what is known of it, which is."""
        local = request.path_params["local"]
        if not self._pages.knows(local):
            return self.missing(request)
        chosen = _chosen(request)
        if chosen is None:
            return _unacceptable()
        address = (
            self._page_address(local)
            if chosen == media.HTML
            else self._addresses.data(local, _ENDINGS[chosen])
        )
        return RedirectResponse(address, 303, {"Vary": "Accept"})

    def document(self, request: Request) -> Response:
        """What is known of a thing, in the format of its ending or else the one accepted."""
        local = request.path_params["local"]
        chosen: str | None
        if self._pages.knows(local):
            chosen = _chosen(request)
        else:
            local, _, ending = local.rpartition(".")
            chosen = media.NAMES.get(ending)
            if chosen not in _ENDINGS or not self._pages.knows(local):
                return self.missing(request)
        if chosen is None:
            return _unacceptable()
        if chosen != media.HTML:
            body = to_bytes(self._pages.triples(local), media.DUMP_FORMATS[chosen])
            return _cached(request, body, chosen)
        if self._pages.whole_of(local) != local:
            return RedirectResponse(self._page_address(local), 303, {"Vary": "Accept"})
        page = self._pages.thing(local, self._addresses)
        return _cached(request, page.encode(), media.HTML)

    def missing(self, request: Request) -> Response:
        """A page that says that nothing is known here, and where to look."""
        lines = [
            "Dit adres staat voor niets in deze graaf. Misschien is het verkeerd overgenomen, "
            "of gaat het over iets dat niet in deze documenten voorkomt.",
            "This address stands for nothing in this graph.",
        ]
        page = self._pages.message(self._addresses, "Niet gevonden", lines)
        return Response(page, 404, {"Vary": "Accept"}, media.HTML)

    def _page_address(self, local: str) -> str:
        whole = self._pages.whole_of(local)
        return self._addresses.page(whole, local.removeprefix(whole).removeprefix("/"))


def _chosen(request: Request) -> str | None:
    name = request.query_params.get("format")
    if name is not None:
        named = media.NAMES.get(name)
        return named if named in _ENDINGS else None
    return media.choose(request.headers.get("accept"), _THING_TYPES)


def _unacceptable() -> Response:
    text = f"not available in that format; use one of: {', '.join(_THING_TYPES)}\n"
    return Response(text, 406, {"Vary": "Accept"}, "text/plain")


def _cached(request: Request, body: bytes, media_type: str) -> Response:
    """A response with a validator; 304 where the client has the same already."""
    tag = f'"{hashlib.sha256(media_type.encode() + body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"}
    known = [one.strip().removeprefix("W/") for one in
             request.headers.get("if-none-match", "").split(",")]  # fmt: skip
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, media_type)
