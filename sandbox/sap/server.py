"""The whole SAP system on a port of this machine."""

from __future__ import annotations

from sandbox.misbehaviour import Misbehaviour
from sandbox.sap.business_partner_service import BUSINESS_PARTNER_SERVICE
from sandbox.sap.gateway import Gateway
from sandbox.sap.journal import Commit
from sandbox.sap.orders import order_entity
from sandbox.sap.partners import partner_entity
from sandbox.sap.purchase_order_service import PURCHASE_ORDER_SERVICE
from sandbox.sap.spoiled import spoiled_orders, spoiled_partners
from sandbox.sap.store import Store
from sandbox.scenario import Scenario, scenario
from sandbox.web import PASSWORD, USER, Server, serve


def sap_server(
    *,
    misbehaviour: Misbehaviour | None = None,
    page_size: int = 50,
    facts: Scenario | None = None,
    journal: list[Commit] | None = None,
    user: str = USER,
    password: str = PASSWORD,
    port: int = 0,
) -> Server:
    """Make a system that starts with ``with`` and holds *facts* (the scenario) plus the spoiled records.

    It answers client 100 only. Each server has its own copy of the records; *page_size* is how many rows of a
    collection it sends before the client must follow ``__next``. *journal* gets every unit of work that was committed,
    in their order.
    """
    bad_days = Misbehaviour() if misbehaviour is None else misbehaviour
    known = scenario() if facts is None else facts
    partners = [partner_entity(index, its) for index, its in enumerate((*known.suppliers, *known.deleted_suppliers))]
    orders = [order_entity(index, its) for index, its in enumerate((*known.orders, *known.deleted_orders))]
    stores = {
        store.service.name: store
        for store in (
            Store(BUSINESS_PARTNER_SERVICE, [*partners, *(entity for entity, _ in spoiled_partners())]),
            Store(PURCHASE_ORDER_SERVICE, [*orders, *(entity for entity, _ in spoiled_orders())]),
        )
    }
    gateway = Gateway(stores, misbehaviour=bad_days, page_size=page_size, journal=[] if journal is None else journal)
    realm = "SAP NetWeaver Application Server [DEV/100]"
    return serve(gateway, misbehaviour=bad_days, user=user, password=password, realm=realm, port=port)
