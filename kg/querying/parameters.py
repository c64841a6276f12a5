"""Parameters of a query: typed, serialised as RDF terms, put in the slots made for them.

A slot is an inline data block of one variable, `VALUES ?name { default }`, anywhere in the query;
binding replaces the term in it. So each query is whole and portable as it stands, subqueries can
have slots of their own, and no value is ever read as query text: only a term that was checked
against its declared type and serialised by the RDF library gets in.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.sparql import tokens_of

_XSD = "http://www.w3.org/2001/XMLSchema#"
TYPES = ("string", "integer", "decimal", "date", "boolean", "iri")

_LEXICAL = {
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "boolean": re.compile(r"true|false"),
    "iri": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+"),
}
_EXAMPLE = {
    "integer": "42",
    "decimal": "0.5",
    "date": "2025-05-23",
    "boolean": "true",
    "iri": "https://example.org/x",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared parameter: its name without `?`, its type, the value without `-p`, and what."""

    name: str
    kind: str
    default: str
    about_nl: str
    about_en: str


def to_term(parameter: Parameter, value: str) -> ox.Literal | ox.NamedNode:
    """The RDF term of a value given as text; QueryError where it is not of the declared type."""
    form = _LEXICAL.get(parameter.kind)
    try:
        if form is not None and not form.fullmatch(value):
            raise ValueError(f"no {parameter.kind}, such as {_EXAMPLE[parameter.kind]}")
        match parameter.kind:
            case "string":
                value.encode()
                if "\0" in value:
                    raise ValueError(f"no text: NUL stands at place {value.index(chr(0)) + 1}")
                return ox.Literal(value)
            case "iri":
                return ox.NamedNode(value)
            case "date":
                date.fromisoformat(value)
        return ox.Literal(value, datatype=ox.NamedNode(_XSD + parameter.kind))
    except ValueError as error:
        shown = value if len(value) <= 60 else value[:59] + "…"
        raise QueryError(f"parameter {parameter.name}: {shown!r} is {error}") from error


@dataclass(frozen=True, slots=True)
class _Slot:
    """A `VALUES ?name { … }` block: the name, and where the inside of the braces stands."""

    name: str
    start: int
    end: int


def _slots(text: str) -> Iterator[_Slot]:
    tokens = tokens_of(text)
    for at, token in enumerate(tokens[:-2]):
        variable, brace = tokens[at + 1], tokens[at + 2]
        if (
            token.lastgroup == "word"
            and token.group().upper() == "VALUES"
            and variable.lastgroup == "variable"
            and brace.group() == "{"
        ):
            closing = next((t for t in tokens[at + 3 :] if t.group() == "}"), None)
            if closing is not None:
                yield _Slot(variable.group()[1:], brace.end(), closing.start())


def defaults(text: str) -> dict[str, str]:
    """For each slot of a query, the term that stands in it, as written."""
    return {slot.name: text[slot.start : slot.end].strip() for slot in _slots(text)}


def bind(text: str, parameters: tuple[Parameter, ...], values: Mapping[str, str]) -> str:
    """The query `text` with `values`, and the defaults of other parameters, in their slots.

    Raises QueryError for a value without parameter, a value of the wrong type, or a parameter
    without slot.
    """
    declared = {parameter.name: parameter for parameter in parameters}
    for name in values:
        if name not in declared:
            known = ", ".join(sorted(declared)) or "none"
            raise QueryError(f"the query has no parameter {name!r}; its parameters: {known}")
    terms = {
        name: to_term(parameter, values.get(name, parameter.default))
        for name, parameter in declared.items()
    }
    slots = [slot for slot in _slots(text) if slot.name in terms]
    for name in terms:
        if not any(slot.name == name for slot in slots):
            raise QueryError(f"parameter {name}: the query has no VALUES ?{name} {{ … }} for it")
    for slot in reversed(slots):
        text = f"{text[: slot.start]} {terms[slot.name]} {text[slot.end :]}"
    return text
