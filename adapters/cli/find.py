"""``dragoman find``: the records that match."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, TypeVar

from cyclopts import App, Parameter

from adapters.cli.criteria import OrderCriteria, SupplierCriteria
from adapters.cli.exits import Exit
from adapters.cli.progress import Progress
from adapters.cli.records import record_of
from adapters.cli.screen import Screen, Sheet
from adapters.cli.sheets import order_sheet, supplier_sheet
from adapters.cli.source import Json, Source, opened
from domain.errors import InvalidValue
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier

if TYPE_CHECKING:
    from acl.collection import Collection

K = TypeVar("K", PurchaseOrderId, SupplierId)
Q = TypeVar("Q")
A = TypeVar("A", PurchaseOrder, Supplier)
_PAGE = 50
Limit = Annotated[
    int | None, Parameter(help=f"At most so many. Without it, {_PAGE} in a table and all of them in JSON.")
]

find = App(name="find", help="Show the records of a system that match all given options.")


@find.command(name="purchase-orders")
def purchase_orders(
    *,
    criteria: OrderCriteria | None = None,
    limit: Limit = None,
    json: Json = False,
    source: Source | None = None,
) -> int:
    """Show the purchase orders that match all given options, in the order of their keys.

    Try:

    - `dragoman find purchase-orders --system protheus --status open --from 2024-01-01`
    - `dragoman find purchase-orders --currency KWD --json | jq .total`
    - `dragoman find purchase-orders --after 450150 --limit 20`
    """
    query = (OrderCriteria() if criteria is None else criteria).query()
    with opened(source) as (site, erp):
        screen = Screen()
        _answer(screen, erp.purchase_orders, query, limit, order_sheet, json=json)
        _tell_refused(screen, erp.name, len(site.refusals(erp.name)))
    return Exit.DONE


@find.command(name="suppliers")
def suppliers(
    *,
    criteria: SupplierCriteria | None = None,
    limit: Limit = None,
    json: Json = False,
    source: Source | None = None,
) -> int:
    """Show the suppliers that match all given options, in the order of their keys.

    Try:

    - `dragoman find suppliers --system protheus --country DE`
    - `dragoman find suppliers --block all --json`
    - `dragoman find suppliers --name "o'neil"`
    """
    query = (SupplierCriteria() if criteria is None else criteria).query()
    with opened(source) as (site, erp):
        screen = Screen()
        _answer(screen, erp.suppliers, query, limit, supplier_sheet, json=json)
        _tell_refused(screen, erp.name, len(site.refusals(erp.name)))
    return Exit.DONE


def _answer(
    screen: Screen,
    collection: Collection[K, Q, A],
    query: Q,
    limit: int | None,
    sheet: Callable[[Sequence[A]], Sheet],
    *,
    json: bool,
) -> None:
    if limit is not None and limit < 1:
        raise InvalidValue(f"--limit: {limit} records are none; ask for at least one")
    most = None if limit is None else min(limit, sys.maxsize)  # islice counts no further
    impossible = collection.plan(query).impossible
    if impossible is not None:
        screen.note(f"Nothing can match in this system: {impossible}.")
    with Progress("reading", silent=json and screen.is_terminal) as progress:
        found = progress.over(collection.find(query))
        if json:
            for record in islice(found, most):
                screen.json(record_of(record))
            return
        shown = list(islice(found, _PAGE if most is None else most))
        more = next(_rest(found), None) is not None
    screen.sheet(sheet(shown))
    if not shown and impossible is None:
        screen.note("Nothing matches.")
    if more:
        screen.note(f"{len(shown)} are shown and more follow: go on with --after {shown[-1].id}, or raise --limit.")


def _rest(found: Iterator[A]) -> Iterator[A]:
    return islice(found, 1)


def _tell_refused(screen: Screen, system: str, count: int) -> None:
    if count > 0:
        screen.note(
            f"{count} record{' was' if count == 1 else 's were'} refused on the way: "
            f"`dragoman quarantine --system {system}` says why."
        )
