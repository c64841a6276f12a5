"""Headers that keep a browser from running or framing what it should not.

https://owasp.org/www-project-secure-headers/ and https://www.w3.org/TR/CSP3/
"""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_FRAMED_BY_NOBODY = "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
_DATA = "default-src 'none'; frame-ancestors 'none'; sandbox"


class SecurityHeaders:
    """Adds the headers to every response; pages may run our own scripts and nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                headers["Content-Security-Policy"] = _policy(
                    scope["path"], headers.get("content-type", "")
                )
            await send(message)

        return await self._app(scope, receive, send_with_headers)


def _policy(path: str, media_type: str) -> str:
    if path == "/explorer":
        return _FRAMED_BY_NOBODY  # the page brings its own, for the scripts that are in it
    if media_type.startswith("text/html"):
        return _page_policy()
    if media_type.startswith(("text/css", "text/javascript", "application/javascript")):
        return "default-src 'self'"
    return _DATA


@cache
def _page_policy() -> str:
    scripts = " ".join(sorted(_hashes()))
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data:; font-src 'self' data:; connect-src 'self'; {_FRAMED_BY_NOBODY}"
    )


def _hashes() -> set[str]:
    """The hashes of the scripts in the page templates, none of which holds a value of the graph."""
    templates = (one for one in (files("kg.export") / "templates").iterdir() if one.is_file())
    scripts = {script for one in templates for script in _INLINE.findall(one.read_text("utf-8"))}
    assert not any("{{" in script or "{%" in script for script in scripts)
    return {f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'"
            for one in scripts}  # fmt: skip
