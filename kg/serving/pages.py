"""The things of the graph over HTTP: `/id/…` names a thing, `/doc/…` is what is known of it.

https://www.w3.org/TR/cooluris/ (303 redirects)
"""

from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from kg.export.dumps import to_bytes
from kg.export.pages import Pages
from kg.export.stored_listing import list_stored
from kg.export.stored_things import StoredThings
from kg.serving import negotiation as media
from kg.serving.addresses import DESCRIPTION, YASGUI, ServedAddresses
from kg.serving.bodies import Bodies
from kg.serving.description import BeingCountedError, GraphDescription
from kg.serving.names import NamesInMaking
from kg.serving.numbers import number_in

_QUERY_PAGE = "query"


class ThingPages:
    """The routes of things for a graph; `explorer` is the file of its explorer, if there is one."""

    def __init__(
        self,
        stored: StoredThings,
        names: NamesInMaking,
        pages: Pages,
        addresses: ServedAddresses,
        explorer: Path | None,
    ) -> None:
        self._stored = stored
        self._graph = stored.graph
        self._explorer = explorer
        self._addresses = addresses
        self._pages = pages
        self._things = self._pages.things
        self._names = names
        self._documents = Bodies(self._thing_body)
        self._rooms = Bodies(self._room_body)
        self._description = GraphDescription(self._graph)
        self._descriptions = Bodies(self._description_body)

    def index(self, request: Request) -> Response:
        """The kinds of things with their counts, and the newest sets."""
        return self._rooms.response(request, "", media.HTML)

    def query(self, request: Request) -> Response:
        """The page where queries are written, with the named queries as examples."""
        return self._rooms.response(request, _QUERY_PAGE, media.HTML)

    def description(self, request: Request) -> Response:
        """What is in the graph, in VoID and DCAT."""
        chosen = media.asked_for(request, media.GRAPH_TYPES)
        if chosen is None:
            return media.unacceptable(media.GRAPH_TYPES)
        try:
            return self._descriptions.response(request, str(request.url_for("sparql")), chosen)
        except BeingCountedError:
            return _being_counted()

    def explorer(self, request: Request) -> Response:
        """The interactive page that was built with the graph."""
        if self._explorer is None:
            return self.missing(request)
        return FileResponse(self._explorer, media_type="text/html; charset=utf-8")

    def thing(self, request: Request) -> Response:
        """Sends from a thing, which is not on the web, to what is known of it, which is."""
        local = request.path_params["local"]
        known = self._things.knows(local)
        try:
            described = not known and self._description.is_about(local)
        except BeingCountedError:
            return _being_counted()
        if not known and not described:
            return self.missing(request)
        chosen = media.asked_for(request)
        if chosen is None:
            return media.unacceptable()
        ending = media.ENDINGS[chosen]
        if described:
            address = "/" if chosen == media.HTML else f"{DESCRIPTION}?format={ending}"
        elif chosen == media.HTML:
            address = self._things.address(local, self._addresses)
        else:
            address = self._addresses.data(local, ending)
        return RedirectResponse(address, 303, {"Vary": "Accept"})

    def document(self, request: Request) -> Response:
        """What is known of a thing, in the format of its ending or else the one asked for."""
        local = request.path_params["local"]
        chosen: str | None
        if self._things.knows(local):
            chosen = media.asked_for(request)
        else:
            local, _, ending = local.rpartition(".")
            chosen = media.NAMES.get(ending)
            if chosen not in media.ENDINGS or not self._things.knows(local):
                return self.missing(request)
        if chosen is None:
            return media.unacceptable()
        if chosen == media.HTML and self._things.whole_of(local) != local:
            return RedirectResponse(
                self._things.address(local, self._addresses), 303, {"Vary": "Accept"}
            )
        sheet = request.query_params.get("sheet", "1")
        last = self._stored.parts(local).sheets
        if chosen == media.HTML and sheet != "1":
            last = self._stored.told(local).sheets
        number = number_in(sheet, last)
        if number is None:
            return self.missing(request)
        response = self._documents.response(request, f"{local}?{number}", chosen)
        if number < last and chosen != media.HTML:
            following = self._addresses.data(local, media.ENDINGS[chosen], number + 1)
            response.headers["Link"] = f'<{following}>; rel="next"'
        return response

    def missing(self, request: Request) -> Response:
        """Says that nothing is known here, and which things have a name like it."""
        path = request.url.path.removeprefix("/id/").removeprefix("/doc/")
        local = next((one for one in _wholes(path) if self._things.knows(one)), None)
        near = [local] if local else self._near(path)
        if media.choose(request.headers.get("accept"), (media.HTML, "text/plain")) == media.HTML:
            page = self._pages.missing(self._addresses, near)
            return Response(page, 404, {"Vary": "Accept"}, media.HTML)
        lines = ["this address stands for nothing in this graph"]
        lines += [f"maybe {self._graph.base}id/{quote(one)}" for one in near]
        return Response("\n".join(lines) + "\n", 404, {"Vary": "Accept"}, "text/plain")

    def _near(self, path: str) -> list[str]:
        names = self._names.names()
        return names.nearby.near(path) if names else []

    def _thing_body(self, key: str, media_type: str) -> bytes:
        """The body of a local id with the number of a sheet."""
        local, _, sheet = key.partition("?")
        is_page = media_type == media.HTML
        told = self._stored.told(local, int(sheet), referred=is_page)
        if is_page:
            return self._pages.thing(told, self._addresses).encode()
        return to_bytes(told.triples(), media.DUMP_FORMATS[media_type])

    def _room_body(self, room: str, _: str) -> bytes:
        if room == _QUERY_PAGE:
            return self._pages.query_page(self._addresses, YASGUI).encode()
        listing = list_stored(self._stored).links(self._things, self._addresses)
        return self._pages.index(listing, self._addresses).encode()

    def _description_body(self, endpoint: str, media_type: str) -> bytes:
        return self._description.body(endpoint, media.DUMP_FORMATS[media_type])


def _being_counted() -> Response:
    text = "the graph is being counted; try again in a minute\n"
    return Response(text, 503, {"Retry-After": "60"}, "text/plain")


def _wholes(path: str) -> list[str]:
    """The local ids that a path may have been meant for: without ending, or its beginnings."""
    parts = path.strip("/").split("/")
    return [path.rpartition(".")[0], *("/".join(parts[:n]) for n in range(len(parts) - 1, 1, -1))]
