"""Every named query on a real Virtuoso: the answers of the embedded engine, row by row."""

import shutil
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.querying.catalogue import Query, read_catalogue
from kg.querying.results import to_table
from kg.querying.running import run_embedded, run_remote
from tests.conftest import free_port

GRAPH = "https://example.org/kamergraaf"
SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
"""


@pytest.fixture
def virtuoso(serve_process: Callable[..., None], tmp_path: Path, seed_graph: Path) -> str:
    """The endpoint of a Virtuoso that holds the seeds in one named graph, its default one here."""
    command = shutil.which("virtuoso-t")
    if command is None:
        pytest.skip("no virtuoso-t on this machine (install the system's virtuoso-opensource)")
    http = free_port()
    (tmp_path / "virtuoso.ini").write_text(SETTINGS.format(http=http, sql=free_port()))
    address = f"http://127.0.0.1:{http}"
    serve_process(
        [command, "-f", "-c", "virtuoso.ini"], url=f"{address}/sparql?query=ASK%7B%7D", cwd=tmp_path
    )
    graph = quote(GRAPH, safe="")
    target = f"{address}/sparql-graph-crud-auth?graph-uri={graph}"
    # it answers queries a moment before it takes data
    for patience in range(20, -1, -1):
        try:
            put(target, seed_graph.read_bytes())
            break
        except OSError:
            if not patience:
                raise
            time.sleep(0.5)
    return f"{address}/sparql?default-graph-uri={graph}"


def put(target: str, turtle: bytes) -> None:
    """Stores a graph as the user that a fresh Virtuoso has."""
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, target, "dba", "dba")
    opener = urllib.request.build_opener(urllib.request.HTTPDigestAuthHandler(passwords))
    headers = {"Content-Type": "text/turtle"}
    request = urllib.request.Request(target, data=turtle, headers=headers, method="PUT")
    opener.open(request, timeout=120).close()


def rows(results: object) -> list[tuple[str | None, ...]]:
    assert isinstance(results, ox.QuerySolutions)
    return [
        tuple(None if cell is None else cell.value for cell in row)
        for row in to_table(results).rows
    ]


@pytest.mark.server
@pytest.mark.slow
def test_every_named_table_is_the_same_as_embedded(virtuoso: str, seed_graph: Path) -> None:
    store = ox.Store()
    store.bulk_load(path=str(seed_graph), format=ox.RdfFormat.TURTLE)
    tables: list[Query] = [query for query in read_catalogue() if query.columns]
    assert len(tables) > 25
    for query in tables:
        here, there = run_embedded(query, {}, store), run_remote(query, {}, virtuoso)
        assert rows(there) == rows(here), query.name
