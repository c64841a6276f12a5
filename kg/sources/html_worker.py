"""Reads one HTML page from standard input and writes its text as JSON; run as a process of its own.

Output: `{"text": …}` or `{"error": code, "message": …, "line": …}`.
"""

import json
import sys
from pathlib import Path


def main() -> None:
    """`html_worker.py NAME MAX_MEMORY_BYTES MAX_SECONDS < page.html`."""
    name, max_memory, max_seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (max_seconds, max_seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    except (ImportError, ValueError, OSError):
        pass  # no such limit on this system; who waits for us still does so for a time
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from kg.errors import SourceError
    from kg.sources.markup import html_text

    try:
        result: dict[str, object] = {"text": html_text(sys.stdin.buffer.read().decode(), name)}
    except SourceError as error:
        result = {"error": error.code, "message": error.message, "line": error.line}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
