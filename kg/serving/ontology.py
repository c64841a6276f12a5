"""The terms of the graph over HTTP: `/def` names the ontology, `/shapes` what the graph promises.

Terms are fragments of `/def`, so one address serves them all; both lead with 303 to the page or the
file that fits the client (https://www.w3.org/TR/swbp-vocab-pub/, recipe 3).
"""

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.export.dumps import to_bytes
from kg.export.graph import ExportGraph
from kg.export.ontology import Ontology
from kg.export.ontology_page import FILES, render_ontology
from kg.resources import ontology_dir
from kg.serving import negotiation as media
from kg.serving.addresses import ONTOLOGY
from kg.serving.bodies import Bodies

_FILES = {"def": FILES[0], "shapes": FILES[1]}
_ANCHORS = {"def": "", "shapes": "#vormen"}


class OntologyPages:
    """The routes of the ontology and the shapes; examples come from the graph served."""

    def __init__(self, graph: ox.Store) -> None:
        self._graph = ExportGraph(graph)
        self._bodies = Bodies(self._body)
        self._version = Ontology(ontology_dir() / FILES[0]).header["version"]

    def thing(self, request: Request) -> Response | None:
        """Sends from an ontology to its page or its file; None for a version that is not here."""
        room = request.url.path.split("/")[1]
        if request.path_params.get("version", self._version) != self._version:
            return None
        chosen = media.asked_for(request)
        if chosen is None:
            return media.unacceptable()
        name = _FILES[room].removesuffix(".ttl")
        address = (
            f"{ONTOLOGY}{_ANCHORS[room]}"
            if chosen == media.HTML
            else f"{ONTOLOGY}{name}.{media.ENDINGS[chosen]}"
        )
        return RedirectResponse(address, 303, {"Vary": "Accept"})

    def file(self, request: Request) -> Response | None:
        """The page, or an ontology in the format of its ending; None where there is no such."""
        name, dot, ending = request.path_params["file"].partition(".")
        if name in ("", "index") and ending in ("", "html"):
            return self._bodies.response(request, "index", media.HTML)
        chosen = media.NAMES.get(ending)
        if not dot or f"{name}.ttl" not in FILES or chosen not in media.GRAPH_TYPES:
            return None
        return self._bodies.response(request, f"{name}.ttl", chosen)

    def _body(self, key: str, media_type: str) -> bytes:
        if media_type == media.HTML:
            return render_ontology(self._graph, home="/").encode()
        path = ontology_dir() / key
        if media_type == media.TURTLE:
            return path.read_bytes()
        store = ox.Store()
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
        return to_bytes(ExportGraph(store).triples(), media.DUMP_FORMATS[media_type])
