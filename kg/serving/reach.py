"""What a query reaches for beyond the graph, found by parsing it.

The engine may call other servers for SERVICE. Nothing of the kind is let through to it. The parser
(tree-sitter, https://github.com/BonaBeavis/tree-sitter-sparql) works without recursion, so that it
can also refuse what is nested too deeply for the engine, which would end its process.
"""

import ctypes
import re
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import urljoin

import tree_sitter_sparql
from tree_sitter import Language, Node, Parser, Tree

MOST_NESTING = 1000
"""Levels of the syntax tree; two for each brace. The engine ends above some 2,000 parentheses."""

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_IRI = re.compile(r"<[^<>\"{}|^`\x00-\x20]*>")
_MENTIONED = re.compile(r"\b(service|from|load|using)\b", re.IGNORECASE)
_CLAUSES = {
    "default_graph_clause": "FROM",
    "named_graph_clause": "FROM NAMED",
    "using_clause": "USING",
}


class ReachError(Exception):
    """A query that reaches beyond the graph, or that cannot be read well enough to tell."""


def refuse_reach(text: str, base: str, is_here: Callable[[str], bool]) -> None:
    """Raises ReachError where a query calls a service, loads a document, or names another graph.

    `base` is what its relative IRIs are resolved against; `is_here` tells whether the graph with
    an IRI is among those that are asked. Also raises it for a query that is nested too deeply.
    """
    # the standard decodes escapes before it parses; the engine, which is given the text as it is or
    # with plain names, only inside names, IRIs and texts
    plain, decoded = _with_plain_iris(with_plain_names(text)), _ESCAPE.sub(_character, text)
    readings = (plain, _with_plain_iris(text), decoded)
    trees = {reading: syntax_tree(reading) for reading in readings}
    for tree in trees.values():
        for node in _walk(tree.root_node):
            if node.type == "service_graph_pattern":
                raise ReachError("SERVICE is refused: a query reaches nothing beyond this graph")
            if node.type == "load":
                raise ReachError("LOAD is refused: a query reaches nothing beyond this graph")
            if clause := _CLAUSES.get(node.type):
                for iri in _named(node, tree.root_node, base):
                    if not is_here(iri):
                        raise ReachError(
                            f"{clause} <{iri}>: there is no graph of that name here, and none is "
                            "fetched"
                        )
    root = trees[plain].root_node
    if root.has_error and (word := _MENTIONED.search(decoded)):
        raise ReachError(
            f"the query is not clear near {_first_error(root)}, so what its {word[0].upper()} "
            "reaches for cannot be told; write it plainly"
        )


def syntax_tree(text: str) -> Tree:
    """A query as the parser reads it; parts that are no SPARQL are nodes of the kind ERROR."""
    return _parser().parse(text.encode("utf-8", "surrogatepass"))


@cache
def _parser() -> Parser:
    address = tree_sitter_sparql.language()
    capsule = ctypes.pythonapi.PyCapsule_New
    capsule.restype = ctypes.py_object
    capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    return Parser(Language(capsule(address, b"tree_sitter.Language", None)))


def with_plain_names(text: str) -> str:
    """A query without the escapes of characters that names may have.

    The standard has them anywhere (SPARQL 1.1, 19.2), the engine only in IRIs and texts.
    """
    return _ESCAPE.sub(
        lambda match: name if (name := _character(match)).isalnum() else match[0], text
    )


def _with_plain_iris(text: str) -> str:
    return _IRI.sub(lambda iri: _ESCAPE.sub(_harmless, iri[0]), text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def _harmless(match: re.Match[str]) -> str:
    """The character, unless it would end the text, the name or the line that it stands in."""
    character = _character(match)
    return match[0] if character <= " " or character in "<>\"{}|^`\\'" else character


def _walk(root: Node) -> Iterator[Node]:
    cursor = root.walk()
    while True:
        if cursor.depth > MOST_NESTING:
            raise ReachError(f"the query is nested more than {MOST_NESTING} levels deep")
        if cursor.node is not None:
            yield cursor.node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def _named(clause: Node, root: Node, base: str) -> Iterator[str]:
    """The IRIs that a clause names, made absolute."""
    base, prefixes = _prologue(root, base)
    for node in _walk(clause):
        if node.type == "iri_reference":
            yield urljoin(base, _text(node)[1:-1])
        elif node.type == "prefixed_name":
            prefix, _, local = _text(node).partition(":")
            yield prefixes.get(prefix, f"{prefix}:") + local.replace("\\", "")


def _prologue(root: Node, base: str) -> tuple[str, dict[str, str]]:
    """The last BASE, and what the prefixes stand for."""
    prefixes = {}
    for part in root.children:
        for node in part.children if part.type == "prologue" else ():
            iri = next((urljoin(base, _text(one)[1:-1]) for one in node.children
                        if one.type == "iri_reference"), "")  # fmt: skip
            if node.type == "base_declaration":
                base = iri
            elif node.type == "prefix_declaration":
                name = next((_text(one) for one in node.children if one.type == "namespace"), ":")
                prefixes[name.rstrip(": ")] = iri
    return base, prefixes


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")


def _first_error(root: Node) -> str:
    """The line and column of the first part that is no SPARQL."""
    found = next((node for node in _walk(root) if node.is_error or node.is_missing), root)
    return f"line {found.start_point.row + 1}, column {found.start_point.column + 1}"
