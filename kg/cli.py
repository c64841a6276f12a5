"""The command `kg`: arguments in, calls, printing, exit codes."""

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def kamergraaf() -> None:
    """Kamergraaf: from written questions to a knowledge graph."""


def main() -> None:
    """Entry point of the console script."""
    app()
