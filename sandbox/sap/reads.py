"""Answers to GET: collections page by page, single entities, counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import unquote_plus

from sandbox.sap.errors import GatewayError
from sandbox.sap.metadata import edmx
from sandbox.sap.model import Entity, Json
from sandbox.sap.query import Query, options, query_of_many, shape_of_one
from sandbox.sap.resources import Resource, resolve
from sandbox.sap.store import Store
from sandbox.sap.verbose import INTERNAL_HOST, entity_json, set_names
from sandbox.web import Request, Response

_VERSION = ("dataserviceversion", "2.0")


def read(store: Store, segments: list[str], request: Request, *, as_json: bool, page_size: int) -> Response:
    """Answer a GET below the service's address.

    Raises:
        GatewayError: the address or an option is wrong, nothing is there, or JSON was not asked for.
    """
    if not segments:
        return _json({"d": set_names(store.service.sets)})
    if segments == ["$metadata"]:
        return Response(200, (("Content-Type", "application/xml;charset=utf-8"), _VERSION), edmx(store.service))
    counted = segments[-1] == "$count"
    resource = resolve(store, segments[:-1] if counted else segments)
    given = {name: value for name, value in options(request.query).items() if name.startswith("$")}
    if counted and not resource.one:
        query = query_of_many(store.service, resource.kind, given)
        total = str(len(_window(query, _matching(query, resource))))
        return Response(200, (("Content-Type", "text/plain;charset=utf-8"), _VERSION), total.encode())
    if counted:
        raise GatewayError(404, "/IWFND/CM_BEC/026", "Resource not found for segment '$count'")
    if not as_json:
        raise GatewayError(406, "/IWFND/CM_MGW/406", "This system answers in JSON only: ask for $format=json")
    if resource.one:
        shape = shape_of_one(store.service, resource.kind, given)
        entity = resource.entities[0]
        return _json({"d": entity_json(store.service, entity, shape)}, ("ETag", entity.etag))
    return _json({"d": _page(store, resource, given, request, page_size)})


def _page(store: Store, resource: Resource, given: dict[str, str], request: Request, page_size: int) -> Json:
    query = query_of_many(store.service, resource.kind, given)
    matching = _matching(query, resource)
    rows = _window(query, matching)
    end = query.token + page_size
    page = rows[query.token : end]
    body: dict[str, Json] = {"results": [entity_json(store.service, entity, query.shape) for entity in page]}
    if query.counted:
        body["__count"] = str(len(matching))
    if end < len(rows):
        body["__next"] = f"{INTERNAL_HOST}{request.path}?{_next_query(request.query, end)}"
    return body


def _next_query(query: str, end: int) -> str:
    kept = [part for part in query.split("&") if part and unquote_plus(part.partition("=")[0]) != "$skiptoken"]
    return "&".join((*kept, f"$skiptoken={end}"))


def _matching(query: Query, resource: Resource) -> list[Entity]:
    rows = resource.entities if query.test is None else [row for row in resource.entities if query.test(row)]
    for ordering in reversed(query.order):
        rows = sorted(rows, key=ordering.key, reverse=ordering.descending)
    return rows


def _window(query: Query, rows: list[Entity]) -> list[Entity]:
    return rows[query.skip :] if query.top is None else rows[query.skip : query.skip + query.top]


def _json(body: Mapping[str, Json], *headers: tuple[str, str]) -> Response:
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(200, (("Content-Type", "application/json;charset=utf-8"), _VERSION, *headers), written)
