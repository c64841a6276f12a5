"""Assertions as Turtle in a canonical order, so that equal graphs are equal files and diff well."""

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.model.assertion import Assertion, Iri, Literal
from kg.rdf.vocabulary import PREFIXES
from kg.store.publishing import replacing

_DIGITS = re.compile(r"\d+")


def to_triples(assertions: Iterable[Assertion]) -> list[ox.Triple]:
    """The distinct triples of `assertions`, by subject (numbers in order), predicate, object.

    rdf:type comes first of a subject's predicates.
    """
    grouped: dict[str, dict[str, list[Iri | Literal]]] = {}
    for one in assertions:
        predicates = grouped.setdefault(one.subject.value, {})
        predicates.setdefault(one.predicate.value, []).append(one.object)
    nodes = {
        name: ox.NamedNode(name) for name in {name for one in grouped.values() for name in one}
    }
    triples: list[ox.Triple] = []
    for name in sorted(grouped, key=_natural):
        subject = ox.NamedNode(name)
        predicates = grouped[name]
        for predicate in sorted(predicates, key=lambda each: (each != _TYPE, each)):
            objects = predicates[predicate]
            if len(objects) > 1:
                objects = sorted(set(objects), key=_order)
            node = nodes[predicate]
            triples += [ox.Triple(subject, node, _term(each)) for each in objects]
    return triples


def write_turtle(assertions: Iterable[Assertion], path: Path) -> int:
    """Writes `assertions` to `path` and returns the number of triples.

    The file is read back before it takes its place; GraphError when the two differ.
    """
    triples = to_triples(assertions)
    content = to_turtle(triples)
    read_back = sum(1 for _ in ox.parse(content, format=ox.RdfFormat.TURTLE))
    if read_back != len(triples):
        raise GraphError(
            f"{path}: wrote {len(triples)} triples and read {read_back} back; the old file stays",
            code="torn",
        )
    with replacing(path) as stream:
        stream.write(content)
    return len(triples)


def to_turtle(triples: Iterable[ox.Triple]) -> bytes:
    """`triples` as Turtle, in the order given."""
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _natural(text: str) -> str:
    """`text` with its numbers padded, so that question 10 follows question 9."""
    return _DIGITS.sub(lambda match: match.group().zfill(12), text)


def _order(value: Iri | Literal) -> tuple[str, str, str]:
    if isinstance(value, Iri):
        return ("", _natural(value.value), "")
    return (value.language or value.datatype, value.value, "literal")


def _term(value: Iri | Literal) -> ox.NamedNode | ox.Literal:
    if isinstance(value, Iri):
        return ox.NamedNode(value.value)
    if value.language:
        return ox.Literal(value.value, language=value.language)
    if value.datatype:
        return ox.Literal(value.value, datatype=ox.NamedNode(value.datatype))
    return ox.Literal(value.value)
