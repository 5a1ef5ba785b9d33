"""SAP open for writing, on a sandbox that can be told to misbehave: what tests of the whole way stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

from attrs import evolve, field, frozen
from pydantic import SecretStr

from acl.conditions import Comparison, Condition
from acl.sap.commands.catalogue import sap_commands
from acl.sap.commands.purchase_orders import Purchasing
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.odata.connection import ODataConnection
from adapters.odata.service import ODataService
from adapters.odata.writes import etag_of
from adapters.systems.sap import sap
from adapters.systems.sap_execution import SapExecution, sap_execution
from contracts.laws.executions import ExecutionSubject, Fault
from domain.commands.command import Command
from domain.commands.purchase_orders import (
    ApprovePurchaseOrder,
    CancelPurchaseOrder,
    ChangePurchaseOrderLine,
    ClosePurchaseOrder,
    OrderedLine,
    PlacePurchaseOrder,
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
from sandbox.sap import sap_server
from sandbox.sap.journal import Commit
from sandbox.scenario import scenario
from sandbox.web import PASSWORD, USER, Server
from tests.governed.examples import ACCOUNT, ADDRESS, resolved

WHO = Purchasing(company="1010", organisation="1010", group="001", plant="1010")
COMMANDS = sap_commands(WHO, grouping="BP02", codes={})
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


@frozen(kw_only=True)
class Sap:
    """One sandbox with its books, and the two ways into it."""

    server: Server
    journal: list[Commit]
    connection: ODataConnection
    erp: Erp
    execution: SapExecution


@contextmanager
def running() -> Iterator[Sap]:
    """Start a system of one's own."""
    journal: list[Commit] = []
    with sap_server(journal=journal) as server:
        connection = ODataConnection(url=server.url, user=USER, password=SecretStr(PASSWORD), client="100", timeout=20)
        with sap("sap", connection, InMemoryQuarantine(), {}) as erp:
            execution = sap_execution(erp, connection, COMMANDS, running=timedelta(seconds=1))
            yield Sap(server=server, journal=journal, connection=connection, erp=erp, execution=execution)
            execution.close()


def suppliers() -> list[SupplierId]:
    """Give German firms that nothing is stopped for, in the scenario's order."""
    return [
        SupplierId(each.number)
        for each in scenario().suppliers
        if each.country == "DE" and each.block == "none" and (each.tax is None or each.tax[0] != "CPF")
    ]


def orders() -> list[PurchaseOrderId]:
    """Give open orders with three lines at least, in the scenario's order."""
    return [PurchaseOrderId(each.number) for each in scenario().orders if each.status == "open" and len(each.lines) > 2]


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
        name="Schrauben Groß und Söhne Handelsgesellschaft mbH",
        trade_name="SGS",
        tax_ids=(TaxId(TaxIdKind.EU_VAT, "DE136695976"),),
        address=ADDRESS,
        email="verkauf@example.com",
    )


def one_of_each() -> tuple[Command, ...]:
    """Give a command of every class that SAP can be asked for, each about records of its own."""
    first, second, third, fourth, *_ = map(resolved, suppliers())
    changed, closed, cancelled, *_ = map(resolved, orders())
    return (
        BlockSupplier(supplier=first, block=SupplierBlock.ALL),
        placing(second.id),
        ChangeSupplier(supplier=third, name="Neue Firma GmbH", address=ADDRESS, email=None),
        ChangeBankDetails(supplier=fourth, accounts=(ACCOUNT,)),
        creating(),
        ChangePurchaseOrderLine(order=changed, line=LineNumber("10"), due_on=date(2026, 5, 5)),
        ClosePurchaseOrder(order=closed),
        CancelPurchaseOrder(order=cancelled),
    )


@frozen(kw_only=True)
class SomebodyElse:
    """Another user of the same system."""

    sap: Sap
    changes: list[str] = field(factory=list)

    def meddle(self, command: Command) -> None:
        """Change what *command* stands on."""
        key = _about(command)
        if isinstance(key, SupplierId):
            self.change("A_BusinessPartner", "Supplier", key, "SearchTerm1")
        else:
            self.change("A_PurchaseOrder", "PurchaseOrder", key, "CorrespncInternalReference")

    def change_one(self, entity_set: str, command: Command) -> None:
        """Change one of the entities that *command* writes."""
        match entity_set:
            case "A_Supplier":
                self.change(entity_set, "Supplier", _about(command), "PaymentIsBlockedForSupplier", to=True)
            case _:
                self.change(entity_set, "PurchaseOrder", _about(command), "PurchaseOrderItemText")

    def change(self, entity_set: str, column: str, key: Identifier, field: str, *, to: object = None) -> None:
        """Put something else into a field."""
        path, keys = _PLACES[entity_set]
        with ODataService(self.sap.connection, f"/sap/opu/odata/sap/{path}") as service:
            where = (Condition(column, Comparison.EQ, key.text),)
            record = next(iter(service.pages(entity_set, columns=(*keys, field), where=where)))[0]
            address = service.address(entity_set, {each: record[each] for each in keys})
            value = f"MEDDLED {len(self.changes)}" if to is None else to
            service.write("MERGE", address, {field: value}, etag=etag_of(record))
            self.changes.append(address)


_PLACES = {
    "A_BusinessPartner": ("API_BUSINESS_PARTNER", ("BusinessPartner",)),
    "A_Supplier": ("API_BUSINESS_PARTNER", ("Supplier",)),
    "A_PurchaseOrder": ("API_PURCHASEORDER_PROCESS_SRV", ("PurchaseOrder",)),
    "A_PurchaseOrderItem": ("API_PURCHASEORDER_PROCESS_SRV", ("PurchaseOrder", "PurchaseOrderItem")),
}


def _about(command: Command) -> Identifier:
    (target, *_) = command.subjects
    assert isinstance(target, Resolved)
    return target.id


def subject(sap_: Sap, down: SapExecution | None = None) -> ExecutionSubject:
    """Tell the laws about a system."""
    bad_days, other = sap_.server.misbehaviour, SomebodyElse(sap=sap_)

    def next_write(fault: WriteFault) -> Callable[[], None]:
        return lambda: bad_days.writing(fault)

    def hold() -> Callable[[], None]:
        bad_days.writing(Hold())
        return bad_days.release

    return ExecutionSubject(
        execution=sap_.execution,
        commands=one_of_each(),
        committed=lambda: len(sap_.journal) - len(other.changes),
        looked_at=lambda: bad_days.writes_met - len(other.changes),
        spoil={
            **{fault: next_write(its) for fault, its in _FAULTS.items()},
            Fault.LOSES_SESSION: bad_days.expire_session,
        },
        meddle=other.meddle,
        hold=hold,
        down=down,
        foreign=ApprovePurchaseOrder(order=resolved(orders()[0])),
        unholdable=ChangeSupplier(supplier=resolved(suppliers()[2]), name=" ".join(["Sociedade"] * 90)),
        secrets=(PASSWORD,),
    )


def out_of_reach(sap_: Sap) -> SapExecution:
    """Give the same system as it is seen by whoever has an old password."""
    wrong = evolve(sap_.connection, password=SecretStr("hidden-7431"))
    return sap_execution(sap("sap", wrong, InMemoryQuarantine(), {}), wrong, COMMANDS)
