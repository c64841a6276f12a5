"""Reads a document in a process of its own: one that hangs or breaks it takes nothing else along.

Its time and memory are bounded.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from kg.errors import SourceError

MAX_SECONDS = 10.0
MAX_MEMORY_BYTES = 2 * 1024 * 1024 * 1024


def read_apart(worker: Path, data: bytes, name: str, kind: str, *arguments: str) -> Any:
    """What the script `worker` makes of a document of a kind, as JSON.

    It gets the document on standard input, `arguments`, and the bytes of memory that it may take.
    Raises SourceError where it takes too long or ends without a result.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(worker), *arguments, str(MAX_MEMORY_BYTES)],
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
        return json.loads(done.stdout)
    except ValueError:
        raise SourceError(
            f"{name}: is a broken {kind} (the reader ended with {done.returncode}); save it again",
            code="broken",
        ) from None
