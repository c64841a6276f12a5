"""The errors that Kamergraaf raises.

    KgError                    every error a user can meet
    ├── SourceError            a document cannot be read           (exit 1)
    ├── LayoutError            no layout recognises a document     (exit 1)
    ├── GraphError             a graph is missing, broken, invalid (exit 1)
    ├── EndpointError          a remote store did not answer well  (exit 1)
    └── UsageError             the call itself is wrong            (exit 2)
        └── QueryError         a query is unknown or malformed     (exit 2)

`exit_code` is what the command line returns. Messages are one line: what is wrong, where,
and what to do next.
"""


class KgError(Exception):
    """Base of all errors with a message meant for users."""

    exit_code = 1

    def __init__(self, message: str, *, code: str = "error", line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.line = line


class SourceError(KgError):
    """A document cannot be read: empty, binary, wrong encoding, too large, truncated."""


class LayoutError(KgError):
    """No layout recognises the document, or a layout found it broken beyond use."""


class GraphError(KgError):
    """A graph file is missing, does not parse, or falls short of its shapes."""


class EndpointError(KgError):
    """A remote store refused, timed out, or sent something that is no result."""


class UsageError(KgError):
    """Wrong use of the command line or of the public API."""

    exit_code = 2


class QueryError(UsageError):
    """A query is not in the catalogue, does not parse, or lacks a parameter."""
