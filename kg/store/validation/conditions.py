"""What SHACL demands of a single value, as SPARQL expressions on ?value.

https://www.w3.org/TR/shacl/#core-components
"""

from kg.errors import GraphError
from kg.rdf.vocabulary import PREFIXES
from kg.store.shapes import RDF, SH, Constraint

_XSD = PREFIXES["xsd"]

OF_EACH_VALUE = frozenset(
    {"datatype", "in", "maxInclusive", "minInclusive", "minLength", "nodeKind", "pattern"}
)
"""The components that look at nothing but the value."""

# Which literals are well-formed; an error counts as not.
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
_NODE_KINDS = {
    f"{SH}IRI": "isIRI(?value)",
    f"{SH}Literal": "isLiteral(?value)",
    f"{SH}BlankNode": "isBlank(?value)",
}


def condition(constraint: Constraint) -> str:
    """What a good value fulfils, for a component of `OF_EACH_VALUE`.

    An error counts as not fulfilled. Raises GraphError for a datatype that is not known.
    """
    value = constraint.values[0]
    match constraint.component:
        case "datatype":
            form = _WELL_FORMED.get(value.value)
            if form is None:
                raise GraphError(f"shapes: sh:datatype {value} is not known to the engine")
            return f"isLiteral(?value) && DATATYPE(?value) = {value} && ({form})"
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
    raise unknown(constraint)


def unknown(constraint: Constraint) -> GraphError:
    """The error of a component that the engine does not know."""
    return GraphError(f"shapes: sh:{constraint.component} is not known to the engine")
