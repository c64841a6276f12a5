"""The authority files: what is known beforehand, as entries to match and as triples to state.

`ontology/authority/*.ttl` is read once and kept compiled in the user's cache folder, under the
hash of its content. A cache that is missing, broken or cannot be written costs time, no more.
"""

import hashlib
import marshal
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.model.assertion import Assertion, Iri, Literal
from kg.model.authority import Authority, AuthorityEntry, Kind, Period, Tenure
from kg.rdf import vocabulary as v
from kg.rdf.iris import DEFAULT_BASE, Mint, parsed_iri

_SKOS, _ORG, _DCTERMS, _DCAT, _FOAF = (
    v.PREFIXES[prefix] for prefix in ("skos", "org", "dcterms", "dcat", "foaf")
)

_COMPILED_FORM = b"1"

Value = tuple[str, str, str]
"""An object: ("id", local id, ""), ("iri", IRI, ""), ("@", text, language) or ("^", text, type)."""

Facts = dict[str, tuple[tuple[str, Value], ...]]
"""The (predicate, object) pairs of every subject, by local id, sorted."""


@dataclass(frozen=True)
class AuthorityGraph:
    """The entries of all authority files, the triples behind them, and a hash of the files."""

    authority: Authority
    facts: Facts
    version: bytes = b""

    def describe(self, keys: Iterable[str], base: str = DEFAULT_BASE) -> Iterator[Assertion]:
        """What the files say of `keys` and of all that these refer to, in order of local id.

        Keys that no file has are left out. IRIs are minted under `base`. Every subject gets an
        rdfs:label: its preferred one, or one put together from what it joins.
        """
        mint = Mint(base)
        for key in sorted(self.closure(keys)):
            subject = mint.thing(key)
            yield Assertion(subject, v.LABEL, self._label(key))
            for predicate, value in self.facts[key]:
                yield Assertion(subject, parsed_iri(predicate), _term(value, mint))

    def closure(self, keys: Iterable[str]) -> set[str]:
        """`keys`, as far as they are known, and every subject that these lead to."""
        waiting = [key for key in keys if key in self.facts]
        found = set(waiting)
        while waiting:
            for _, (kind, text, _) in self.facts[waiting.pop()]:
                if kind == "id" and text not in found and text in self.facts:
                    found.add(text)
                    waiting.append(text)
        return found

    def _label(self, key: str) -> Literal:
        values: dict[str, Value] = dict(self.facts[key])
        if (label := values.get(_SKOS + "prefLabel")) is not None:
            return Literal(label[1], language=label[2])
        if (member := values.get(_ORG + "member")) is not None:
            other = values.get(v.KG + "office") or values[_ORG + "organization"]
            return Literal(" – ".join(self._label(side[1]).value for side in (member, other)), "nl")
        days = (values.get(_DCAT + day) for day in ("startDate", "endDate"))
        return Literal(" – ".join(day[1] if day else "…" for day in days))


def _term(value: Value, mint: Mint) -> Iri | Literal:
    kind, text, more = value
    if kind == "id":
        return mint.thing(text)
    if kind == "iri":
        return parsed_iri(text)
    return Literal(text, language=more) if kind == "@" else Literal(text, datatype=more)


def load_authority(folder: Path, *, cache_dir: Path | None = None) -> AuthorityGraph:
    """Load all `*.ttl` files of `folder`.

    `cache_dir` is where the compiled form is kept; by default the user's cache folder.
    Raises GraphError where the folder has no such files, where one does not parse, or where an
    entry lacks its label or has a date that is none.
    """
    contents = _read(folder)
    key = hashlib.sha256(_COMPILED_FORM + (sys.implementation.cache_tag or "").encode())
    for path, content in contents:
        key.update(f"{path.name} {len(content)} ".encode() + content)
    cache = (cache_dir or _user_cache_dir()) / "authority.compiled"
    facts = _read_cache(cache, key.digest())
    if facts is None:
        facts = _parse(contents)
        _write_cache(cache, key.digest(), facts)
    return AuthorityGraph(Authority(_entries(facts)), facts, key.digest())


def _read(folder: Path) -> list[tuple[Path, bytes]]:
    try:
        contents = [(path, path.read_bytes()) for path in sorted(folder.glob("*.ttl"))]
    except OSError as error:
        raise GraphError(f"{folder}: the authority files cannot be read: {error}") from error
    if not contents:
        raise GraphError(
            f"{folder}: no authority files (*.ttl) here; install the package again, or run from "
            "a checkout"
        )
    return contents


def _parse(contents: list[tuple[Path, bytes]]) -> Facts:
    import pyoxigraph as ox

    ours = DEFAULT_BASE + "id/"
    pairs: dict[str, set[tuple[str, Value]]] = defaultdict(set)
    for path, content in contents:
        try:
            for triple in ox.parse(content, format=ox.RdfFormat.TURTLE):
                subject, predicate, node = triple.subject, triple.predicate, triple.object
                if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(ours):
                    raise GraphError(f"{path}: {subject} is not under {ours}; give it such an IRI")
                value: Value
                if isinstance(node, ox.NamedNode):
                    is_ours = node.value.startswith(ours)
                    value = (
                        ("id", node.value[len(ours) :], "") if is_ours else ("iri", node.value, "")
                    )
                elif isinstance(node, ox.Literal):
                    language = node.language
                    value = (
                        ("@", node.value, language)
                        if language
                        else ("^", node.value, "" if _is_string(node) else node.datatype.value)
                    )
                else:
                    raise GraphError(f"{path}: {subject} has a blank node; give it an IRI")
                pairs[subject.value[len(ours) :]].add((predicate.value, value))
        except SyntaxError as error:
            line = error.lineno
            reason = f"{path}: not Turtle: {error.msg}; correct it there"
            raise GraphError(reason, code="not-turtle", line=line) from error
    return {key: tuple(sorted(pairs[key])) for key in sorted(pairs)}


def _is_string(node: Any) -> bool:
    return bool(node.datatype.value == "http://www.w3.org/2001/XMLSchema#string")


# ---------------------------------------------------------------- the compiled form


def _user_cache_dir() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("kamergraaf", appauthor=False)


def _read_cache(path: Path, key: bytes) -> Facts | None:
    try:
        stored = path.read_bytes()
    except OSError:
        return None
    # marshal trusts its input, so the payload is checked before it is read
    if stored[:32] != key or stored[32:64] != hashlib.sha256(stored[64:]).digest():
        return None
    facts: Facts = marshal.loads(stored[64:])
    return facts


def _write_cache(path: Path, key: bytes, facts: Facts) -> None:
    interned = {
        subject: tuple(
            (sys.intern(predicate), tuple(map(sys.intern, value))) for predicate, value in pairs
        )
        for subject, pairs in facts.items()
    }
    payload = marshal.dumps(interned)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix="authority-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(key + hashlib.sha256(payload).digest() + payload)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)


# ---------------------------------------------------------------- entries

_KINDS = {v.KG + kind.value: kind for kind in Kind}


def _entries(facts: Facts) -> Iterator[AuthorityEntry]:
    for key, pairs in facts.items():
        if key.count("/") != 1:
            continue
        values: dict[str, list[str]] = {}
        for predicate, value in pairs:
            values.setdefault(predicate, []).append(value[1])
        kind = next((_KINDS[t] for t in values.get(v.TYPE.value, ()) if t in _KINDS), None)
        if kind is not None:
            yield _entry(key, kind, values, facts)


def _entry(key: str, kind: Kind, values: dict[str, list[str]], facts: Facts) -> AuthorityEntry:
    label = values.get(_SKOS + "prefLabel")
    if not label:
        raise GraphError(f"authority files: {key} has no skos:prefLabel; add one")
    parties, offices = _tenures(values.get(_ORG + "hasMembership", ()), facts)
    periods = tuple(
        sorted(
            (_period(p, facts) for p in values.get(_DCTERMS + "temporal", ())),
            key=lambda p: (p.start or date.min, p.end or date.max),
        )
    )
    return AuthorityEntry(
        key=key,
        kind=kind,
        label=label[0],
        labels=tuple(values.get(_SKOS + "altLabel", ())),
        ambiguous_labels=tuple(values.get(v.KG + "ambiguousLabel", ())),
        exact_matches=tuple(values.get(_SKOS + "exactMatch", ())),
        notations=tuple(values.get(_SKOS + "notation", ())),
        period=Period(periods[0].start, _last_end(periods)) if periods else Period(),
        periods=periods,
        context_rules=tuple(_rule(key, rule) for rule in values.get(v.KG + "contextRule", ())),
        broader=_first(values, _SKOS + "broader"),
        surname=_first(values, _FOAF + "familyName"),
        parties=parties,
        offices=offices,
        ministry=_first(values, _ORG + "postIn"),
        title=_first(values, v.KG + "officeTitle"),
    )


def _first(values: dict[str, list[str]], predicate: str) -> str | None:
    found = values.get(predicate)
    return found[0] if found else None


def _rule(key: str, rule: str) -> tuple[str, str]:
    label, colon, name = rule.rpartition(": ")
    if not colon:
        raise GraphError(
            f"authority files: {key} has the context rule {rule!r}; write 'label: rule'"
        )
    return label, name


def _last_end(periods: tuple[Period, ...]) -> date | None:
    ends = [period.end for period in periods]
    return None if None in ends else max(end for end in ends if end is not None)


def _period(key: str, facts: Facts) -> Period:
    values = {predicate: value[1] for predicate, value in facts.get(key, ())}
    try:
        start, end = (
            date.fromisoformat(values[_DCAT + day]) if _DCAT + day in values else None
            for day in ("startDate", "endDate")
        )
    except ValueError as error:
        raise GraphError(f"authority files: {key}: {error}; write dates as 2024-07-02") from error
    return Period(start, end)


def _tenures(
    memberships: Iterable[str], facts: Facts
) -> tuple[tuple[Tenure, ...], tuple[Tenure, ...]]:
    """The memberships of parties, and the terms of office, each in order of time."""
    parties, offices = [], []
    for membership in memberships:
        values = {predicate: value[1] for predicate, value in facts.get(membership, ())}
        period = _period(values.get(_ORG + "memberDuring", ""), facts)
        if (office := values.get(v.KG + "office")) is not None:
            offices.append(Tenure(office, period))
        else:
            role = values.get(_ORG + "role", "").removeprefix("role/")
            parties.append(Tenure(values.get(_ORG + "organization", ""), period, role))
    return tuple(sorted(parties, key=_when)), tuple(sorted(offices, key=_when))


def _when(tenure: Tenure) -> tuple[date, date, str]:
    period = tenure.period
    return period.start or date.min, period.end or date.max, tenure.key
