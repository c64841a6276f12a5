"""Every dump holds the graph, whole and unchanged, and is the same bytes each time."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare
from pyld import jsonld

from kg.errors import GraphError
from kg.export.dumps import PROVENANCE_GRAPH, RDF_FORMATS, write_dump
from kg.export.graph import ExportGraph
from kg.export.tables import METADATA_FILE, write_tables

# rdflib's own parsers still use the names that it deprecates
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")

RDFLIB_FORMATS = {
    "ttl": "turtle",
    "nt": "nt",
    "nq": "nquads",
    "trig": "trig",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
OXIGRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
XSD = "http://www.w3.org/2001/XMLSchema#"

SMALL = """
@prefix kg: <https://w3id.org/kamergraaf/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/id/> .
<https://example.org/id/document/aa> a kg:SourceDocument ; rdfs:label "a | b.txt" .
<https://example.org/id/document/bb> a kg:SourceDocument ; rdfs:label "b.txt" .
<https://example.org/id/set/x> a kg:QuestionSet ; rdfs:label "Cloud & <AVG> \\"ë\\""@nl ,
  "Cloud"@en ; kg:submittedOn "2025-05-23"^^xsd:date ;
  prov:wasDerivedFrom <https://example.org/id/document/aa> , <https://example.org/id/document/bb> .
<https://example.org/id/set/x/question/2> a kg:Question ; kg:number 2 ; kg:text "een\\ntwee"@nl ;
  prov:wasDerivedFrom <https://example.org/id/document/aa> .
<https://example.org/id/set/x/question/10> a kg:Question ; kg:number 10 ; kg:text "a|b" , "c¦d" ;
  prov:wasDerivedFrom <https://example.org/id/document/bb> .
<https://example.org/id/set/x/question/10/note> a kg:Footnote ; kg:mark "1" , "=1+1" ,
  "'=1" , "'a" .
<https://example.org/id/party/vvd> a kg:Party ; kg:share "0.50"^^xsd:decimal , "x"^^ex:own ;
  kg:mark "-1" ; kg:change -0.5 .
<https://example.org/id/plain> rdfs:label "no class" .
"""


HOSTILE = (
    "", " ", "  around  ", "a\nb", "a\r\nb", "only\r", "tab\t", '"""\'\'\'', "\\", "back\\u0041",
    "]]>", '<a href="x">&amp;</a>', "&#x0;", "<!--", "\ufeffmark", "\u202ereversed", "e\u0301",
    "\U0001f600", "\u2028\u2029", "\x85next", "del\x7f", "@context", "null", "_:b0",
    "|¦␞", "=1+1", "'=1", "␀",
    "kg:Question", "https://example.org/", "#", ",", "true", "\ufffd", "\U0010ffff",
)  # fmt: skip


def hostile_graph() -> ExportGraph:
    """Texts that formats have trouble with, each plain, in a language and with a datatype."""
    store = ox.Store()
    store.load(SMALL, format=ox.RdfFormat.TURTLE)
    text = ox.NamedNode("https://w3id.org/kamergraaf/def#text")
    own = ox.NamedNode("https://example.org/own")
    for number, value in enumerate(HOSTILE):
        for part, literal in enumerate(
            (ox.Literal(value), ox.Literal(value, language="nl"), ox.Literal(value, datatype=own))
        ):
            thing = ox.NamedNode(f"https://example.org/id/text/{number}/{part}")
            store.add(ox.Quad(thing, text, literal))
            store.add(ox.Quad(thing, text, ox.Literal("beside")))
    odd = "https://example.org/ë/a%20b?x=1&y=(2)#'z'"
    store.add(ox.Quad(ox.NamedNode(odd), ox.NamedNode("https://example.org/1x"), ox.NamedNode(odd)))
    return ExportGraph(store)


@pytest.fixture(scope="session")
def seeds_export(seed_graph: Path) -> ExportGraph:
    return ExportGraph.open(seed_graph)


@pytest.fixture(params=["small", "hostile", "seeds"])
def graph(request: pytest.FixtureRequest) -> ExportGraph:
    if request.param == "hostile":
        return hostile_graph()
    if request.param == "seeds":
        found: ExportGraph = request.getfixturevalue("seeds_export")
        return found
    store = ox.Store()
    store.load(SMALL, format=ox.RdfFormat.TURTLE)
    return ExportGraph(store)


def dump(graph: ExportGraph, form: str) -> bytes:
    output = io.BytesIO()
    write_dump(graph, form, output)
    return output.getvalue()


def expected(graph: ExportGraph) -> set[str]:
    return {str(quad.triple) for quad in graph.store.quads_for_pattern(None, None, None)}


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_oxigraph_reads_the_same_graph_back(graph: ExportGraph, form: str) -> None:
    read = {
        str(quad.triple)
        for quad in ox.parse(dump(graph, form), format=OXIGRAPH_FORMATS[form])
        if quad.graph_name != ox.NamedNode(graph.base + PROVENANCE_GRAPH)
    }
    assert read == expected(graph)


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_rdflib_reads_the_same_graph_back(graph: ExportGraph, form: str) -> None:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=dump(graph, form), format=RDFLIB_FORMATS[form])
    provenance = rdflib.URIRef(graph.base + PROVENANCE_GRAPH)
    read = rdflib.Graph()
    for subject, predicate, term, name in dataset.quads((None, None, None, None)):
        if name != provenance:
            read.add((subject, predicate, term))
    original = rdflib.Graph().parse(data=dump(graph, "nt"), format="nt")
    assert rdflib.compare.isomorphic(read, original)


def test_an_independent_processor_reads_the_same_jsonld(graph: ExportGraph) -> None:
    text: Any = jsonld.to_rdf(json.loads(dump(graph, "jsonld")), {"format": "application/n-quads"})
    read = {str(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS)}
    assert read == expected(graph)


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_the_order_of_the_triples_does_not_change_a_byte(graph: ExportGraph, form: str) -> None:
    shuffled = ox.Store()
    quads = sorted(graph.store.quads_for_pattern(None, None, None), key=str, reverse=True)
    shuffled.extend(quads)
    assert dump(ExportGraph(shuffled), form) == dump(graph, form)


@pytest.mark.parametrize(
    ("triple", "message"),
    [
        ('<x:s> <x:p> "bell \\u0007"', "<x:s> <x:p>: XML cannot hold U+0007"),
        ('<x:s> <x:p> "\\uFFFE"', "<x:s> <x:p>: XML cannot hold U+FFFE"),
        ("<x:s> <x:p/1> 1", "<x:p/1>: RDF/XML has no name for this property"),
    ],
)
def test_what_xml_cannot_hold_is_refused_by_name(triple: str, message: str) -> None:
    store = ox.Store()
    store.load(f"{triple} .", format=ox.RdfFormat.TURTLE)
    with pytest.raises(GraphError, match=re.escape(message)):
        dump(ExportGraph(store), "rdfxml")
    assert dump(ExportGraph(store), "nt")


def test_named_graphs_hold_what_their_document_states() -> None:
    store = ox.Store()
    store.load(SMALL, format=ox.RdfFormat.TURTLE)
    graphs: dict[str, set[str]] = {}
    for quad in ExportGraph(store).quads():
        subject = str(quad.subject).removeprefix("<https://example.org/id/").removesuffix(">")
        name = str(quad.graph_name).removeprefix("<https://example.org/id/").removesuffix(">")
        graphs.setdefault(name, set()).add(subject)
    assert graphs == {
        "DEFAULT": {"document/aa", "document/bb", "party/vvd", "plain"},
        "document/aa": {"set/x", "set/x/question/2"},
        "document/bb": {"set/x", "set/x/question/10", "set/x/question/10/note"},
    }


def test_a_trig_dump_says_which_program_read_each_document(graph: ExportGraph) -> None:
    store = ox.Store()
    store.load(dump(graph, "trig"), format=ox.RdfFormat.TRIG)
    rows = store.query(
        """PREFIX prov: <http://www.w3.org/ns/prov#> SELECT ?document {
        GRAPH ?g { ?reading prov:used ?document ; prov:wasAssociatedWith ?program .
                   ?program a prov:SoftwareAgent } }"""
    )
    read = {row["document"] for row in rows}
    assert read == set(graph.documents) != set()


def triples_of_tables(folder: Path) -> set[str]:
    """The triples that csv files and their metadata state, by the rules of CSV on the Web."""
    found = set()
    metadata = json.loads((folder / METADATA_FILE).read_text(encoding="utf-8"))
    for table in metadata["tables"]:
        columns = {column["name"]: column for column in table["tableSchema"]["columns"]}
        with (folder / table["url"]).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                assert list(row) == list(columns)
                subject = ox.NamedNode(row.pop("iri"))
                for name, cell in row.items():
                    column = columns[name]
                    if cell == column.get("null", ""):
                        continue
                    separator = column.get("separator")
                    if "dc:description" in column:
                        cell = re.sub(r"^'('*[=+\-@\t\r])", r"\1", cell)
                    for value in cell.split(separator) if separator else [cell]:
                        predicate = ox.NamedNode(column["propertyUrl"])
                        found.add(str(ox.Triple(subject, predicate, term(value, column))))
    return found


def term(value: str, column: dict[str, Any]) -> ox.NamedNode | ox.Literal:
    if "valueUrl" in column:
        return ox.NamedNode(value)
    if "lang" in column:
        return ox.Literal(value, language=column["lang"])
    datatype = column["datatype"]
    iri = datatype["@id"] if isinstance(datatype, dict) else XSD + datatype
    return ox.Literal(value, datatype=ox.NamedNode(iri))


def test_the_tables_and_their_dictionary_state_the_same_graph(
    graph: ExportGraph, tmp_path: Path
) -> None:
    write_tables(graph, tmp_path)
    assert triples_of_tables(tmp_path) == expected(graph)


def test_a_table_has_a_row_a_thing_and_a_dictionary(
    seeds_export: ExportGraph, tmp_path: Path
) -> None:
    write_tables(seeds_export, tmp_path)
    with (tmp_path / "QuestionSet.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 19
    assert [row["identifier"] for row in rows if row["identifier"]] == ["2025Z10397"]
    metadata = json.loads((tmp_path / METADATA_FILE).read_text(encoding="utf-8"))
    (table,) = [table for table in metadata["tables"] if table["url"] == "QuestionSet.csv"]
    (column,) = [c for c in table["tableSchema"]["columns"] if c["name"] == "submittedOn"]
    assert column["datatype"] == "date"
    assert set(column["rdfs:label"]) == {"nl", "en"}


def kg(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        check=False,
    )


def test_the_command_writes_dumps(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(SMALL, encoding="utf-8")
    shown = kg("export", "nt", "--graph", ".", cwd=tmp_path)
    written = kg("export", "nt", "--graph", "graph.ttl", "-o", "out/x.nt", cwd=tmp_path)
    assert (shown.returncode, written.returncode, written.stdout) == (0, 0, b"")
    assert shown.stdout == (tmp_path / "out" / "x.nt").read_bytes()
    tables = kg("export", "csv", "--graph", ".", "-o", "tables", cwd=tmp_path)
    assert tables.returncode == 0
    assert (tmp_path / "tables" / "Question.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["export", "docx"], 2, "unknown format 'docx'; use ttl, nt"),
        (["export", "nt", "--graph", "nowhere"], 1, "run `kg build` first"),
        (["export", "nt", "--graph", "broken.ttl"], 1, "broken.ttl, line 1: not valid Turtle"),
        (["export", "nt", "--graph", "graph.ttl", "-o", "graph.ttl/x"], 2, "cannot be written"),
    ],
)
def test_the_command_says_what_is_wrong_in_one_line(
    tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    (tmp_path / "broken.ttl").write_text("<a> <b>", encoding="utf-8")
    (tmp_path / "graph.ttl").write_text(SMALL, encoding="utf-8")
    done = kg(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert message in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
