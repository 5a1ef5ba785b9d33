"""What is asked of SAP, each time about a new supplier or a new order, and what must then stand in its books."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import cast

from attrs import frozen

from benchmarks.faults.orders import Order, ordered, renamed
from benchmarks.faults.routes.sap_script import ORDERS, PARTNERS, Json, SapScript
from benchmarks.faults.targets import resolved
from benchmarks.faults.wish import JournalWish
from domain.commands.purchase_orders import CancelPurchaseOrder
from domain.commands.suppliers import BlockSupplier
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.scope import Scope
from domain.suppliers import SupplierBlock
from sandbox.sap.journal import Commit

_ITEMS = "to_PurchaseOrderItem"
_REFERENCE = "CorrespncExternalReference"
_BLOCKED: Json = {"PurchasingIsBlocked": True, "PaymentIsBlockedForSupplier": True}
_PARTNER: Json = {
    "BusinessPartnerCategory": "2",
    "BusinessPartnerGrouping": "BP02",
    "to_BusinessPartnerAddress": {"results": [{"StreetName": "Kai", "CityName": "Bremen", "Country": "DE"}]},
    "to_BusinessPartnerRole": {"results": [{"BusinessPartnerRole": role} for role in ("FLVN00", "FLVN01")]},
}


@frozen
class SapWishes:
    """Draws wishes for the system that *script* speaks to, and whose commits are at hand."""

    script: SapScript
    commits: Sequence[Commit]
    scope: Scope

    def draw(self, draw: Random) -> JournalWish:
        """Make a wish, and whatever it is to be about."""
        kinds: tuple[Callable[[Random], JournalWish], ...] = (self._place, self._block, self._rename, self._cancel)
        return draw.choices(kinds, weights=(3, 1, 1, 1))[0](draw)

    def _place(self, draw: Random) -> JournalWish:
        order = Order.drawn(draw, supplier=str(self._supplier(draw)["Supplier"]), product="21")
        where, body = f"{ORDERS}/A_PurchaseOrder", _order(order)

        def stands(entity: str, reference: str) -> bool:
            made = self.script.read(f"{ORDERS}/{entity}", _ITEMS)
            quantities = [each["OrderQuantity"] for each in _items(made)]
            return made[_REFERENCE] == reference and quantities == [f"{order.quantity}.000"]

        return JournalWish(
            command=ordered(order, self.scope),
            journal=self._journal,
            script=lambda reference: self.script.create(where, {**body, _REFERENCE: reference}),
            meddling=lambda: self.script.create(where, body),
            stands=stands,
        )

    def _block(self, draw: Random) -> JournalWish:
        supplier = self._supplier(draw)
        where = f"{PARTNERS}/A_Supplier('{supplier['Supplier']}')"
        return JournalWish(
            command=BlockSupplier(supplier=resolved(_id(supplier), self.scope), block=SupplierBlock.ALL),
            journal=self._journal,
            script=lambda _: self.script.change("MERGE", where, _BLOCKED),
            meddling=self._noting(supplier),
            stands=lambda about, _: self.script.read(about).items() >= _BLOCKED.items(),
            about=where,
        )

    def _rename(self, draw: Random) -> JournalWish:
        """One unit of work on two entities: the name and the town."""
        supplier, name = self._supplier(draw), f"Muttern {draw.randrange(10**9)}"
        where = f"{PARTNERS}/A_BusinessPartner('{supplier['BusinessPartner']}')"
        return JournalWish(
            command=renamed(_id(supplier), self.scope, name=name, town="Emden"),
            journal=self._journal,
            script=lambda _: self.script.change("MERGE", where, {"OrganizationBPName1": name}),
            meddling=self._noting(supplier),
            stands=lambda about, _: self.script.read(about)["OrganizationBPName1"] == name,
            about=where,
        )

    def _cancel(self, draw: Random) -> JournalWish:
        """One unit of work on every item."""
        order = Order.drawn(draw, supplier=str(self._supplier(draw)["Supplier"]), product="21")
        number = self.script.create(f"{ORDERS}/A_PurchaseOrder", _order(order, items=2))["PurchaseOrder"]
        where = f"{ORDERS}/A_PurchaseOrder('{number}')"

        def script(_: str) -> None:
            for place in (10, 20):
                item = f"PurchaseOrder='{number}',PurchaseOrderItem='{place}'"
                self.script.change("DELETE", f"{ORDERS}/A_PurchaseOrderItem({item})", {})

        def stands(about: str, _: str) -> bool:
            items = _items(self.script.read(about, _ITEMS))
            return all(each["PurchasingDocumentDeletionCode"] == "L" for each in items)

        return JournalWish(
            command=CancelPurchaseOrder(order=resolved(PurchaseOrderId(str(number)), self.scope)),
            journal=self._journal,
            script=script,
            meddling=partial(self.script.change, "MERGE", where, {"CorrespncInternalReference": "LATE"}),
            stands=stands,
            about=where,
        )

    def _supplier(self, draw: Random) -> Json:
        name = f"Schrauben {draw.randrange(10**9)}"
        return self.script.create(f"{PARTNERS}/A_BusinessPartner", {**_PARTNER, "OrganizationBPName1": name})

    def _noting(self, supplier: Json) -> Callable[[], None]:
        where = f"{PARTNERS}/A_BusinessPartner('{supplier['BusinessPartner']}')"
        return partial(self.script.change, "MERGE", where, {"SearchTerm1": "NOTED"})

    def _journal(self) -> list[list[str]]:
        return [[change.entity for change in commit] for commit in self.commits]


def _order(order: Order, items: int = 1) -> Json:
    item: Json = {
        "Plant": "1010",
        "Material": order.product,
        "OrderQuantity": f"{order.quantity}.000",
        "PurchaseOrderQuantityUnit": "PC",
        "NetPriceAmount": f"{order.price}",
        "NetPriceQuantity": "100",
    }
    return {
        "CompanyCode": "1010",
        "PurchaseOrderType": "NB",
        "PurchasingOrganization": "1010",
        "PurchasingGroup": "001",
        "Supplier": order.supplier,
        "PurchaseOrderDate": f"/Date({order.milliseconds})/",
        "DocumentCurrency": "EUR",
        _ITEMS: {"results": [item] * items},
    }


def _id(supplier: Json) -> SupplierId:
    return SupplierId(str(supplier["Supplier"]))


def _items(order: Json) -> list[Json]:
    return cast("list[Json]", cast("Json", order[_ITEMS])["results"])
