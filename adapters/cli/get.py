"""``dragoman get``: one record by its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from cyclopts import App, Parameter

from adapters.cli.exits import Exit
from adapters.cli.records import record_of
from adapters.cli.screen import Screen, Sheet
from adapters.cli.sheets import facts, line_sheet
from adapters.cli.source import Json, Source, opened
from domain.errors import DomainError, InvalidValue
from domain.identifiers import PurchaseOrderId, SupplierId

K = TypeVar("K", PurchaseOrderId, SupplierId)

get = App(name="get", help="Show one record of a system, by its key.")
Key = Annotated[str, Parameter(help="The record's key in this system.")]


@get.command(name="purchase-orders")
def purchase_orders(key: Key, /, *, json: Json = False, source: Source | None = None) -> int:
    """Show one purchase order with its lines.

    Try `dragoman get purchase-orders 450003 --system protheus`.
    """
    wanted = _key(PurchaseOrderId, key)
    with opened(source) as (_, erp):
        order = erp.purchase_orders.get(wanted)
    screen = Screen()
    if json:
        screen.json(record_of(order))
        return Exit.DONE
    told = [*facts(order), ("total", str(order.total))]
    if screen.is_narrow:
        screen.sheet(_facts_sheet(f"purchase order {order.id}", told))
        return Exit.DONE
    header = [(path, text) for path, text in told if not path.startswith("lines[")]
    screen.sheet(_facts_sheet(f"purchase order {order.id}", header))
    screen.line()
    screen.sheet(line_sheet(order.lines))
    return Exit.DONE


@get.command(name="suppliers")
def suppliers(key: Key, /, *, json: Json = False, source: Source | None = None) -> int:
    """Show one supplier.

    Try `dragoman get suppliers 10000102 --system protheus --json`.
    """
    wanted = _key(SupplierId, key)
    with opened(source) as (_, erp):
        supplier = erp.suppliers.get(wanted)
    screen = Screen()
    if json:
        screen.json(record_of(supplier))
    else:
        screen.sheet(_facts_sheet(f"supplier {supplier.id}", list(facts(supplier))))
    return Exit.DONE


def _facts_sheet(title: str, told: list[tuple[str, str]]) -> Sheet:
    return Sheet(title, ("field", "value"), told, wrapped=("value",))


def _key(make: Callable[[str], K], text: str) -> K:
    try:
        return make(text)
    except DomainError as error:
        raise InvalidValue(f"KEY: {error}") from None
