"""What a query gives: tables, truths and graphs, and the formats to write them in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.errors import UsageError
from kg.rdf.vocabulary import PREFIXES

Results = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]
"""What an engine gives for SELECT, for ASK, and for CONSTRUCT and DESCRIBE."""

FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl")
_TABLES = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = {f"{_XSD}{name}" for name in ("integer", "int", "long", "nonNegativeInteger")}

Plain = str | int | bool | Decimal | date


@dataclass(frozen=True, slots=True)
class Cell:
    """One term: its text, whether it is an `iri`, `literal` or `blank`, language or datatype."""

    value: str
    kind: str
    language: str = ""
    datatype: str = ""

    @property
    def plain(self) -> Plain:
        """The value as Python has it: numbers, booleans and dates where the datatype says so."""
        try:
            if self.datatype in _INTEGERS:
                return int(self.value)
            if self.datatype == f"{_XSD}decimal":
                return Decimal(self.value)
            if self.datatype == f"{_XSD}boolean":
                return self.value in ("true", "1")
            if self.datatype == f"{_XSD}date":
                return date.fromisoformat(self.value)
        except (ValueError, InvalidOperation):
            return self.value
        return self.value


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The answer of a SELECT query; a cell is None where its variable is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def plain(self) -> Iterator[tuple[Plain | None, ...]]:
        """The rows with values as Python has them."""
        for row in self.rows:
            yield tuple(None if cell is None else cell.plain for cell in row)

    def records(self) -> Iterator[dict[str, Plain | None]]:
        """The rows as dictionaries from column to value."""
        for row in self.plain():
            yield dict(zip(self.columns, row, strict=True))

    def to_rdflib(self) -> list[dict[str, Any]]:
        """A mapping of column to `rdflib` term for each row; unbound columns are left out."""
        import rdflib

        def term(cell: Cell) -> Any:
            if cell.kind == "iri":
                return rdflib.URIRef(cell.value)
            if cell.kind == "blank":
                return rdflib.BNode(cell.value)
            if cell.language:
                return rdflib.Literal(cell.value, lang=cell.language)
            datatype = rdflib.URIRef(cell.datatype) if cell.datatype else None
            return rdflib.Literal(cell.value, datatype=datatype)

        return [
            {
                name: term(cell)
                for name, cell in zip(self.columns, row, strict=True)
                if cell is not None
            }
            for row in self.rows
        ]

    def to_pandas(self) -> Any:
        """The rows as a `pandas.DataFrame`; ImportError where pandas is not installed."""
        import pandas

        return pandas.DataFrame(list(self.plain()), columns=list(self.columns))

    def to_polars(self) -> Any:
        """The rows as a `polars.DataFrame`; ImportError where polars is not installed."""
        import polars

        return polars.DataFrame(list(self.plain()), schema=list(self.columns), orient="row")


def to_table(solutions: ox.QuerySolutions) -> ResultTable:
    """All rows of a SELECT."""
    columns = tuple(variable.value for variable in solutions.variables)
    return ResultTable(
        columns, tuple(tuple(_cell(row[name]) for name in columns) for row in solutions)
    )


def _cell(term: object) -> Cell | None:
    match term:
        case ox.NamedNode():
            return Cell(term.value, "iri")
        case ox.BlankNode():
            return Cell(term.value, "blank")
        case ox.Literal():
            return Cell(term.value, "literal", term.language or "", term.datatype.value)
        case None:
            return None
    return Cell(str(term), "triple")


def write_results(results: Results, form: str, output: BinaryIO) -> None:
    """Write results in the W3C format `csv`, `tsv`, `json` or `xml`, or a graph as `ttl`.

    A truth as csv or tsv is the word alone. Raises UsageError where a table is asked of a graph
    or the other way round.
    """
    if isinstance(results, ox.QuerySolutions | ox.QueryBoolean):
        if form not in _TABLES:
            raise UsageError(f"SELECT and ASK have no format {form}; use {', '.join(_TABLES)}")
        results.serialize(output, _TABLES[form])
    elif form == "ttl":
        triples = sorted(results, key=str)
        ox.serialize(triples, output, ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    else:
        raise UsageError(f"CONSTRUCT and DESCRIBE give a graph; use --format ttl, not {form}")
