"""The graph as one tidy table a class, with a data dictionary (CSV on the Web).

A row is a thing, a column a property in one form: a reference, a language or a datatype. Cells
with several values are joined by the column's separator; where a column holds an empty text, ␀
stands for no value. A text that begins as a formula
(`=`, `+`, `-`, `@`, tab, return), or with an apostrophe before that, gets an apostrophe in front,
which a reader takes off again; so a spreadsheet never computes it. csv-metadata.json holds for
each column the property, form and separator, so the tables can be read back to the same graph.
https://www.w3.org/TR/tabular-metadata/
"""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import GraphError
from kg.export.graph import ExportGraph, compact, local_name, types_of
from kg.rdf.vocabulary import PREFIXES
from kg.resources import ontology_dir
from kg.store.publication import publishing

METADATA_FILE = "csv-metadata.json"
UNTYPED = "Thing"
_APOSTROPHE = "take off an apostrophe at the start where =, +, -, @, tab or return follows"
_SEPARATORS = ("|", "¦", "␞", "␟")
_NOTHINGS = ("␀", "␀␀", "␀␀␀")
_RDF_TYPE = PREFIXES["rdf"] + "type"
_XSD = PREFIXES["xsd"]
_REFERENCE = "@id"
_UNSAFE = re.compile(r"[^\w]")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PLAIN_TYPES = {"integer", "decimal", "double", "boolean", "date", "dateTime", "gYear"}


@dataclass(frozen=True, slots=True, order=True)
class _Form:
    """What a column holds: values of one property, in one form.

    `form` is `@id` for references, `@nl` for a language, else the IRI of a datatype.
    """

    predicate: str
    form: str

    @property
    def is_text(self) -> bool:
        """Whether values are free text, and not references, numbers, dates or truths."""
        return self.form != _REFERENCE and self.form.removeprefix(_XSD) not in _PLAIN_TYPES


Cells = Mapping[_Form, Sequence[str]]
"""The values of a thing, by what its columns hold."""


class _Values:
    """What a column will hold, as far as the table's form depends on it."""

    def __init__(self) -> None:
        self.several = False
        self.has_empty = False
        self.nothings: tuple[str, ...] = _NOTHINGS
        self.separators: tuple[str, ...] = _SEPARATORS

    def add(self, values: Sequence[str]) -> None:
        """Notes the values of one thing."""
        self.several = self.several or len(values) > 1
        self.has_empty = self.has_empty or "" in values
        self.nothings = tuple(one for one in self.nothings if one not in values)
        if any(separator in value for separator in self.separators for value in values):
            self.separators = tuple(
                one for one in self.separators if not any(one in value for value in values)
            )


@dataclass(frozen=True, slots=True)
class _Table:
    """A class with the number of its things, and what their properties hold."""

    name: str
    things: int
    values: Mapping[_Form, _Values]


def write_tables(graph: ExportGraph, folder: Path) -> int:
    """Writes a csv file for each class, and the data dictionary, to `folder`.

    The graph is read twice, thing by thing: for the columns, then for the rows. Returns the number
    of tables. Raises UsageError where the folder cannot be written, GraphError where values hold
    every separator, or all that could stand for no value.
    """
    tables = _tables(graph)
    columns = {table.name: _columns(table) for table in tables}
    dictionary = _dictionary()
    described = [_describe(table.name, columns[table.name], dictionary) for table in tables]
    metadata = {"@context": "http://www.w3.org/ns/csvw", "tables": described}
    with publishing(folder, replaces_all=True) as results:
        _write_rows(graph, columns, results.folder)
        text = json.dumps(metadata, ensure_ascii=False, indent=1) + "\n"
        (results.folder / METADATA_FILE).write_bytes(text.encode())
        results.counts = {table.name: table.things for table in tables}
    return len(tables)


def _write_rows(
    graph: ExportGraph, columns: Mapping[str, Sequence["_Column"]], folder: Path
) -> None:
    with ExitStack() as files:
        writers = {}
        for name, described in columns.items():
            stream = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
            writers[name] = csv.writer(files.enter_context(stream))
            writers[name].writerow(["iri", *(column.name for column in described)])
        for iri, name, cells in _rows(graph):
            writers[name].writerow([iri, *(_cell(column, cells) for column in columns[name])])


@dataclass(frozen=True, slots=True)
class _Column:
    """A column; `separator` joins several values, `nothing` stands where a thing has none."""

    name: str
    form: _Form
    separator: str | None
    nothing: str


def _cell(column: _Column, cells: Cells) -> str:
    """The values of a thing; spreadsheets would compute a text that begins as a formula does."""
    values = cells.get(column.form)
    if values is None:
        return column.nothing
    cell = (column.separator or "").join(values)
    return f"'{cell}" if column.form.is_text and _FORMULA.match(cell) else cell


def _rows(graph: ExportGraph) -> Iterator[tuple[str, str, Cells]]:
    """Each thing: its IRI, the name of its table, and its values."""
    for subject, triples in graph.things():
        types = types_of(triples)
        name = _UNSAFE.sub("_", local_name(types[0])) if types else UNTYPED
        cells: dict[_Form, list[str]] = {}
        for form, value in _values(triples):
            cells.setdefault(form, []).append(value)
        yield _reference(subject), name, cells


def _tables(graph: ExportGraph) -> list[_Table]:
    """The tables by name."""
    things: Counter[str] = Counter()
    found: dict[str, dict[_Form, _Values]] = defaultdict(lambda: defaultdict(_Values))
    for _, name, cells in _rows(graph):
        things[name] += 1
        for form, values in cells.items():
            found[name][form].add(values)
    return [_Table(name, things[name], found[name]) for name in sorted(things)]


def _values(triples: Iterable[ox.Triple]) -> Iterator[tuple[_Form, str]]:
    for triple in triples:
        term = triple.object
        if not isinstance(term, ox.Literal):
            yield _Form(triple.predicate.value, _REFERENCE), _reference(term)
        elif term.language:
            yield _Form(triple.predicate.value, f"@{term.language}"), term.value
        else:
            yield _Form(triple.predicate.value, term.datatype.value), term.value


def _reference(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _columns(table: _Table) -> list[_Column]:
    forms = sorted(table.values, key=lambda form: (form.predicate != _RDF_TYPE, form))
    taken: set[str] = {"iri"}
    columns = []
    for form in forms:
        name = _UNSAFE.sub("_", local_name(form.predicate))
        if sum(local_name(other.predicate) == name for other in forms) > 1:
            name += "_" + local_name(form.form).removeprefix("@")
        if name in taken:
            name = compact(form.predicate).replace(":", "_") + "_" + local_name(form.form)
        taken.add(name)
        values = table.values[form]
        if not values.nothings or (values.several and not values.separators):
            raise GraphError(
                f"{table.name}.csv, column {name}: values hold all that would tell them apart"
            )
        separator = values.separators[0] if values.several else None
        columns.append(
            _Column(name, form, separator, values.nothings[0] if values.has_empty else "")
        )
    return columns


def _describe(
    table: str, columns: Sequence[_Column], dictionary: dict[str, dict[str, dict[str, str]]]
) -> dict[str, Any]:
    described: list[dict[str, Any]] = [
        {"name": "iri", "titles": "iri", "datatype": "anyURI", "suppressOutput": True}
    ]
    for column in columns:
        entry: dict[str, Any] = {
            "name": column.name,
            "titles": column.name,
            "propertyUrl": column.form.predicate,
        }
        if texts := dictionary.get(column.form.predicate):
            entry |= {f"rdfs:{name}": languages for name, languages in texts.items()}
        if column.form.form == _REFERENCE:
            entry |= {"datatype": "anyURI", "valueUrl": f"{{+{column.name}}}"}
        elif column.form.form.startswith("@"):
            entry |= {"datatype": "string", "lang": column.form.form.removeprefix("@")}
        elif column.form.form.startswith(_XSD):
            entry["datatype"] = column.form.form.removeprefix(_XSD)
        else:
            entry["datatype"] = {"@id": column.form.form, "base": "string"}
        if column.separator:
            entry["separator"] = column.separator
        if column.nothing:
            entry["null"] = column.nothing
        if column.form.is_text:
            entry["dc:description"] = _APOSTROPHE
        described.append(entry)
    return {
        "url": f"{table}.csv",
        "tableSchema": {"aboutUrl": "{+iri}", "primaryKey": "iri", "columns": described},
    }


def _dictionary() -> dict[str, dict[str, dict[str, str]]]:
    """For each property of the ontology its label and comment, by language."""
    store = ox.Store()
    store.bulk_load(path=str(ontology_dir() / "kamergraaf.ttl"), format=ox.RdfFormat.TURTLE)
    texts: dict[str, dict[str, dict[str, str]]] = {}
    for name in ("label", "comment"):
        predicate = ox.NamedNode(PREFIXES["rdfs"] + name)
        for quad in store.quads_for_pattern(None, predicate, None):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                languages = texts.setdefault(quad.subject.value, {}).setdefault(name, {})
                languages[quad.object.language or "und"] = quad.object.value
    return {
        iri: {name: dict(sorted(languages.items())) for name, languages in sorted(found.items())}
        for iri, found in texts.items()
    }
