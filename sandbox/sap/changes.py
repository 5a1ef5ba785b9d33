"""Carrying out one write: creating, changing properties, deleting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.sap import rules
from sandbox.sap.bodies import changes, sent
from sandbox.sap.business_partner_service import BUSINESS_PARTNER
from sandbox.sap.errors import GatewayError
from sandbox.sap.journal import Change
from sandbox.sap.model import Entity, EntitySet
from sandbox.sap.placing import net_amount, placed
from sandbox.sap.purchase_order_service import PURCHASE_ORDER, PURCHASE_ORDER_ITEM
from sandbox.sap.query import shape_of_one
from sandbox.sap.registering import added, full_name, registered
from sandbox.sap.resources import resolve
from sandbox.sap.store import Store
from sandbox.sap.verbose import address, entity_json
from sandbox.web import Response

_VERSION = ("dataserviceversion", "2.0")


@dataclass(frozen=True)
class Write:
    """One write below a service's address; *version* is what its If-Match said, None if it had none."""

    method: str
    segments: list[str]
    version: str | None
    body: bytes


def carry_out(stores: Mapping[str, Store], store: Store, write: Write) -> tuple[Response, Change]:
    """Carry out a write whose CSRF token was good, and tell what it changed.

    Raises:
        GatewayError: 405 for what cannot be written, 428 without a version, 412 with an old one, 400 for a bad body or
            by a rule of the business.
    """
    resource = resolve(store, write.segments)
    if write.method == "POST" and not resource.one and resource.kind.creatable:
        entity = _created(stores, store, resource.kind, write.body)
        return _answer(store, entity), _change(write.method, entity)
    if not resource.one or write.method not in ("PATCH", "MERGE", "DELETE"):
        raise _not_allowed(write.method, resource.kind)
    entity = resource.entities[0]
    _same_version(entity, write.version)
    change = _change(write.method, entity)
    if write.method == "DELETE":
        _delete(store, entity)
    else:
        _alter(store, entity, write.body)
    return Response(204, (("ETag", entity.etag), _VERSION)), change


def _created(stores: Mapping[str, Store], store: Store, kind: EntitySet, body: bytes) -> Entity:
    if kind is PURCHASE_ORDER:
        return placed(stores["API_BUSINESS_PARTNER"], store, sent(body))
    return registered(store, sent(body)) if kind is BUSINESS_PARTNER else added(store, kind, sent(body))


def _answer(store: Store, entity: Entity) -> Response:
    written = {"d": entity_json(store.service, entity, shape_of_one(store.service, entity.kind, {}))}
    headers = (
        ("Content-Type", "application/json;charset=utf-8"),
        ("Location", address(store.service, entity)),
        ("ETag", entity.etag),
        _VERSION,
    )
    return Response(201, headers, json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode())


def _change(method: str, entity: Entity) -> Change:
    return Change(method, f"{entity.kind.name}{entity.predicate}")


def _not_allowed(method: str, kind: EntitySet) -> GatewayError:
    return GatewayError(405, "/IWFND/CM_BEC/029", f"Method {method} is not allowed for {kind.name}")


def _same_version(entity: Entity, sent: str | None) -> None:
    if sent is None:
        raise GatewayError(428, "/IWFND/CM_MGW/428", "Precondition required: send the version in If-Match")
    if sent not in ("*", entity.etag):
        raise GatewayError(412, "/IWBEP/CM_MGW_RT/044", "Precondition failed: the entity was changed meanwhile")


def _delete(store: Store, entity: Entity) -> None:
    if not entity.kind.deletable:
        raise _not_allowed("DELETE", entity.kind)
    if entity.kind is PURCHASE_ORDER_ITEM:  # it stays, and is marked
        rules.may_go(entity)
        store.change(entity, {"PurchasingDocumentDeletionCode": "L"})
    else:
        store.remove(entity)


def _alter(store: Store, entity: Entity, body: bytes) -> None:
    values = changes(entity.kind, body)
    if entity.kind is PURCHASE_ORDER_ITEM:
        rules.may_change(store.root(entity))
        if values.keys() & {"OrderQuantity", "NetPriceAmount", "NetPriceQuantity"}:
            values["NetAmount"] = net_amount({**entity.values, **values})
    if entity.kind is BUSINESS_PARTNER and values.keys() & {"OrganizationBPName1", "OrganizationBPName2"}:
        values["BusinessPartnerFullName"] = full_name({**entity.values, **values})
    store.change(entity, values)
