"""What this server offers beside SPARQL, in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0).

The SPARQL endpoint describes itself by its own standard: GET /sparql without a query.
"""

from collections.abc import Iterable
from typing import Any

from kg import __version__
from kg.serving import negotiation as media
from kg.serving.addresses import DESCRIPTION, SEARCH

_Schema = dict[str, Any]
_JSON = "application/json"

_LOCAL: _Schema = {
    "name": "local",
    "in": "path",
    "required": True,
    "description": "Local id of a thing.",
    "schema": {"type": "string", "minLength": 1},
    "example": "set/2025Z10397",
}
_SHEET: _Schema = {
    "name": "sheet",
    "in": "query",
    "description": "Which part of a page whose lists are long, or of the data of very many parts.",
    "schema": {"type": "integer", "minimum": 1},
}
_IF_NONE_MATCH: _Schema = {
    "name": "If-None-Match",
    "in": "header",
    "description": "Validators of what the client has already.",
    "schema": {"type": "string"},
}
_HEALTH: _Schema = {
    "type": "object",
    "required": ["status", "version"],
    "properties": {"status": {"const": "ok"}, "version": {"type": "string"}},
}


_SEARCHED: tuple[_Schema, ...] = (
    {
        "name": "q",
        "in": "query",
        "description": "Words, in any inflection; quotes ask for a phrase.",
        "schema": {"type": "string", "maxLength": 1000},
        "example": "kaas",
    },
    {
        "name": "kind",
        "in": "query",
        "description": "Only texts of this kind; all without it.",
        "schema": {"type": "string", "enum": ["set", "question", "answer", "letter"]},
    },
    {
        "name": "limit",
        "in": "query",
        "description": "The most texts to give.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 100},
    },
)
_ETAG: _Schema = {"ETag": {"required": True, "schema": {"type": "string"}}}
_NEGOTIATED: _Schema = {"Vary": {"required": True, "schema": {"type": "string"}}}


def openapi() -> _Schema:
    """The description of all routes that are not SPARQL."""
    graphs = media.GRAPH_TYPES
    things = (*graphs, media.HTML)
    version, file = _path("version", "0.1.0"), _path("file", "kamergraaf.ttl")
    paths = {
        "/": _get("All sets and entities", _whole(media.HTML), _IF_NONE_MATCH),
        "/id/{local}": _get(
            "A thing: leads to what is known of it",
            _elsewhere() | _unacceptable() | _missing(),
            _LOCAL, _format(things),
        ),
        "/doc/{local}": _get(
            "What is known of a thing; an ending such as .ttl chooses the format as well",
            _whole(*things) | _elsewhere() | _unacceptable() | _missing(),
            _LOCAL, _format(things), _SHEET, _IF_NONE_MATCH,
        ),
        "/def": _get("The ontology", _elsewhere() | _unacceptable(), _format(things)),
        "/def/{version}": _get(
            "A version of the ontology",
            _elsewhere() | _unacceptable() | _missing(),
            version, _format(things),
        ),
        "/shapes": _get("The shapes (SHACL)", _elsewhere() | _unacceptable(), _format(things)),
        "/shapes/{version}": _get(
            "A version of the shapes",
            _elsewhere() | _unacceptable() | _missing(),
            version, _format(things),
        ),
        "/ontology/{file}": _get(
            "The documentation of the ontology, or one of its files",
            _whole(*things) | _missing(),
            file, _IF_NONE_MATCH,
        ),
        DESCRIPTION: _get(
            "What is in the graph, in VoID and DCAT",
            _whole(*graphs) | _unacceptable(),
            _format(graphs), _IF_NONE_MATCH,
        ),
        "/query": _get("The page where queries are written", _whole(media.HTML), _IF_NONE_MATCH),
        SEARCH: _get(
            "The texts that hold all words, best first; the page has the names too",
            _ok({media.HTML: {}, _JSON: {"schema": {"type": "object"}}})
            | _missing() | _mistaken(),
            *_SEARCHED,
        ),
        "/explorer": _get("The explorer", _ok({media.HTML: {}}) | _missing()),
        "/health": _get("Whether the server answers", _ok({_JSON: {"schema": _HEALTH}})),
        "/openapi.json": _get("This description", _ok({_JSON: {"schema": {"type": "object"}}})),
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kamergraaf",
            "version": __version__,
            "summary": "Dutch parliamentary questions as linked data; read-only.",
            "description": "SPARQL 1.1 is at /sparql and describes itself there.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
    }


def _get(summary: str, responses: _Schema, *parameters: _Schema) -> _Schema:
    return {"get": {"summary": summary, "parameters": [*parameters], "responses": responses}}


def _path(name: str, example: str) -> _Schema:
    schema = {"type": "string", "minLength": 1}
    return {"name": name, "in": "path", "required": True, "schema": schema, "example": example}


def _format(offered: Iterable[str]) -> _Schema:
    return {
        "name": "format",
        "in": "query",
        "description": "The format, instead of the one that the Accept header prefers.",
        "schema": {"type": "string", "enum": sorted(media.ENDINGS[one] for one in offered)},
    }


def _ok(content: _Schema) -> _Schema:
    return {"200": {"description": "As asked.", "content": content}}


def _whole(*media_types: str) -> _Schema:
    """A body with a validator, or word that the client has it already."""
    headers = _ETAG | _NEGOTIATED
    content: _Schema = {one: {} for one in media_types}
    return {
        "200": {"description": "As asked.", "headers": headers, "content": content},
        "304": {"description": "Not changed.", "headers": headers},
    }


def _elsewhere() -> _Schema:
    location = {"Location": {"required": True, "schema": {"type": "string"}}}
    headers = location | _NEGOTIATED
    return {"303": {"description": "See the address in Location.", "headers": headers}}


def _unacceptable() -> _Schema:
    text = {"text/plain": {"schema": {"type": "string"}}}
    return {
        "406": {"description": "Not in that format; the body lists the others.", "content": text}
    }


def _mistaken() -> _Schema:
    content: _Schema = {media.HTML: {}, "text/plain": {}}
    return {"400": {"description": "No words, or a wrong kind or limit.", "content": content}}


def _missing() -> _Schema:
    content: _Schema = {media.HTML: {}, "text/plain": {}}
    return {"404": {"description": "Nothing is known here; like names.", "content": content}}
