"""PDF as text, line by line, as it stands on the page.

PDFium reads each document in a process of its own.
"""

import re
from pathlib import Path

from kg.errors import SourceError
from kg.sources.apart import read_apart

MAX_PAGES = 2_000
_WORKER = Path(__file__).with_name("pdf_worker.py")
_REASONS = {
    "encrypted": "is encrypted; save it without a password",
    "pages": f"has more than {MAX_PAGES} pages; split it",
}

_UNTOLD = re.compile(r"[\x00\ud800-\udfff]")
"""What PDFium gives for a glyph whose character the file does not tell."""


def read_pdf(data: bytes, name: str) -> str:
    """The text of a PDF, one printed line a line.

    Raises SourceError: encrypted, broken, scanned (no text layer), too long, too slow.
    """
    result = read_apart(_WORKER, data, name, "PDF", str(MAX_PAGES))
    if "error" in result:
        reason = _REASONS.get(
            result["error"], f"is a broken PDF ({result.get('reason', '')}); save it again"
        )
        raise SourceError(f"{name}: {reason}", code=result["error"])
    lines = [_UNTOLD.sub("\ufffd", line) for page in result["pages"] for line in page]
    if not any(line.strip() for line in lines):
        raise SourceError(
            f"{name}: has no text layer (a scan?); run text recognition on it first",
            code="no-text",
        )
    return "\n".join(lines) + "\n"
