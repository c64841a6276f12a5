"""Results as readable tables for the terminal."""

import re
import sys
from collections.abc import Iterable, Sequence

import pyoxigraph as ox
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.model.visible import visible
from kg.querying.catalogue import Query
from kg.querying.explaining import Evidence, Explanation
from kg.querying.results import Cell, Results, to_table
from kg.querying.search import SearchResult

_RELATIONS = {
    "named": "genoemd / named",
    "refers": "verwijzing / reference",
    "submitter": "indiener / submitter",
    "addressee": "geadresseerde / addressee",
    "answerer": "beantwoorder / answerer",
    "subject": "onderwerp / topic",
    "inferred": "afgeleid onderwerp / inferred topic",
    "text": "eigen tekst / own text",
}
_STATUSES = {
    "certain": "zeker / certain",
    "corrected": "verbeterd / corrected",
    "ambiguous": "dubbelzinnig / ambiguous",
    "unlinked": "niet gekoppeld / unlinked",
    "inferred": "afgeleid / inferred",
}
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What terminals obey, which a literal of N-Triples may hold as it is."""
_WIDE = 160
"""Columns of a table that goes to no terminal."""


def print_results(results: Results) -> int | None:
    """Print results to stdout; returns the number of rows, None for a truth or a graph."""
    if isinstance(results, ox.QueryBoolean):
        print("true" if results else "false")
        return None
    if not isinstance(results, ox.QuerySolutions):
        for triple in sorted(map(str, results)):
            print(_OBEYED.sub(_escaped, triple), ".")
        return None
    found = to_table(results)
    table = Table(header_style="bold")
    for column in found.columns:
        table.add_column(column, overflow="fold")
    for row in found.rows:
        table.add_row(*(_text("" if cell is None else _shown(cell)) for cell in row))
    _console().print(table)
    return len(found)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of text under their columns to stdout."""
    table = Table(*columns, header_style="bold")
    for row in rows:
        table.add_row(*map(_text, row))
    _console().print(table)


def print_catalogue(queries: tuple[Query, ...]) -> None:
    """Print the names of queries with what they answer and their parameters."""
    table = Table("query", "vraag / question", "parameters", header_style="bold", show_lines=True)
    for query in queries:
        parameters = "\n".join(f"{one.name}={one.default}" for one in query.parameters)
        table.add_row(
            Text(query.name, style="bold"),
            Text(f"{query.title_nl}\n{query.title_en}"),
            Text(parameters),
        )
    _console().print(table)


def print_hits(result: SearchResult) -> None:
    """Print what a search found, best first, the words in bold."""
    table = Table("soort / kind", "waar / where", "tekst / text", header_style="bold")
    table.columns[1].overflow = "fold"
    for hit in result.hits:
        snippet = _text(hit.snippet)
        for place in hit.highlights:
            snippet.stylize("bold", place.start, place.end)
        where = _text(hit.label)
        where.append(visible(f"\n{hit.iri.partition('/id/')[2]}"), style="dim")
        table.add_row(_text(hit.kind), where, snippet)
    _console().print(table)
    print(f"{len(result.hits)} van / of {result.total}")


def print_explanation(explanation: Explanation, limit: int) -> None:
    """Print what is explained, and the first `limit` places of its evidence."""
    for iri, label in explanation.things:
        print(visible(f"{label}  <{iri}>"))
    table = Table("wat / what", "waar / where", "zin / sentence", header_style="bold")
    table.columns[1].overflow = table.columns[2].overflow = "fold"
    several = len(explanation.things) > 1
    names = dict(explanation.things)
    for one in explanation.evidence[:limit]:
        what = _text(f"{names[one.thing]}: " if several else "")
        what.append(_RELATIONS.get(one.relation, one.relation))
        what.append(f"\n{_STATUSES.get(one.status, one.status)}")
        what.append(f"\n{one.rule} {one.confidence}".rstrip(), style="dim")
        where = _text(one.place if one.title in one.place else f"{one.place}\n{one.title}")
        where.append(visible(f"\n{', '.join(one.documents)}"), style="dim")
        table.add_row(what, where, _said(one))
    _console().print(table)
    print(f"{min(limit, len(explanation.evidence))} van / of {len(explanation.evidence)}")


def _said(evidence: Evidence) -> Text:
    """The sentence with the words that count in bold, and why the link is not certain."""
    said = _text(evidence.sentence or evidence.quote)
    if evidence.highlight is not None:
        said.stylize("bold", evidence.highlight.start, evidence.highlight.end)
    if evidence.reason:
        said.append(visible(f"\n({evidence.reason})"), style="dim")
    return said


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False)


def _shown(cell: Cell) -> str:
    """The text of a cell; a thing of a graph by what comes after `/id/`."""
    if cell.kind == "iri" and "/id/" in cell.value:
        return cell.value.partition("/id/")[2]
    return cell.value


def _text(told: str) -> Text:
    return Text(visible(told))


def _escaped(match: re.Match[str]) -> str:
    """As N-Triples escapes a character."""
    return f"\\u{ord(match[0]):04X}"
