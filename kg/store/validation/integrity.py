"""What no shape can say: declared terms, no blank nodes, nothing dangling, no doubles."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

import pyoxigraph as ox

from kg.store.embedded import select
from kg.store.validation.report import VIOLATION, WARNING, ValidationResult
from kg.store.validation.usage import TYPE, Usages


@dataclass(frozen=True, slots=True)
class _Check:
    """A query for breaches: ?this, and where there are any ?path and ?value."""

    name: str
    severity: str
    dutch: str
    english: str
    query: str


def broken_integrity(
    store: ox.Store, usages: Usages, known_values: Set[str]
) -> Iterator[ValidationResult]:
    """The breaches of a store.

    `known_values` are the paths whose values need no look: literals, or things that have a class.
    """
    yield from _undeclared(usages)
    for check in (_SHARED_KENMERK, _SHARED_MATCH):
        yield from _results(store, check)
    if not usages.all_typed:
        yield from _results(store, _UNTYPED)
    # the usages are by class: they lack what only things without one have
    used = {path for paths in usages.used.values() for path in paths}
    types, paths = TYPE, sorted(used - known_values)
    if not usages.all_typed:
        types, paths = "?path", ["?path"]
    for path in paths:
        yield from _results(store, _DANGLING, path)
    patterns = [f"?blank {types} ?o", *(f"?s {path} ?blank" for path in paths)]
    if any(_has_blank(store, pattern) for pattern in patterns):
        yield from _results(store, _BLANK_NODE)


def _results(store: ox.Store, check: _Check, path: str = "?path") -> Iterator[ValidationResult]:
    """What a check finds, at one path or at any."""
    for row in select(store, check.query.replace("?path", path)):
        yield ValidationResult(
            severity=check.severity,
            focus=row.get("this", ""),
            path=row.get("path", path.removeprefix("?path")),
            value=row.get("value", ""),
            component=check.name,
            messages=(("nl", check.dutch), ("en", check.english)),
        )


def _has_blank(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"ASK {{ {pattern} FILTER (isBlank(?blank)) }}"))


def _undeclared(usages: Usages) -> Iterator[ValidationResult]:
    used = set(usages.used)
    used.update(predicate.strip("<>") for each in usages.used.values() for predicate in each)
    for term in sorted(used - usages.ontology.declared):
        if term.startswith(usages.ontology.namespace):
            yield ValidationResult(
                focus=f"<{term}>",
                component="undeclared",
                messages=(
                    ("nl", "deze term staat niet in de ontologie"),
                    ("en", "this term is not in the ontology"),
                ),
            )


_KG = "PREFIX kg: <https://w3id.org/kamergraaf/def#> "
_BLANK_NODE = _Check(
    "blank-node",
    VIOLATION,
    "een ding zonder IRI",
    "a thing without an IRI",
    "SELECT * { ?this ?path ?value FILTER (isBlank(?this) || isBlank(?value)) }",
)
_DANGLING = _Check(
    "dangling",
    VIOLATION,
    "verwijst naar een ding dat de graaf niet beschrijft",
    "points at a thing that the graph does not describe",
    "SELECT * { ?this ?path ?value "
    'FILTER (isIRI(?value) && CONTAINS(STR(?value), "/id/") '
    '&& STRBEFORE(STR(?value), "/id/") = STRBEFORE(STR(?this), "/id/") '
    '&& !CONTAINS(STR(?value), "#")) FILTER NOT EXISTS { ?value ?q ?o } }',
)
_UNTYPED = _Check(
    "untyped",
    VIOLATION,
    "een ding zonder klasse",
    "a thing without a class",
    f"SELECT ?this {{ {{ SELECT DISTINCT ?this {{ ?this ?p ?o }} }} MINUS {{ ?this {TYPE} ?t }} }}",
)
_SHARED_KENMERK = _Check(
    "shared-kenmerk",
    WARNING,
    "twee sets dragen hetzelfde kenmerk",
    "two sets bear the same kenmerk",
    f"{_KG}PREFIX dcterms: <http://purl.org/dc/terms/> SELECT DISTINCT ?this ?value {{ "
    f"?this a kg:QuestionSet ; dcterms:identifier ?value . "
    f"?other dcterms:identifier ?value ; a kg:QuestionSet . FILTER (?this != ?other) }}",
)
_SHARED_MATCH = _Check(
    "shared-exact-match",
    WARNING,
    "twee entiteiten van een klasse zijn hetzelfde ding elders",
    "two entities of one class are the same thing elsewhere",
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT DISTINCT ?this ?value { "
    "?this skos:exactMatch ?value ; a ?type . ?other skos:exactMatch ?value ; a ?type . "
    "FILTER (?this != ?other) }",
)
