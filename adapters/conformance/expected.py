"""Reading what a person says stands in a system: a file of lines as `dragoman find --json` writes them."""

from __future__ import annotations

import json
from pathlib import Path

from attrs import frozen

from adapters.conformance.opened import Opened
from adapters.conformance.stated import Facts, Stated
from adapters.conformance.structuring import Unfit, structured
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import Misconfigured


@frozen
class Expected(Facts):
    """The records of one file; about a port of which it holds no record it says nothing."""

    every_supplier: tuple[Supplier, ...]
    every_purchase_order: tuple[PurchaseOrder, ...]

    def suppliers(self, opened: Opened) -> Stated[SupplierId, Supplier] | None:
        return Stated(self.every_supplier) if self.every_supplier else None

    def purchase_orders(self, opened: Opened) -> Stated[PurchaseOrderId, PurchaseOrder] | None:
        return Stated(self.every_purchase_order) if self.every_purchase_order else None


def expected_at(path: Path) -> Expected:
    """Read a file of expected records; a line that holds ``lines`` is a purchase order, any other a supplier.

    Raises:
        Misconfigured: it cannot be read, or holds nothing, one key twice, or a line that is no such record.
    """
    suppliers: dict[object, Supplier] = {}
    orders: dict[object, PurchaseOrder] = {}
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if isinstance(record, dict) and "lines" in record:
                order = structured(record, PurchaseOrder)
                known = orders.setdefault(order.id, order) is not order
            else:
                supplier = structured(record, Supplier)
                known = suppliers.setdefault(supplier.id, supplier) is not supplier
        except Unfit as error:
            raise Misconfigured(f"{path}, line {number}: {error}") from None
        except ValueError:
            raise Misconfigured(f"{path}, line {number}: this is not a line of JSON") from None
        if known:
            raise Misconfigured(f"{path}, line {number}: {record['id']} stands there twice")
    if not suppliers and not orders:
        raise Misconfigured(f"{path}: there is no record in it; write it with `dragoman find ... --json`")
    return Expected(tuple(suppliers.values()), tuple(orders.values()))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Misconfigured(f"{path}: it is not a UTF-8 text") from None
    except OSError as error:
        raise Misconfigured(f"{path}: it cannot be read ({error.strerror or error})") from None
