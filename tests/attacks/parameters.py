"""Every parameter of every named query given values that try to become query text."""

from collections.abc import Iterator

import tree_sitter

from kg.errors import QueryError
from kg.querying.catalogue import Query, read_catalogue
from kg.serving.reach import syntax_tree
from tests.attacks.outcome import Outcome

TITLE = "injection through every parameter of every named query"
BAR = "0 change a query"

VALUES = (
    '"',
    "'",
    '"""',
    "\\",
    '\\"',
    '" } UNION { ?pwned ?p ?o',
    "' } UNION { ?pwned ?p ?o } #",
    '"@nl } VALUES ?x { "y',
    '"^^<urn:string> } { SERVICE <http://127.0.0.1:9/> {} } VALUES ?x { "',
    "> } { ?pwned ?p ?o } VALUES ?x { <x:",
    "urn:x> <urn:y",
    "urn:x\\u003E } { ?pwned ?p ?o }",
    "urn:x\n> }",
    "http://x.example/a b",
    "42 } { ?pwned ?p ?o } VALUES ?y { 1",
    "42 # ",
    "1e9999",
    "2025-05-23} #",
    "true } UNION { ?pwned ?p ?o",
    "\\u0022 } { ?pwned ?p ?o } #",
    "\\U00000022 . ?pwned ?p ?o #",
    "\r\n\t",
    "\0",
    "\ud800",
    "?pwned",
    "_:b",
    "{}",
    "$(id) `id` %s {0} ${x}",
    "\u2028} UNION { ?pwned ?p ?o",
    "'" * 1000 + "}" * 1000,
)


def _shape(text: str) -> list[str]:
    """The kinds of all nodes of a query's syntax tree; which term stands in a slot is left out."""
    return [node.type for node in _nodes(syntax_tree(text)) if node.type not in _TERMS]


_TERMS = {
    "rdf_literal", "string", "integer", "decimal", "double", "boolean_literal", "iri_reference",
    "prefixed_name", "namespace", "pn_prefix", "pn_local", "lang_tag", "echar", "^^", '"', "true",
    "false", "<", ">", "'",
}  # fmt: skip


def _nodes(tree: tree_sitter.Tree) -> Iterator[tree_sitter.Node]:
    waiting = [tree.root_node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def attempts() -> Iterator[tuple[Query, str, str]]:
    """A query, the name of one of its parameters, and a value for it."""
    for query in read_catalogue():
        for parameter in query.parameters:
            for value in VALUES:
                yield query, parameter.name, value


def attack(*, brief: bool) -> Outcome:
    """Binds each, and compares the structure of the query with what it was."""
    del brief
    outcome = Outcome()
    accepted = 0
    for query, name, value in attempts():
        try:
            bound = query.bound({name: value})
        except QueryError:
            outcome.expect(True, "")
            continue
        accepted += 1
        tree = syntax_tree(bound)
        outcome.expect(
            not tree.root_node.has_error and _shape(bound) == _shape(query.bound({})),
            f"{query.name}, {name}={value!r}",
        )
    outcome.figures = {"refused": outcome.tried - accepted, "taken as plain values": accepted}
    return outcome
