"""`kg build`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import counted, reported, steps_shown, warn
from kg.errors import UsageError


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
    workers: Annotated[
        int | None,
        typer.Option("--workers", "-j", metavar="N", min=1, help="Processes; default: all cores."),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="ENGINE", help="local, or dask for a cluster.")
    ] = "local",
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Dask's, as tcp://node1:8786."),
    ] = None,
    work: Annotated[
        str | None,
        typer.Option(
            "--work", metavar="DIR|URL", help="Where shards are kept; default: below DIR of --out."
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors.")] = False,
) -> None:
    """Build the graph of all documents at SOURCE.

    Writes graph.ttl (the graph), graph.html (the explorer) and report.json to DIR.

    Example:  kg build seeds --out build
    """
    from kg.pipeline import build as run_build

    with reported(), steps_shown(quiet) as progress:
        if engine not in ("local", "dask") or (engine == "dask") != (scheduler is not None):
            raise UsageError("--engine is local, or dask with the --scheduler ADDRESS of a cluster")
        report = run_build(
            sources,
            out,
            base=base,
            index_from=index_from,
            workers=workers,
            scheduler=scheduler,
            work=work,
            progress=progress,
        )
    if not quiet:
        for warning in report.warnings:
            warn(warning)
    if not report.graph_written:
        warn(f"no document could be used; {out / 'graph.ttl'} was not touched")
        raise typer.Exit(1)
    if not quiet:
        _sum_up(report.totals, out)
    if not report.complete:
        raise typer.Exit(1)


def _sum_up(totals: Mapping[str, int], out: Path) -> None:
    typer.echo(
        f"{counted(totals['sets'], 'question set')}, {counted(totals['questions'], 'question')}, "
        f"{totals['answered_questions']} of them answered; "
        f"{counted(totals['sets_without_answer'], 'set')} without an answer in these documents, "
        f"{counted(totals['extension_letters'], 'extension letter')}"
    )
    typer.echo(f"{out / 'graph.ttl'}: the graph, {totals['triples']:,} triples; try: kg queries")
    typer.echo(f"{out / 'graph.html'}: the explorer; open it in a browser")
