"""Queries that cost too much: time, memory, depth. The server answers in time, and lives on."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.attacks.outcome import Outcome
from tests.attacks.targets import build_seeds, kg_server

TITLE = "heavy queries on kg serve"
BAR = "server lives, answer within limit + 1 s, the next query is answered"

LIMIT = 3.0
_LIGHT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/kamergraaf/def#QuestionSet> }"


def queries() -> Iterator[tuple[str, str]]:
    """Name and text of each."""
    doubled = " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
    values = " ".join(f'"{n:06d}"' for n in range(90_000))
    yield "cross product", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    yield "distinct cross product", "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    yield "sorted cross product", "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY RAND() LIMIT 1"
    yield "constructed cross product", "CONSTRUCT { ?a ?e ?i } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    yield "grouped cross product", "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f }"
    yield "unbounded path", "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b }"
    yield (
        "path of paths",
        "SELECT (COUNT(*) AS ?n) { ?a ((!<urn:x>)*/(^!<urn:x>)*)+ ?b . ?b !<u:x>* ?c }",
    )
    yield (
        "regular expression",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f "
        'FILTER REGEX(CONCAT(STR(?c), STR(?f)), "((a+)+b?)*([a-z]+ ?)*$") }',
    )
    yield "long repetition", 'SELECT * { ?a ?b ?c FILTER REGEX(STR(?c), "((a{100}){100}){100}") }'
    yield "CONCAT bomb", f'SELECT (STRLEN(?v40) AS ?n) {{ BIND("0123456789" AS ?v0) {doubled} }}'
    yield "5,000 nested braces", "SELECT * " + "{" * 5000 + "?a ?b ?c" + "}" * 5000
    yield (
        "5,000 nested parentheses",
        "SELECT * { ?a ?b ?c FILTER (" + "(" * 5000 + "true" + ")" * 5000 + ") }",
    )
    yield "100,000 !", "SELECT * { ?a ?b ?c FILTER (" + "!" * 100_000 + "true) }"
    yield "5,000 OPTIONAL", "SELECT * { ?a ?b ?c " + "OPTIONAL { ?a ?b ?c } " * 5000 + "}"
    yield "5,000 UNION", "SELECT * { { ?a ?b ?c } " + "UNION { ?a ?b ?c } " * 5000 + "}"
    yield (
        "huge VALUES",
        f"SELECT * {{ VALUES ?x {{ {values} }} ?a ?b ?c . ?d ?e ?f . FILTER(?x = ?c) }}",
    )
    yield "10,000 additions", "SELECT (1" + "+1" * 10_000 + " AS ?n) {}"


def attack(*, brief: bool) -> Outcome:
    """Asks each, alone and then all at once."""
    del brief
    outcome = Outcome()
    slowest: tuple[float, str] = (0.0, "")
    with tempfile.TemporaryDirectory() as name:
        graph = build_seeds(Path(name) / "build")
        options = ("--timeout", str(LIMIT))
        with kg_server(graph, *options) as (address, server):
            with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
                expected = client.post("/sparql", data={"query": _LIGHT}).content
                for what, text in queries():
                    began = time.monotonic()
                    reply = client.post("/sparql", data={"query": text})
                    seconds = time.monotonic() - began
                    slowest = max(slowest, (seconds, what))
                    outcome.expect(seconds <= LIMIT + 1, f"{what}: {seconds:.1f} s")
                    outcome.expect(
                        reply.status_code in (200, 400, 413, 422, 503),
                        f"{what}: {reply.status_code} {reply.text[:200]}",
                    )
                    began = time.monotonic()
                    after = client.post("/sparql", data={"query": _LIGHT})
                    outcome.expect(after.content == expected, f"after {what}: {after.text[:200]}")
                    outcome.expect(time.monotonic() - began < 1, f"after {what}: slow")
            outcome.expect(server.poll() is None, "the server ended")
    outcome.figures = {"slowest": f"{slowest[0]:.2f} s ({slowest[1]})", "limit": f"{LIMIT:g} s"}
    return outcome
