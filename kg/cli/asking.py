"""`kg query`, `kg queries`, `kg search`, `kg explain` and `kg stats`: questions to a graph."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import counted, reported, warn
from kg.errors import UsageError

_Graph = Annotated[
    Path, typer.Option("--graph", "-g", metavar="DIR|FILE", help="The graph to ask.")
]
_Endpoint = Annotated[
    str | None, typer.Option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint.")
]


def query(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME|FILE|-", help="A named query, a .rq file, or - for stdin."),
    ],
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="NAME=VALUE", help="Value of a parameter; may be repeated."),
    ] = None,
    graph: _Graph = Path("build"),
    endpoint: _Endpoint = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table|csv|tsv|json|xml|ttl")
    ] = "table",
    timeout: Annotated[
        float,
        typer.Option("--timeout", metavar="SECONDS", help="Time for an endpoint, or a query file."),
    ] = 30.0,
    allow_network: Annotated[
        bool,
        typer.Option("--allow-network", help="Let a query file call other servers (SERVICE)."),
    ] = False,
) -> None:
    """Ask the graph a question.

    A query of your own (FILE or -) runs in a process that reaches nothing but the graph.

    Example:  kg query late-answers -p days=21 --format csv
    """
    from kg.querying.results import FORMATS, write_results
    from kg.querying.running import is_foreign, read_any_query, run_embedded, run_remote

    with reported():
        if form not in FORMATS:
            raise UsageError(f"unknown format {form!r}; use {', '.join(FORMATS)}")
        asked = read_any_query(name)
        values = _values(parameters or [])
        if endpoint is not None:
            results = run_remote(asked, values, endpoint, timeout=timeout)
        elif is_foreign(name) and not allow_network:
            from kg.serving.alone import run_confined

            results = run_confined(asked, values, graph, seconds=timeout)
        else:
            results = run_embedded(asked, values, graph)
        if form == "table":
            from kg.querying.tables import print_results

            if print_results(results) == 0:
                warn("geen resultaten / no results")
        else:
            write_results(results, form, sys.stdout.buffer)
            sys.stdout.buffer.flush()


def queries() -> None:
    """List the named queries and their parameters.

    Example:  kg queries
    """
    from kg.querying.catalogue import read_catalogue
    from kg.querying.tables import print_catalogue

    with reported():
        print_catalogue(read_catalogue())


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

    with reported():
        if form not in ("table", "json"):
            raise UsageError(f"unknown format {form!r}; use table or json")
        result = SearchIndex(graph / SEARCH_FOLDER).search(" ".join(words), kind, limit)
        if form == "json":
            typer.echo(result.to_json(), nl=False)
        elif result.hits:
            from kg.querying.tables import print_hits

            print_hits(result)
        else:
            warn("geen resultaten / no results")


def explain(
    thing: Annotated[
        str, typer.Argument(metavar="IRI", help="A thing: its IRI, or what follows /id/ in it.")
    ],
    other: Annotated[
        str | None, typer.Argument(metavar="[IRI]", help="Another: what links the two.")
    ] = None,
    limit: Annotated[
        int,
        typer.Option("--limit", "-n", metavar="N", min=1, help="How many places the table has."),
    ] = 20,
    graph: _Graph = Path("build"),
    endpoint: _Endpoint = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table|json")
    ] = "table",
) -> None:
    """Show the sentences behind a thing, or behind an edge: document, quote, rule and status.

    Example:  kg explain person/barbara-kathmann motion/26643-1315
    """
    from functools import partial

    from kg.querying.explaining import explain as run_explain
    from kg.querying.running import run_embedded, run_remote
    from kg.store.embedded import open_graph

    with reported():
        if form not in ("table", "json"):
            raise UsageError(f"unknown format {form!r}; use table or json")
        ask = (
            partial(run_remote, endpoint=endpoint)
            if endpoint is not None
            else partial(run_embedded, graph=open_graph(graph))
        )
        explanation = run_explain(ask, thing, other)
        if form == "json":
            typer.echo(explanation.to_json())
        elif explanation.evidence:
            from kg.querying.tables import print_explanation

            print_explanation(explanation, limit)
        else:
            warn("geen zin die dit maakt / no sentence makes this")


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
    documents: Annotated[
        bool,
        typer.Option("--documents", "-d", help="What each document of the build gave, and lacks."),
    ] = False,
) -> None:
    """Count what the graph holds and covers, or measure one of its networks.

    Example:  kg stats   or   kg stats --documents   or   kg stats law-law -o laws.graphml
    """
    import time

    if documents:
        with reported():
            _print_documents(graph)
        return
    from kg.querying.catalogue import find_query
    from kg.querying.running import run_embedded
    from kg.querying.tables import print_results, print_rows
    from kg.store.embedded import open_graph
    from kg.store.publication import replacing_listed
    from kg.views.measures import measure, read_network, write_measured

    start = time.perf_counter()
    with reported():
        if network is None and out is not None:
            raise UsageError("--out needs a NETWORK: kg stats law-law -o laws.graphml")
        store = open_graph(graph)
        if network is None:
            print_results(run_embedded(find_query("things-by-kind"), {}, store))
            print_results(run_embedded(find_query("coverage"), {}, store))
            seconds = time.perf_counter() - start
            typer.echo(f"{counted(len(store), 'triple')}, counted in {seconds:.1f} s", err=True)
            return
        found = read_network(store, network)
        measures = measure(found)
        if out is not None:
            with replacing_listed(out) as stream:
                write_measured(found, measures, out.suffix.removeprefix("."), stream)
        print_rows(
            ("label", "degree", "strength", "betweenness", "community"),
            (
                (one.label, f"{one.degree}", f"{one.strength}", f"{one.betweenness:.3f}",
                 f"{one.community}")
                for one in measures[:top]
            ),
        )  # fmt: skip
        nodes, edges = counted(len(found), "node"), counted(found.number_of_edges(), "edge")
        typer.echo(f"{network}: {nodes}, {edges}", err=True)


def _print_documents(graph: Path) -> None:
    from kg.building.report import read_report
    from kg.querying.tables import print_rows

    def listed(counts: dict[str, int]) -> str:
        return ", ".join(f"{name} {count}" for name, count in counts.items())

    print_rows(
        ("document", "status", "kind", "recognised", "missing", "flagged"),
        (
            (
                Path(one["path"]).name,
                one["status"],
                one["kind"] or one["layout"] or "",
                listed(one["recognised"]),
                listed(one["missing"]),
                ", ".join(dict.fromkeys(flag["code"] for flag in one["flags"]))
                or one["code"]
                or "",
            )
            for one in read_report(graph if graph.is_dir() else graph.parent)
        ),
    )


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
