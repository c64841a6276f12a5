"""Which requests are let in: by the host they name, the page they come from, and their number.

A server on loopback can be reached from any page in the user's browser, through a name that is
made to point at 127.0.0.1 or by a request across origins. So there only its own names count, and
pages of other origins are let in only where the user says so.
"""

import re
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ANY = "*"
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]*)?")
_CLIENTS_KEPT = 10_000
_LONGEST_PATH = 2_000
_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, HEAD, OPTIONS",
    "Access-Control-Max-Age": "600",
}
_EXPOSED = "ETag, Location, Retry-After"


@dataclass(frozen=True, slots=True)
class Visitors:
    """Who may ask: host names, origins of other pages, requests a minute of one address.

    `hosts` and `origins` may hold `*`; a rate of 0 is no limit. Pages of the own hosts always may.
    """

    hosts: frozenset[str] = frozenset({ANY})
    origins: frozenset[str] = frozenset({ANY})
    rate: int = 0


def visitors_of(address: str, hosts: list[str], origins: list[str], rate: int) -> Visitors:
    """The rules of a server that listens on an address, with what the user adds.

    On loopback only its own names and pages are let in, elsewhere all where nothing is said.
    """
    if is_loopback(address):
        names = {*_LOOPBACK_NAMES, address.lower()}
        return Visitors(frozenset({*names, *map(str.lower, hosts)}), frozenset(origins), rate)
    anybody = frozenset({ANY})
    return Visitors(
        frozenset(map(str.lower, hosts)) or anybody, frozenset(origins) or anybody, rate
    )


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address.lower() == "localhost"


class Doorkeeper:
    """Lets requests in or sends them away, and tells browsers which pages may read answers."""

    def __init__(self, app: ASGIApp, visitors: Visitors) -> None:
        self._app = app
        self._visitors = visitors
        self._rates = _Rates(visitors.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        refused = self._refusal(scope, headers, origin)
        if refused is not None:
            return await refused(scope, receive, send)
        shared = self._shared(origin)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            wanted = headers.get("access-control-request-headers", "")
            answer = PlainTextResponse("", 200, {**shared, **_ALLOWED})
            if wanted:
                answer.headers["Access-Control-Allow-Headers"] = wanted
            return await answer(scope, receive, send)

        async def send_shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                answered.update(shared)
                if ANY not in self._visitors.origins:
                    answered.add_vary_header("Origin")
            await send(message)

        return await self._app(scope, receive, send_shared)

    def _refusal(self, scope: Scope, headers: Headers, origin: str | None) -> Response | None:
        if len(scope["path"]) > _LONGEST_PATH:
            return _refused(414, f"no address here is longer than {_LONGEST_PATH} characters")
        host = _host(headers.get("host", ""))
        if headers.get("host") and not host:
            return _refused(400, "the Host header is no name of a server")
        if not _holds(self._visitors.hosts, host):
            return _refused(421, f"this server is not called {host or 'nothing'}; see --allow-host")
        if not self._welcome(origin, headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")):
            return _refused(403, "pages of other sites may not ask here; see --allow-origin")
        client = scope["client"][0] if scope.get("client") else ""
        wait = self._rates.wait(client, time.monotonic())
        if wait:
            message = f"too many requests; try again in {wait} s"
            return _refused(429, message, {"Retry-After": f"{wait}"})
        return None

    def _welcome(self, origin: str | None, site: str | None, mode: str | None) -> bool:
        if ANY in self._visitors.origins or origin in self._visitors.origins:
            return True
        if origin is not None:
            return _name_in(origin) in self._visitors.hosts
        return site != "cross-site" or mode == "navigate"

    def _shared(self, origin: str | None) -> dict[str, str]:
        if ANY in self._visitors.origins:
            return {"Access-Control-Allow-Origin": ANY, "Access-Control-Expose-Headers": _EXPOSED}
        if origin is None:
            return {}
        return {"Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": _EXPOSED}


class _Rates:
    """How many requests each client has left: a minute's worth at most, filled evenly."""

    def __init__(self, a_minute: int) -> None:
        self._a_minute = a_minute
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str, now: float) -> int:
        """Counts a request; the whole seconds until the next is allowed, 0 where this one is."""
        if not self._a_minute:
            return 0
        left, since = self._left.pop(client, (float(self._a_minute), now))
        left = min(self._a_minute, left + (now - since) * self._a_minute / 60)
        allowed = left >= 1
        self._left[client] = (left - allowed, now)
        while len(self._left) > _CLIENTS_KEPT:
            self._left.popitem(last=False)
        return 0 if allowed else int((1 - left) * 60 / self._a_minute) + 1


def _holds(hosts: frozenset[str], host: str) -> bool:
    return ANY in hosts or host in hosts


def _host(header: str) -> str:
    """The name in a Host header, without port and brackets."""
    named = _HOST.fullmatch(header.lower())
    return named[1].strip("[]") if named else ""


def _name_in(origin: str) -> str:
    try:
        return urlsplit(origin).hostname or ""
    except ValueError:
        return ""


def _refused(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{message}\n", status, headers)
