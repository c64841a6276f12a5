"""The graph as JSON-LD that reads like JSON: our terms by name, with the context inside."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

import pyoxigraph as ox

from kg.export.graph import compact
from kg.rdf.vocabulary import KG, PREFIXES
from kg.resources import ontology_dir

_OWL = "http://www.w3.org/2002/07/owl#"
_RDF_TYPE = PREFIXES["rdf"] + "type"
_XSD_STRING = PREFIXES["xsd"] + "string"
_LANG_STRING = PREFIXES["rdf"] + "langString"

Context = dict[str, Any]


@cache
def context() -> Context:
    """The JSON-LD context: the prefixes, and each property of the ontology under its own name.

    Properties that point at things are coerced to `@id`, those with one XML Schema datatype to
    that, as the ontology declares them.
    """
    ontology = ox.Store()
    file = ontology_dir() / "kamergraaf.ttl"
    ontology.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
    terms: Context = dict(sorted(PREFIXES.items()))
    rows = ontology.query(
        f"""PREFIX owl: <{_OWL}> PREFIX rdfs: <{PREFIXES["rdfs"]}>
        SELECT ?property (SAMPLE(?object) AS ?points) (SAMPLE(?r) AS ?range) {{
          ?property a ?kind . VALUES ?kind {{ owl:ObjectProperty owl:DatatypeProperty }}
          OPTIONAL {{ ?property a owl:ObjectProperty BIND(true AS ?object) }}
          OPTIONAL {{ ?property rdfs:range ?r }}
          FILTER(STRSTARTS(STR(?property), "{KG}"))
        }} GROUP BY ?property ORDER BY ?property"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        iri, points, declared = row["property"], row["points"], row["range"]
        name = iri.value.removeprefix(KG)
        if points is not None:
            terms[name] = {"@id": f"kg:{name}", "@type": "@id"}
        elif (
            isinstance(declared, ox.NamedNode)
            and declared.value.startswith(PREFIXES["xsd"])
            and declared.value != _XSD_STRING
        ):
            terms[name] = {"@id": f"kg:{name}", "@type": compact(declared.value)}
        else:
            terms[name] = {"@id": f"kg:{name}"}
    return terms


def to_node(triples: Iterable[ox.Triple]) -> dict[str, Any]:
    """The triples of one subject as a JSON-LD node for `context()`."""
    node: dict[str, Any] = {}
    terms = context()
    for triple in triples:
        node.setdefault("@id", _reference(triple.subject))
        predicate = triple.predicate.value
        if predicate == _RDF_TYPE and isinstance(triple.object, ox.NamedNode):
            node.setdefault("@type", []).append(compact(triple.object.value))
            continue
        name = predicate.removeprefix(KG) if predicate.startswith(KG) else ""
        key = name if name in terms else compact(predicate)
        node.setdefault(key, []).append(_value(triple.object, terms.get(key, {})))
    if "@type" in node:  # first, so that readers need not keep the node (Streaming JSON-LD)
        node = {"@type": node.pop("@type"), **node}
    return {
        key: value[0] if isinstance(value, list) and len(value) == 1 else value
        for key, value in node.items()
    }


def write_document(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Triples, subject by subject, as a JSON-LD document in pieces: one line a thing."""
    yield '{"@context": ' + _dump(context()) + ',\n"@graph": [\n'
    for index, node in enumerate(_nodes(triples)):
        yield (",\n" if index else "") + _dump(node)
    yield "\n]}\n"


def short_document(triples: Iterable[ox.Triple]) -> str:
    """As `write_document`, of a few things: the context holds only what they need."""
    nodes = list(_nodes(triples))
    used = {name for node in nodes for name in _names_in(node)}
    lines = ",\n".join(map(_dump, nodes))
    return f'{{"@context": {_context_of(frozenset(used))},\n"@graph": [\n{lines}\n]}}\n'


@lru_cache(maxsize=1000)
def _context_of(used: frozenset[str]) -> str:
    """The context of some names as JSON."""
    whole = context()
    terms = {name: whole[name] for name in used & whole.keys()}
    compacted = used | {one for term in terms.values() for one in term.values()}
    prefixes = {name.partition(":")[0] for name in compacted if ":" in name} & PREFIXES.keys()
    return _dump({name: whole[name] for name in (*sorted(prefixes), *sorted(terms))})


def _names_in(node: dict[str, Any]) -> Iterator[str]:
    """The names in a node that a context explains: properties, classes and datatypes."""
    for name, values in node.items():
        if name == "@type":
            yield from [values] if isinstance(values, str) else values
        elif name != "@id":
            yield name
            for value in values if isinstance(values, list) else [values]:
                if isinstance(value, dict) and "@type" in value:
                    yield value["@type"]


def _nodes(triples: Iterable[ox.Triple]) -> Iterator[dict[str, Any]]:
    for _, group in groupby(triples, key=attrgetter("subject")):
        yield to_node(group)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _reference(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _value(term: object, definition: Mapping[str, str]) -> Any:
    coerced = definition.get("@type")
    if not isinstance(term, ox.Literal):
        reference = _reference(term)
        return reference if coerced == "@id" else {"@id": reference}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    if coerced == compact(datatype) or (datatype == _XSD_STRING and coerced is None):
        return term.value
    return {"@type": compact(datatype), "@value": term.value}
