"""Oracle Fusion open for writing, on a sandbox that can be told to misbehave: what tests of the whole way stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from attrs import field, frozen
from pydantic import SecretStr

from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.soap.connection import SoapConnection
from adapters.soap.service import SoapService
from adapters.systems.oracle import OracleCompany, OracleSettings, opened
from adapters.systems.oracle_execution import OracleExecution
from contracts.laws.executions import ExecutionSubject, Fault
from domain.commands.command import Command
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    OrderedLine,
    PlacePurchaseOrder,
    StartApprovalRouting,
)
from domain.commands.suppliers import BlockSupplier, ChangeBankDetails, ChangeSupplier, CreateSupplier
from domain.currency import Currency
from domain.identifiers import Identifier, LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Price
from domain.quantity import Quantity
from domain.resolution import Resolved
from domain.suppliers import SupplierBlock
from domain.tax import TaxId, TaxIdKind
from domain.units import Unit
from sandbox.misbehaviour import (
    Complain,
    Drop,
    Echo,
    Fail,
    Garble,
    Hold,
    InnerError,
    Locked,
    LogonPage,
    Pretend,
    Refuse,
    Repeat,
    WriteFault,
)
from sandbox.oracle import LEGAL_ENTITY, SEGMENT, Books, oracle_server
from sandbox.scenario import Order, Status, scenario
from sandbox.web import PASSWORD, USER, Server
from tests.governed.examples import ACCOUNT, ADDRESS, resolved

COMPANY = OracleCompany(
    procurement_unit="Purchasing", requisitioning_unit="Operations", buyer="ana@example.com",
    ship_to_location="Dock 1", ship_to_organization="M1", cancels_demand=True, organization_type="CORPORATION",
    supplier_reference=SEGMENT, order_reference=SEGMENT, longest=1,
)  # fmt: skip
EUR, PIECE = Currency("EUR"), Unit("H87")
_FAULTS: Mapping[Fault, WriteFault] = {
    Fault.DROPS_REQUEST: Drop(carried_out=False),
    Fault.DROPS_ANSWER: Drop(carried_out=True),
    Fault.CUTS_ANSWER: Garble(),
    Fault.ANSWERS_TWICE: Echo(),
    Fault.LOGON_PAGE: LogonPage(),
    Fault.INNER_ERROR: InnerError(),
    Fault.COMPLAINS: Complain(),
    Fault.PRETENDS: Pretend(),
    Fault.WRITES_TWICE: Repeat(),
    Fault.LOCKED: Locked(),
    Fault.REFUSES: Refuse(),
    Fault.BUSY: Fail(429, 1),
    Fault.FAILS: Fail(503, None),
}
"""All but the loss of a session: Fusion's services have none, and every call logs on."""


@frozen(kw_only=True)
class Fusion:
    """One sandbox with its books, and the two ways into it."""

    server: Server
    books: Books
    erp: Erp
    execution: OracleExecution


@contextmanager
def running(books: Books | None = None, *, company: OracleCompany = COMPANY) -> Iterator[Fusion]:
    """Start an environment of one's own."""
    books = Books() if books is None else books
    with oracle_server(books=books) as server, connected(server, company=company) as erp:
        execution = erp.executions[LEGAL_ENTITY]
        assert isinstance(execution, OracleExecution)
        yield Fusion(server=server, books=books, erp=erp, execution=execution)


def connected(
    server: Server, *, password: str = PASSWORD, legal_entity: str = LEGAL_ENTITY, company: OracleCompany = COMPANY
) -> Erp:
    """Open the environment as a site would."""
    settings = OracleSettings(
        url=server.url, user=USER, password=SecretStr(password), timeout=20, companies={legal_entity: company}
    )
    return opened("fusion", settings, InMemoryQuarantine(), {})


def suppliers() -> list[SupplierId]:
    """Give German firms that nothing is stopped for, in the scenario's order."""
    return [
        SupplierId(each.number)
        for each in scenario().suppliers
        if each.country == "DE" and each.block == "none" and (each.tax is None or each.tax[0] != "CPF")
    ]


def orders(status: Status = "open") -> list[Order]:
    """Give the orders of that status, in the scenario's order."""
    return [each for each in scenario().orders if each.status == status]


def keys(status: Status = "open") -> list[PurchaseOrderId]:
    """Give the keys of the orders of that status."""
    return [PurchaseOrderId(each.number) for each in orders(status)]


def placing(supplier: SupplierId) -> PlacePurchaseOrder:
    """Give a command to order two things."""
    price = Price(EUR, Decimal("11.35"), Quantity(Decimal(100), PIECE))
    lines = (
        OrderedLine(
            product=resolved(ProductId("21")),
            ordered=Quantity(Decimal(200), PIECE),
            price=price,
            due_on=date(2026, 4, 1),
        ),
        OrderedLine(
            product=resolved(ProductId("A/B 1")), ordered=Quantity(Decimal("2.5"), PIECE), price=price, due_on=None
        ),
    )
    return PlacePurchaseOrder(
        supplier=resolved(supplier), ordered_on=date(2026, 3, 2), currency=EUR, reference="REQ-17", lines=lines
    )


def creating() -> CreateSupplier:
    """Give a command to take a new firm into the books."""
    return CreateSupplier(
        name="Schrauben Groß & Söhne <Handelsgesellschaft> mbH",
        trade_name="SGS",
        tax_ids=(TaxId(TaxIdKind.EU_VAT, "DE136695976"),),
        address=ADDRESS,
        email="verkauf@example.com",
    )


def one_of_each() -> tuple[Command, ...]:
    """Give a command of every class that Fusion can be asked for, each about records of its own."""
    first, second, third, *_ = map(resolved, suppliers())
    changed, closed, cancelled, *_ = map(resolved, keys())
    approved, routed, *_ = map(resolved, keys("draft"))
    return (
        BlockSupplier(supplier=first, block=SupplierBlock.ALL),
        placing(second.id),
        ChangeSupplier(supplier=third, name="Neue Firma GmbH", address=ADDRESS, email=None),
        creating(),
        ChangePurchaseOrderLine(order=changed, line=LineNumber("10"), due_on=date(2026, 5, 5)),
        ApprovePurchaseOrder(order=approved),
        StartApprovalRouting(order=routed),
        ClosePurchaseOrder(order=closed),
        CancelPurchaseOrder(order=cancelled),
    )


@frozen(kw_only=True)
class SomebodyElse:
    """Another user of the same environment."""

    fusion: Fusion
    changes: list[Identifier] = field(factory=list)

    def meddle(self, command: Command) -> None:
        """Change what *command* stands on, in a field that is none of ours."""
        (target, *_) = command.subjects
        assert isinstance(target, Resolved)
        told = f"MEDDLED {len(self.changes)}"
        if isinstance(target.id, SupplierId):
            self.supplier(target.id, CustomerNumber=told)
        else:
            self.order(target.id, "BYPASS", DocumentDescription=told)

    def supplier(self, key: Identifier, **texts: object) -> None:
        """Put something else into a supplier."""
        self._call("SupplierService", "updateSupplier", {"supplierRow": {"SupplierNumber": key.text, **texts}})
        self.changes.append(key)

    def order(self, key: Identifier, action: str, **texts: object) -> None:
        """Put something else into an order, by a change order of one's own if it was approved."""
        entry = {"OrderNumber": key.text, "SoldToLegalEntity": LEGAL_ENTITY, "ApprovalActionCode": action, **texts}
        if key in keys("draft"):
            entry["ApprovalActionCode"] = "NONE"
        self._call("PurchaseOrderService", "changePurchaseOrder", {"changeOrderEntry": entry})
        self.changes.append(key)

    def _call(self, service: str, operation: str, arguments: Mapping[str, object]) -> None:
        url = f"{self.fusion.server.url}/fscmService/{service}"
        connection = SoapConnection(wsdl=f"{url}?WSDL", endpoint=url, user=USER, password=SecretStr(PASSWORD))
        with SoapService(connection) as opened_:
            list(opened_.call(operation, arguments, record="result", writing=True))


def subject(fusion: Fusion, down: OracleExecution | None = None) -> ExecutionSubject:
    """Tell the laws about an environment."""
    bad_days, other = fusion.server.misbehaviour, SomebodyElse(fusion=fusion)

    def next_write(fault: WriteFault) -> Callable[[], None]:
        return lambda: bad_days.writing(fault)

    def hold() -> Callable[[], None]:
        bad_days.writing(Hold())
        return bad_days.release

    return ExecutionSubject(
        execution=fusion.execution,
        commands=one_of_each(),
        committed=lambda: len(fusion.books.journal) - len(other.changes),
        looked_at=lambda: bad_days.writes_met - len(other.changes),
        spoil={fault: next_write(its) for fault, its in _FAULTS.items()},
        meddle=other.meddle,
        hold=hold,
        down=down,
        foreign=ChangeBankDetails(supplier=resolved(suppliers()[0]), accounts=(ACCOUNT,)),
        unholdable=ChangeSupplier(supplier=resolved(suppliers()[2]), name=" ".join(["Sociedade"] * 90)),
        settle=fusion.books.decide,
        secrets=(PASSWORD,),
    )


def out_of_reach(fusion: Fusion) -> Erp:
    """Give the same environment as it is seen by whoever has an old password."""
    return connected(fusion.server, password="hidden-7431")
