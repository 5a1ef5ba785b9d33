"""The in-house system open for writing on both ways, with bad days: what tests of the whole way stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from attrs import frozen
from sqlalchemy import Executable, create_engine, make_url, text, update

from acl.inhouse.commands.catalogue import inhouse_commands
from adapters.erp import Erp
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.sql.database import SqlDatabase
from adapters.sql.engines import SqlConnection
from adapters.sql.procedures import SqlProcedures
from adapters.systems.inhouse import inhouse
from adapters.systems.inhouse_execution import InHouseExecution, inhouse_execution
from adapters.systems.inhouse_routes import ProcedureRoute, Route
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
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Price
from domain.quantity import Quantity
from domain.resolution import Resolved
from domain.suppliers import SupplierBlock
from domain.tax import TaxId, TaxIdKind
from domain.units import Unit
from ports.execution import Execution
from sandbox.inhouse.books import Day, committed, have
from sandbox.inhouse.store import install
from sandbox.inhouse.tables import FORNECEDORES, PEDIDOS
from sandbox.inhouse.wire import Break, Wire, wire_to
from sandbox.scenario import Status, scenario
from tests.governed.examples import ACCOUNT, ADDRESS, EXAMPLES, resolved

REAIS, PIECE = Currency("BRL"), Unit("H87")
NOWHERE = "postgresql://reader:hidden-7431@127.0.0.1:1/erp"
FOREIGN = next(each for each in EXAMPLES if each.terms.action == "adjust stock")
_POSTGRESQL_ENDS = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""
_MARIADB_SESSIONS = "select id from information_schema.processlist where db = database() and id <> connection_id()"
DAYS: Mapping[Fault, Day] = {
    Fault.INNER_ERROR: Day.ERROR_INSIDE,
    Fault.COMPLAINS: Day.COMPLAINING,
    Fault.PRETENDS: Day.PRETENDING,
    Fault.LOCKED: Day.IN_USE,
    Fault.REFUSES: Day.CLOSED,
    Fault.BUSY: Day.COLLIDING,
    Fault.FAILS: Day.FAILING,
}
BREAKS: Mapping[Fault, Break] = {
    Fault.DROPS_REQUEST: Break.BEFORE,
    Fault.DROPS_ANSWER: Break.AFTER,
    Fault.CUTS_ANSWER: Break.WITHIN,
}


def suppliers() -> list[SupplierId]:
    """Give firms that nothing is stopped for, in the scenario's order."""
    return [SupplierId(each.number) for each in scenario().suppliers if each.block == "none"]


def orders(status: Status) -> list[PurchaseOrderId]:
    """Give orders of that status, in the scenario's order."""
    return [PurchaseOrderId(each.number) for each in scenario().orders if each.status == status]


def placing(supplier: SupplierId) -> PlacePurchaseOrder:
    """Give a command to order two things."""
    price = Price(REAIS, Decimal("11.35"), Quantity(Decimal(100), PIECE))
    lines = (
        OrderedLine(
            product=resolved(ProductId("21")),
            ordered=Quantity(Decimal(1200), PIECE),
            price=price,
            due_on=date(2026, 4, 1),
        ),
        OrderedLine(
            product=resolved(ProductId("A/B 1")), ordered=Quantity(Decimal("2.5"), PIECE), price=price, due_on=None
        ),
    )
    return PlacePurchaseOrder(
        supplier=resolved(supplier), ordered_on=date(2026, 3, 2), currency=REAIS, reference="REQ-17", lines=lines
    )


def creating() -> CreateSupplier:
    """Give a command to take a new firm into the books."""
    return CreateSupplier(
        name="Schrauben Groß und Söhne – Handel",
        trade_name="SGS",
        tax_ids=(TaxId(TaxIdKind.EU_VAT, "DE136695976"),),
        address=ADDRESS,
        email=None,
    )


def one_of_each_kind() -> tuple[Command, ...]:
    """Give a command that alters a record, one that creates one, and one about an order: enough for a bad day."""
    first, second, *_ = map(resolved, suppliers())
    closed = resolved(orders("open")[1])
    block = BlockSupplier(supplier=first, block=SupplierBlock.ALL)
    return (block, placing(second.id), ClosePurchaseOrder(order=closed))


def one_of_each() -> tuple[Command, ...]:
    """Give a command of every class that the system can be asked for, each about records of its own."""
    first, second, third, fourth, *_ = map(resolved, suppliers())
    changed, closed, cancelled, *_ = map(resolved, orders("open"))
    return (
        BlockSupplier(supplier=first, block=SupplierBlock.ALL),
        placing(second.id),
        ChangeSupplier(supplier=third, name="Nova Firma Ltda.", address=ADDRESS, email=None),
        ChangeBankDetails(supplier=fourth, accounts=(ACCOUNT,)),
        creating(),
        ChangePurchaseOrderLine(order=changed, line=LineNumber("10"), due_on=date(2026, 5, 5)),
        ClosePurchaseOrder(order=closed),
        CancelPurchaseOrder(order=cancelled),
        StartApprovalRouting(order=resolved(orders("draft")[0])),
        ApprovePurchaseOrder(order=resolved(orders("pending_approval")[0])),
    )


@frozen(kw_only=True)
class InHouse:
    """One sandbox, and the way into it; *url* goes past the way."""

    url: str
    erp: Erp
    execution: InHouseExecution
    database: SqlDatabase

    @property
    def committed(self) -> int:
        """How many writes the system's own books show."""
        return committed(self.url)

    def meddle(self, command: Command) -> None:
        """Have somebody else change what *command* stands on."""
        (target, *_) = command.subjects
        assert isinstance(target, Resolved)
        if isinstance(target.id, SupplierId):
            code = FORNECEDORES.c["COD"] == int(target.id.text)
            self.execute(update(FORNECEDORES).where(code).values(CEP="99999"))
        else:
            self.execute(update(PEDIDOS).where(PEDIDOS.c["NUMERO"] == target.id.text).values(REF="OUTRA"))

    def execute(self, statement: Executable) -> Sequence[tuple[object, ...]]:
        """Do something in the tables, as only tests may, and give what comes back."""
        engine = create_engine(self.url)
        try:
            with engine.begin() as connection:
                result = connection.execute(statement)
                return [tuple(row) for row in result] if result.returns_rows else []
        finally:
            engine.dispose()

    def end_sessions(self) -> None:
        """End every session on the database, as a server does that is started anew."""
        if self.url.startswith("postgresql"):
            self.execute(text(_POSTGRESQL_ENDS))
            return
        for (number,) in self.execute(text(_MARIADB_SESSIONS)):
            self.execute(text(f"kill {number}"))


@contextmanager
def opened(url: str, route: Route) -> Iterator[InHouse]:
    """Open the database at *url*, which is written on the way *route*."""
    database = SqlDatabase(SqlConnection(url, timeout=10))
    with inhouse("inhouse", database, InMemoryQuarantine(), {}) as erp:
        execution = inhouse_execution(erp, database, inhouse_commands({}), route, timeout=10)
        yield InHouse(url=url, erp=erp, execution=execution, database=database)
        execution.close()


@contextmanager
def by_procedures(url: str) -> Iterator[tuple[InHouse, Wire]]:
    """Fill the database at *url* anew; its procedures are called over a wire that may break."""
    install(url)
    place = make_url(url)
    with wire_to("127.0.0.1", 5432 if place.get_backend_name() == "postgresql" else 3306) as wire:
        calling = place.set(host="127.0.0.1", port=wire.port)
        if place.get_backend_name() == "postgresql":
            calling = calling.update_query_dict({"sslmode": "disable"})  # the wire looks for calls
        procedures = SqlProcedures(SqlConnection(calling.render_as_string(hide_password=False), timeout=10))
        with opened(url, ProcedureRoute(procedures)) as system:
            yield system, wire


def told_about_procedures(
    system: InHouse, wire: Wire, down: Execution, commands: Sequence[Command]
) -> ExecutionSubject:
    """Tell the laws about a system with procedures."""

    def have_day(day: Day) -> Callable[[], None]:
        return lambda: have(system.url, day)

    def breaking(how: Break) -> Callable[[], None]:
        return lambda: wire.breaking(how)

    def hold() -> Callable[[], None]:
        wire.breaking(Break.HELD)
        return wire.release

    return ExecutionSubject(
        execution=system.execution,
        commands=tuple(commands),
        committed=lambda: system.committed,
        looked_at=lambda: wire.calls,
        spoil={
            **{fault: have_day(day) for fault, day in DAYS.items()},
            **{fault: breaking(how) for fault, how in BREAKS.items()},
            Fault.LOSES_SESSION: system.end_sessions,
        },
        meddle=system.meddle,
        hold=hold,
        down=down,
        foreign=FOREIGN,
        unholdable=ChangeSupplier(supplier=resolved(suppliers()[2]), name=" ".join(["Sociedade"] * 90)),
        secrets=("hidden-7431",),
    )


@contextmanager
def out_of_reach() -> Iterator[Execution]:
    """Give a system whose server nobody finds."""
    nowhere = SqlConnection(NOWHERE, timeout=10)
    with opened(NOWHERE, ProcedureRoute(SqlProcedures(nowhere))) as system:
        yield system.execution
