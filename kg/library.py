"""The graph in a Python program: `kg.load("build").query("sets").to_pandas()`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.querying.catalogue import Query
from kg.querying.results import ResultTable, to_table
from kg.querying.running import read_any_query, run_embedded
from kg.store.embedded import open_graph


class Graph:
    """A graph in memory; `load` opens one."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def __len__(self) -> int:
        return len(self.store)

    def query(self, query: str, **parameters: object) -> ResultTable | bool | list[ox.Triple]:
        """The answer to a query: a table for SELECT, a truth for ASK, else triples.

        `query` is SPARQL, or the name of one of the named queries, whose `parameters` may be
        given. Raises QueryError where it does not parse or is not known.
        """
        asked = Query("query", query) if _is_sparql(query) else read_any_query(query)
        values = {name: _text(value) for name, value in parameters.items()}
        results = run_embedded(asked, values, self.store)
        if isinstance(results, ox.QuerySolutions):
            return to_table(results)
        if isinstance(results, ox.QueryBoolean):
            return bool(results)
        return list(results)

    def triples(self) -> Iterator[ox.Triple]:
        """All triples of all its graphs, each once."""
        yield from {quad.triple for quad in self.store.quads_for_pattern(None, None, None)}

    def rdflib_view(self) -> Any:
        """An `rdflib.Dataset` on the graph itself, without a copy; its queries run in Oxigraph.

        Its default graph is the union of all graphs. What is changed in it is changed here.
        """
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Dataset(store=OxigraphStore(store=self.store), default_union=True)

    def to_rdflib(self) -> Any:
        """A copy of the triples as an `rdflib.Graph`."""
        import rdflib

        data = ox.serialize(self.triples(), format=ox.RdfFormat.N_TRIPLES)
        return rdflib.Graph().parse(data=data, format="nt")


def load(path: str | Path) -> Graph:
    """The graph at `path`: a folder with graph.ttl, or an RDF file.

    Raises GraphError where there is none or it does not parse.
    """
    return Graph(open_graph(Path(path)))


def _is_sparql(query: str) -> bool:
    return "{" in query


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
