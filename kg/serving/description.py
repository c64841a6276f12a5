"""The description of the graph over HTTP: counted once, whatever name the server is asked by."""

from collections.abc import Sequence
from threading import Lock

import pyoxigraph as ox

from kg.export.catalogue_entry import NAMESPACES
from kg.export.description import describe_graph
from kg.export.dumps import to_bytes
from kg.export.graph import ExportGraph

_ROOMS = frozenset({"dataset", "catalog", "contact", "rights", "publisher", "software"})
"""How the local ids of what is described begin, beside those of documents."""
_ENDPOINT = ox.NamedNode("urn:kamergraaf:endpoint")


class BeingCountedError(Exception):
    """The graph is being counted for somebody else; of a large one that takes minutes."""


class GraphDescription:
    """What is stated of a graph as a whole."""

    def __init__(self, graph: ExportGraph) -> None:
        self._graph = graph
        self._counting = Lock()
        self._triples: Sequence[ox.Triple] | None = None

    def is_about(self, local: str) -> bool:
        """Whether a local id is of something described. Raises BeingCountedError."""
        if local.partition("/")[0] not in _ROOMS:
            return False
        prefix = f"{self._graph.base}id/"
        subjects = (one.subject for one in self._counted())
        return any(
            isinstance(one, ox.NamedNode) and one.value.removeprefix(prefix) == local
            for one in subjects
        )

    def body(self, endpoint: str, form: str) -> bytes:
        """The description in a format, with the address of the endpoint.

        Raises BeingCountedError.
        """
        address = ox.NamedNode(endpoint)
        triples = [
            ox.Triple(one.subject, one.predicate, address) if one.object == _ENDPOINT else one
            for one in self._counted()
        ]
        return to_bytes(triples, form, NAMESPACES)

    def _counted(self) -> Sequence[ox.Triple]:
        if self._triples is None:
            if not self._counting.acquire(blocking=False):
                raise BeingCountedError
            try:
                triples = describe_graph(self._graph, _ENDPOINT.value)
                self._triples = sorted(triples, key=lambda one: str(one.subject))
            finally:
                self._counting.release()
        return self._triples
