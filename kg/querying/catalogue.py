"""Queries with names: files that say in their header what they answer.

The header is the block of comment lines at the top of a `.rq` file, one fact a line:

    # title@nl: Sets zonder antwoord
    # title@en: Sets without an answer
    # about@nl: Welke sets in deze documenten geen antwoord hebben.
    # about@en: Which sets have no answer in these documents.
    # parameter: word | string | cloud | woord in de tekst | word in the text
    # column: title | titel van de set | title of the set

A parameter is name, type, default, and what it is in Dutch and English; its slot in the query is
`VALUES ?word { "cloud" }`. A column is a variable of the SELECT, in order.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import QueryError
from kg.querying.parameters import TYPES, Parameter, bind, defaults, to_term
from kg.resources import queries_dir

_FACT = re.compile(
    r"#\s*(?P<key>title@nl|title@en|about@nl|about@en|parameter|column):(?P<value>.*)"
)
_TEXTS = ("title@nl", "title@en", "about@nl", "about@en")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VARIABLE = re.compile(r"[A-Za-z]\w*")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer: the variable, and what it holds."""

    name: str
    about_nl: str
    about_en: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query and what its header says; texts are empty and tuples too where it says nothing."""

    name: str
    text: str
    title_nl: str = ""
    title_en: str = ""
    about_nl: str = ""
    about_en: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()

    def bound(self, values: Mapping[str, str]) -> str:
        """The text with `values` in place of the defaults; QueryError where one does not fit."""
        try:
            return bind(self.text, self.parameters, values)
        except QueryError as error:
            raise QueryError(f"{self.name}: {error.message}") from error


def parse_query(text: str, name: str) -> Query:
    """A query from its text. `name` is used in errors; they name the line, too."""
    texts: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    slots = defaults(text)
    for number, line in _header(text):
        fact = _FACT.fullmatch(line)
        if fact is None:
            continue
        key, value = fact["key"], fact["value"].strip()
        try:
            if key == "parameter":
                parameters.append(_parameter(value, slots))
            elif key == "column":
                columns.append(_column(value))
            elif key in texts or not value:
                raise ValueError(f"{key} is {'empty' if not value else 'given twice'}")
            else:
                texts[key] = value
        except (ValueError, QueryError) as error:
            raise QueryError(f"{name}, line {number}: {error}", line=number) from error
    for kind, names in (("parameter", parameters), ("column", columns)):
        doubles = {one.name for one in names if sum(one.name == two.name for two in names) > 1}
        if doubles:
            raise QueryError(f"{name}: {kind} {min(doubles)} is given twice")
    return Query(
        name=name,
        text=text,
        title_nl=texts.get("title@nl", ""),
        title_en=texts.get("title@en", ""),
        about_nl=texts.get("about@nl", ""),
        about_en=texts.get("about@en", ""),
        parameters=tuple(parameters),
        columns=tuple(columns),
    )


def _header(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            return
        yield number, line.strip()


def _fields(value: str, names: tuple[str, ...]) -> list[str]:
    fields = [field.strip() for field in value.split("|")]
    if len(fields) != len(names):
        raise ValueError(f"{len(fields)} fields where {len(names)} belong: {' | '.join(names)}")
    if not _VARIABLE.fullmatch(fields[0]):
        raise ValueError(f"{fields[0]!r} is no name of a variable")
    return fields


def _parameter(value: str, slots: Mapping[str, str]) -> Parameter:
    parameter = Parameter(*_fields(value, ("name", "type", "default", "Dutch", "English")))
    if parameter.kind not in TYPES:
        raise ValueError(f"type {parameter.kind!r} is none of {', '.join(TYPES)}")
    term = to_term(parameter, parameter.default)
    if parameter.name not in slots:
        raise ValueError(f"the query has no VALUES ?{parameter.name} {{ {term} }}")
    written = slots[parameter.name]
    if written not in (str(term), parameter.default):
        raise ValueError(f"default {term} differs from {written} in the query")
    return parameter


def _column(value: str) -> Column:
    return Column(*_fields(value, ("name", "Dutch", "English")))


def read_query(path: Path) -> Query:
    """The query in a file. Raises QueryError where it cannot be read or its header is wrong."""
    try:
        return parse_query(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot read the query: {error}") from error


def read_catalogue(folder: Path | None = None) -> tuple[Query, ...]:
    """All queries of a folder, by name; None is the folder that ships with the package.

    Raises QueryError where a header is wrong or lacks a title or a description.
    """
    queries = []
    for path in sorted((folder or queries_dir()).glob("*.rq"), key=lambda path: path.stem):
        if not _NAME.fullmatch(path.stem):
            raise QueryError(f"{path}: a query's name is in kebab-case, such as late-answers.rq")
        query = read_query(path)
        header = "\n".join(line for _, line in _header(query.text))
        for key in _TEXTS:
            if f"{key}:" not in header:
                raise QueryError(f"{path}, line 1: the header lacks '# {key}: …'", line=1)
        queries.append(replace(query, name=path.stem))
    return tuple(queries)


def find_query(name: str, folder: Path | None = None) -> Query:
    """The named query of the catalogue; QueryError with the nearest names where there is none."""
    catalogue = {query.name: query for query in read_catalogue(folder)}
    if name not in catalogue:
        near = difflib.get_close_matches(name, catalogue, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "`kg queries` lists them"
        raise QueryError(f"no query is named {name!r}; {hint}")
    return catalogue[name]
