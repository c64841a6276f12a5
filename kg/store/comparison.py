"""What a store gives back of a graph, compared with what was sent, literal by literal."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby

import pyoxigraph as ox

from kg.store.remote_store import Store

BATCH_TRIPLES = 500
"""Triples of one update or check: below the row and length limits of common stores."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_SHOWN_CHANGES = 5
_EXACT = {"decimal", "integer", "int", "long", "nonNegativeInteger", "positiveInteger"}
_FLOATING = {"double", "float"}
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Change:
    """A triple that the store lacks, and what it has there instead, as N-Triples."""

    sent: str
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Literals of a datatype that the store gives back in another form of the same value."""

    datatype: str
    sent: str
    kept: str
    count: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a graph in a store differs from what it should hold.

    `triples` should be there, `kept` are; `changes` are the first of `changed` triples that are
    not there, not even in another form; `rewritings` are values in another form.
    """

    triples: int
    kept: int
    changed: int
    changes: tuple[Change, ...]
    rewritings: tuple[Rewriting, ...]

    @property
    def sound(self) -> bool:
        """Whether the store holds the same values, and nothing else."""
        return self.changed == 0 and self.kept == self.triples


def compare(triples: Iterable[ox.Triple], store: Store, name: str | None) -> Comparison:
    """Compares the graph called `name` in a store (None: its default graph) with `triples`.

    Triples come subject by subject, without blank nodes; a batch of them is in memory. Raises
    EndpointError where the store does not answer.
    """
    graph = f"GRAPH <{name}>" if name else ""
    (count,) = store.rows(f"SELECT (COUNT(*) AS ?n) {{ {graph} {{ ?s ?p ?o }} }}")
    kept = int(count["n"].value)
    if kept == 0:
        meant = sum(1 for _ in triples)
        return Comparison(meant, 0, meant, (), ())
    changes: list[Change] = []
    forms: Counter[tuple[str, str, str]] = Counter()
    meant = changed = 0
    for batch in batches(triples):
        meant += len(batch)
        sent = {str(one): one for one in batch}
        found = _found(batch, store, graph)
        for text in sorted(sent.keys() - found.keys()):
            triple = sent[text]
            instead = [
                one for key, one in sorted(found.items())
                if key not in sent and one[:2] == (triple.subject, triple.predicate)
            ]  # fmt: skip
            same = [one[2] for one in instead if same_value(triple.object, one[2])]
            if same:
                forms[_kind(triple.object), str(triple.object), str(same[0])] += 1
                continue
            changed += 1
            if len(changes) < _SHOWN_CHANGES:
                changes.append(Change(text, tuple(str(one[2]) for one in instead)))
    return Comparison(meant, kept, changed, tuple(changes), _by_datatype(forms))


def batches(triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    """Triples in batches that keep each subject whole, where that has less than a batch."""
    batch: list[ox.Triple] = []
    for _, group in groupby(triples, key=lambda one: str(one.subject)):
        subject = list(group)
        if batch and len(batch) + len(subject) > BATCH_TRIPLES:
            yield batch
            batch = []
        batch = batch + subject
        while len(batch) > BATCH_TRIPLES:
            yield batch[:BATCH_TRIPLES]
            batch = batch[BATCH_TRIPLES:]
    if batch:
        yield batch


_Row = tuple[ox.NamedNode, ox.NamedNode, "ox.NamedNode | ox.Literal"]


def _found(batch: list[ox.Triple], store: Store, graph: str) -> dict[str, _Row]:
    """What the store says of the subjects and predicates of a batch.

    One subject alone may have more than fits in an answer; then only its properties in this batch
    are asked for, with their objects that are things.
    """
    subjects = dict.fromkeys(str(one.subject) for one in batch)
    if len(subjects) > 1:
        inside = f"VALUES ?s {{ {' '.join(subjects)} }} ?s ?p ?o"
    else:
        (subject,) = subjects
        things = " ".join(str(one.object) for one in batch if isinstance(one.object, ox.NamedNode))
        literals = " ".join(
            dict.fromkeys(str(one.predicate) for one in batch if isinstance(one.object, ox.Literal))
        )
        inside = (
            f"VALUES ?s {{ {subject} }} {{ VALUES ?o {{ {things} }} ?s ?p ?o }} UNION "
            f"{{ VALUES ?p {{ {literals} }} ?s ?p ?o FILTER(isLITERAL(?o)) }}"
        )
    rows = store.rows(f"SELECT ?s ?p ?o {{ {graph} {{ {inside} }} }}")
    return {f"{row['s']} {row['p']} {row['o']}": (row["s"], row["p"], row["o"]) for row in rows}


def same_value(sent: object, kept: object) -> bool:
    """Whether two literals stand for one value, such as 0.50 and 0.5, or true and 1."""
    if not isinstance(sent, ox.Literal) or not isinstance(kept, ox.Literal):
        return False
    if sent.language or kept.language:
        tags = [(one.language or "").lower() for one in (sent, kept)]
        return sent.value == kept.value and tags[0] == tags[1]
    types = [one.datatype.value.removeprefix(_XSD) for one in (sent, kept)]
    if types == ["boolean", "boolean"]:
        truths = [_TRUTHS.get(one.value) for one in (sent, kept)]
        return truths[0] is not None and truths[0] == truths[1]
    with suppress(InvalidOperation, ValueError):
        if {*types} <= _EXACT:
            return Decimal(sent.value) == Decimal(kept.value)
        if types[0] == types[1] and types[0] in _FLOATING:
            return float(sent.value) == float(kept.value)
    return False


def _kind(term: object) -> str:
    assert isinstance(term, ox.Literal)
    if term.language:
        return f"@{term.language}"
    name = term.datatype.value.removeprefix(_XSD)
    return name if name == term.datatype.value else f"xsd:{name}"


def _by_datatype(forms: Counter[tuple[str, str, str]]) -> tuple[Rewriting, ...]:
    counts: Counter[str] = Counter()
    examples: dict[str, tuple[str, str]] = {}
    for (kind, sent, kept), count in sorted(forms.items()):
        counts[kind] += count
        examples.setdefault(kind, (sent, kept))
    return tuple(Rewriting(kind, *examples[kind], counts[kind]) for kind in sorted(counts))
