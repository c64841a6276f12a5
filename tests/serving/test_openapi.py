"""The OpenAPI description; tried on the running server by Schemathesis."""

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.routing import Route

from kg.serving.answering import Limits
from kg.serving.application import create_application
from kg.serving.openapi import openapi


def test_every_route_that_is_not_sparql_is_described(seed_graph: Path) -> None:
    application = create_application(seed_graph, Limits())
    routes = {one.path for one in application.routes if isinstance(one, Route)}
    described = {path.replace("{local}", "{local:path}").replace("{file}", "{file:path}")
                 for path in openapi()["paths"]}  # fmt: skip
    assert routes - described == {"/sparql", "/sparql/"}
    assert described <= routes


@pytest.mark.server
@pytest.mark.slow
def test_schemathesis_finds_no_failure(seed_server: str, tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("schemathesis")
    done = subprocess.run(
        [command, "run", f"{seed_server}/openapi.json", "--checks", "all", "--no-color",
         "--max-examples", "25", "--seed", "1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    # it leaves out the address that the description itself was read from
    tried = len(openapi()["paths"]) - 1
    assert f"Tested: {tried}" in done.stdout
    assert "No issues found" in done.stdout
