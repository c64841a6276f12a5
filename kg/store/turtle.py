"""Assertions as Turtle in a canonical order, so that equal graphs are equal files and diff well.

The text is made here and not by a library, because the order of a whole archive decides the speed
of a build; what is made is read back by the engine before it takes its place (`segments`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import pyoxigraph as ox

from kg.model.assertion import XSD, Assertion, Iri, Literal
from kg.model.spelling import natural_order
from kg.rdf.iris import parsed_iri
from kg.rdf.vocabulary import PREFIXES, TYPE

_PREFIX_OF = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_LOCAL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_ESCAPED = {
    **{chr(code): f"\\u{code:04X}" for code in (*range(32), 127)},
    **{char: f"\\{short}" for char, short in zip('\\"\n\r\t\b\f', '\\"nrtbf', strict=True)},
}
_TO_ESCAPE = re.compile(r'[\x00-\x1f\x7f"\\]')
_BARE = {
    f"{XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{XSD}boolean": re.compile(r"true|false"),
}
_BLOCK = re.compile(rb"^[^\t@\n][^\n]*\n(?:\t[^\n]*\n)*", re.MULTILINE)


class Block(NamedTuple):
    """All that is known of one subject, as Turtle.

    `order` sorts the blocks of a file: the subject with its numbers counted, so that question 10
    follows question 9.
    """

    order: str
    subject: str
    triples: int
    text: str


def blocks_in(text: bytes) -> Iterator[bytes]:
    """The blocks in a stretch of a graph's file, as they are written; prefixes are none."""
    return (match.group() for match in _BLOCK.finditer(text))


def to_blocks(assertions: Iterable[Assertion]) -> Iterator[Block]:
    """The distinct triples of `assertions`, a block a subject, in order.

    rdf:type is first of a subject's predicates.
    """
    grouped: dict[str, dict[str, list[Iri | Literal]]] = {}
    for one in assertions:
        name = one.subject.value
        predicates = grouped.get(name)
        if predicates is None:
            predicates = grouped[name] = {}
        objects = predicates.get(one.predicate.value)
        if objects is None:
            predicates[one.predicate.value] = [one.object]
        else:
            objects.append(one.object)
    for order, name in sorted((natural_order(name), name) for name in grouped):
        predicates = grouped[name]
        count = 0
        lines = []
        for predicate, verb in _verbs(tuple(predicates)):
            objects = predicates[predicate]
            if len(objects) > 1:
                objects = sorted(set(objects), key=_order)
                shown = " , ".join(map(_term, objects))
            else:
                shown = _term(objects[0])
            count += len(objects)
            lines.append(f"{verb} {shown}")
        yield Block(order, name, count, f"{_iri(name)} {f' ;{_INDENT}'.join(lines)} .\n")


def join_blocks(blocks: Sequence[Block]) -> Block:
    """One block of several about the same subject."""
    text = HEAD + "".join(block.text for block in blocks)
    triples = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)
    (joined,) = to_blocks(_to_assertion(triple) for triple in triples)
    return joined


def _to_assertion(triple: ox.Triple) -> Assertion:
    subject, predicate, term = triple.subject, triple.predicate, triple.object
    assert isinstance(subject, ox.NamedNode)
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        plain = term.language or datatype == f"{XSD}string"
        value: Iri | Literal = Literal(term.value, term.language or "", "" if plain else datatype)
    else:
        assert isinstance(term, ox.NamedNode)
        value = parsed_iri(term.value)
    return Assertion(parsed_iri(subject.value), parsed_iri(predicate.value), value)


HEAD = "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(PREFIXES))
_INDENT = "\n\t"


@lru_cache(maxsize=10_000)
def _verbs(predicates: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The predicates in order and as they are written; many subjects have the same ones."""
    ordered = sorted(predicates, key=_type_first)
    return tuple((one, "a" if one == TYPE.value else _iri(one)) for one in ordered)


def _type_first(predicate: str) -> tuple[bool, str]:
    return (predicate != TYPE.value, predicate)


def _order(value: Iri | Literal) -> tuple[str, str, str]:
    if isinstance(value, Iri):
        return ("", natural_order(value.value), "")
    return (value.language or value.datatype, value.value, "literal")


@lru_cache(maxsize=100_000)
def _iri(value: str) -> str:
    cut = max(value.rfind("/"), value.rfind("#")) + 1
    prefix = _PREFIX_OF.get(value[:cut])
    if prefix is not None and _LOCAL_NAME.fullmatch(value, cut):
        return f"{prefix}:{value[cut:]}"
    return f"<{value}>"


def _term(term: Iri | Literal) -> str:
    value = term.value
    if isinstance(term, Iri):
        return _iri(value)
    bare = _BARE.get(term.datatype)
    if bare is not None and bare.fullmatch(value):
        return value
    if _TO_ESCAPE.search(value):
        value = _TO_ESCAPE.sub(lambda match: _ESCAPED[match[0]], value)
    if term.language:
        return f'"{value}"@{term.language.lower()}'
    if term.datatype:
        return f'"{value}"^^{_iri(term.datatype)}'
    return f'"{value}"'
