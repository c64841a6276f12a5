"""Breaches of property shapes, each found by a query; most need none.

Counts tell where a cardinality is kept. What each value must fulfil is asked of the distinct
values of a path first, whatever has them: nearly always all are fine, and no thing is looked at.
Instances of a class are those of its subclasses too, as in SHACL when the ontology is part of the
data. pySHACL is the reference that tests compare this engine with.
"""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg.store.embedded import select
from kg.store.shapes import Constraint, NodeShape, PropertyShape
from kg.store.validation.conditions import OF_EACH_VALUE, condition, unknown
from kg.store.validation.report import ValidationResult
from kg.store.validation.usage import TYPE, Usages, target_pattern


class PropertyCheck:
    """The property shapes on a store."""

    def __init__(self, store: ox.Store, usages: Usages, shapes: tuple[NodeShape, ...]) -> None:
        self._store = store
        self._usages = usages
        self._owners: dict[PropertyShape, list[NodeShape]] = defaultdict(list)
        for shape in shapes:
            for property_shape in shape.properties:
                self._owners[property_shape].append(shape)
        self._answers: dict[str, bool] = {}
        self.known_values: set[str] = set()

    def results(self) -> Iterator[ValidationResult]:
        """The breaches. Raises GraphError for what the engine does not know.

        After it, `known_values` are the paths all of whose values are literals, or things that have
        a class, whatever has them.
        """
        for property_shape, owning in self._owners.items():
            targets = self._usages.targets(owning)
            if not targets:
                continue
            for constraint, query in self._breaches(property_shape, tuple(targets)):
                for row in select(self._store, query):
                    for shape in targets[row["type"].strip("<>")]:
                        yield ValidationResult(
                            severity=property_shape.severity,
                            focus=row["this"],
                            path=property_shape.path,
                            value=row.get("value", ""),
                            component=constraint.component,
                            shape=shape.name,
                            messages=property_shape.messages,
                        )

    def _breaches(
        self, shape: PropertyShape, types: tuple[str, ...]
    ) -> Iterator[tuple[Constraint, str]]:
        """The constraints that may be broken, each with the query for its breaches."""
        target, path = target_pattern(types), shape.path
        for constraint in shape.constraints:
            if constraint.component in OF_EACH_VALUE:
                demanded = condition(constraint)
                if self._any(_distinct_values(path, demanded)):
                    yield constraint, _failing(target, path, demanded)
                elif constraint.component == "datatype":
                    self.known_values.add(path)
            elif constraint.component == "class":
                classes = self._usages.classes(constraint.values[0].value)
                if self._any(_values_of_no_class(path, classes)):
                    yield constraint, _failing(target, path, _of_class(classes))
                else:
                    self.known_values.add(path)
            elif not self._kept(constraint, path, types):
                yield constraint, _breach(constraint, target, path)

    def _any(self, query: str) -> bool:
        """Whether a query finds something; many shapes ask the same."""
        if query not in self._answers:
            self._answers[query] = any(True for _ in select(self._store, query))
        return self._answers[query]

    def _kept(self, constraint: Constraint, path: str, types: tuple[str, ...]) -> bool:
        """Whether counts or a quick question show already that a constraint is kept."""
        value = constraint.values[0]
        one = value.value == "1"
        if path.startswith("^"):
            several = f"SELECT ?this {{ ?x {path[1:]} ?this }} GROUP BY ?this HAVING (COUNT(*) > 1)"
            return constraint.component == "maxCount" and one and not self._any(several)
        match constraint.component:
            case "minCount":
                return one and all(
                    self._usages.things(name) == self._usages.of(name, path).things
                    for name in types
                )
            case "maxCount":
                usages = [self._usages.of(name, path) for name in types]
                return one and all(usage.things == usage.values for usage in usages)
            case "lessThan" | "lessThanOrEquals":
                return any(
                    all(self._usages.of(name, one_path).values == 0 for name in types)
                    for one_path in (path, str(value))
                )
        return False


def _breach(constraint: Constraint, target: str, path: str) -> str:
    value = constraint.values[0]
    match constraint.component:
        case "minCount" if value.value == "1":
            body = f"{target} FILTER NOT EXISTS {{ ?this {path} ?any }}"
            return f"SELECT ?this ?type {{ {body} }}"
        case "minCount":
            return _counted(f"{target} OPTIONAL {{ ?this {path} ?v }}", f"< {value.value}")
        case "maxCount" if value.value == "1":
            body = f"{target} ?this {path} ?v , ?w FILTER (!sameTerm(?v, ?w))"
            return f"SELECT DISTINCT ?this ?type {{ {body} }}"
        case "maxCount":
            return _counted(f"{target} ?this {path} ?v", f"> {value.value}")
        case "uniqueLang":
            body = (
                f"{target} ?this {path} ?v , ?w "
                'FILTER (!sameTerm(?v, ?w) && LANG(?v) != "" && LANG(?v) = LANG(?w))'
            )
            return f"SELECT DISTINCT ?this ?type {{ {body} }}"
        case "lessThan" | "lessThanOrEquals":
            sign = "<" if constraint.component == "lessThan" else "<="
            return _failing(f"{target} ?this {value} ?w .", path, f"?value {sign} ?w")
    raise unknown(constraint)


def _distinct_values(path: str, demanded: str) -> str:
    return (
        f"SELECT ?value {{ {{ SELECT DISTINCT ?value {{ ?x {path} ?value }} }} "
        f"FILTER (!COALESCE({demanded}, false)) }} LIMIT 1"
    )


def _values_of_no_class(path: str, classes: tuple[str, ...]) -> str:
    typed = " UNION ".join(f"{{ ?value {TYPE} <{name}> }}" for name in classes)
    fine = f"MINUS {{ {typed} }}" if typed else ""
    return f"SELECT ?value {{ {{ SELECT DISTINCT ?value {{ ?x {path} ?value }} }} {fine} }} LIMIT 1"


def _of_class(classes: tuple[str, ...]) -> str:
    kinds = " ".join(f"<{name}>" for name in classes)
    return f"EXISTS {{ VALUES ?kind {{ {kinds} }} ?value {TYPE} ?kind }}"


def _failing(target: str, path: str, demanded: str) -> str:
    """The values that do not fulfil what is demanded; an error counts as not fulfilled."""
    return (
        f"SELECT DISTINCT ?this ?type ?value {{ {target} ?this {path} ?value "
        f"FILTER (!COALESCE({demanded}, false)) }}"
    )


def _counted(pattern: str, comparison: str) -> str:
    return (
        f"SELECT ?this ?type {{ {{ SELECT ?this ?type (COUNT(DISTINCT ?v) AS ?n) "
        f"{{ {pattern} }} GROUP BY ?this ?type }} FILTER (?n {comparison}) }}"
    )
