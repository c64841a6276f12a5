"""A SPARQL 1.1 store that takes changes: updates and, where it has one, its Graph Store."""

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO
from urllib.parse import urlsplit

import httpx
import pyoxigraph as ox

from kg.errors import EndpointError, UsageError
from kg.store.remote import DEFAULT_TIMEOUT, USER_AGENT, Endpoint

_ATTEMPTS = 4
_NO_ENTRY = (401, 403)
_NO_GRAPH = "urn:kamergraaf:no-such-graph"


class RefusedError(EndpointError):
    """The store answered, and did not do it; `status` is HTTP's."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status

    @property
    def of_request(self) -> bool:
        """Whether a smaller request might be taken: it was not refused for who sent it or where."""
        return self.status not in (*_NO_ENTRY, 404, 405, 415)


@dataclass(frozen=True)
class Store:
    """A store: where it is asked, where it is changed, and who changes it.

    `graph_store_url` is where it takes whole graphs (SPARQL 1.1 Graph Store HTTP Protocol). The
    user is known by Basic or Digest authentication, as the store asks for it.
    """

    query_url: str
    update_url: str
    graph_store_url: str | None = None
    user: str | None = None
    password: str = field(default="", repr=False)
    timeout: float = DEFAULT_TIMEOUT

    def __post_init__(self) -> None:
        for url in (self.update_url, self.graph_store_url or self.update_url):
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise UsageError(f"{url!r} is no address of a store; give one such as http://host/")

    @cached_property
    def _client(self) -> httpx.Client:
        login = _Login(self.user, self.password) if self.user is not None else None
        headers = {"User-Agent": USER_AGENT}
        return httpx.Client(auth=login, timeout=self.timeout, headers=headers)

    def update(self, text: str, *, attempts: int = _ATTEMPTS) -> None:
        """Runs an update, again where the line broke.

        Raises RefusedError where the store refuses, EndpointError where it stays away.
        """
        self._send(httpx.Request("POST", self.update_url, data={"update": text}), attempts)

    def put(self, name: str | None, n_triples: BinaryIO) -> None:
        """Replaces a graph (None: the default one) by Graph Store Protocol; raises as `update`.

        `n_triples` is a file, which is sent piece by piece.
        """
        assert self.graph_store_url is not None
        url = httpx.URL(self.graph_store_url)
        if self.user is not None:
            # a store may hang up on a large body that comes before the login
            self._send(httpx.Request("GET", url.copy_merge_params({"graph": _NO_GRAPH})), 1, (404,))
        which = url.copy_merge_params({"graph": name} if name else {"default": ""})
        # N-Triples is Turtle, and every store reads that
        headers = {"Content-Type": "text/turtle"}
        self._send(httpx.Request("PUT", which, content=n_triples, headers=headers), 1)

    def _send(self, request: httpx.Request, attempts: int, fine: tuple[int, ...] = ()) -> None:
        for attempt in range(1, attempts + 1):
            try:
                reply = self._client.send(request)
            except httpx.TransportError as error:
                if attempt == attempts:
                    raise EndpointError(
                        f"{request.url} broke off: {error or type(error).__name__}; run the same "
                        "command again when the server is back, it goes on where this one ended"
                    ) from error
                time.sleep(2 ** (attempt - 1) / 4)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise EndpointError(f"{request.url}: {error}") from error
            else:
                if not reply.is_success and reply.status_code not in fine:
                    raise _refused(reply)
                return

    def rows(self, query: str) -> Iterator[ox.QuerySolution]:
        """The rows of a SELECT query."""
        results = Endpoint(self.query_url, timeout=self.timeout).query(query, "check")
        assert isinstance(results, ox.QuerySolutions)
        yield from results

    def ask(self, query: str) -> bool:
        """The truth of an ASK query."""
        truth = Endpoint(self.query_url, timeout=self.timeout).query(query, "check")
        assert isinstance(truth, ox.QueryBoolean)
        return bool(truth)


class _Login(httpx.Auth):
    """Basic or Digest authentication, whichever the store asks for."""

    def __init__(self, user: str, password: str) -> None:
        self._known = (user, password)
        self._way: httpx.BasicAuth | httpx.DigestAuth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._way is None:
            reply = yield request
            if reply.status_code != httpx.codes.UNAUTHORIZED:
                return
            asked = reply.headers.get("www-authenticate", "").lower()
            way = httpx.DigestAuth if asked.startswith("digest") else httpx.BasicAuth
            self._way = way(*self._known)
        yield from self._way.auth_flow(request)


def _refused(reply: httpx.Response) -> RefusedError:
    words = " ".join(reply.text[:300].split())
    advice = ""
    if reply.status_code in _NO_ENTRY:
        advice = "; check --user and KG_PASSWORD"
    elif reply.status_code in (400, 404, 405, 415):
        advice = "; is this where the store takes changes? see --update and --graph-store"
    elif reply.status_code >= 500:
        advice = "; may this user change graphs there? see --user and --update"
    said = f": {words}" if words else ""
    status = f"{reply.status_code} {reply.reason_phrase}"
    return RefusedError(f"{reply.request.url} answered {status}{said}{advice}", reply.status_code)
