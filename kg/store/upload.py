"""Loads a graph into a SPARQL 1.1 store: batched updates, made visible in one step, then checked.

The graph is first filled beside its place, in a graph of its own, and moved over the old one when
it is whole. So readers see the old graph or the new one, and a run that broke off is simply run
again. What the store gives back is then compared with what was sent, literal by literal.
"""

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from itertools import groupby
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import EndpointError
from kg.store.remote import DEFAULT_TIMEOUT, USER_AGENT, Endpoint

BATCH_TRIPLES = 500
"""Triples of one update or check: below the row and length limits of common stores."""

_ATTEMPTS = 4
_SHOWN_CHANGES = 5

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Change:
    """A triple that the store lacks, and what it has there instead, as N-Triples."""

    sent: str
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UploadReport:
    """What became of an upload.

    `triples` were sent, `kept` are in the store now; `changes` are the first of `changed`
    triples that the store did not give back as they were. `unchanged` is True where the store
    had the graph already and nothing was sent.
    """

    triples: int
    kept: int
    changed: int
    changes: tuple[Change, ...]
    unchanged: bool = False

    @property
    def faithful(self) -> bool:
        """Whether the store holds exactly what was sent."""
        return self.changed == 0 and self.kept == self.triples


@dataclass(frozen=True, slots=True)
class Store:
    """A store: where it is asked, where it is changed, and who changes it.

    With a user, Basic and Digest authentication are tried as the store asks for them.
    """

    query_url: str
    update_url: str
    user: str | None = None
    password: str = ""
    timeout: float = DEFAULT_TIMEOUT

    def update(self, text: str) -> None:
        """Runs an update, again where the line broke; EndpointError where the store refuses."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._send(text)
            except (urllib.error.HTTPError, ValueError) as error:
                if isinstance(error, urllib.error.HTTPError):
                    words = " ".join(error.read(300).decode("utf-8", "replace").split())
                    advice = "; check --user and KG_PASSWORD" if error.code in (401, 403) else ""
                    raise EndpointError(
                        f"{self.update_url} answered {error.code} {error.reason}: {words}{advice}"
                    ) from error
                raise EndpointError(f"{self.update_url}: {error}") from error
            except (OSError, HTTPException) as error:
                if attempt == _ATTEMPTS:
                    raise EndpointError(
                        f"{self.update_url} broke off: {error}; run the same command again when "
                        "the server is back"
                    ) from error
                time.sleep(2 ** (attempt - 1) / 4)
        return None

    def _send(self, text: str) -> None:
        request = urllib.request.Request(
            self.update_url,
            data=urlencode({"update": text}).encode(),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "User-Agent": USER_AGENT,
            },
        )
        handlers: list[urllib.request.BaseHandler] = []
        if self.user is not None:
            passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            passwords.add_password(None, self.update_url, self.user, self.password)
            handlers = [
                urllib.request.HTTPDigestAuthHandler(passwords),
                urllib.request.HTTPBasicAuthHandler(passwords),
            ]
        with urllib.request.build_opener(*handlers).open(request, timeout=self.timeout) as reply:
            reply.read()

    def rows(self, query: str) -> Iterator[ox.QuerySolution]:
        """The rows of a SELECT query."""
        results = Endpoint(self.query_url, timeout=self.timeout).query(query, "check")
        assert isinstance(results, ox.QuerySolutions)
        yield from results


def upload(
    triples: Sequence[ox.Triple], store: Store, name: str | None, progress: Progress
) -> UploadReport:
    """Makes the graph called `name` in a store (None: its default graph) equal to `triples`.

    Triples come subject by subject, without blank nodes. What the graph held before is replaced.
    Raises EndpointError where the store refuses or stays away.
    """
    before = _check(triples, store, name, progress)
    if before.faithful:
        return UploadReport(before.triples, before.kept, 0, (), unchanged=True)
    staging = f"{name or 'urn:kamergraaf:default'}#being-loaded"
    store.update(f"DROP SILENT GRAPH <{staging}>")
    sent = 0
    for batch in _batches(triples):
        data = (ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
        store.update(f"INSERT DATA {{ GRAPH <{staging}> {{\n{data}}} }}")
        sent += len(batch)
        progress(f"{sent} van {len(triples)} verstuurd")
    store.update(f"MOVE GRAPH <{staging}> TO {f'GRAPH <{name}>' if name else 'DEFAULT'}")
    return _check(triples, store, name, progress)


def _check(
    triples: Sequence[ox.Triple], store: Store, name: str | None, progress: Progress
) -> UploadReport:
    """Compares a graph in a store with what it should hold."""
    graph = f"GRAPH <{name}>" if name else ""
    (count,) = store.rows(f"SELECT (COUNT(*) AS ?n) {{ {graph} {{ ?s ?p ?o }} }}")
    kept = int(count["n"].value)
    if kept == 0:
        return UploadReport(len(triples), 0, len(triples), ())
    changes: list[Change] = []
    changed = checked = 0
    for batch in _batches(triples):
        subjects = " ".join(dict.fromkeys(str(one.subject) for one in batch))
        inside = f"{graph} {{ VALUES ?s {{ {subjects} }} ?s ?p ?o }}"
        found = {
            f"{row['s']} {row['p']} {row['o']}"
            for row in store.rows(f"SELECT ?s ?p ?o {{ {inside} }}")
        }
        sent = {str(one) for one in batch}
        for one in sorted(sent - found):
            changed += 1
            if len(changes) < _SHOWN_CHANGES:
                start = " ".join(one.split(" ", 2)[:2])
                instead = sorted(row for row in found - sent if row.startswith(f"{start} "))
                changes.append(Change(one, tuple(instead)))
        checked += len(batch)
        progress(f"{checked} van {len(triples)} nagekeken")
    return UploadReport(len(triples), kept, changed, tuple(changes))


def _batches(triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    """Triples in batches that keep each subject whole."""
    batch: list[ox.Triple] = []
    for _, group in groupby(triples, key=lambda one: str(one.subject)):
        subject = list(group)
        if batch and len(batch) + len(subject) > BATCH_TRIPLES:
            yield batch
            batch = []
        batch = batch + subject
    if batch:
        yield batch
