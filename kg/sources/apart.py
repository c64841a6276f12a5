"""Reads a document in a process of its own: one that hangs or breaks it takes nothing else along.

Its time and memory are bounded.
"""

import json
import math
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from kg.errors import SourceError

MAX_SECONDS = 10.0
"""Of processor time, so that a busy machine reads the same documents; six times that of waiting."""
MAX_MEMORY_BYTES = 2 * 1024 * 1024 * 1024


def read_apart(worker: Path, data: bytes, name: str, kind: str, *arguments: str) -> Any:
    """What the script `worker` makes of a document of a kind, as JSON.

    It gets the document on standard input, `arguments`, and the bytes of memory and seconds of
    processor time that it may take, which it has to set itself.
    Raises SourceError where it takes too long or ends without a result.
    """
    seconds = math.ceil(MAX_SECONDS)
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(worker), *arguments, str(MAX_MEMORY_BYTES), str(seconds)],
            input=data,
            capture_output=True,
            timeout=6 * MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(name) from None
    if done.returncode == -signal.SIGXCPU:
        raise _too_slow(name)
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise SourceError(
            f"{name}: is a broken {kind} (the reader ended with {done.returncode}); save it again",
            code="broken",
        ) from None


def _too_slow(name: str) -> SourceError:
    return SourceError(
        f"{name}: takes more than {MAX_SECONDS:.0f} s to read; give the text itself",
        code="too-slow",
    )
