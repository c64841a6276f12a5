"""Picks the format of an answer from what the client accepts (RFC 9110, section 12.5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

JSON_RESULTS = "application/sparql-results+json"
XML_RESULTS = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
N_TRIPLES = "application/n-triples"
JSON_LD = "application/ld+json"
RDF_XML = "application/rdf+xml"
HTML = "text/html"
JAVASCRIPT = "text/javascript"

TABLE_TYPES = (JSON_RESULTS, XML_RESULTS, CSV, TSV)
TRUTH_TYPES = (JSON_RESULTS, XML_RESULTS)
GRAPH_TYPES = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML)

NAMES = {
    "json": JSON_RESULTS,
    "xml": XML_RESULTS,
    "csv": CSV,
    "tsv": TSV,
    "ttl": TURTLE,
    "nt": N_TRIPLES,
    "jsonld": JSON_LD,
    "rdf": RDF_XML,
    "html": HTML,
}
"""Short names: `?format=` of a request, and the ending of a page's address."""

DUMP_FORMATS = {TURTLE: "ttl", N_TRIPLES: "nt", JSON_LD: "jsonld", RDF_XML: "rdfxml"}
"""What the exports call the formats of graphs."""

_BROADER = {"application/json": JSON_RESULTS, "application/xml": XML_RESULTS}


@dataclass(frozen=True, slots=True)
class _Range:
    """A media range of an Accept header with its weight, 0 to 1."""

    media_type: str
    weight: float

    def precision(self, offered: str) -> int:
        """How closely this range names `offered`: 0 not at all, 3 exactly."""
        if offered in (self.media_type, _BROADER.get(self.media_type)):
            return 3
        if self.media_type == offered.partition("/")[0] + "/*":
            return 2
        return 1 if self.media_type == "*/*" else 0


def _ranges(accept: str) -> list[_Range]:
    ranges = []
    for item in accept.split(","):
        media_type, *parameters = (part.strip().lower() for part in item.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    weight = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    weight = 0.0
        if media_type:
            ranges.append(_Range(media_type, weight))
    return ranges


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type of `offered` that `accept` likes best, the first of equals; None for none.

    Without an Accept header the first is chosen.
    """
    ranges = _ranges(accept or "*/*") or [_Range("*/*", 1.0)]
    best, best_weight = None, 0.0
    for media_type in offered:
        fitting = [one for one in ranges if one.precision(media_type)]
        if fitting:
            weight = max(fitting, key=lambda one: one.precision(media_type)).weight
            if weight > best_weight:
                best, best_weight = media_type, weight
    return best


THING_TYPES = (HTML, *GRAPH_TYPES)
"""The formats of what is known of a thing, the one that browsers get first."""

ENDINGS = {NAMES[name]: name for name in ("html", "ttl", "nt", "jsonld", "rdf")}
"""The endings of addresses, by media type."""


def asked_for(request: Request, offered: Sequence[str] = THING_TYPES) -> str | None:
    """The media type of `offered` that a request asks for, by `?format=` or else by Accept."""
    name = request.query_params.get("format")
    if name is None:
        return choose(request.headers.get("accept"), offered)
    named = NAMES.get(name)
    return named if named in offered else None


def unacceptable(offered: Sequence[str] = THING_TYPES) -> Response:
    """The response to a request for a format that there is not: 406 with the list."""
    names = "|".join(ENDINGS[one] for one in offered)
    text = f"not available in that format; use one of: {', '.join(offered)} (or ?format={names})\n"
    return Response(text, 406, {"Vary": "Accept"}, "text/plain")
