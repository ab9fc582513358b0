"""The interface's description, made from the declared resources: OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from components.export.holding import ATLAS
from data import Catalogue
from data.query import DIMENSION_NAMES
from server.api_answer import FORMATS, PROBLEM
from server.api_ask import DIMENSIONS, LIMIT, MOST
from server.api_resource import Param, Resource

DESCRIPTION: Final = (
    "Everything that the pages of the Atlas show, for programs. It only reads; no key is needed. "
    "Filters are those of a page's address, with the same names and values: several values of one "
    "filter are joined by commas. An unknown filter, value or parameter is a problem (400) that "
    "names what is known. An empty cell means that the source does not state a value; it is never "
    "zero. The format is chosen by `format` or by `Accept`; `format` wins."
)
_TEXT: Final = {
    "type": "string",
}
_MOST_VALUES = 60


def _parameter(param: Param, place: str) -> dict[str, Any]:
    schema: dict[str, Any] = dict(param.schema)
    if param.default is not None:
        schema["default"] = param.default
    return {
        "name": param.name, "in": place, "required": place == "path",
        "description": param.summary, "schema": schema, "example": param.example,
    }  # fmt: skip


def _filter(catalogue: Catalogue, dimension: str) -> dict[str, Any]:
    """A filter of the pages as a parameter; short vocabularies are named."""
    known = catalogue.known_values.get(dimension, ())
    several = dimension not in {"vintage", "wave", "q"}
    words = f"Filter: {DIMENSION_NAMES.get(dimension, dimension)}."
    item: dict[str, Any] = {"type": "string"}
    if dimension == "formed":
        words += " Years or ranges of years (2015-2019, -2019, 2020-), or not_published."
    elif known and len(known) <= _MOST_VALUES:
        item["enum"] = list(known)
    elif known:
        words += f" {len(known)} values, as in the tables; for example {known[0]}."
    if dimension == "q":
        words += " Every word has to be found."
    schema = {"type": "array", "items": item} if several else item
    found: dict[str, Any] = {
        "name": dimension, "in": "query", "required": False, "description": words,
        "schema": schema,
    }  # fmt: skip
    return {**found, "style": "form", "explode": False} if several else found


def _page_parameters() -> dict[str, Any]:
    return {
        "limit": {
            "name": "limit", "in": "query", "required": False, "description": "Rows at most.",
            "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
        },
        "offset": {
            "name": "offset", "in": "query", "required": False,
            "description": "Rows left out before them.",
            "schema": {"type": "integer", "minimum": 0, "default": 0},
        },
    }  # fmt: skip


def _content(format_id: str) -> dict[str, Any]:
    form = FORMATS[format_id]
    if form.mime.endswith("json"):
        kind = "array" if format_id == "csl" else "object"
        return {"schema": {"type": kind}}
    return {"schema": _TEXT} if form.charset else {}


def _operation(resource: Resource) -> dict[str, Any]:
    shared = [{"$ref": f"#/components/parameters/{d}"} for d in DIMENSIONS] * resource.filters
    pages = [{"$ref": f"#/components/parameters/{p}"} for p in ("limit", "offset")]
    chosen = {
        "name": "format", "in": "query", "required": False,
        "description": "Form of the answer; wins over Accept.",
        "schema": {"type": "string", "enum": list(resource.formats),
                   "default": resource.formats[0]},
    }  # fmt: skip
    headers = {"ETag": {"$ref": "#/components/headers/ETag"}}
    if resource.paged:
        headers |= {h: {"$ref": f"#/components/headers/{h}"} for h in ("Link", "X-Total-Count")}
    problems = {
        "400": "BadRequest",
        "406": "NotAcceptable",
        "414": "TooLong",
        "500": "Fault",
        "503": "NotReady",
    }
    if resource.params:
        problems["404"] = "NotFound"
    if resource.path.startswith("/exhibits/"):
        problems["410"] = "Gone"
    return {
        "operationId": resource.id,
        "summary": resource.summary,
        "description": resource.description,
        "parameters": [
            *(_parameter(p, "path") for p in resource.params),
            chosen,
            *(_parameter(p, "query") for p in resource.extras),
            *(pages if resource.paged else []),
            *shared,
        ],
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": headers,
                "content": {FORMATS[f].mime: _content(f) for f in resource.formats},
            },
            "304": {"description": "What you have (If-None-Match) is still what there is."},
            **{
                code: {"$ref": f"#/components/responses/{name}"}
                for code, name in sorted(problems.items())
            },
        },
    }


def _problem(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {PROBLEM: {"schema": schema}}}


def document(
    catalogue: Catalogue, resources: Iterable[Resource], version: str, base: str
) -> Mapping[str, Any]:
    """The description of the interface.

    Args:
        catalogue: The tables, for the values of the filters.
        resources: Every resource.
        version: Version of the content.
        base: Address of the interface, as whoever asks reaches it.

    Returns:
        An OpenAPI 3.1 document.
    """
    parameters = {d: _filter(catalogue, d) for d in DIMENSIONS} | _page_parameters()
    licence = catalogue.schema.descriptor.get("licenses", [{}])[0]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{ATLAS}: interface",
            "version": version,
            "description": DESCRIPTION,
            "license": {"name": licence.get("title", ""), "url": licence.get("path", "")},
        },
        "servers": [{"url": base}],
        "paths": {r.path or "/": {"get": _operation(r)} for r in resources},
        "components": {
            "parameters": parameters,
            "headers": {
                "ETag": {"description": "Checksum of the bytes.", "schema": _TEXT},
                "Link": {"description": "first, prev, next and last page.", "schema": _TEXT},
                "X-Total-Count": {"description": "All rows.", "schema": {"type": "integer"}},
            },
            "schemas": {
                "Problem": {
                    "type": "object",
                    "description": "A problem as in RFC 9457.",
                    "required": ["type", "title", "status", "detail", "instance"],
                    "properties": {
                        "type": _TEXT,
                        "title": _TEXT,
                        "status": {"type": "integer"},
                        "detail": _TEXT,
                        "instance": _TEXT,
                        "known": {"description": "What would have been known."},
                    },
                }
            },
            "responses": {
                "BadRequest": _problem("An unknown parameter or value; known ones are named."),
                "NotFound": _problem("There is no such thing; known ones are named."),
                "Gone": _problem("The id of an earlier version; those that replaced it are named."),
                "NotAcceptable": _problem("No format that Accept names is offered here."),
                "TooLong": _problem("The part of the address after “?” is too long to be read."),
                "Fault": _problem("A fault of the Atlas."),
                "NotReady": _problem("The tables cannot be read at present."),
            },
        },
    }
