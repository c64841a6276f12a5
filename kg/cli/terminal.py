"""What commands say on the terminal: progress, warnings, errors."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from kg.errors import KgError
from kg.model.visible import visible

if TYPE_CHECKING:
    from kg.building.building import Progress

_debug = False


def show_tracebacks(wanted: bool) -> None:
    """Whether an error meant for users is raised instead of told in a line."""
    global _debug
    _debug = wanted


def warn(message: str) -> None:
    """One line on stderr."""
    typer.echo(f"kg: {visible(message)}", err=True)


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
def steps_shown(quiet: bool) -> "Iterator[Progress]":
    """The current step on stderr, with a bar where its size is known, if that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda step, done=0, total=0: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        shown = bar.add_task("…", total=None)
        yield lambda step, done=0, total=0: bar.update(
            shown, description=step, completed=done, total=total or None
        )
