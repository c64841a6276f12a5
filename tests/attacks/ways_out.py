"""Twelve ways by which a query or a graph might reach other servers or files, in every spelling."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
from typer.testing import CliRunner

from kg.cli import app
from tests.attacks.outcome import Outcome
from tests.attacks.targets import Listener, kg, kg_server

TITLE = "ways out, on kg query and kg serve"
BAR = "0 succeed"

_GRAPH = '<urn:here> <urn:is> "harmless" .\n'
_LEAK = "leaked"


def _queries(outside: str, folder: str) -> Iterator[tuple[str, str]]:
    """Name and text: nine ways, each plain, prefixed, escaped, split by comments, BASE-relative."""
    http, file = f"{outside}/", f"file://{folder}/"
    ways = [
        ("SERVICE", "SELECT * {{ SERVICE {} {{ ?s ?p ?o }} }}", http, "sparql"),
        ("SERVICE SILENT", "SELECT * {{ SERVICE SILENT {} {{ ?s ?p ?o }} }}", http, "sparql"),
        ("SERVICE via redirect", "SELECT * {{ SERVICE {} {{ ?s ?p ?o }} }}", http, "redirect"),
        (
            "SERVICE in INSERT…WHERE",
            "INSERT {{ ?s <urn:p> <urn:o> }} WHERE {{ SERVICE {} {{ ?s ?p ?o }} }}",
            http,
            "sparql",
        ),
        ("FROM http", "SELECT * FROM {} {{ ?s ?p ?o }}", http, "data"),
        ("FROM NAMED http", "SELECT * FROM NAMED {} {{ GRAPH ?g {{ ?s ?p ?o }} }}", http, "data"),
        ("FROM file", "SELECT * FROM {} {{ ?s ?p ?o }}", file, "secret.ttl"),
        ("LOAD http", "LOAD {}", http, "data"),
        ("LOAD file", "LOAD {}", file, "secret.ttl"),
    ]
    for name, form, base, local in ways:
        word = name.split()[0]
        plain = form.format(f"<{base}{local}>")
        escaped = f"\\u{ord(word[0]):04X}{word[1:]}"
        yield f"{name}, plain", plain
        yield f"{name}, prefixed", f"PREFIX x: <{base}> {form.format(f'x:{local}')}"
        yield f"{name}, escaped word", plain.replace(word, escaped, 1)
        yield (
            f"{name}, escaped IRI",
            form.format("<" + "".join(f"\\u{ord(c):04X}" for c in base + local) + ">"),
        )
        yield f"{name}, split by comments", plain.replace(" ", " # SELECT\n ")
        yield f"{name}, BASE-relative", f"BASE <{base}> {form.format(f'<{local}>')}"
        yield f"{name}, other case", plain.replace(word, word.title(), 1)


def _graphs(outside: str, folder: str) -> Iterator[tuple[str, str]]:
    """Name and JSON-LD: a context from the web, from a file, and by @import."""
    data = '"@id": "urn:x", "a": "harmless"'
    for name, url in [("http", f"{outside}/context"), ("file", f"file://{folder}/context")]:
        escaped = "".join(f"\\u{ord(c):04x}" for c in url)
        base, _, local = url.rpartition("/")
        way = f"JSON-LD context {name}"
        yield f"{way}, plain", f'{{"@context": "{url}", {data}}}'
        yield f"{way}, escaped", f'{{"@context": "{escaped}", {data}}}'
        yield f"{way}, in a list", f'{{"@context": [{{"b": "urn:b"}}, "{url}"], {data}}}'
        yield f"{way}, relative", f'{{"@context": [{{"@base": "{base}/"}}, "{local}"], {data}}}'
        yield f"{way}, further in", f'{{"@graph": [{{"@context": "{url}", {data}}}]}}'
        yield (
            f"{way}, of a term",
            f'{{"@context": {{"c": {{"@id": "urn:c", "@context": "{url}"}}}}, "c": {{{data}}}}}',
        )
    for name, url in [("http", f"{outside}/context"), ("file", f"file://{folder}/context")]:
        yield (
            f"@import {name}",
            f'{{"@context": {{"@version": 1.1, "@import": "{url}"}}, {data}}}',
        )


def attack(*, brief: bool) -> Outcome:
    """Tries them; `brief` leaves out that `kg serve` does not even start on such JSON-LD.

    The command line runs in this process; the query is in one of its own all the same.
    """
    outcome = Outcome()
    command_line = CliRunner()
    with Listener() as outside, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "graph.ttl").write_text(_GRAPH)
        (folder / "secret.ttl").write_text(f'<urn:{_LEAK}> <urn:is> "{_LEAK}" .\n')
        (folder / "context").write_text(f'{{"@context": {{"a": "urn:{_LEAK}"}}}}')

        def judge(what: str, said: str) -> None:
            calls, outside.calls[:] = list(outside.calls), []
            shown = said.replace(outside.address, "").replace(name, "")
            outcome.expect(not calls, f"{what}: {calls}")
            outcome.expect(
                f'"{_LEAK}"' not in shown and f"urn:{_LEAK}" not in shown, f"{what}: {said}"
            )

        with kg_server(folder / "graph.ttl") as (address, server):
            with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
                for what, text in _queries(outside.address, name):
                    got = client.get("/sparql", params={"query": text})
                    judge(f"kg serve, {what}", got.text)
                    outcome.expect(got.status_code == 400, f"{what}: {got.status_code} {got.text}")
                    posted = client.post("/sparql", data={"query": text})
                    judge(f"kg serve by POST, {what}", posted.text)
                    updated = client.post("/sparql", data={"update": text})
                    judge(f"kg serve as update, {what}", updated.text)
            outcome.expect(server.poll() is None, "the server ended")
        for what, text in _queries(outside.address, name):
            query = ["query", "-", "--graph", str(folder / "graph.ttl"), "-f", "csv"]
            done = command_line.invoke(app, query, input=text)
            judge(f"kg query, {what}", done.stdout)
            outcome.expect(done.exit_code == 2, f"kg query, {what}: {done.output}")
        (folder / "all.rq").write_text("SELECT * { ?s ?p ?o }")
        for what, text in _graphs(outside.address, name):
            (folder / "graph.jsonld").write_text(text)
            query = ["query", str(folder / "all.rq"), "--graph", str(folder / "graph.jsonld")]
            judge(f"kg query, {what}", command_line.invoke(app, [*query, "-f", "csv"]).stdout)
            if not brief:
                served = kg("serve", folder / "graph.jsonld", "--port", "0")
                judge(f"kg serve, {what}", served.stdout)
        outside.shutdown()
    return outcome
