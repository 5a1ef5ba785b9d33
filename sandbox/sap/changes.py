"""Answers to writes, as far as this system takes them: changing properties, and deleting an order's item."""

from __future__ import annotations

import json

from sandbox.sap.errors import GatewayError, bad_request
from sandbox.sap.model import Entity, EntitySet, Json
from sandbox.sap.purchase_order_service import PURCHASE_ORDER_ITEM
from sandbox.sap.resources import resolve
from sandbox.sap.store import Store
from sandbox.web import Request, Response


def change(store: Store, method: str, segments: list[str], request: Request) -> Response:
    """Carry out a write whose CSRF token was good.

    Raises:
        GatewayError: 405 for what cannot be written, 428 without a version, 412 with an old one, 400 for a bad body.
    """
    resource = resolve(store, segments)
    if not resource.one or method not in ("PATCH", "MERGE", "DELETE"):
        raise _not_allowed(method, resource.kind)
    entity = resource.entities[0]
    _same_version(entity, request.header("if-match"))
    if method == "DELETE":
        if entity.kind is not PURCHASE_ORDER_ITEM:
            raise _not_allowed(method, entity.kind)
        store.change(entity, {"PurchasingDocumentDeletionCode": "L"})
    else:
        store.change(entity, _changes(entity.kind, request.body))
    return Response(204, (("ETag", entity.etag), ("dataserviceversion", "2.0")))


def _not_allowed(method: str, kind: EntitySet) -> GatewayError:
    return GatewayError(405, "/IWFND/CM_BEC/029", f"Method {method} is not allowed for {kind.name}")


def _same_version(entity: Entity, sent: str | None) -> None:
    if sent is None:
        raise GatewayError(428, "/IWFND/CM_MGW/428", "Precondition required: send the version in If-Match")
    if sent not in ("*", entity.etag):
        raise GatewayError(412, "/IWBEP/CM_MGW_RT/044", "Precondition failed: the entity was changed meanwhile")


def _changes(kind: EntitySet, body: bytes) -> dict[str, Json]:
    try:
        sent = json.loads(body)
    except ValueError:
        raise bad_request("The request body is not JSON") from None
    if isinstance(sent, dict) and set(sent) == {"d"}:
        sent = sent["d"]
    if not isinstance(sent, dict):
        raise bad_request("The request body is not an object")
    changes: dict[str, Json] = {}
    for name, value in sent.items():
        if name == "__metadata":
            continue
        declared = kind.property(name)
        if declared is None or declared.key:
            raise bad_request(f"Property {name} cannot be changed", name)
        if value is None and not declared.nullable:
            raise bad_request(f"Property {name} must not be null", name)
        if value is not None and isinstance(value, bool) is not (declared.edm == "Edm.Boolean"):
            raise bad_request(f"Property {name} has a value that is not of type {declared.edm}", name)
        if not isinstance(value, bool | str | None):
            raise bad_request(f"Property {name} has a value that is not of type {declared.edm}", name)
        changes[name] = value
    return changes
