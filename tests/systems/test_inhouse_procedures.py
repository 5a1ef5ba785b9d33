"""The in-house system keeps the laws of writing by its stored procedures, and what only they do is told rightly."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import inf

import pytest
from attrs import evolve
from sqlalchemy import create_engine, text, update

from acl.inhouse.commands.answers import Answer
from adapters.sql.engines import SqlConnection
from adapters.sql.procedures import SqlProcedures
from adapters.systems.inhouse_routes import ProcedureRoute
from contracts.laws.execution import ExecutionLaws
from contracts.laws.executions import ExecutionSubject, reference
from domain.commands.suppliers import BlockSupplier
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.images import NOTHING, missing
from domain.money import Money
from domain.outcomes import Done
from domain.purchasing import OrderStatus
from domain.suppliers import SupplierBlock
from ports.errors import Conflict, Locked, NotLocatable, OutcomeUnknown, Unavailable
from sandbox.inhouse.books import Day, have
from sandbox.inhouse.store import install
from sandbox.inhouse.tables import FORNECEDORES
from tests.databases import installed
from tests.governed.examples import resolved
from tests.systems.inhouse_writing import (
    REAIS,
    InHouse,
    by_procedures,
    creating,
    one_of_each,
    one_of_each_kind,
    out_of_reach,
    suppliers,
    told_about_procedures,
)


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database on each kind of server, which every test fills anew."""
    with installed(request.param, install, tmp_path_factory.mktemp("inhouse")) as found:
        yield found


class TestProceduresKeepTheLaws(ExecutionLaws):
    @pytest.fixture
    def subject(self, request: pytest.FixtureRequest, url: str) -> Iterator[ExecutionSubject]:
        commands = one_of_each_kind() if "fault" in request.fixturenames else one_of_each()
        with by_procedures(url) as (system, wire), out_of_reach() as down:
            yield told_about_procedures(system, wire, down, commands)


@pytest.fixture
def system(url: str) -> Iterator[InHouse]:
    with by_procedures(url) as (found, _):
        yield found


MARK = reference("one")
BLOCK, PLACE, RENAME = one_of_each()[:3]
UPPER = {
    "postgresql": (
        """create or replace function "GRITA"() returns trigger language plpgsql as
           $$ begin new."NOME" := upper(new."NOME"); return new; end $$""",
        'create trigger "GRITA" before update on "FORNECEDORES" for each row execute function "GRITA"()',
    ),
    "mariadb": ("create trigger GRITA before update on FORNECEDORES for each row set new.NOME = upper(new.NOME)",),
}


def kind_of(system: InHouse) -> str:
    return "postgresql" if system.url.startswith("postgresql") else "mariadb"


def test_what_a_trigger_has_changed_is_not_proven(system: InHouse) -> None:
    """INH-TRG-02: the procedure says that all went well, and what stands there is not what was asked for."""
    for statement in UPPER[kind_of(system)]:
        system.execute(text(statement))
    done = system.execution.perform(RENAME, reference=MARK, expected=None)
    assert isinstance(done, Done)
    wrong = missing(RENAME.effect, system.execution.read_back(RENAME, done))

    assert [(each.path, each.before, each.after) for each in wrong] == [
        ("name", "NOVA FIRMA LTDA.", "Nova Firma Ltda.")
    ]
    assert system.execution.locate(RENAME, reference=MARK) == (done,)


def test_a_procedure_that_commits_by_itself_and_then_fails_leaves_the_outcome_open(system: InHouse) -> None:
    have(system.url, Day.COMMITS_AND_FAILS)
    for command in (BLOCK, PLACE):
        mark = reference(command)
        with pytest.raises(OutcomeUnknown, match="may have written before"):
            system.execution.perform(command, reference=mark, expected=None)
        assert len(system.execution.locate(command, reference=mark)) == 1
    assert system.committed == 2


def test_a_failure_that_nobody_can_look_behind_leaves_the_outcome_open(system: InHouse) -> None:
    have(system.url, Day.COLLIDING)
    with pytest.raises(Unavailable, match="collided"):
        system.execution.perform(PLACE, reference=MARK, expected=None)
    system.execute(text("drop table acl_ref"))
    with pytest.raises(OutcomeUnknown):
        system.execution.perform(PLACE, reference=MARK, expected=None)


def test_a_record_that_another_transaction_holds_is_locked(system: InHouse) -> None:
    """The database stops the call after half of the time that is given to it; nothing was written."""
    procedures = SqlProcedures(SqlConnection(system.url, timeout=2))
    hurried = evolve(system.execution, route=ProcedureRoute(procedures))
    engine = create_engine(system.url)
    with engine.connect() as somebody:
        somebody.execute(update(FORNECEDORES).values(CEP=FORNECEDORES.c["CEP"]))
        with pytest.raises(Locked, match="in use"):
            hurried.perform(BLOCK, reference=MARK, expected=None)
        somebody.rollback()
    engine.dispose()
    procedures.close()

    assert system.execution.locate(BLOCK, reference=MARK) == ()


def test_a_change_between_the_last_look_and_the_call_is_a_conflict(system: InHouse) -> None:
    """The version that was seen goes out with the call, and is looked at in the transaction that writes."""
    for command in one_of_each():
        if command.terms.creates is None:
            stands = system.execution.records.read(command.subjects[0].id)  # type: ignore[union-attr]  # resolved
            system.meddle(command)
            call = system.execution.commands.call(command, stands)
            assert call is not None
            answer = system.execution.route.send(call, reference(command), until=inf)
            assert isinstance(answer, Answer)
            assert isinstance(answer.no("inhouse"), Conflict)
    assert system.committed == 0


def test_the_second_call_under_one_reference_is_not_a_second_write(system: InHouse) -> None:
    first = system.execution.perform(PLACE, reference=MARK, expected=None)
    with pytest.raises(OutcomeUnknown, match="JA LANCADO"):
        system.execution.perform(PLACE, reference=MARK, expected=None)

    assert system.execution.locate(PLACE, reference=MARK) == (first,)
    assert system.committed == 1


def test_what_is_missing_is_told_and_then_nothing_is_called(system: InHouse) -> None:
    assert list(system.execution.lacks()) == []
    system.execute(text("drop table acl_ref"))
    name = '"SP_PEDIDO_INCLUIR"' if kind_of(system) == "postgresql" else "SP_PEDIDO_INCLUIR"
    system.execute(text(f"drop procedure {name}"))

    table, procedure = system.execution.lacks()
    assert "create the table acl_ref (id, table, key)" in table
    assert "SP_PEDIDO_INCLUIR is not there" in procedure
    with pytest.raises(NotLocatable, match="acl_ref"):
        system.execution.locate(PLACE, reference=MARK)
    with pytest.raises(OutcomeUnknown):  # it was turned away, but where nobody can look, nobody knows
        system.execution.perform(PLACE, reference=MARK, expected=None)


def test_what_is_there_is_not_called_for_again(system: InHouse) -> None:
    supplier = resolved(suppliers()[0])
    command = BlockSupplier(supplier=supplier, block=SupplierBlock.NONE)

    assert system.execution.perform(command, reference=MARK, expected=None) == Done(record=supplier.id)
    assert system.committed == 0


def test_an_order_reads_back_as_the_old_system_keeps_it(system: InHouse) -> None:
    """The number is its own, it waits for approval, and its lines are valued there (INH-NUM-04)."""
    done = system.execution.perform(PLACE, reference=MARK, expected=None)
    assert isinstance(done, Done)
    assert isinstance(done.record, PurchaseOrderId)
    order = system.erp.purchase_orders.get(done.record)

    assert order.status is OrderStatus.PENDING_APPROVAL
    assert [str(line.amount.amount) for line in order.lines] == ["136.20", "0.28"]
    assert system.execution.observe(PLACE).fact("order value") == Money(REAIS, Decimal("136.48"))


def test_a_supplier_that_was_created_can_be_blocked_again(system: InHouse) -> None:
    command = creating()
    done = system.execution.perform(command, reference=MARK, expected=None)
    assert isinstance(done, Done)
    assert isinstance(done.record, SupplierId)
    undo = command.undo(NOTHING, resolved(done.record))
    system.execution.perform(undo, reference=reference("undo"), expected=None)

    stored = system.erp.suppliers.get(done.record)
    assert (stored.name, stored.tax_ids, stored.block) == (command.name, command.tax_ids, SupplierBlock.ALL)
