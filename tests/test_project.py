"""Rules that hold for the project as a whole."""

import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

# Written in pieces, so that this file does not break its own rule.
MACHINE_PATH = re.compile(r"(?<![\w.:/$*~-])/(?:" + "home|root|Users|work|opt|tmp" + r")/\w")
REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|npmjs|yarnpkg|debian)" + r"\.(?:org|com|net)\b")
TRACKER = re.compile(r"(?i)\b(?:issue|ticket)\s*#?\d")
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared"}
HEAVY = (
    "rdflib", "pyoxigraph", "networkx", "igraph", "pyvis", "SPARQLWrapper", "pyshacl", "starlette",
    "uvicorn", "jinja2", "numpy",
)  # fmt: skip


def tracked(root: Path) -> list[Path]:
    """The files that git tracks; skips where there is no repository (a source distribution)."""
    if not (root / ".git").exists():
        pytest.skip("not a git checkout")
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    return [root / name for name in names.split("\0") if name and (root / name).is_file()]


@pytest.mark.parametrize(
    ("pattern", "hits", "misses"),
    [
        (
            MACHINE_PATH,
            ["see " + "/ho" + "me/ann/x", "cd " + "/wo" + "rk/main"],
            ["https://example.org/work/1", "eli/work/2", "/id/person", "../work/x"],
        ),
        (REGISTRY, ["https://py" + "pi.org/simple"], ["pip install kamergraaf", "npm install"]),
        (TRACKER, ["see is" + "sue 12", "Ticket" + " #3"], ["the issue at hand", "tissue 4"]),
    ],
)
def test_forbidden_patterns_find_what_they_should(
    pattern: re.Pattern[str], hits: list[str], misses: list[str]
) -> None:
    assert [text for text in hits if not pattern.search(text)] == []
    assert [text for text in misses if pattern.search(text)] == []


def test_no_file_names_a_machine_a_registry_or_an_issue(root: Path) -> None:
    found = []
    for path in tracked(root):
        if path.parent.name == "seeds" and path.suffix == ".txt":
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, 1):
            for pattern in (MACHINE_PATH, REGISTRY, TRACKER):
                if hit := pattern.search(line):
                    found.append(f"{path.relative_to(root)}:{number}: {hit[0]!r}")
    assert found == []


def test_modules_are_named_after_what_they_hold(root: Path) -> None:
    vague = [
        str(path.relative_to(root))
        for path in (root / "kg").rglob("*.py")
        if {path.stem, path.parent.name} & VAGUE_NAMES
    ]
    assert vague == []


def test_every_turtle_file_parses(root: Path) -> None:
    broken = []
    for path in tracked(root):
        if path.suffix == ".ttl" and "cases" not in path.parts:
            try:
                list(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
            except SyntaxError as error:
                broken.append(f"{path.relative_to(root)}: {error}")
    assert broken == []


@pytest.mark.parametrize("module", ["kg", "kg.cli"])
def test_importing_the_package_loads_no_heavy_library(root: Path, module: str) -> None:
    script = f"import sys, {module}; print(*sorted(sys.modules.keys() & set({HEAVY!r})))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    assert loaded.split() == []
