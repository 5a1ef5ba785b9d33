"""Oracle Fusion over SOAP: services for suppliers and orders, and approvers who take their time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from random import Random

import requests
from attrs import frozen
from pydantic import SecretStr

from adapters.systems.oracle import OracleCompany, OracleSettings
from benchmarks.faults.orders import Order, ordered, renamed
from benchmarks.faults.route import Again, No, Route
from benchmarks.faults.weather import Weather
from benchmarks.faults.web_script import session, written
from benchmarks.faults.wish import JournalWish
from domain.identifiers import SupplierId
from domain.scope import Scope
from sandbox.oracle import LEGAL_ENTITY, SEGMENT, Books, oracle_server
from sandbox.web import PASSWORD, USER

_SCOPE = Scope("oracle", LEGAL_ENTITY)
_COMPANY = OracleCompany(
    procurement_unit="Purchasing",
    requisitioning_unit="Operations",
    buyer="ana@example.com",
    ship_to_location="Dock 1",
    ship_to_organization="M1",
    cancels_demand=True,
    organization_type="CORPORATION",
    supplier_reference=SEGMENT,
    order_reference=SEGMENT,
)
_LOOKS = 2
"""So often an order is asked for before its approvers decide."""
_NAMESPACES = {"Supplier": "poz/supplierService", "PurchaseOrder": "po/purchaseOrderService"}
_ENVELOPE = (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
    '<o:{operation} xmlns:o="http://xmlns.oracle.com/apps/prc/{namespace}/"><o:{entry}>{content}</o:{entry}>'
    "</o:{operation}></e:Body></e:Envelope>"
)
_ORDER = (
    "<o:SoldToLegalEntity>{entity}</o:SoldToLegalEntity>"
    "<o:ProcurementBusinessUnit>Purchasing</o:ProcurementBusinessUnit>"
    "<o:RequisitioningBusinessUnit>Operations</o:RequisitioningBusinessUnit>"
    "<o:BuyerEmail>ana@example.com</o:BuyerEmail><o:SupplierNumber>{order.supplier}</o:SupplierNumber>"
    "<o:OrderDate>{order.on}</o:OrderDate><o:CurrencyCode>EUR</o:CurrencyCode>"
    "<o:ApprovalActionCode>SUBMIT</o:ApprovalActionCode>{mark}<o:PurchaseOrderEntryLine><o:LineNumber>1</o:LineNumber>"
    '<o:ItemNumber>{order.product}</o:ItemNumber><o:UOMCode>Ea</o:UOMCode><o:Price currencyCode="EUR">{order.price}'
    "</o:Price><o:DFF><o:PriceBasisQuantity>100</o:PriceBasisQuantity></o:DFF><o:PurchaseOrderEntrySchedule>"
    "<o:ShipToLocationCode>Dock 1</o:ShipToLocationCode><o:ShipToOrganizationCode>M1</o:ShipToOrganizationCode>"
    '<o:Quantity unitCode="Ea">{order.quantity}</o:Quantity>'
    "</o:PurchaseOrderEntrySchedule></o:PurchaseOrderEntryLine>"
)
_MARK = "<o:DFF><o:{segment}>{reference}</o:{segment}></o:DFF>"
_SUPPLIER = (
    "<o:SupplierName>{name}</o:SupplierName><o:TaxOrganizationType>CORPORATION</o:TaxOrganizationType>"
    "<o:BusinessRelationship>SPEND_AUTHORIZED</o:BusinessRelationship><o:SupplierAddress>"
    "<o:Operation>CREATE</o:Operation><o:AddressLine1>Kai</o:AddressLine1><o:City>Bremen</o:City><o:Country>DE</o:Country></o:SupplierAddress>"
)


class OracleScript:
    """Writes envelopes by hand, and looks for the word that says that it went well."""

    def __init__(self, url: str, on: requests.Session) -> None:
        self._url = url
        self._session = on

    def call(self, operation: str, record: str, entry: str, content: str) -> None:
        """Write once."""
        namespace = _NAMESPACES[record]
        body = _ENVELOPE.format(operation=operation, namespace=namespace, entry=entry, content=content).encode()
        written(lambda: self._sent(f"{self._url}/fscmService/{record}Service", body), _successful)

    def _sent(self, url: str, body: bytes) -> requests.Response:
        answer = self._session.post(url, data=body)
        if answer.status_code == requests.codes.server_error and "Fault" in answer.text:
            raise No(answer.text)
        return answer


def _successful(answer: requests.Response) -> None:
    if "SUCCESS" not in answer.text:
        raise Again("it does not say that it went well")


@frozen
class OracleWishes:
    """Draws wishes for the environment that *script* speaks to, and whose *shelf* is at hand."""

    script: OracleScript
    shelf: Books

    def draw(self, draw: Random) -> JournalWish:
        """Make a wish, and the supplier that it is about."""
        name = f"Schrauben {draw.randrange(10**12)} {len(self.shelf.journal)}"
        self._supplier("createSupplier", _SUPPLIER.format(name=name))
        number = self.shelf.journal[-1].key
        kind: Callable[[Random, str], JournalWish] = draw.choices((self._place, self._rename), weights=(3, 2))[0]
        return kind(draw, number)

    def _place(self, draw: Random, supplier: str) -> JournalWish:
        order = Order.drawn(draw, supplier=supplier, product="21")

        def place(mark: str) -> None:
            content = _ORDER.format(order=order, entity=LEGAL_ENTITY, mark=mark)
            self.script.call("createPurchaseOrder", "PurchaseOrder", "createOrderEntry", content)

        def stands(number: str, reference: str) -> bool:
            found = self._values("PurchaseOrder", number)
            quantity = sum(map(Decimal, found["PurchaseOrderLine.PurchaseOrderSchedule.Quantity"]))
            return found.get(f"DFF.{SEGMENT}") == (reference,) and quantity == order.quantity

        return JournalWish(
            command=ordered(order, _SCOPE),
            journal=self._journal,
            script=lambda reference: place(_MARK.format(segment=SEGMENT, reference=reference)),
            meddling=lambda: place(""),
            stands=stands,
        )

    def _rename(self, draw: Random, supplier: str) -> JournalWish:
        name = f"Muttern {draw.randrange(10**12)}"
        number = f"<o:SupplierNumber>{supplier}</o:SupplierNumber>"
        return JournalWish(
            command=renamed(SupplierId(supplier), _SCOPE, name=name, town="Emden"),
            journal=self._journal,
            script=lambda _: self._supplier("updateSupplier", f"{number}<o:SupplierName>{name}</o:SupplierName>"),
            meddling=lambda: self._supplier("updateSupplier", f"{number}<o:CustomerNumber>LATE</o:CustomerNumber>"),
            stands=lambda about, _: self._values("Supplier", about)["SupplierName"] == (name,),
            about=supplier,
        )

    def _supplier(self, operation: str, content: str) -> None:
        self.script.call(operation, "Supplier", "supplierRow", content)

    def _values(self, record: str, key: str) -> Mapping[str, tuple[str, ...]]:
        row = self.shelf.find(record, key)
        return {} if row is None else row.values

    def _journal(self) -> list[list[str]]:
        return [[commit.key] for commit in self.shelf.journal]


@contextmanager
def opened() -> Iterator[Route]:
    """Start an environment."""
    weather, shelf = Weather(), Books(approves_after=_LOOKS)
    with (
        oracle_server(misbehaviour=weather, books=shelf) as server,
        session({"Content-Type": "text/xml; charset=utf-8"}, (USER, PASSWORD)) as plain,
    ):
        yield Route(
            scope=_SCOPE,
            settings=OracleSettings(
                url=server.url, user=USER, password=SecretStr(PASSWORD), companies={_SCOPE.company: _COMPANY}
            ),
            faults=weather.faults,
            hold=weather.held,
            unreadable=weather.unreadable,
            met=lambda: weather.writes_met,
            calm=weather.calm,
            wish=OracleWishes(OracleScript(server.url, plain), shelf).draw,
        )
