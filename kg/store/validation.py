"""Whether a graph keeps its promises: the SHACL shapes, and its integrity beyond them.

The engine turns each constraint of ontology/shapes.ttl into a query for its violations, one for
all classes that share the constraint; pySHACL is the reference that tests compare it with.
Instances of a class are those of its subclasses in ontology/kamergraaf.ttl too, as in SHACL when
the ontology is part of the data.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import GraphError
from kg.resources import ontology_dir
from kg.store.embedded import GRAPH_FILE, open_graph, select
from kg.store.manifest import MANIFEST, faults, manifest_of, read_manifest
from kg.store.shapes import (
    RDF,
    RDFS,
    SH,
    Constraint,
    NodeShape,
    PropertyShape,
    SparqlConstraint,
    read_shapes,
)

VIOLATION = "Violation"
WARNING = "Warning"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = f"<{RDF}type>"

# Which literals are well-formed, as a SPARQL expression; an error counts as not.
_WELL_FORMED = {
    f"{_XSD}string": "true",
    f"{_XSD}integer": "isNumeric(?value)",
    f"{_XSD}decimal": "isNumeric(?value)",
    f"{_XSD}boolean": "?value = true || ?value = false",
    f"{_XSD}date": "YEAR(?value) = YEAR(?value)",
    f"{_XSD}gYearMonth": 'REGEX(STR(?value), "^[0-9]{4}-(0[1-9]|1[0-2])$")',
    f"{_XSD}dateTime": "YEAR(?value) = YEAR(?value)",
    f"{RDF}langString": "true",
}
_OF_EACH_VALUE = frozenset(
    {
        "class",
        "datatype",
        "in",
        "maxInclusive",
        "minInclusive",
        "minLength",
        "nodeKind",
        "pattern",
    }
)
_NODE_KINDS = {
    f"{SH}IRI": "isIRI(?value)",
    f"{SH}Literal": "isLiteral(?value)",
    f"{SH}BlankNode": "isBlank(?value)",
}


@dataclass(frozen=True, slots=True, order=True)
class ValidationResult:
    """One breach: the thing, the path, the value where there is one, and what was promised.

    `focus`, `path` and `value` are IRIs or literals in N-Triples form, `component` the constraint
    component (`minCount`) or the name of the check, `messages` pairs of language and text.
    """

    severity: str
    focus: str
    path: str
    value: str
    component: str
    shape: str
    messages: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        text = " / ".join(
            message for _, message in sorted(self.messages, key=lambda pair: pair[0] != "nl")
        )
        parts = [f"[{self.severity.lower()}] {self.focus}", self.path, text]
        line = " · ".join(part for part in parts if part)
        shown = self.value if len(self.value) <= 120 else self.value[:119] + "…"
        return f"{line} ({self.component}: {shown})" if shown else f"{line} ({self.component})"


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All breaches, worst first. The graph conforms when none is a violation.

    `files` are those of a folder of exports, which holds no graph to look into.
    """

    triples: int
    results: tuple[ValidationResult, ...]
    files: int | None = None

    @property
    def conforms(self) -> bool:
        """Whether no breach is a violation; warnings do not count."""
        return not any(result.severity == VIOLATION for result in self.results)

    def counts(self) -> Mapping[str, int]:
        """The number of breaches of each severity."""
        return Counter(result.severity for result in self.results)

    def __str__(self) -> str:
        counts = self.counts()
        verdict = "geldig / valid" if self.conforms else "niet geldig / not valid"
        looked_at = f"{self.triples} triples" if self.files is None else f"{self.files} files"
        head = (
            f"{verdict}: {looked_at}, {counts.get(VIOLATION, 0)} violations, "
            f"{sum(counts.values()) - counts.get(VIOLATION, 0)} warnings"
        )
        return "\n".join([head, *map(str, self.results)])


def validate(graph: Path | ox.Store, ontology: Path | None = None) -> ValidationReport:
    """The report on a graph: a store, a Turtle file, or a folder that holds graph.ttl.

    Files are compared with their manifest first; of a folder without graph.ttl, that is all.
    `ontology` is the folder with kamergraaf.ttl and shapes.ttl; None is the one that ships with
    the package. Raises GraphError where the graph or the shapes cannot be read.
    """
    torn = () if isinstance(graph, ox.Store) else tuple(_torn(graph))
    if isinstance(graph, Path) and graph.is_dir() and not (graph / GRAPH_FILE).exists():
        manifest = read_manifest(graph / MANIFEST)
        if manifest and GRAPH_FILE not in manifest.files:
            return ValidationReport(0, torn, manifest.count)
    try:
        store = graph if isinstance(graph, ox.Store) else open_graph(graph)
    except GraphError:
        if any(result.severity == VIOLATION for result in torn):
            return ValidationReport(0, torn)
        raise
    folder = ontology or ontology_dir()
    declared = _Ontology(folder / "kamergraaf.ttl")
    shapes = read_shapes(folder / "shapes.ttl")
    check = _Check(store, declared, shapes)
    found = {
        *torn,
        *check.properties(),
        *check.closedness(),
        *check.sparql_constraints(),
        *check.integrity(),
    }
    order = {VIOLATION: 0, WARNING: 1}
    results = sorted(found, key=lambda result: (order.get(result.severity, 2), result))
    return ValidationReport(len(store), tuple(results))


def _torn(graph: Path) -> Iterator[ValidationResult]:
    """The files of the graph's folder, or the file itself, that differ from their manifest."""
    manifest = manifest_of(graph)
    if manifest is None:
        if (graph / GRAPH_FILE).exists():
            yield ValidationResult(
                severity=WARNING,
                focus=str(graph / MANIFEST),
                path="",
                value="",
                component="manifest",
                shape="",
                messages=(
                    ("nl", "ontbreekt, dus of de bestanden heel zijn is niet te zien"),
                    ("en", "is missing, so whether the files are whole cannot be told"),
                ),
            )
        return
    for fault in faults(manifest, None if graph.is_dir() else graph.name):
        yield ValidationResult(
            severity=VIOLATION,
            focus=str(fault.path),
            path="",
            value="",
            component="manifest",
            shape="",
            messages=(("nl", fault.dutch), ("en", fault.english)),
        )


class _Ontology:
    """Classes below classes, and which terms are declared."""

    def __init__(self, path: Path) -> None:
        try:
            triples = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        except (OSError, SyntaxError) as error:
            raise GraphError(f"{path}: cannot read the ontology: {error}") from error
        self.declared = {t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode)}
        self.namespace = next(
            t.object.value
            for t in triples
            if isinstance(t.object, ox.Literal)
            and t.predicate.value == "http://purl.org/vocab/vann/preferredNamespaceUri"
        )
        self._below: dict[str, set[str]] = defaultdict(set)
        for triple in triples:
            above, below = triple.object, triple.subject
            if (
                triple.predicate.value == f"{RDFS}subClassOf"
                and isinstance(above, ox.NamedNode)
                and isinstance(below, ox.NamedNode)
            ):
                self._below[above.value].add(below.value)

    def with_subclasses(self, name: str) -> tuple[str, ...]:
        """The class and all classes below it, sorted."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self._below.get(current, ()))
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Usage:
    """How many things of a class have a property, and how many values in all."""

    things: int
    values: int


class _Check:
    """Runs the checks on one store."""

    def __init__(self, store: ox.Store, ontology: _Ontology, shapes: tuple[NodeShape, ...]) -> None:
        self.store = store
        self.ontology = ontology
        self.shapes = shapes
        self.used: dict[str, dict[str, _Usage]] = defaultdict(dict)
        usage = (
            "SELECT ?type ?p (COUNT(*) AS ?values) (COUNT(DISTINCT ?s) AS ?things) "
            f"{{ ?s {_TYPE} ?type ; ?p ?o }} GROUP BY ?type ?p"
        )
        for row in select(store, usage):
            self.used[row["type"].strip("<>")][row["p"]] = _Usage(
                _integer(row["things"]), _integer(row["values"])
            )

    def _targets(self, shapes: Iterable[NodeShape]) -> dict[str, list[NodeShape]]:
        """For each class in the data, the shapes that apply to its instances."""
        targets: dict[str, list[NodeShape]] = defaultdict(list)
        for shape in shapes:
            for name in self.ontology.with_subclasses(shape.target):
                if name in self.used:
                    targets[name].append(shape)
        return targets

    def properties(self) -> Iterator[ValidationResult]:
        """The breaches of property shapes."""
        owners: dict[PropertyShape, list[NodeShape]] = defaultdict(list)
        for shape in self.shapes:
            for property_shape in shape.properties:
                owners[property_shape].append(shape)
        for property_shape, shapes in owners.items():
            targets = self._targets(shapes)
            if not targets:
                continue
            for constraint, body in self._breaches(property_shape, tuple(targets)):
                for row in select(self.store, body):
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
        """The queries that may find something.

        Counts tell where a cardinality is kept, and what each value must fulfil is asked at once.
        """
        target = _target(types)
        of_values = [one for one in shape.constraints if one.component in _OF_EACH_VALUE]
        conditions = " && ".join(f"({self._condition(one)})" for one in of_values)
        suspect = of_values and any(
            select(self.store, f"{_failing(target, shape.path, conditions)} LIMIT 1")
        )
        for constraint in shape.constraints:
            if constraint not in of_values:
                if not self._kept(constraint, shape.path, types):
                    yield constraint, self._breach(constraint, target, shape.path)
            elif suspect:
                yield constraint, _failing(target, shape.path, self._condition(constraint))

    def _kept(self, constraint: Constraint, path: str, types: tuple[str, ...]) -> bool:
        """Whether the counts show already that a cardinality of one is kept."""
        if path.startswith("^") or constraint.values[0].value != "1":
            return False
        none = _Usage(0, 0)
        usages = [(self.used[name][_TYPE], self.used[name].get(path, none)) for name in types]
        match constraint.component:
            case "minCount":
                return all(usage.things == all_things.things for all_things, usage in usages)
            case "maxCount":
                return all(usage.things == usage.values for _, usage in usages)
        return False

    def _breach(self, constraint: Constraint, target: str, path: str) -> str:
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
        raise GraphError(f"shapes: sh:{constraint.component} is not known to the engine")

    def _condition(self, constraint: Constraint) -> str:
        """What a good value fulfils; an error counts as not fulfilled."""
        value = constraint.values[0]
        match constraint.component:
            case "datatype":
                form = _WELL_FORMED.get(value.value)
                if form is None:
                    raise GraphError(f"shapes: sh:datatype {value} is not known to the engine")
                return f"isLiteral(?value) && DATATYPE(?value) = {value} && ({form})"
            case "class":
                classes = self.ontology.with_subclasses(value.value)
                kinds = " ".join(f"<{name}>" for name in classes if name in self.used)
                pattern = f"VALUES ?kind {{ {kinds} }} ?value {_TYPE} ?kind"
                return f"EXISTS {{ {pattern} }}"
            case "nodeKind":
                return _NODE_KINDS[value.value]
            case "minLength":
                return f"!isBlank(?value) && STRLEN(STR(?value)) >= {value.value}"
            case "pattern":
                return f"!isBlank(?value) && REGEX(STR(?value), {value})"
            case "minInclusive":
                return f"?value >= {value}"
            case "maxInclusive":
                return f"?value <= {value}"
            case "in":
                return " || ".join(f"sameTerm(?value, {term})" for term in constraint.values)
        raise GraphError(f"shapes: sh:{constraint.component} is not known to the engine")

    def closedness(self) -> Iterator[ValidationResult]:
        """The properties that a closed shape does not allow."""
        closed = [shape for shape in self.shapes if shape.allowed is not None]
        for name, shapes in self._targets(closed).items():
            for shape in shapes:
                allowed = {f"<{predicate}>" for predicate in shape.allowed or ()}
                for predicate in sorted(self.used[name].keys() - allowed):
                    body = f"?this {_TYPE} <{name}> ; {predicate} ?value"
                    for row in select(self.store, f"SELECT ?this ?value {{ {body} }}"):
                        yield ValidationResult(
                            severity=shape.severity,
                            focus=row["this"],
                            path=predicate,
                            value=row.get("value", ""),
                            component="closed",
                            shape=shape.name,
                            messages=shape.messages,
                        )

    def sparql_constraints(self) -> Iterator[ValidationResult]:
        """The breaches of constraints written as queries."""
        owners: dict[SparqlConstraint, list[NodeShape]] = defaultdict(list)
        for shape in self.shapes:
            for constraint in shape.sparql:
                owners[constraint].append(shape)
        for constraint, shapes in owners.items():
            targets = self._targets(shapes)
            if not targets:
                continue
            query = (
                f"{constraint.prologue}SELECT DISTINCT ?this ?type ?value {{ "
                f"{{ {constraint.select} }} {_target(tuple(targets))} }}"
            )
            for row in select(self.store, query):
                for shape in targets[row["type"].strip("<>")]:
                    yield ValidationResult(
                        severity=constraint.severity,
                        focus=row["this"],
                        path="",
                        value=row.get("value", ""),
                        component=constraint.name.rpartition("#")[2],
                        shape=shape.name,
                        messages=constraint.messages,
                    )

    def integrity(self) -> Iterator[ValidationResult]:
        """What no shape can say: declared terms, no blank nodes, nothing dangling, no doubles."""
        yield from self._undeclared()
        for name, severity, dutch, english, query in _INTEGRITY:
            for row in select(self.store, query):
                yield ValidationResult(
                    severity=severity,
                    focus=row.get("this", ""),
                    path=row.get("path", ""),
                    value=row.get("value", ""),
                    component=name,
                    shape="",
                    messages=(("nl", dutch), ("en", english)),
                )

    def _undeclared(self) -> Iterator[ValidationResult]:
        used = set(self.used)
        used.update(predicate.strip("<>") for each in self.used.values() for predicate in each)
        for term in sorted(used - self.ontology.declared):
            if term.startswith(self.ontology.namespace):
                yield ValidationResult(
                    severity=VIOLATION,
                    focus=f"<{term}>",
                    path="",
                    value="",
                    component="undeclared",
                    shape="",
                    messages=(
                        ("nl", "deze term staat niet in de ontologie"),
                        ("en", "this term is not in the ontology"),
                    ),
                )


def _integer(term: str) -> int:
    """The value of an xsd:integer in N-Triples form."""
    return int(term.split('"')[1])


def _target(types: tuple[str, ...]) -> str:
    if len(types) == 1:
        return f"BIND (<{types[0]}> AS ?type) ?this {_TYPE} <{types[0]}> . "
    return f"VALUES ?type {{ {' '.join(f'<{name}>' for name in types)} }} ?this {_TYPE} ?type . "


def _failing(target: str, path: str, condition: str) -> str:
    """The values that do not fulfil the condition; an error counts as not fulfilled."""
    return (
        f"SELECT DISTINCT ?this ?type ?value {{ {target} ?this {path} ?value "
        f"FILTER (!COALESCE({condition}, false)) }}"
    )


def _counted(pattern: str, condition: str) -> str:
    return (
        f"SELECT ?this ?type {{ {{ SELECT ?this ?type (COUNT(DISTINCT ?v) AS ?n) "
        f"{{ {pattern} }} GROUP BY ?this ?type }} FILTER (?n {condition}) }}"
    )


_KG = "PREFIX kg: <https://w3id.org/kamergraaf/def#> "
_INTEGRITY = (
    (
        "blank-node",
        VIOLATION,
        "een ding zonder IRI",
        "a thing without an IRI",
        "SELECT ?this ?path ?value { ?this ?path ?value "
        "FILTER (isBlank(?this) || isBlank(?value)) }",
    ),
    (
        "dangling",
        VIOLATION,
        "verwijst naar een ding dat de graaf niet beschrijft",
        "points at a thing that the graph does not describe",
        "SELECT ?this ?path ?value { ?this ?path ?value "
        'FILTER (isIRI(?value) && CONTAINS(STR(?value), "/id/") '
        '&& STRBEFORE(STR(?value), "/id/") = STRBEFORE(STR(?this), "/id/") '
        '&& !CONTAINS(STR(?value), "#")) FILTER NOT EXISTS { ?value ?q ?o } }',
    ),
    (
        "untyped",
        VIOLATION,
        "een ding zonder klasse",
        "a thing without a class",
        f"SELECT ?this {{ {{ SELECT DISTINCT ?this {{ ?this ?p ?o }} }} "
        f"MINUS {{ ?this {_TYPE} ?t }} }}",
    ),
    (
        "shared-kenmerk",
        WARNING,
        "twee sets dragen hetzelfde kenmerk",
        "two sets bear the same kenmerk",
        f"{_KG}PREFIX dcterms: <http://purl.org/dc/terms/> SELECT DISTINCT ?this ?value {{ "
        f"?this a kg:QuestionSet ; dcterms:identifier ?value . "
        f"?other dcterms:identifier ?value ; a kg:QuestionSet . FILTER (?this != ?other) }}",
    ),
    (
        "shared-exact-match",
        WARNING,
        "twee entiteiten van een klasse zijn hetzelfde ding elders",
        "two entities of one class are the same thing elsewhere",
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT DISTINCT ?this ?value { "
        "?this skos:exactMatch ?value ; a ?type . ?other skos:exactMatch ?value ; a ?type . "
        "FILTER (?this != ?other) }",
    ),
)
