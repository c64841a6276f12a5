"""The command `kg`: arguments in, calls, printing, exit codes. No logic.

Exit codes: 0 fine, 1 the data fell short (rejected documents, invalid graph), 2 wrong use.
"""

from typing import Annotated

import typer

from kg import __version__
from kg.cli import asking, building, checking, publishing
from kg.cli.terminal import show_tracebacks

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    show_tracebacks(debug)


for command in (
    building.build,
    asking.query,
    asking.queries,
    asking.search,
    asking.explain,
    checking.validate,
    checking.evaluate,
    publishing.view,
    publishing.export,
    asking.stats,
    publishing.serve,
    publishing.publish,
):
    app.command()(command)


def main() -> None:
    """Entry point of the console script."""
    app()
