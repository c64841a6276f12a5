"""Assertions as Turtle in a canonical order, so that equal graphs are equal files and diff well.

The text is made here and not by a library, because the order of a whole archive decides the speed
of a build; each file is read back by the engine before it takes its place.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.model.assertion import XSD, Assertion, Iri, Literal
from kg.rdf.vocabulary import PREFIXES, TYPE
from kg.store.publishing import replacing

_DIGITS = re.compile(r"\d+")
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


def write_turtle(assertions: Iterable[Assertion], path: Path) -> int:
    """Writes `assertions` to `path` and returns the number of triples.

    The file is read back before it takes its place; GraphError when the two differ.
    """
    with replacing(path) as stream:
        written = 0
        for count, text in to_turtle(assertions):
            stream.write(text.encode())
            written += count
        stream.seek(0)
        try:
            read_back = sum(1 for _ in ox.parse(stream, format=ox.RdfFormat.TURTLE))
        except SyntaxError as error:
            raise GraphError(
                f"{path}: what was written is no Turtle ({error}); the old file stays", code="torn"
            ) from error
        if read_back != written:
            raise GraphError(
                f"{path}: wrote {written} triples and read {read_back} back; the old file stays",
                code="torn",
            )
    return written


def to_turtle(assertions: Iterable[Assertion]) -> Iterator[tuple[int, str]]:
    """The distinct triples of `assertions` as Turtle: the prefixes, then a text a subject.

    Each comes with its number of triples. Subjects are in order with numbers counted, so that
    question 10 follows question 9; rdf:type is first of a subject's predicates.
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
    yield 0, "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(PREFIXES))
    verbs = {name: _iri(name) for name in {name for one in grouped.values() for name in one}}
    verbs[TYPE.value] = "a"
    ranks = {name: rank for rank, name in enumerate(sorted(verbs, key=_type_first))}
    for name in sorted(grouped, key=_natural):
        predicates = grouped[name]
        count = 0
        lines = []
        for predicate in sorted(predicates, key=ranks.__getitem__):
            objects = predicates[predicate]
            if len(objects) > 1:
                objects = sorted(set(objects), key=_order)
                shown = " , ".join(map(_term, objects))
            else:
                shown = _term(objects[0])
            count += len(objects)
            lines.append(f"{verbs[predicate]} {shown}")
        yield count, f"{_iri(name)} {f' ;{_INDENT}'.join(lines)} .\n"


_INDENT = "\n\t"


def _type_first(predicate: str) -> tuple[bool, str]:
    return (predicate != TYPE.value, predicate)


def _natural(text: str) -> str:
    """`text` with its numbers padded."""
    return _DIGITS.sub(_padded, text)


def _padded(digits: re.Match[str]) -> str:
    return digits[0].zfill(12)


def _order(value: Iri | Literal) -> tuple[str, str, str]:
    if isinstance(value, Iri):
        return ("", _natural(value.value), "")
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
