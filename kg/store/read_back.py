"""What was written must read back as it was meant, before it takes its place."""

from collections.abc import Callable

from kg.errors import GraphError


def check_read_back(count: Callable[[], int], written: int, form: str) -> None:
    """Raises GraphError where `count` reads anything but `written` statements or nodes back.

    `form` is what the format is called; `count` raises SyntaxError for what is none.
    """
    try:
        found = count()
    except SyntaxError as error:
        raise GraphError(
            f"what was written is no {form} ({error}); what was there stays", code="torn"
        ) from error
    if found != written:
        raise GraphError(
            f"of {written} written as {form}, {found} can be read back; what was there stays",
            code="torn",
        )
