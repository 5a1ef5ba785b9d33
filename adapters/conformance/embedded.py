"""What stands in the embedded sandboxes, where everybody knows it."""

from __future__ import annotations

from collections.abc import Callable

from adapters import scenario
from adapters.conformance.opened import Opened
from adapters.conformance.ports import PURCHASE_ORDERS, SUPPLIERS, A, K, PortLaws, Q
from adapters.conformance.stated import Facts, Stated
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.quarantine import Refusal


class Scenario(Facts):
    """What stands in every embedded sandbox, and what each spoils."""

    def suppliers(self, opened: Opened) -> Stated[SupplierId, Supplier]:
        return Stated(scenario.suppliers(), _refused(opened, SUPPLIERS, "supplier", SupplierId))

    def purchase_orders(self, opened: Opened) -> Stated[PurchaseOrderId, PurchaseOrder]:
        refused = _refused(opened, PURCHASE_ORDERS, "purchase_order", PurchaseOrderId)
        return Stated(scenario.purchase_orders(), refused)


def _refused(opened: Opened, port: PortLaws[K, Q, A], kind: str, key: Callable[[str], K]) -> dict[str, K | None]:
    """Give the spoiled records: which they are is known, how the vendor spells their keys only the refusals say."""
    for _ in port.of(opened.erp).find(port.suite().everything()):
        pass
    spelled = {business_number(each): each.source.key for each in opened.quarantine.refusals}
    due = [each.key for each in scenario.spoiled(opened.erp.kind) if each.kind == kind]
    return {spelled.get(number, number): key(number) for number in due}


def business_number(refusal: Refusal) -> str:
    """Give the business number behind the key of a refused record, which stands there as the vendor holds it."""
    return refusal.source.key.replace("/", "").lstrip("0")
