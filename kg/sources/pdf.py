"""PDF as text, line by line, as it stands on the page.

PDFium reads each document in a process of its own: one that hangs or breaks it takes nothing
else along, and its memory is bounded.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from kg.errors import SourceError

MAX_SECONDS = 10.0
MAX_PAGES = 2_000
MAX_MEMORY_BYTES = 2 * 1024 * 1024 * 1024
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
    try:
        worker = subprocess.run(
            [sys.executable, "-I", str(_WORKER), str(MAX_PAGES), str(MAX_MEMORY_BYTES)],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError(
            f"{name}: takes more than {MAX_SECONDS:.0f} s to read; give the text itself",
            code="too-slow",
        ) from None
    try:
        result = json.loads(worker.stdout)
    except ValueError:
        raise SourceError(
            f"{name}: is a broken PDF (the reader ended with {worker.returncode}); save it again",
            code="broken",
        ) from None
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
