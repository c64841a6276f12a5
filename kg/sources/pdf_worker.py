"""Reads one PDF from standard input and writes its lines as JSON; run as a process of its own.

Imports nothing of kg, so that it starts fast and a hostile document finds nothing.
Output: `{"pages": [[line, …], …]}` or `{"error": "encrypted" | "broken" | "pages", …}`.
"""

import json
import re
import statistics
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple


class Run(NamedTuple):
    """Characters printed side by side, with their box in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


def main() -> None:
    """`pdf_worker.py MAX_PAGES MAX_MEMORY_BYTES MAX_SECONDS < document.pdf`."""
    max_pages, max_memory, max_seconds = map(int, sys.argv[1:])
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (max_seconds, max_seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    except (ImportError, ValueError, OSError):
        pass  # no such limit on this system; who waits for us still does so for a time
    json.dump(_read(sys.stdin.buffer.read(), max_pages), sys.stdout)


def _read(data: bytes, max_pages: int) -> dict[str, object]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "encrypted" if "assword" in str(error) else "broken"
        return {"error": code, "reason": str(error)}
    if len(document) > max_pages:
        return {"error": "pages", "reason": f"{len(document)} pages"}
    try:
        return {"pages": [list(_lines(document[number])) for number in range(len(document))]}
    except (pypdfium2.PdfiumError, MemoryError, ValueError) as error:
        return {"error": "broken", "reason": str(error) or type(error).__name__}


def _lines(page: Any) -> Iterator[str]:
    """The lines of a page from top to bottom; what stands left of the text column comes apart."""
    textpage = page.get_textpage()
    runs = []
    for number in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(number)
        text = _clean(textpage.get_text_bounded(left, bottom, right, top))
        if text.strip():
            runs.append(Run(left, bottom, right, top, text))
    column = _column(runs, page.get_width())
    for line in _group(runs):
        margin = [run for run in line if run.right < column]
        body = [run for run in line if run.right >= column]
        for part in (margin, body):
            if part:
                yield _join(part)


def _clean(text: str) -> str:
    return re.sub(r"[\ufffe\x02\xad]", "-", re.sub(r"[\r\n]+", " ", text))


def _column(runs: list[Run], width: float) -> float:
    """The left edge of the text column: where the long runs start."""
    edges = [run.left for run in runs if run.right - run.left > width * 0.3]
    return statistics.median_low(edges) - 2 if edges else 0.0


def _group(runs: list[Run]) -> Iterator[list[Run]]:
    """Runs that share a line, in reading order; a raised figure shares the line it marks."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.top, run.left)):
        for line in reversed(lines[-6:]):
            first = line[0]
            overlap = min(first.top, run.top) - max(first.bottom, run.bottom)
            if overlap > 0.4 * min(run.top - run.bottom, first.top - first.bottom):
                line.append(run)
                break
        else:
            lines.append([run])
    for line in lines:
        yield sorted(line, key=lambda run: run.left)


def _join(line: list[Run]) -> str:
    """The text of a line; a small raised figure is glued to the word that it marks."""
    tallest = max(run.top - run.bottom for run in line)
    text = line[0].text
    for before, run in pairwise(line):
        gap = run.left - before.right
        raised = run.top - run.bottom < 0.6 * tallest <= before.top - before.bottom
        wide = 0.35 if raised and run.text.strip().isdigit() else 0.12
        text = text.rstrip() if gap <= wide * tallest and raised else text
        if gap > wide * tallest and not text.endswith(" "):
            text += " "
        text += run.text
    return " ".join(text.split())


if __name__ == "__main__":
    main()
