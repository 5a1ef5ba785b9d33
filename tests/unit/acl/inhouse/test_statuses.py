"""States by number, with the marks beside them, and the code tables that a site extends."""

from __future__ import annotations

import pytest

from acl.conditions import Comparison, Condition
from acl.inhouse.codes import BLOCKS, STATUSES
from acl.inhouse.purchase_orders import PURCHASE_ORDER
from acl.inhouse.statuses import block, order_status
from acl.inhouse.suppliers import SUPPLIER
from domain.currency import Currency
from domain.purchasing import OrderStatus
from domain.suppliers import SupplierBlock
from ports.errors import ProblemKind
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery
from tests.unit.acl.inhouse.reading import problem, read, written

STATUS = order_status("STATUS", "EXCLUIDO", "NUMERO_SEM_PEDIDO")
BLOCK = block("SITUACAO", "COD_PRINC")


@pytest.mark.parametrize(("number", "status"), STATUSES.items())
def test_every_known_state_of_an_order_is_read_and_written(number: int, status: OrderStatus) -> None:
    assert read(STATUS, number, 0, None) is status
    assert written(STATUS, status) == (number, 0, None)


@pytest.mark.parametrize(("number", "state"), BLOCKS.items())
def test_every_known_block_is_read_and_written(number: int, state: SupplierBlock) -> None:
    assert read(BLOCK, number, None) is state
    assert written(BLOCK, state) == (number, None)


@pytest.mark.parametrize("number", [6, 9, 10, -1, None, "2", True])
def test_an_unseen_number_is_a_problem_and_never_a_fallback(number: object) -> None:
    found = problem(STATUS, number, 0, None)

    assert (found.column, found.raw, found.kind, found.quirk) == (
        "STATUS", repr(number), ProblemKind.INVALID_CODE, "INH-CODE-01",
    )  # fmt: skip


@pytest.mark.parametrize("mark", [2, 1, -1, None, "0", False])
def test_a_mark_that_is_neither_deleted_nor_not_is_a_problem(mark: object) -> None:
    found = problem(STATUS, 2, mark, None)

    assert (found.column, found.raw, found.kind, found.quirk) == (
        "EXCLUIDO", repr(mark), ProblemKind.INVALID_CODE, "INH-CODE-02",
    )  # fmt: skip


def test_lines_without_a_header_are_blamed_on_their_number() -> None:
    found = problem(STATUS, None, None, "900013")

    assert (found.column, found.raw, found.kind, found.quirk) == (
        "NUMERO", "'900013'", ProblemKind.MISSING, "INH-KEY-03",
    )  # fmt: skip


def test_a_duplicate_of_nobody_is_refused() -> None:
    found = problem(BLOCK, 1, 55)

    assert (found.column, found.raw, found.kind, found.quirk) == (
        "COD_PRINC", "55", ProblemKind.AMBIGUOUS, "INH-KEY-01",
    )  # fmt: skip


def test_a_state_is_asked_of_the_database_with_its_marks() -> None:
    plan = PURCHASE_ORDER.plan(PurchaseOrderQuery(status=OrderStatus.OPEN))

    assert plan.pushed == (
        Condition("STATUS", Comparison.EQ, 2),
        Condition("EXCLUIDO", Comparison.EQ, 0),
        Condition("NUMERO_SEM_PEDIDO", Comparison.EQ, None),
    )


def test_a_site_adds_a_status_and_a_block_of_its_own() -> None:
    orders = PURCHASE_ORDER.with_codes({"status": {6: OrderStatus.PENDING_APPROVAL}})
    suppliers = SUPPLIER.with_codes({"block": {5: SupplierBlock.ALL}})
    status: object = orders.root.parts["status"]
    state: object = suppliers.root.parts["block"]

    assert read(status, 6, 0, None) is OrderStatus.PENDING_APPROVAL
    assert read(state, 5, None) is SupplierBlock.ALL
    assert written(state, SupplierBlock.ALL) == (4, None)
    assert len(suppliers.plan(SupplierQuery(block=SupplierBlock.ALL)).local) == 1


def test_a_site_adds_a_currency_to_the_amounts_too() -> None:
    added: dict[object, object] = {"A$": Currency("AUD")}
    paths = ("currency", "lines.price.currency", "lines.amount")
    line = PURCHASE_ORDER.with_codes(dict.fromkeys(paths, added)).root.parts["lines"]

    amount = line.item.parts["amount"]  # type: ignore[attr-defined]  # the field of the rows, which has an item

    assert str(read(amount, "12,50", "A$")) == "12.50 AUD"
