"""What commands say on the terminal: progress, warnings, errors."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from kg.errors import KgError

Progress = Callable[[str], None]
_debug = False


def show_tracebacks(wanted: bool) -> None:
    """Whether an error meant for users is raised instead of told in a line."""
    global _debug
    _debug = wanted


def warn(message: str) -> None:
    """One line on stderr."""
    typer.echo(f"kg: {message}", err=True)


def counted(number: int, noun: str) -> str:
    """`1 set`, `1,200 sets`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextmanager
def reported() -> Iterator[None]:
    """Turns an error meant for users into one line on stderr and its exit code."""
    try:
        yield
    except KgError as error:
        if _debug:
            raise
        warn(error.message)
        raise typer.Exit(error.exit_code) from error


@contextmanager
def steps_shown(quiet: bool) -> Iterator[Progress]:
    """A spinner with the current step on stderr, where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("…") as status:
        yield lambda step: status.update(step)
