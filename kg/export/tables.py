"""The graph as one tidy table a class, with a data dictionary (CSV on the Web).

A row is a thing, a column a property in one form: a reference, a language or a datatype. Cells
with several values are joined by the column's separator. A text that begins as a formula
(`=`, `+`, `-`, `@`, tab, return), or with an apostrophe before that, gets an apostrophe in front,
which a reader takes off again; so a spreadsheet never computes it. csv-metadata.json holds for
each column the property, form and separator, so the tables can be read back to the same graph.
https://www.w3.org/TR/tabular-metadata/
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import GraphError
from kg.export.graph import ExportGraph, Subject, compact, local_name
from kg.rdf.vocabulary import PREFIXES
from kg.resources import ontology_dir
from kg.store.publication import publishing

METADATA_FILE = "csv-metadata.json"
UNTYPED = "Thing"
_APOSTROPHE = "take off an apostrophe at the start where =, +, -, @, tab or return follows"
_SEPARATORS = ("|", "¦", "␞", "␟")
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


@dataclass(slots=True)
class _Table:
    name: str
    rows: list[tuple[str, dict[_Form, list[str]]]] = field(default_factory=list)

    def forms(self) -> list[_Form]:
        found = {form for _, cells in self.rows for form in cells}
        return sorted(found, key=lambda form: (form.predicate != _RDF_TYPE, form))


def write_tables(graph: ExportGraph, folder: Path) -> int:
    """Writes a csv file for each class, and the data dictionary, to `folder`.

    Returns the number of tables. Raises UsageError where the folder cannot be written, GraphError
    where values hold every separator.
    """
    tables = _tables(graph)
    dictionary = _dictionary()
    described = []
    files: dict[str, bytes] = {}
    for table in tables:
        columns = _columns(table)
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(["iri", *(column.name for column in columns)])
        for iri, cells in table.rows:
            writer.writerow([iri, *(_cell(column, cells) for column in columns)])
        files[f"{table.name}.csv"] = text.getvalue().encode()
        described.append(_describe(table, columns, dictionary))
    metadata = {"@context": "http://www.w3.org/ns/csvw", "tables": described}
    files[METADATA_FILE] = (json.dumps(metadata, ensure_ascii=False, indent=1) + "\n").encode()
    with publishing(folder, replaces_all=True) as results:
        for name, content in files.items():
            (results.folder / name).write_bytes(content)
        results.counts = {table.name: len(table.rows) for table in tables}
    return len(tables)


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    form: _Form
    separator: str
    several: bool


def _cell(column: _Column, cells: Mapping[_Form, Sequence[str]]) -> str:
    """The values of a thing; spreadsheets would compute a text that begins as a formula does."""
    cell = column.separator.join(cells.get(column.form, ()))
    return f"'{cell}" if column.form.is_text and _FORMULA.match(cell) else cell


def _tables(graph: ExportGraph) -> list[_Table]:
    tables: dict[str, _Table] = {}
    for subject in graph.subjects:
        types = graph.types(subject)
        name = _UNSAFE.sub("_", local_name(types[0])) if types else UNTYPED
        cells: dict[_Form, list[str]] = {}
        for form, value in _values(graph, subject):
            cells.setdefault(form, []).append(value)
        tables.setdefault(name, _Table(name)).rows.append((_reference(subject), cells))
    return [tables[name] for name in sorted(tables)]


def _values(graph: ExportGraph, subject: Subject) -> Iterator[tuple[_Form, str]]:
    for triple in graph.describe(subject):
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
    forms = table.forms()
    taken: set[str] = {"iri"}
    columns = []
    for form in forms:
        name = _UNSAFE.sub("_", local_name(form.predicate))
        if sum(local_name(other.predicate) == name for other in forms) > 1:
            name += "_" + local_name(form.form).removeprefix("@")
        if name in taken:
            name = compact(form.predicate).replace(":", "_") + "_" + local_name(form.form)
        taken.add(name)
        lists = [cells[form] for _, cells in table.rows if form in cells]
        several = any(len(values) > 1 for values in lists)
        columns.append(_Column(name, form, _separator(table.name, name, lists), several))
    return columns


def _separator(table: str, column: str, lists: Sequence[Sequence[str]]) -> str:
    for separator in _SEPARATORS:
        if not any(separator in value for values in lists for value in values):
            return separator
    raise GraphError(f"{table}.csv, column {column}: values hold every separator that lists use")


def _describe(
    table: _Table, columns: Sequence[_Column], dictionary: dict[str, dict[str, dict[str, str]]]
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
        if column.several:
            entry["separator"] = column.separator
        if column.form.is_text:
            entry["dc:description"] = _APOSTROPHE
        described.append(entry)
    return {
        "url": f"{table.name}.csv",
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
