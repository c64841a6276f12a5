"""`kg view`, `kg export`, `kg serve` and `kg publish`: the graph for others."""

import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from kg.cli.terminal import reported, steps_shown, warn
from kg.errors import UsageError


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

    with reported():
        page = draw(projection, graph, entity=entity)
        typer.echo(page.save(out or Path("build") / f"{projection or 'graph'}.html"))


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
    workers: Annotated[
        int | None,
        typer.Option("--workers", "-j", metavar="N", min=1, help="Processes for site; all cores."),
    ] = None,
) -> None:
    """Write the graph in another format: to stdout, or to PATH.

    csv (one table a class) and site (a page for every thing) make a folder: build/csv, build/site.

    The format ontology is the documentation of the graph's terms, with examples from the graph
    where there is one; it goes to the folder build/ontology.

    The format void describes the graph in Turtle (VoID and DCAT): counts, links to other sources,
    terms of use, and the files beside PATH (else beside the graph) that hold the whole of it.

    Example:  kg export jsonld -o kamergraaf.jsonld
    """
    from kg.export.exporting import FILES, FOLDERS, export_file, export_folder, unknown_format

    with reported():
        if form in FILES:
            to = None if out is None or str(out) == "-" else out
            export_file(form, graph, to, sys.stdout.buffer, warn)
        elif form in FOLDERS:
            with steps_shown(quiet=False) as progress:
                typer.echo(export_folder(form, graph, out, progress, workers), err=True)
        else:
            raise unknown_format(form)


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
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A name of this server; * is any."),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option("--allow-origin", metavar="ORIGIN", help="Whose pages may ask; * is all."),
    ] = None,
    rate: Annotated[
        int, typer.Option("--rate", metavar="N", min=0, help="Requests a minute of one client.")
    ] = 0,
    proxy: Annotated[
        str | None,
        typer.Option("--proxy", metavar="ADDRESS", help="The proxy that says who the clients are."),
    ] = None,
    log: Annotated[
        str, typer.Option("--log", help="none, requests, or queries (with their text).")
    ] = "requests",
) -> None:
    """Serve the graph: a read-only SPARQL endpoint at /sparql and a page for every thing.

    On loopback only its own names and pages are let in: see --allow-host and --allow-origin.

    Example:  kg serve build --port 8000
    """
    from kg.serving.answering import Limits
    from kg.serving.application import run_server
    from kg.serving.request_log import LogLevel
    from kg.serving.visitors import visitors_of

    with reported():
        if log not in set(LogLevel):
            raise UsageError(f"--log {log}: use {', '.join(LogLevel)}")
        visitors = visitors_of(host, allow_host or [], allow_origin or [], rate)
        limits = Limits(seconds=timeout, rows=rows)
        run_server(
            graph, host, port, limits, warn, visitors=visitors, log=LogLevel(log), proxy=proxy
        )


def publish(
    endpoint: Annotated[
        str, typer.Option("--endpoint", metavar="URL", help="Where the store is queried.")
    ],
    update: Annotated[
        str | None,
        typer.Option("--update", metavar="URL", help="Where it takes updates, if elsewhere."),
    ] = None,
    graph_store: Annotated[
        str | None,
        typer.Option(
            "--graph-store",
            metavar="URL",
            help="Where it takes whole graphs (Graph Store Protocol): fewer, larger requests.",
        ),
    ] = None,
    graph: Annotated[
        Path, typer.Option("--graph", "-g", metavar="DIR|FILE", help="The graph to load.")
    ] = Path("build"),
    into: Annotated[
        str | None,
        typer.Option(
            "--into",
            metavar="IRI",
            help="Graph for all triples; `default` is the store's default graph.",
        ),
    ] = None,
    documents: Annotated[
        bool,
        typer.Option(
            "--documents/--no-documents",
            help="Also a named graph for each source document, and one with their provenance.",
        ),
    ] = True,
    user: Annotated[
        str | None,
        typer.Option("--user", help="User of the store; the password comes from KG_PASSWORD."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", help="Patience with each request.")
    ] = 60.0,
) -> None:
    """Load the graph into a SPARQL 1.1 store, each of its graphs in one step, and check it there.

    A named graph gets all triples, and each source document one with what it states. What is there
    already is not sent again, so a load that broke off is finished by running it again.

    Example:  kg publish --endpoint http://localhost:7878/query --update http://localhost:7878/update
    """
    import os

    from kg.export.graph import ExportGraph
    from kg.export.publishing import WHOLE_GRAPH, publish_graph
    from kg.store.remote_store import Store

    with reported(), steps_shown(quiet=False) as progress:
        opened = ExportGraph.open(graph)
        name = None if into == "default" else into or opened.base + WHOLE_GRAPH
        password = os.environ.get("KG_PASSWORD", "")
        store = Store(endpoint, update or endpoint, graph_store, user, password, timeout)
        report = publish_graph(opened, store, into=name, documents=documents, progress=progress)
    for line in report.lines():
        warn(line)
    typer.echo(report.summary())
    if name is not None:
        ask = f"{endpoint}{'&' if '?' in endpoint else '?'}default-graph-uri={quote(name, safe='')}"
        typer.echo(f"ask it: kg query sets --endpoint '{ask}'")
    if not report.sound:
        raise typer.Exit(1)
