"""What shapes say of things as a whole: closed shapes, and constraints written as queries."""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg.store.embedded import select
from kg.store.shapes import NodeShape, SparqlConstraint
from kg.store.validation.report import ValidationResult
from kg.store.validation.usage import TYPE, Usages, target_pattern


def not_allowed(
    store: ox.Store, usages: Usages, shapes: tuple[NodeShape, ...]
) -> Iterator[ValidationResult]:
    """The properties that a closed shape does not allow."""
    closed = [shape for shape in shapes if shape.allowed is not None]
    for name, owners in usages.targets(closed).items():
        for shape in owners:
            allowed = {f"<{predicate}>" for predicate in shape.allowed or ()}
            for predicate in sorted(usages.used[name].keys() - allowed):
                body = f"?this {TYPE} <{name}> ; {predicate} ?value"
                for row in select(store, f"SELECT ?this ?value {{ {body} }}"):
                    yield ValidationResult(
                        severity=shape.severity,
                        focus=row["this"],
                        path=predicate,
                        value=row.get("value", ""),
                        component="closed",
                        shape=shape.name,
                        messages=shape.messages,
                    )


def broken_constraints(
    store: ox.Store, usages: Usages, shapes: tuple[NodeShape, ...]
) -> Iterator[ValidationResult]:
    """The breaches of constraints written as queries."""
    owners: dict[SparqlConstraint, list[NodeShape]] = defaultdict(list)
    for shape in shapes:
        for constraint in shape.sparql:
            owners[constraint].append(shape)
    for constraint, owning in owners.items():
        targets = usages.targets(owning)
        if not targets:
            continue
        query = (
            f"{constraint.prologue}SELECT DISTINCT ?this ?type ?value {{ "
            f"{{ {constraint.select} }} {target_pattern(targets)} }}"
        )
        for row in select(store, query):
            for shape in targets[row["type"].strip("<>")]:
                yield ValidationResult(
                    severity=constraint.severity,
                    focus=row["this"],
                    value=row.get("value", ""),
                    component=constraint.name.rpartition("#")[2],
                    shape=shape.name,
                    messages=constraint.messages,
                )
