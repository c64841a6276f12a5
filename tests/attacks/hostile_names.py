"""Labels, texts and IRIs that are markup, formulas or paths, in every output."""

import csv
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
from playwright.sync_api import sync_playwright

from tests.attacks.outcome import Outcome
from tests.attacks.targets import kg, kg_server
from tests.conftest import CHROMIUM_ARGUMENTS, CHROMIUM_NAMES

TITLE = "hostile labels and names in every output"
BAR = "0 executed, 0 escaped paths, all round-trip or are rejected with a reason"

_FIRE = "window.fired=(window.fired||0)+1"
TEXTS = (
    f"<script>{_FIRE}</script>",
    f"</script><script>{_FIRE}</script>",
    f"<img src=x onerror={_FIRE}>",
    f'" onmouseover="{_FIRE}" x="',
    f"' autofocus onfocus='{_FIRE}' '",
    f"</title><svg onload={_FIRE}>",
    f"</textarea><script>{_FIRE}</script>",
    f"<!--<script>{_FIRE}",
    f"]]><script>{_FIRE}</script>",
    f"{{{{constructor.constructor('{_FIRE}')()}}}}",
    f"${{{_FIRE}}}",
    f"javascript:{_FIRE}",
    f"&lt;script&gt;{_FIRE}&lt;/script&gt;",
    f"\\u003cscript\\u003e{_FIRE}",
    f"<a href='javascript:{_FIRE}'>klik</a>",
    '=HYPERLINK("http://127.0.0.1:9/";"x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "'=1+1",
    '"; DROP TABLE x; --',
    '""" . <urn:pwned> <urn:p> """',
    "\\",
    "regel\r\neinde\n\n",
    "../../../etc/passwd",
    "\u202egnp.exe",
    "\u0001\u001b[31mrood\u0085",
    "e\u0301 \u2126 \ufb01 \U0001f600",
    "%s%n{0}",
)
PATHS = (
    "set/../../../escaped",
    "set/%2e%2e/%2e%2e/escaped",
    "set/..%2f..%2fescaped",
    "/escaped",
    "set//escaped",
    "set/.htaccess",
    "set/con.nul",
    "set/a'b&c=d;e",
    "set/" + "x" * 300,
)
_ID = "https://w3id.org/kamergraaf/id/"
_KG = "https://w3id.org/kamergraaf/def#"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def _graph() -> Iterator[ox.Triple]:
    """Sets, questions and people with these labels; things with these IRIs."""
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    label = ox.NamedNode(_LABEL)

    def node(local: str, base: str = _ID) -> ox.NamedNode:
        return ox.NamedNode(base + local)

    def kg_term(name: str) -> ox.NamedNode:
        return node(name, _KG)

    for number, text in enumerate(TEXTS):
        words = ox.Literal(text, language="nl")
        one_set, person = node(f"set/s{number}"), node(f"person/p{number}")
        question, law = node(f"set/s{number}/question/1"), node(f"law/l{number}")
        yield ox.Triple(one_set, rdf_type, kg_term("QuestionSet"))
        yield ox.Triple(one_set, label, words)
        yield ox.Triple(one_set, node("title", "http://purl.org/dc/terms/"), words)
        yield ox.Triple(one_set, kg_term("submittedBy"), person)
        yield ox.Triple(one_set, kg_term("hasQuestion"), question)
        yield ox.Triple(question, rdf_type, kg_term("Question"))
        yield ox.Triple(question, label, words)
        yield ox.Triple(question, kg_term("number"), ox.Literal(1))
        yield ox.Triple(question, kg_term("text"), words)
        yield ox.Triple(question, kg_term("mentions"), law)
        for thing, kind in ((person, "Person"), (law, "Law")):
            yield ox.Triple(thing, rdf_type, kg_term(kind))
            yield ox.Triple(thing, label, words)
    for local in PATHS:
        thing = node(local)
        yield ox.Triple(thing, rdf_type, kg_term("QuestionSet"))
        yield ox.Triple(thing, label, ox.Literal("pad"))


def attack(*, brief: bool) -> Outcome:
    """Writes every output of such a graph, reads each back, and opens the pages in a browser."""
    del brief
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "a" / "b"
        graph = folder / "build" / "graph.ttl"
        graph.parent.mkdir(parents=True)
        triples = set(_graph())
        graph.write_bytes(ox.serialize(triples, format=ox.RdfFormat.TURTLE) or b"")
        _dumps(outcome, graph, folder, triples)
        _tables(outcome, graph, folder)
        _networks(outcome, graph, folder)
        _pages(outcome, graph, folder)
        inside = {path for path in Path(name).rglob("*") if path.is_relative_to(folder)}
        outside = [path for path in Path(name).rglob("*")
                   if path not in inside and not folder.is_relative_to(path)]  # fmt: skip
        outcome.expect(not outside, f"written outside: {outside}")
    return outcome


def _dumps(outcome: Outcome, graph: Path, folder: Path, triples: set[ox.Triple]) -> None:
    formats = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "nq": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    for form, kind in formats.items():
        path = folder / f"dump.{form}"
        done = kg("export", form, "--graph", graph, "-o", path)
        if done.returncode != 0:
            told = done.stderr.startswith("kg: ") and done.stderr.count("\n") == 1
            outcome.expect(told and not path.exists(), f"{form}: {done.stderr}")
            continue
        read = {quad.triple for quad in ox.parse(path=str(path), format=kind)}
        missing = triples - read
        outcome.expect(not missing, f"{form} lost {sorted(map(str, missing))[:3]}")


def _tables(outcome: Outcome, graph: Path, folder: Path) -> None:
    done = kg("export", "csv", "--graph", graph, "-o", folder / "csv")
    outcome.expect(done.returncode == 0, f"csv: {done.stderr}")
    found = set()
    for path in sorted((folder / "csv").glob("*.csv")):
        for row in csv.reader(io.StringIO(path.read_bytes().decode(), newline="")):
            for cell in row:
                executed = cell[:1] in "=+-@\t\r" and cell != "" and not cell.isdigit()
                outcome.expect(not executed, f"{path.name}: {cell[:40]!r}")
                found.add(re.sub(r"^'('*[=+\-@\t\r])", r"\1", cell))
    for text in TEXTS:
        outcome.expect(text in found, f"csv lost {text!r}")


def _networks(outcome: Outcome, graph: Path, folder: Path) -> None:
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        path = folder / f"network.{form}"
        done = kg("export", form, "--graph", graph, "-o", path)
        outcome.expect(done.returncode == 0, f"{form}: {done.stderr}")
        labels = {facts["label"] for _, facts in read(path).nodes(data=True)}
        for text in TEXTS:
            # XML has no control characters, and makes one of the line ends
            kept = re.sub("[\x01\x1b]", "\ufffd", text)
            plain = {" ".join(label.split()) for label in labels}
            outcome.expect(" ".join(kept.split()) in plain, f"{form} lost {text!r}")


def _pages(outcome: Outcome, graph: Path, folder: Path) -> None:
    done = kg("export", "site", "--graph", graph, "-o", folder / "site")
    told = done.returncode == 0 or done.stderr.startswith("kg: ")
    outcome.expect(told, f"site: {done.stderr}")
    done = kg("view", "--graph", graph, "-o", folder / "build" / "graph.html")
    outcome.expect(done.returncode == 0, f"explorer: {done.stderr}")
    page = folder / "build" / "graph.html"
    pages = [*(folder / "site").glob("*.html"), *(folder / "site").rglob("doc/**/*.html"), page]
    binary = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    with sync_playwright() as playwright, kg_server(graph.parent) as (address, _):
        chromium = playwright.chromium.launch(executable_path=binary, args=[*CHROMIUM_ARGUMENTS])
        tab = chromium.new_page()
        tab.on("dialog", lambda dialog: dialog.dismiss())
        for path in pages:
            tab.goto(path.as_uri())
            _expect_quiet(outcome, tab, path.relative_to(folder).as_posix())
            _expect_data(outcome, path)
        for number in range(len(TEXTS)):
            for local in (f"set/s{number}", f"person/p{number}"):
                tab.goto(f"{address}/doc/{local}")
                _expect_quiet(outcome, tab, f"served {local}")
        for path in ("/", "/query", "/explorer"):
            tab.goto(address + path)
            _expect_quiet(outcome, tab, f"served {path}")
        chromium.close()


def _expect_quiet(outcome: Outcome, tab: Any, what: str) -> None:
    tab.evaluate(
        "document.querySelectorAll('*').forEach(e => e.dispatchEvent(new Event('mouseover')))"
    )
    outcome.expect(not tab.evaluate("window.fired"), f"{what}: a script of the data ran")


def _expect_data(outcome: Outcome, page: Path) -> None:
    """The JSON-LD inside a page is still JSON."""
    html = page.read_text("utf-8")
    for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
        try:
            json.loads(data)
        except ValueError as error:
            outcome.expect(False, f"{page.name}: {error}")
