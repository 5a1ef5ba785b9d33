"""Protheus over REST open for writing, on a sandbox that can be told to misbehave."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import quote

from attrs import evolve, field, frozen
from pydantic import SecretStr

from acl.protheus.commands.catalogue import CompanyTerms
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.rest.connection import Password, RestConnection
from adapters.systems.protheus_rest import protheus_rest
from adapters.systems.protheus_rest_execution import ProtheusExecution, protheus_execution
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
from sandbox.protheus_rest import (
    ORDER_REFERENCE,
    ORDERS,
    SUPPLIER_REFERENCE,
    Commit,
    TokenServer,
    protheus_rest_server,
)
from sandbox.scenario import scenario
from sandbox.web import PASSWORD, USER
from tests.governed.examples import ACCOUNT, ADDRESS, resolved

TERMS = CompanyTerms(
    branch="01",
    orders=ORDERS,
    payment_terms="001",
    delivery_branch="01",
    supplier_reference=SUPPLIER_REFERENCE,
    order_reference=ORDER_REFERENCE,
)
NO_REFERENCES = evolve(TERMS, supplier_reference=None, order_reference=None)
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
class Protheus:
    """One sandbox with its books, and the two ways into it."""

    server: TokenServer
    journal: list[Commit]
    connection: RestConnection
    erp: Erp
    execution: ProtheusExecution


@contextmanager
def running(
    terms: CompanyTerms = TERMS,
    *,
    references: Sequence[str] = (SUPPLIER_REFERENCE, ORDER_REFERENCE),
    keyless: bool = False,
    refuses_twins: bool = False,
) -> Iterator[Protheus]:
    """Start a system of one's own; see the sandbox for what it does not know, or say."""
    journal: list[Commit] = []
    with protheus_rest_server(
        journal=journal, references=references, keyless=keyless, refuses_twins=refuses_twins
    ) as server:
        connection = RestConnection(
            url=server.url,
            logon=Password(USER, SecretStr(PASSWORD), "api/oauth2/v1/token"),
            headers={"tenantId": "01,01"},
            timeout=20,
        )
        with protheus_rest("protheus", connection, "01", "01", InMemoryQuarantine(), {}) as erp:
            execution = protheus_execution(erp, connection, terms, {}, running=timedelta(seconds=1))
            yield Protheus(server=server, journal=journal, connection=connection, erp=erp, execution=execution)
            execution.close()


def suppliers(country: str = "DE") -> list[SupplierId]:
    """Give firms of one country that nothing is stopped for, in the scenario's order."""
    return [
        SupplierId(each.number)
        for each in scenario().suppliers
        if each.country == country and each.block == "none" and (each.tax is None or each.tax[0] != "CPF")
    ]


def orders(status: str = "open") -> list[PurchaseOrderId]:
    """Give orders of one status with three lines at least, in the scenario's order."""
    return [PurchaseOrderId(each.number) for each in scenario().orders if each.status == status and len(each.lines) > 2]


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
        name="Schrauben Groß und Söhne mbH",
        trade_name="SGS",
        tax_ids=(TaxId(TaxIdKind.EU_VAT, "DE136695976"),),
        address=ADDRESS,
        email="verkauf@example.com",
    )


def one_of_each() -> tuple[Command, ...]:
    """Give a command of every class that Protheus can be asked for, each about records of its own."""
    first, second, third, fourth, *_ = map(resolved, suppliers())
    changed, cancelled, *_ = map(resolved, orders())
    return (
        BlockSupplier(supplier=first, block=SupplierBlock.ALL),
        placing(second.id),
        ChangeSupplier(supplier=third, name="Neue Firma GmbH", address=ADDRESS, email=None),
        ChangeBankDetails(supplier=fourth, accounts=(ACCOUNT,)),
        creating(),
        ChangePurchaseOrderLine(order=changed, line=LineNumber("10"), due_on=date(2026, 5, 5)),
        ApprovePurchaseOrder(order=resolved(orders("pending_approval")[0])),
        ClosePurchaseOrder(order=resolved(orders("partly_received")[0])),
        CancelPurchaseOrder(order=cancelled),
    )


@frozen(kw_only=True)
class SomebodyElse:
    """Another user of the same system."""

    protheus: Protheus
    changes: list[str] = field(factory=list)

    def meddle(self, command: Command) -> None:
        """Change what *command* stands on."""
        (target, *_) = command.subjects
        assert isinstance(target, Resolved)
        if isinstance(target.id, SupplierId):
            self.change_supplier(target.id, "A2_NREDUZ", f"MEDDLED {len(self.changes)}")
        else:
            assert isinstance(target.id, PurchaseOrderId)
            self.change_order(target.id, "C7_XREF", f"MEDDLED {len(self.changes)}")

    def change_supplier(self, key: SupplierId, column: str, value: str) -> None:
        """Change one field of a supplier."""
        told = {"modeltype": "FIELDS", "id": "SA2MASTER", "fields": [{"id": column, "value": value}]}
        pk = base64.b64encode(f"  {key}".encode()).decode()
        self._write(f"fwmodel/MATA020/{quote(pk, safe='')}", {"id": "MATA020", "operation": 4, "models": [told]}, key)

    def change_order(self, key: PurchaseOrderId, column: str, value: str) -> None:
        """Change one field of every item of an order."""
        lines = self.protheus.erp.purchase_orders.get(key).lines
        items = [{"C7_ITEM": f"{int(str(line.number)):04d}", column: value} for line in lines]
        self._write(f"{ORDERS}/{key}", {"itens": items}, key)

    def _write(self, path: str, body: object, key: Identifier) -> None:
        self.protheus.execution.service.write("PUT", path, body)
        self.changes.append(str(key))


def subject(protheus: Protheus, down: ProtheusExecution | None = None) -> ExecutionSubject:
    """Tell the laws about a system."""
    bad_days, other = protheus.server.misbehaviour, SomebodyElse(protheus=protheus)

    def next_write(fault: WriteFault) -> Callable[[], None]:
        return lambda: bad_days.writing(fault)

    def hold() -> Callable[[], None]:
        bad_days.writing(Hold())
        return bad_days.release

    return ExecutionSubject(
        execution=protheus.execution,
        commands=one_of_each(),
        committed=lambda: len(protheus.journal) - len(other.changes),
        looked_at=lambda: bad_days.writes_met - len(other.changes),
        spoil={
            **{fault: next_write(its) for fault, its in _FAULTS.items()},
            Fault.LOSES_SESSION: bad_days.expire_session,
        },
        meddle=other.meddle,
        hold=hold,
        down=down,
        foreign=StartApprovalRouting(order=resolved(orders()[0])),
        unholdable=ChangeSupplier(supplier=resolved(suppliers()[2]), name=" ".join(["Sociedade"] * 90)),
        secrets=(PASSWORD,),
    )


@contextmanager
def out_of_reach(system: Protheus) -> Iterator[ProtheusExecution]:
    """Give the same system as it is seen by whoever has an old password."""
    wrong = evolve(system.connection, logon=Password(USER, SecretStr("hidden-7431"), "api/oauth2/v1/token"))
    with protheus_rest("protheus", wrong, "01", "01", InMemoryQuarantine(), {}) as erp:
        execution = protheus_execution(erp, wrong, TERMS, {})
        yield execution
        execution.close()
