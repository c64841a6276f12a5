"""The command `kg`: arguments in, calls, printing, exit codes. No logic.

Exit codes: 0 fine, 1 the data fell short (rejected documents, invalid graph), 2 wrong use.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import __version__
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from kg.pipeline import Progress

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

_debug = False


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def kamergraaf(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Kamergraaf: from a folder of Kamervragen to a graph that can be traced to the sentence.

    Example:  kg build seeds   then   kg queries   and   kg query sets
    """
    global _debug
    _debug = debug


@app.command()
def build(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, or - for stdin.")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Where the results go.")
    ] = Path("build"),
    base: Annotated[
        str, typer.Option("--base", metavar="IRI", help="Base of all IRIs; ends in a slash.")
    ] = "https://w3id.org/kamergraaf/",
    index_from: Annotated[
        int,
        typer.Option(
            "--index-from",
            metavar="N",
            min=0,
            help="Also write an index on disk from N triples on: it opens without loading.",
        ),
    ] = 3_000_000,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no warnings.")] = False,
) -> None:
    """Build the graph of all documents at SOURCE.

    Writes graph.ttl (the graph), graph.html (the explorer) and report.json to DIR.

    Example:  kg build seeds --out build
    """
    from kg.pipeline import build as run_build

    with _reported(), _progress(quiet) as progress:
        report = run_build(sources, out, base=base, index_from=index_from, progress=progress)
    if not quiet:
        for warning in report.warnings:
            _warn(warning)
    totals = report.totals
    if not report.graph_written:
        _warn(f"no document could be used; {out / 'graph.ttl'} was not touched")
        raise typer.Exit(1)
    typer.echo(
        f"{_count(totals['sets'], 'question set')}, {_count(totals['questions'], 'question')}, "
        f"{totals['answered_questions']} of them answered; "
        f"{_count(totals['sets_without_answer'], 'set')} without an answer in these documents, "
        f"{_count(totals['extension_letters'], 'extension letter')}"
    )
    typer.echo(f"{out / 'graph.ttl'}: the graph, {totals['triples']:,} triples; try: kg queries")
    typer.echo(f"{out / 'graph.html'}: the explorer; open it in a browser")
    if not report.complete:
        raise typer.Exit(1)


@app.command()
def query(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME|FILE|-", help="A named query, a .rq file, or - for stdin."),
    ],
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="NAME=VALUE", help="Value of a parameter; may be repeated."),
    ] = None,
    graph: Annotated[
        Path, typer.Option("--graph", "-g", metavar="DIR|FILE", help="The graph to ask.")
    ] = Path("build"),
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table|csv|tsv|json|xml|ttl")
    ] = "table",
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Patience with an endpoint.")
    ] = 30.0,
) -> None:
    """Ask the graph a question.

    Example:  kg query late-answers -p days=21 --format csv
    """
    from kg.querying.results import FORMATS, write_results
    from kg.querying.running import read_any_query, run_embedded, run_remote

    with _reported():
        if form not in FORMATS:
            raise UsageError(f"unknown format {form!r}; use {', '.join(FORMATS)}")
        asked = read_any_query(name)
        values = _values(parameters or [])
        results = (
            run_remote(asked, values, endpoint, timeout=timeout)
            if endpoint is not None
            else run_embedded(asked, values, graph)
        )
        if form == "table":
            from kg.querying.tables import print_results

            if print_results(results) == 0:
                _warn("geen resultaten / no results")
        else:
            write_results(results, form, sys.stdout.buffer)
            sys.stdout.buffer.flush()


@app.command()
def queries() -> None:
    """List the named queries and their parameters.

    Example:  kg queries
    """
    from kg.querying.catalogue import read_catalogue
    from kg.querying.tables import print_catalogue

    with _reported():
        print_catalogue(read_catalogue())


@app.command()
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS…", help='Words; "a phrase", OR, -without.')
    ],
    kind: Annotated[
        str | None, typer.Option("--kind", "-k", metavar="KIND", help="set|question|answer|letter")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, max=1000, help="The best N.")
    ] = 10,
    graph: Annotated[
        Path, typer.Option("--graph", "-g", metavar="DIR", help="The folder of the graph.")
    ] = Path("build"),
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table|json")
    ] = "table",
) -> None:
    """Find questions and answers by their words, in any inflection; best first.

    Example:  kg search "cloud act" --kind answer
    """
    from kg.querying.search import SEARCH_FOLDER, SearchIndex

    with _reported():
        if form not in ("table", "json"):
            raise UsageError(f"unknown format {form!r}; use table or json")
        result = SearchIndex(graph / SEARCH_FOLDER).search(" ".join(words), kind, limit)
        if form == "json":
            typer.echo(result.to_json(), nl=False)
        elif result.hits:
            from kg.querying.tables import print_hits

            print_hits(result)
        else:
            _warn("geen resultaten / no results")


@app.command()
def validate(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A graph: a folder, an RDF file, or -.")
    ] = Path("build"),
) -> None:
    """Check a graph against its shapes (SHACL) and its integrity; exit code 1 where it fails.

    Example:  kg validate build
    """
    from kg.store.validation import validate as run_validation

    with _reported():
        report = run_validation(path)
    typer.echo(str(report))
    if not report.conforms:
        raise typer.Exit(1)


@app.command()
def evaluate(
    gold_dir: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", help="A folder with mentions.tsv.")
    ],
    documents: Annotated[
        list[str] | None,
        typer.Option("--documents", metavar="PATH", help="What was annotated; default: seeds."),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all figures and cases.")
    ] = None,
    compare_with: Annotated[
        Path | None, typer.Option("--compare", metavar="OLD.json", help="An older --json file.")
    ] = None,
    per_set: Annotated[bool, typer.Option("--per-set", help="A table for each set, too.")] = False,
) -> None:
    """Measure precision, recall and F1 of the links against annotated texts.

    Example:  kg evaluate tests/gold --json now.json
    """
    from kg.evaluation import evaluate as run_evaluation
    from kg.evaluation import read_gold
    from kg.evaluation.comparison import compare, read_evaluation
    from kg.evaluation.tables import case_lines, score_lines
    from kg.pipeline import link_documents

    with _reported():
        gold = read_gold(gold_dir)
        old = read_evaluation(compare_with) if compare_with else None
        found = run_evaluation(link_documents(documents or ["seeds"]), gold)
        if json_file:
            text = json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n"
            json_file.write_text(text, encoding="utf-8")
    for line in (*score_lines(found, per_set=per_set), *case_lines(found)):
        typer.echo(line)
    for line in compare(old, found.to_dict()) if old else ():
        typer.echo(line)
    if found.texts_not_found:
        _warn(f"{len(found.texts_not_found)} annotated texts are in none of the documents")
        raise typer.Exit(1)


def _values(pairs: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"-p {pair}: write a parameter as name=value")
        if name in values:
            raise UsageError(f"-p {pair}: {name} has a value already")
        values[name] = value
    return values


@app.command()
def view(
    projection: Annotated[
        str | None,
        typer.Argument(
            metavar="[PROJECTION]",
            help="actors, topics, policies, round-robin, all or neighbourhood; none is all views.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Default build/PROJECTION.html."),
    ] = None,
    entity: Annotated[
        str | None,
        typer.Option("--entity", "-e", metavar="ID|IRI", help="The middle of a neighbourhood."),
    ] = None,
    graph: Annotated[
        Path, typer.Option("--graph", "-g", metavar="DIR|FILE", help="The graph to draw.")
    ] = Path("build"),
) -> None:
    """Draw the graph as an interactive page: one file that needs no network.

    Example:  kg view neighbourhood -e person/barbara-kathmann -o kathmann.html
    """
    from kg.views import view as draw

    with _reported():
        page = draw(projection, graph, entity=entity)
        typer.echo(page.save(out or Path("build") / f"{projection or 'graph'}.html"))


@app.command()
def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="ttl, nt, nq, trig, jsonld, rdfxml, csv, graphml, gexf, void, site or ontology.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="PATH", help="File, or folder for csv and site; - is stdout."
        ),
    ] = None,
    graph: Annotated[
        Path, typer.Option("--graph", "-g", metavar="DIR|FILE", help="The graph to export.")
    ] = Path("build"),
) -> None:
    """Write the graph in another format: to stdout, or to PATH.

    csv (one table a class) and site (a page for every thing) make a folder: build/csv, build/site.
    void describes the graph: counts, links to other sources, terms of use (VoID and DCAT, Turtle).

    The format ontology is the documentation of the graph's terms, with examples from the graph
    where there is one; it goes to the folder build/ontology.

    Example:  kg export jsonld -o kamergraaf.jsonld
    """
    from functools import partial

    from kg.export.dumps import RDF_FORMATS, write_dump
    from kg.export.graph import ExportGraph
    from kg.export.tables import write_tables
    from kg.store.publishing import replacing

    with _reported():
        if form == "csv":
            folder = out or Path("build/csv")
            count = write_tables(ExportGraph.open(graph), folder)
            typer.echo(f"{folder}: {count} tables and their data dictionary", err=True)
            return
        if form == "ontology":
            from kg.export.ontology_page import write_ontology
            from kg.store.embedded import GRAPH_FILE, open_graph

            known_graph = graph.is_file() or (graph / GRAPH_FILE).exists()
            folder = out or Path("build/ontology")
            write_ontology(folder, open_graph(graph) if known_graph else None)
            typer.echo(f"{folder / 'index.html'}: the documentation of the ontology", err=True)
            return
        if form == "site":
            from kg.export.site import write_site

            folder = out or Path("build/site")
            with _progress(quiet=False) as progress:
                count = write_site(graph, folder, progress)
            typer.echo(f"{folder}: {count} pages; open {folder / 'index.html'}", err=True)
            return
        if form in RDF_FORMATS:
            write = partial(write_dump, ExportGraph.open(graph), form)
        elif form == "void":
            from kg.export.description import write_description

            write = partial(write_description, ExportGraph.open(graph))
        elif form in {"graphml", "gexf"}:
            from kg.views import network, write_network

            write = partial(write_network, network("all", graph), form)
        else:
            known = ", ".join((*RDF_FORMATS, "csv", "graphml", "gexf", "void", "site"))
            raise UsageError(f"unknown format {form!r}; use {known} or ontology")
        if out is None or str(out) == "-":
            write(sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with replacing(out) as stream:
                write(stream)


@app.command()
def stats(
    network: Annotated[
        str | None,
        typer.Argument(
            metavar="[NETWORK]",
            help="submitters, party-ministry, actor-topic, law-law or organisation-ministry.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The network as .graphml or .gexf."),
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many nodes are printed.")] = 20,
    graph: Annotated[
        Path, typer.Option("--graph", "-g", metavar="DIR|FILE", help="The graph to count.")
    ] = Path("build"),
) -> None:
    """Count what the graph holds and covers, or measure one of its networks.

    Example:  kg stats   or   kg stats law-law -o laws.graphml
    """
    import time

    from kg.querying.catalogue import find_query
    from kg.querying.running import run_embedded
    from kg.querying.tables import print_results, print_rows
    from kg.store.embedded import open_graph
    from kg.store.publishing import replacing
    from kg.views.measures import measure, read_network, write_measured

    start = time.perf_counter()
    with _reported():
        if network is None and out is not None:
            raise UsageError("--out needs a NETWORK: kg stats law-law -o laws.graphml")
        store = open_graph(graph)
        if network is None:
            print_results(run_embedded(find_query("things-by-kind"), {}, store))
            print_results(run_embedded(find_query("coverage"), {}, store))
            seconds = time.perf_counter() - start
            typer.echo(f"{_count(len(store), 'triple')}, counted in {seconds:.1f} s", err=True)
            return
        found = read_network(store, network)
        measures = measure(found)
        if out is not None:
            with replacing(out) as stream:
                write_measured(found, measures, out.suffix.removeprefix("."), stream)
        print_rows(
            ("label", "degree", "strength", "betweenness", "community"),
            (
                (one.label, f"{one.degree}", f"{one.strength}", f"{one.betweenness:.3f}",
                 f"{one.community}")
                for one in measures[:top]
            ),
        )  # fmt: skip
        nodes, edges = _count(len(found), "node"), _count(found.number_of_edges(), "edge")
        typer.echo(f"{network}: {nodes}, {edges}", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@app.command()
def serve(
    graph: Annotated[
        Path, typer.Argument(metavar="DIR|FILE", help="The graph: a folder or any RDF file.")
    ] = Path("build"),
    port: Annotated[int, typer.Option("--port", help="Port to listen on; 0 takes a free one.")] = (
        8000
    ),
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; 0.0.0.0 is all of this machine.")
    ] = "127.0.0.1",
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Time one query may take.")
    ] = 30.0,
    rows: Annotated[
        int, typer.Option("--rows", metavar="N", help="Rows that one result may have.")
    ] = 100_000,
) -> None:
    """Serve the graph: a read-only SPARQL endpoint at /sparql and a page for every thing.

    Example:  kg serve build --port 8000
    """
    from kg.serving.application import run_server
    from kg.serving.worker import Limits

    with _reported():
        run_server(graph, host, port, Limits(seconds=timeout, rows=rows), _warn)


@app.command()
def publish(
    endpoint: Annotated[
        str, typer.Option("--endpoint", metavar="URL", help="Where the store is queried.")
    ],
    update: Annotated[
        str | None,
        typer.Option("--update", metavar="URL", help="Where it is changed, if elsewhere."),
    ] = None,
    graph: Annotated[
        Path, typer.Option("--graph", "-g", metavar="DIR|FILE", help="The graph to load.")
    ] = Path("build"),
    into: Annotated[
        str | None,
        typer.Option(
            "--into",
            metavar="IRI",
            help="Named graph that is replaced; `default` is the store's default graph.",
        ),
    ] = None,
    user: Annotated[
        str | None,
        typer.Option("--user", help="User of the store; the password comes from KG_PASSWORD."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Patience with each request.")
    ] = 60.0,
) -> None:
    """Load the graph into a SPARQL 1.1 store, all or nothing, and check what it keeps.

    Replaces one graph of the store, by default a named graph of our own; run again after a break.

    Example:  kg publish --endpoint http://localhost:7878/query --update http://localhost:7878/update
    """
    import os

    from kg.export.graph import ExportGraph
    from kg.store.upload import Store, upload

    with _reported(), _progress(quiet=False) as progress:
        opened = ExportGraph.open(graph)
        name = None if into == "default" else into or f"{opened.base}id/graph"
        password = os.environ.get("KG_PASSWORD", "")
        store = Store(endpoint, update or endpoint, user, password, timeout)
        report = upload(list(opened.triples()), store, name, progress)
    for change in report.changes:
        _warn(f"changed by the store: {change.sent} is now {' and '.join(change.kept) or 'gone'}")
    place = f"graph <{name}>" if name else "the default graph"
    typer.echo(
        f"{report.kept} of {report.triples} triples in {place}, "
        f"{report.changed} of them changed{', all there before' if report.unchanged else ''}"
    )
    if not report.faithful:
        raise typer.Exit(1)


def _warn(message: str) -> None:
    typer.echo(f"kg: {message}", err=True)


@contextmanager
def _reported() -> Iterator[None]:
    """Turns an error meant for users into one line on stderr and its exit code."""
    try:
        yield
    except KgError as error:
        if _debug:
            raise
        _warn(error.message)
        raise typer.Exit(error.exit_code) from error


@contextmanager
def _progress(quiet: bool) -> "Iterator[Progress]":
    """A spinner with the current step on stderr, where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("…") as status:
        yield lambda step: status.update(step)


def main() -> None:
    """Entry point of the console script."""
    app()
