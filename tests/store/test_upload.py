"""Loading a graph into a real store, whole, checked and again."""

import base64
import http.server
import os
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.errors import EndpointError
from kg.export.graph import ExportGraph
from kg.querying.catalogue import read_catalogue
from kg.querying.running import run_embedded, run_remote
from kg.store.upload import BATCH_TRIPLES, Store, upload

pytestmark = pytest.mark.server

NAME = "https://example.org/graph"


def silent(_: str) -> None: ...


def triple(subject: str, term: ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(f"urn:{subject}"), ox.NamedNode("urn:p"), term)


def some_triples(number: int) -> list[ox.Triple]:
    return [
        triple(f"s{n}", ox.Literal(f"regel {n}\n\"'\\ ë 😀", language="nl")) for n in range(number)
    ]


@pytest.fixture
def store(oxigraph_server: Callable[[], str]) -> Store:
    address = oxigraph_server()
    return Store(f"{address}/query", f"{address}/update")


def held(store: Store, name: str | None) -> int:
    inside = f"GRAPH <{name}> {{ ?s ?p ?o }}" if name else "?s ?p ?o"
    (row,) = store.rows(f"SELECT (COUNT(*) AS ?n) {{ {inside} }}")
    return int(row["n"].value)


@pytest.mark.parametrize("name", [NAME, None])
def test_a_graph_replaces_the_old_one_whole(store: Store, name: str | None) -> None:
    first = upload(some_triples(2 * BATCH_TRIPLES + 7), store, name, silent)
    assert (first.faithful, first.unchanged, first.kept) == (True, False, 2 * BATCH_TRIPLES + 7)
    second = upload(some_triples(3), store, name, silent)
    assert (second.faithful, held(store, name)) == (True, 3)
    again = upload(some_triples(3), store, name, silent)
    assert again.unchanged
    (row,) = store.rows("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert int(row["n"].value) == (3 if name else 0)


def test_other_graphs_of_the_store_are_left_alone(store: Store) -> None:
    store.update("INSERT DATA { <urn:a> <urn:b> 1 . GRAPH <urn:g> { <urn:a> <urn:b> 2 } }")
    upload(some_triples(3), store, NAME, silent)
    assert (held(store, None), held(store, "urn:g"), held(store, NAME)) == (1, 1, 3)


def test_what_a_store_changes_is_reported_by_name(store: Store) -> None:
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    report = upload([triple("s", ox.Literal("0.50", datatype=decimal))], store, NAME, silent)
    assert (report.faithful, report.kept, report.changed) == (False, 1, 1)
    assert '"0.50"' in report.changes[0].sent
    assert '"0.5"' in report.changes[0].kept[0]


def test_a_load_that_broke_off_is_finished_by_the_next(store: Store) -> None:
    upload(some_triples(5), store, NAME, silent)

    def break_off(_: str) -> None:
        if held(store, f"{NAME}#being-loaded"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upload(some_triples(BATCH_TRIPLES + 1), store, NAME, break_off)
    assert held(store, NAME) == 5
    assert upload(some_triples(BATCH_TRIPLES + 1), store, NAME, silent).faithful
    assert held(store, f"{NAME}#being-loaded") == 0


def test_all_named_queries_give_the_same_from_the_store(store: Store, seed_graph: Path) -> None:
    graph = ExportGraph.open(seed_graph)
    report = upload(list(graph.triples()), store, NAME, silent)
    assert report.kept == report.triples
    endpoint = f"{store.query_url}?default-graph-uri={quote(NAME, safe='')}"
    for query in read_catalogue():
        here = run_embedded(query, {}, seed_graph)
        there = run_remote(query, {}, endpoint, timeout=120)
        assert rows(there) == rows(here), query.name


def rows(results: object) -> object:
    if isinstance(results, ox.QuerySolutions):
        names = [variable.value for variable in results.variables]
        return names, sorted(tuple(str(row[name]) for name in names) for row in results)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    return sorted(map(str, results))  # type: ignore[call-overload]


class _Guarded(http.server.BaseHTTPRequestHandler):
    """A store that only lets one user in."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        expected = "Basic " + base64.b64encode(b"an:geheim").decode()
        if self.headers.get("Authorization") == expected:
            self.send_response(204)
        else:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def guarded() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Guarded) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_user_is_let_in_and_others_are_told(guarded: str) -> None:
    Store(guarded, guarded, "an", "geheim").update("CLEAR ALL")
    for user, password in [(None, ""), ("an", "fout")]:
        with pytest.raises(EndpointError, match="401"):
            Store(guarded, guarded, user, password).update("CLEAR ALL")


def test_a_store_that_is_away_is_told_in_one_line(unused_port: Callable[[], int]) -> None:
    url = f"http://127.0.0.1:{unused_port()}/update"
    with pytest.raises(EndpointError, match="run the same command again"):
        Store(url, url).update("CLEAR ALL")


def test_the_command_publishes(
    oxigraph_server: Callable[[], str], tmp_path: Path, root: Path
) -> None:
    address = oxigraph_server()
    (tmp_path / "graph.ttl").write_text('<urn:a> <urn:b> "c"@nl .', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "publish", "--graph", "graph.ttl", "--into", "default",
         "--endpoint", f"{address}/query", "--update", f"{address}/update"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 of 1 triples in the default graph, 0 of them changed\n"
    ask = quote('ASK { <urn:a> <urn:b> "c"@nl }')
    assert b"true" in urllib.request.urlopen(f"{address}/query?query={ask}").read()
