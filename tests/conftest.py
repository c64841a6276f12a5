"""What tests share: data of the project and beside it, a browser, a real SPARQL server."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI", "").lower() in {"1", "true"}

# A busy machine is slow without being wrong; in CI the same examples are tried every time.
settings.register_profile(
    "kamergraaf",
    deadline=None,
    derandomize=CI,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kamergraaf")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's top folder."""
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of seed documents."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data beside the project, at `KG_SHARED` or `../shared`; skips without it."""
    folder = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no shared data at {folder} (set KG_SHARED to its folder)")
    return folder


@pytest.fixture(scope="session")
def seed_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `kg build seeds` writes, built once for all workers of a test run."""
    base = tmp_path_factory.getbasetemp()
    run = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = run / "seed-build"
    with (run / "seed-build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            build = subprocess.run(
                [sys.executable, "-m", "kg", "build", "seeds", "--out", f"{folder}.new"],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            assert build.returncode == 0, f"kg build seeds failed:\n{build.stdout}{build.stderr}"
            Path(f"{folder}.new").rename(folder)
    return folder


@pytest.fixture(scope="session")
def seed_graph(seed_build: Path) -> Path:
    """The Turtle file of the seeds."""
    return seed_build / "graph.ttl"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium, driven by playwright; skips without it, but fails in CI."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        reason = "no Chromium on this machine (install the system's package chromium)"
        if CI:
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=[*CHROMIUM_ARGUMENTS])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page of 1280 × 800 pixels, in Dutch, with nothing kept from other tests."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.fixture
def axe_violations() -> Callable[[Any], list[str]]:
    """A function from an open page to its accessibility violations, one readable line each."""
    from axe_core_python.sync_playwright import Axe

    def violations(page: Any) -> list[str]:
        found = Axe().run(page)["violations"]
        return [
            f"{violation['id']} ({violation['impact']}): {node['target']} {node['failureSummary']}"
            for violation in found
            for node in violation["nodes"]
        ]

    return violations


def free_port() -> int:
    """A port on loopback that nobody listens to now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def unused_port() -> Callable[[], int]:
    """A function that finds a free port on loopback."""
    return free_port


def wait_until_served(url: str, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """Wait until `url` answers, whatever its status; fail when the server ends or stays silent."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"{server.args!r} ended with {server.returncode}")
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"{url} did not answer within {seconds} s")


@contextmanager
def serving_processes() -> Iterator[Callable[..., None]]:
    """A function that starts a server and waits for its URL; its servers are ended afterwards."""
    servers: list[subprocess.Popen[bytes]] = []

    def start(command: list[str], *, url: str, cwd: Path = ROOT) -> None:
        server = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL)
        servers.append(server)
        wait_until_served(url, server)

    try:
        yield start
    finally:
        end_processes(servers)


def end_processes(servers: list[subprocess.Popen[bytes]]) -> None:
    """End processes, by force where they stay."""
    for server in servers:
        server.terminate()
    for server in servers:
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture
def serve_process() -> Iterator[Callable[..., None]]:
    """A function that starts a server for one test; see `serving_processes`."""
    with serving_processes() as start:
        yield start


@pytest.fixture(scope="session")
def seed_server(seed_build: Path) -> Iterator[str]:
    """The address of a `kg serve` of the seeds, the same for all tests of a worker."""
    address = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "kg", "serve", str(seed_build), "--log", "none"]
    with serving_processes() as start:
        command += ["--port", address.rpartition(":")[2], "--allow-origin", "*"]
        start(command, url=f"{address}/health")
        yield address


@pytest.fixture
def oxigraph_server(serve_process: Callable[..., None]) -> Callable[[], str]:
    """A function that starts an empty Oxigraph server and returns its address.

    Query at `/query`, update at `/update`, Graph Store Protocol at `/store`.
    """

    def start() -> str:
        binary = Path(sys.executable).with_name("oxigraph")
        command = str(binary) if binary.exists() else shutil.which("oxigraph")
        if command is None:
            pytest.fail("no oxigraph command (install the development dependencies)")
        address = f"127.0.0.1:{free_port()}"
        serve_process([command, "serve", "--bind", address], url=f"http://{address}/")
        return f"http://{address}"

    return start


VIRTUOSO_SETTINGS = """\
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
[SPARQL]
ResultSetMaxRows = 10000
"""


def installed_command(name: str, package: str) -> str:
    """A command of the system, installed where that can be done; skips with the reason."""
    with Path(tempfile.gettempdir(), f"kg-{package}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = shutil.which(name)
        if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
            install = f"apt-get install -qq --no-install-recommends {package}"
            subprocess.run(
                ["sh", "-c", f"{install} || {{ apt-get update -qq && {install}; }}"],
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
                stdout=subprocess.DEVNULL,
                check=False,
            )
            found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name}, and the system's {package} cannot be installed here")
    return found


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty Virtuoso with the row limit of a public one; its user is dba/dba.

    Query at `/sparql`, update at `/sparql-auth`, Graph Store Protocol at `/sparql-graph-crud-auth`.
    """
    command = installed_command("virtuoso-t", "virtuoso-opensource")
    folder = tmp_path_factory.mktemp("virtuoso")
    http = free_port()
    settings = VIRTUOSO_SETTINGS.format(http=http, sql=free_port())
    (folder / "virtuoso.ini").write_text(settings)
    address = f"http://127.0.0.1:{http}"
    with serving_processes() as start:
        start(
            [command, "-f", "-c", "virtuoso.ini"],
            url=f"{address}/sparql?query=ASK%7B%7D",
            cwd=folder,
        )
        yield address
