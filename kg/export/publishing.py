"""The graph in a store of the user's own: whole in one named graph, and a graph a document."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import pyoxigraph as ox

from kg.errors import GraphError, UsageError
from kg.export.dumps import PROVENANCE_GRAPH, provenance
from kg.export.graph import ExportGraph
from kg.rdf.vocabulary import PREFIXES
from kg.store.comparison import Rewriting
from kg.store.remote_store import Store
from kg.store.upload import UploadReport, upload

WHOLE_GRAPH = "id/graph"
"""Local part of the named graph that holds all triples, for asking."""

_PAGE = 5000
_BUCKETS = 64
"""Files in which the graphs of documents wait; those of one file are in memory together."""
_SHOWN = 10
_USED = f"<{PREFIXES['prov']}used>"


@dataclass(frozen=True, slots=True)
class PublicationReport:
    """What became of each graph, by its name; None is the store's default graph."""

    graphs: tuple[tuple[str | None, UploadReport], ...]
    dropped: int

    @property
    def sound(self) -> bool:
        """Whether the store holds the same values as were sent, and no others."""
        return all(report.result.sound for _, report in self.graphs)

    def summary(self) -> str:
        """One line: how many graphs and triples, and how many had to be sent."""
        kept = sum(report.result.kept for _, report in self.graphs)
        meant = sum(report.result.triples for _, report in self.graphs)
        sent = sum(report.sent for _, report in self.graphs)
        dropped = f", {self.dropped} old graphs dropped" if self.dropped else ""
        return (
            f"{len(self.graphs)} graphs: {kept} of {meant} triples in the store, {sent} sent, "
            f"the rest was there{dropped}"
        )

    def lines(self) -> Iterator[str]:
        """What the store changed: values that are lost, and values in another form."""
        shown = 0
        rewritten: dict[str, list[Rewriting]] = defaultdict(list)
        for name, report in self.graphs:
            place = f"<{name}>" if name else "the default graph"
            for change in report.result.changes[: _SHOWN - shown]:
                shown += 1
                kept = " and ".join(change.kept) or "nothing"
                yield f"{place}: changed by the store: {change.sent} is now {kept}"
            surplus = report.result.kept - report.result.triples
            if surplus > 0:
                yield f"{place}: {surplus} triples more than were sent"
            for form in report.result.rewritings:
                rewritten[form.datatype].append(form)
        if more := sum(report.result.changed for _, report in self.graphs) - shown:
            yield f"{more} more triples changed by the store"
        for datatype, forms in sorted(rewritten.items()):
            yield (
                f"{datatype} in another form, {sum(form.count for form in forms)} times, such as "
                f"{forms[0].sent} as {forms[0].kept}; the values are the same"
            )


def publish_graph(
    graph: ExportGraph,
    store: Store,
    *,
    into: str | None,
    documents: bool,
    progress: Callable[[str], None],
) -> PublicationReport:
    """Loads a graph into a store and compares each of its graphs with what was sent.

    All triples go to the graph called `into` (None: the store's default graph). With `documents`
    each source document also gets a named graph with what it states, called by its IRI, and one
    more tells their provenance; graphs of documents that an earlier load left are dropped.
    Raises UsageError where `into` is no IRI, GraphError where the graph has blank nodes,
    EndpointError where the store refuses or stays away; run again, it goes on.
    """
    _check_blank_nodes(graph)
    if into is not None:
        _check_iri(into)
    done: list[tuple[str | None, UploadReport]] = []
    old: list[str] = []
    if documents:
        names = {document.value for document in graph.documents}
        for name, stated in _by_document(graph):
            done.append((name, upload(stated, store, name, progress)))
        whence = graph.base + PROVENANCE_GRAPH
        old = sorted({*_published_before(store, whence)} - names)
        for document in old:
            store.update(f"DROP SILENT GRAPH <{document}>")
        told = sorted(provenance(graph), key=lambda triple: str(triple.subject))
        done.append((whence, upload(told, store, whence, progress)))
    done.append((into, upload(_Whole(graph), store, into, progress)))
    return PublicationReport(tuple(done), len(old))


@dataclass(frozen=True, slots=True)
class _Whole:
    """All triples of a graph, read anew each time."""

    graph: ExportGraph

    def __iter__(self) -> Iterator[ox.Triple]:
        return self.graph.triples()


def _by_document(graph: ExportGraph) -> Iterator[tuple[str, list[ox.Triple]]]:
    """The named graphs with their triples, gathered on disk from all over the graph."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.nq") for number in range(_BUCKETS)]
        with ExitStack() as opened:
            files = [opened.enter_context(path.open("w", encoding="utf-8")) for path in paths]
            for quad in graph.quads():
                if isinstance(quad.graph_name, ox.NamedNode):
                    number = crc32(quad.graph_name.value.encode()) % _BUCKETS
                    files[number].write(f"{quad} .\n")
        for path in paths:
            stated: dict[str, list[ox.Triple]] = defaultdict(list)
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS, lenient=True):
                assert isinstance(quad.graph_name, ox.NamedNode)
                stated[quad.graph_name.value].append(quad.triple)
            yield from sorted(stated.items())


def _check_blank_nodes(graph: ExportGraph) -> None:
    for triple in graph.triples():
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            raise GraphError(
                f"{triple} has a blank node, which no store gives back as it was; name it by an IRI"
            )


def _check_iri(iri: str) -> None:
    try:
        ox.NamedNode(iri)
    except ValueError as error:
        raise UsageError(f"--into {iri!r} is no IRI: {error}") from error


def _published_before(store: Store, whence: str) -> Iterator[str]:
    """The documents whose graphs an earlier load left, as its provenance tells."""
    last = ""
    while True:
        rows = store.rows(
            f"SELECT ?d {{ GRAPH <{whence}> {{ ?r {_USED} ?d }} "
            f"FILTER(STR(?d) > {ox.Literal(last)}) }} ORDER BY STR(?d) LIMIT {_PAGE}"
        )
        found = [row["d"].value for row in rows]
        yield from found
        if len(found) < _PAGE:
            return
        last = found[-1]
