"""The W3C's SPARQL 1.1 tests, through our endpoint over HTTP.

All data of the tests is served as one dataset, each file a named graph; a request names the graphs
of its test, as the SPARQL 1.1 Protocol provides.
"""

import csv
import io
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, Namespace

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
BASE = "http://w3c.test/"
NO_DATA = f"{BASE}none"

RESULT_TYPES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".ttl": "text/turtle",
}
DATA_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".nt": ox.RdfFormat.N_TRIPLES,
}

pytestmark = [pytest.mark.server, pytest.mark.slow]

KNOWN_FAILURES = {
    "data-sparql11/bindings/manifest#graph": (
        "the engine loses VALUES ?g inside GRAPH ?g where ?g is not the graph at hand"
    ),
    "data-sparql11/csv-tsv-res/manifest#csv03": "the engine stores 1.0e6 as 1000000",
    "data-sparql11/csv-tsv-res/manifest#tsv03": (
        "the engine stores 1.0e6 as 1000000 and a negativeInteger as an integer"
    ),
    "data-sparql11/negation/manifest#graph-minus": (
        "the engine takes the variable of GRAPH ?g for one that both sides of MINUS share"
    ),
}


@dataclass(frozen=True)
class Reply:
    status: int
    media_type: str
    body: bytes


def ask(url: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
    request = urllib.request.Request(
        url,
        data=body,
        method=method,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
    if body is not None and not request.has_header("Content-type"):
        request.add_unredirected_header("Content-type", "")
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return Reply(response.status, response.headers.get_content_type(), response.read())
    except urllib.error.HTTPError as error:
        return Reply(error.code, error.headers.get_content_type(), error.read())


@dataclass(frozen=True)
class Manifest:
    """A manifest's tests, and where its relative names stand on disk."""

    folder: Path
    graph: rdflib.Graph

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        graph = rdflib.Graph()
        graph.parse(folder / "manifest.ttl", publicID=f"{BASE}{folder.name}/manifest.ttl")
        return cls(folder, graph)

    def tests(self) -> Iterator[Any]:
        for manifest in self.graph.subjects(RDF.type, MF.Manifest):
            yield from Collection(self.graph, self.graph.value(manifest, MF.entries))  # type: ignore[arg-type]

    def file(self, iri: Any) -> Path:
        return self.folder / str(iri).removeprefix(f"{BASE}{self.folder.name}/")


@pytest.fixture(scope="module")
def manifests(shared: Path) -> list[Manifest]:
    folder = shared / "w3c-sparql11-tests"
    return [Manifest.read(path.parent) for path in sorted(folder.glob("*/manifest.ttl"))]


@pytest.fixture
def endpoint(
    manifests: list[Manifest],
    tmp_path: Path,
    serve_process: Callable[..., None],
    unused_port: Callable[[], int],
) -> str:
    store = ox.Store()
    for manifest in manifests:
        for path in sorted(manifest.folder.iterdir()):
            if path.suffix in DATA_FORMATS and path.name != "manifest.ttl":
                name = f"{BASE}{manifest.folder.name}/{path.name}"
                quads = ox.parse(
                    path=str(path),
                    format=DATA_FORMATS[path.suffix],
                    base_iri=name,
                    rename_blank_nodes=True,
                )
                names = [name, *aliases(manifest, name)]
                store.extend(
                    ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(one))
                    for q in quads
                    for one in names
                )
    data = tmp_path / "w3c.nq"
    store.dump(str(data), format=ox.RdfFormat.N_QUADS)
    port = unused_port()
    serve_process(
        [sys.executable, "-m", "kg", "serve", str(data), "--port", str(port)],
        url=f"http://127.0.0.1:{port}/health",
    )
    return f"http://127.0.0.1:{port}/sparql"


def aliases(manifest: Manifest, name: str) -> list[str]:
    """The names under which the protocol tests expect a file's triples."""
    graph = manifest.graph
    return [
        str(graph.value(holder, rdflib.RDFS.label))
        for holder in graph.subjects(UT.graph, rdflib.URIRef(name))
    ]


def is_kind(manifest: Manifest, test: Any, *kinds: str) -> bool:
    return any((test, RDF.type, MF[kind]) in manifest.graph for kind in kinds)


def test_queries_are_read_and_evaluated_as_expected(
    manifests: list[Manifest], endpoint: str
) -> None:
    outcomes: dict[str, str] = {}
    for manifest in manifests:
        for test in manifest.tests():
            name = str(test).removeprefix("http://www.w3.org/2009/sparql/docs/tests/")
            if is_kind(manifest, test, "QueryEvaluationTest", "CSVResultFormatTest"):
                outcomes[name] = evaluate(manifest, test, endpoint)
            elif is_kind(manifest, test, "PositiveSyntaxTest11"):
                outcomes[name] = check_syntax(manifest, test, endpoint, 200)
            elif is_kind(manifest, test, "NegativeSyntaxTest11"):
                outcomes[name] = check_syntax(manifest, test, endpoint, 400)
    failures = {name: why for name, why in outcomes.items() if why}
    print(f"W3C evaluation and syntax: {len(outcomes) - len(failures)} of {len(outcomes)}")
    unexplained = {name: why for name, why in failures.items() if name not in KNOWN_FAILURES}
    assert not unexplained, "\n".join(f"{name}: {why}" for name, why in unexplained.items())
    assert failures.keys() == KNOWN_FAILURES.keys(), "a known failure is mended: take it out"
    assert len(outcomes) >= 170
    assert len(failures) <= 0.04 * len(outcomes)


def check_syntax(manifest: Manifest, test: Any, endpoint: str, wanted: int) -> str:
    """What is wrong with the endpoint's answer to a syntax test; empty when nothing."""
    reply = ask(
        f"{endpoint}?{urllib.parse.urlencode({'default-graph-uri': NO_DATA})}",
        "POST",
        manifest.file(manifest.graph.value(test, MF.action)).read_bytes(),
        Content_Type="application/sparql-query",
    )
    return "" if reply.status == wanted else f"{reply.status}: {reply.body.decode()}"


def evaluate(manifest: Manifest, test: Any, endpoint: str) -> str:
    """What is wrong with the endpoint's answer to an evaluation test; empty when nothing."""
    graph = manifest.graph
    action, expected = graph.value(test, MF.action), graph.value(test, MF.result)
    source = graph.value(action, QT.query)
    query = f"BASE <{source}>\n{manifest.file(source).read_text(encoding='utf-8')}"
    defaults = [str(iri) for iri in graph.objects(action, QT.data)]
    named = [str(iri) for iri in graph.objects(action, QT.graphData)]
    parameters = [("query", query)]
    if "FROM" not in query.upper().split():  # the dataset of a request would win from the query's
        parameters += [("default-graph-uri", (defaults or [NO_DATA])[0])]
        parameters += [("named-graph-uri", iri) for iri in named]
    path = manifest.file(expected)
    if path.suffix == ".ttl" and "ResultSet" in path.read_text(encoding="utf-8"):
        return result_set_outcome(path, str(expected), parameters, endpoint)
    media_type = RESULT_TYPES[path.suffix]
    reply = ask(
        endpoint,
        "POST",
        urllib.parse.urlencode(parameters).encode(),
        Content_Type="application/x-www-form-urlencoded",
        Accept=media_type,
    )
    if (reply.status, reply.media_type) != (200, media_type):
        return f"{reply.status} {reply.media_type}: {reply.body.decode()}"
    read = READERS[path.suffix]
    wanted, got = read(path.read_bytes(), str(expected)), read(reply.body, str(expected))
    same = isomorphic(wanted, got) if isinstance(wanted, rdflib.Graph) else wanted == got
    return "" if same else f"expected {path.read_text()}, got {reply.body.decode()}"


def result_set_outcome(
    path: Path, iri: str, parameters: list[tuple[str, str]], endpoint: str
) -> str:
    """What is wrong with rows whose expectation is written as RDF (DAWG result sets)."""
    expected = rdflib.Graph().parse(path, publicID=iri)
    wanted = sorted(
        sorted(
            (str(expected.value(binding, RS.variable)), str(expected.value(binding, RS.value)))
            for binding in expected.objects(solution, RS.binding)
        )
        for solution in expected.objects(None, RS.solution)
    )
    reply = ask(f"{endpoint}?{urllib.parse.urlencode(parameters)}", Accept="text/csv")
    got = csv_rows(reply.body, "")
    return "" if wanted == got else f"expected {wanted}, got {reply.body.decode()}"


def rows_as_graph(body: bytes, form: ox.QueryResultsFormat) -> rdflib.Graph | bool:
    """Rows as a graph of their own, so that blank nodes are compared as such."""
    results = ox.parse_query_results(body, format=form)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    assert isinstance(results, ox.QuerySolutions)
    lines = []
    for number, row in enumerate(results):
        lines.append(f"_:row{number} <{BASE}in> <{BASE}result> .")
        for variable in results.variables:
            if (term := row[variable]) is not None:
                lines.append(f"_:row{number} <{BASE}{variable.value}> {term} .")
    return rdflib.Graph().parse(data="\n".join(lines), format="nt")


def csv_rows(body: bytes, _: str) -> list[list[tuple[str, str]]]:
    """Rows without their order; blank nodes are told apart by the tests in other formats."""
    rows = csv.DictReader(io.StringIO(body.decode(), newline=""))
    return sorted(
        sorted((name, "_:" if cell.startswith("_:") else cell) for name, cell in row.items())
        for row in rows
    )


READERS: dict[str, Callable[[bytes, str], Any]] = {
    ".srx": lambda body, _: rows_as_graph(body, ox.QueryResultsFormat.XML),
    ".srj": lambda body, _: rows_as_graph(body, ox.QueryResultsFormat.JSON),
    ".tsv": lambda body, _: rows_as_graph(body, ox.QueryResultsFormat.TSV),
    ".csv": csv_rows,
    ".ttl": lambda body, iri: rdflib.Graph().parse(data=body, format="turtle", publicID=iri),
}


def test_the_protocol_is_kept(manifests: list[Manifest], endpoint: str) -> None:
    (manifest,) = [one for one in manifests if one.folder.name == "protocol"]
    outcomes: dict[str, str] = {}
    for test in manifest.tests():
        name = str(test).rpartition("#")[2]
        if not name.startswith("update_"):
            outcomes[name] = protocol_outcome(manifest.graph, test, endpoint)
    assert len(outcomes) == 27
    assert {name: why for name, why in outcomes.items() if why} == {}


def test_updates_are_refused(manifests: list[Manifest], endpoint: str) -> None:
    (manifest,) = [one for one in manifests if one.folder.name == "protocol"]
    statuses = {}
    for test in manifest.tests():
        name = str(test).rpartition("#")[2]
        if name.startswith("update_"):
            first = requests_of(manifest.graph, test)[0]
            statuses[name] = send(manifest.graph, first, endpoint).status
    assert set(statuses.values()) == {403}


def requests_of(graph: rdflib.Graph, test: Any) -> list[Any]:
    action = graph.value(test, MF.action)
    return [*Collection(graph, graph.value(action, HT.requests))]  # type: ignore[arg-type]


def send(graph: rdflib.Graph, request: Any, endpoint: str) -> Reply:
    path = str(graph.value(request, HT.absolutePath)).removeprefix("/sparql").removeprefix("/")
    headers = {}
    if listed := graph.value(request, HT.headers):
        for header in Collection(graph, listed):
            name = str(graph.value(header, HT.fieldName)).title().replace("-", "_")
            headers[name] = str(graph.value(header, HT.fieldValue))
    body = graph.value(request, HT.body)
    data = None
    if body is not None:
        encoding = str(graph.value(body, CNT.characterEncoding))
        data = str(graph.value(body, CNT.chars)).encode(encoding)
    return ask(endpoint + path, str(graph.value(request, HT.methodName)), data, **headers)


def protocol_outcome(graph: rdflib.Graph, test: Any, endpoint: str) -> str:
    for request in requests_of(graph, test):
        reply = send(graph, request, endpoint)
        response = graph.value(request, HT.resp)
        wanted = {str(one)[-3] for one in graph.objects(response, MF.expectedStatus)}
        if str(reply.status)[0] not in wanted:
            return f"{reply.status} where {sorted(wanted)} was expected: {reply.body.decode()}"
        form = graph.value(response, MF.expectedFormat)
        fitting = {
            "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
            "tabular": {*RESULT_TYPES.values()} - {"text/turtle"},
            "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
        }
        if form is not None and reply.media_type not in fitting[str(form)]:
            return f"{reply.media_type} is not {form}"
        boolean = graph.value(response, MF.expectedBoolean)
        if boolean is not None and json.loads(reply.body)["boolean"] is not boolean.toPython():  # type: ignore[attr-defined]
            return f"{reply.body.decode()} where {boolean} was expected"
    return ""


def test_the_endpoint_describes_itself(endpoint: str) -> None:
    for media_type in ("text/turtle", "application/rdf+xml", "application/n-triples"):
        reply = ask(endpoint, Accept=media_type)
        assert (reply.status, reply.media_type) == (200, media_type)
        format_name = {"application/rdf+xml": "xml", "application/n-triples": "nt"}
        graph = rdflib.Graph().parse(data=reply.body, format=format_name.get(media_type, "turtle"))
        (service,) = graph.subjects(RDF.type, SD.Service)
        assert list(graph.objects(service, SD.endpoint)) == [rdflib.URIRef(endpoint)]
        assert list(graph.objects(service, SD.supportedLanguage)) == [SD.SPARQL11Query]
        (dataset,) = graph.objects(service, SD.defaultDataset)
        assert (dataset, RDF.type, SD.Dataset) in graph
        (default,) = graph.objects(dataset, SD.defaultGraph)
        assert (default, RDF.type, SD.Graph) in graph
        undeclared = {term for term in graph.predicates() if str(term).startswith(SD)} - {
            SD.endpoint, SD.supportedLanguage, SD.defaultDataset, SD.defaultGraph, SD.feature,
            SD.resultFormat,
        }  # fmt: skip
        assert undeclared == set()
