"""Bodies of responses: made once, kept while they are asked for, with a validator (RFC 9110)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

_KEPT = 1000
"""Bodies kept in memory; a page of the seeds has 20 KB on average."""


@dataclass(frozen=True, slots=True)
class _Body:
    content: bytes
    tag: str


class Bodies:
    """What `make` gives for a key and a media type, as responses with a validator."""

    def __init__(self, make: Callable[[str, str], bytes]) -> None:
        @lru_cache(maxsize=_KEPT)
        def body(key: str, media_type: str) -> _Body:
            content = make(key, media_type)
            tag = hashlib.sha256(media_type.encode() + content).hexdigest()[:32]
            return _Body(content, f'"{tag}"')

        self._body = body

    def response(self, request: Request, key: str, media_type: str) -> Response:
        """The body for a key in a media type; 304 where the client has the same already."""
        body = self._body(key, media_type)
        headers = {"ETag": body.tag, "Vary": "Accept", "Cache-Control": "no-cache"}
        known = [one.strip().removeprefix("W/") for one in
                 request.headers.get("if-none-match", "").split(",")]  # fmt: skip
        if body.tag in known or "*" in known:
            return Response(status_code=304, headers=headers)
        return Response(body.content, 200, headers, media_type)
