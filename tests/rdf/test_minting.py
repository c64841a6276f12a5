"""IRIs come into being in one place, which checks them: nothing else in the package makes any."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

MAY_MAKE = {
    # what the graph states
    "Iri": {
        "kg/rdf/iris.py": "the place",
        "kg/rdf/vocabulary.py": "terms of the vocabulary, none of them from documents",
    },
    # the engine's own, which raises ValueError for what is no IRI
    "NamedNode": {
        "kg/rdf/iris.py": "checks with it",
        "kg/export/": "looks things up, and describes the graph itself",
        "kg/querying/parameters.py": "values that a user gives a query, checked there",
        "kg/serving/answering.py": "graphs that a request names",
        "kg/serving/description.py": "the address that a request came to",
        "kg/serving/names.py": "terms under which names stand",
        "kg/serving/protocol.py": "the description of the service",
        "kg/store/": "terms of shapes",
    },
    "URIRef": {"kg/querying/results.py": "results of a query as rdflib has them"},
    "BNode": {"kg/querying/results.py": "the same"},
    "BlankNode": {},
}

LOOKING_UP = {
    "kg/export/dumps.py",  # names this version, as the agent that made the graph
    "kg/export/thing_page.py",
    "kg/querying/explaining.py",
    "kg/serving/names.py",
    "kg/serving/pages.py",
}

_BEGINS = re.compile(r"(^|\w/)id/\S*$")


def calls(source: str) -> Iterator[tuple[str, int]]:
    """The names of functions and classes that are called, with the line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func
            yield (
                (name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")),
                (node.lineno),
            )


def makers(source: str, file: str) -> list[str]:
    """Where a file makes IRIs though it may not."""
    return [
        f"{file}:{line} calls {name}"
        for name, line in calls(source)
        if name in MAY_MAKE and not any(file.startswith(allowed) for allowed in MAY_MAKE[name])
    ]


def things_put_together(source: str) -> Iterator[int]:
    """The lines where the IRI of a thing is put together: `…id/` with something behind it."""
    for node in ast.walk(ast.parse(source)):
        parts: list[ast.expr] = []
        if isinstance(node, ast.JoinedStr):
            parts = node.values
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            parts = [node.left, node.right]
        for part, following in pairwise(parts):
            begins = isinstance(part, ast.Constant) and _BEGINS.search(str(part.value))
            if begins and isinstance(following, ast.FormattedValue | ast.Name):
                yield node.lineno


def sources(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((root / "kg").rglob("*.py")):
        yield path.relative_to(root).as_posix(), path.read_text("utf-8")


def test_iris_are_made_where_they_are_checked(root: Path) -> None:
    assert [found for file, text in sources(root) for found in makers(text, file)] == []


def test_iris_of_things_are_put_together_in_one_place(root: Path) -> None:
    found = {file for file, text in sources(root) for _ in things_put_together(text)}
    assert found - LOOKING_UP == {"kg/rdf/iris.py"}


def test_what_is_allowed_is_in_use(root: Path) -> None:
    used = {(name, file) for file, text in sources(root) for name, _ in calls(text)}
    for name, files in MAY_MAKE.items():
        for allowed in files:
            assert any(n == name and f.startswith(allowed) for n, f in used), (name, allowed)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Iri(text)", 1),
        ("assertion.Iri(text)", 1),
        ("rdflib.URIRef('urn:x')", 1),
        ("[ox.NamedNode(one) for one in texts]", 1),
        ("isinstance(one, Iri) and mint.thing(key)", 0),
    ],
)
def test_the_check_sees_what_it_should(source: str, found: int) -> None:
    assert len(makers(source, "kg/resolution/people.py")) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("f'{base}id/{key}'", 1),
        ("'https://x.nl/id/' + key", 1),
        ("f'{base}id/set/{key}'", 1),
        ("f'{base}id/'", 0),
        ("f'{base}id/set/'", 0),
        ("f'the id/ {name}'", 0),
    ],
)
def test_the_check_sees_things_put_together(source: str, found: int) -> None:
    assert len(list(things_put_together(source))) == found
