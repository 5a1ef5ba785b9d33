"""Reading what a person says stands in a system: lines as `dragoman find` and `dragoman quarantine` write them."""

from __future__ import annotations

import json
from pathlib import Path

from attrs import frozen

from adapters.conformance.opened import Opened
from adapters.conformance.ports import PURCHASE_ORDERS, SUPPLIERS, A, K, PortLaws, Q
from adapters.conformance.stated import Facts, Stated
from adapters.conformance.structuring import Unfit, structured
from adapters.erp import Erp
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import Misconfigured
from ports.quarantine import Refusal

_KINDS: dict[str, type[PurchaseOrder | Refusal]] = {"lines": PurchaseOrder, "problems": Refusal}
"""What a record is, by a field that no other has; any other record is a supplier."""


@frozen
class Expected(Facts):
    """The records of one file; about a port of which it holds no record it says nothing.

    If it holds refused records, they are all that the system has; under which keys a caller would ask for them it does
    not say.
    """

    every_supplier: tuple[Supplier, ...]
    every_purchase_order: tuple[PurchaseOrder, ...]
    refusals: tuple[Refusal, ...]

    def suppliers(self, opened: Opened) -> Stated[SupplierId, Supplier] | None:
        return self._stated(opened, SUPPLIERS, self.every_supplier)

    def purchase_orders(self, opened: Opened) -> Stated[PurchaseOrderId, PurchaseOrder] | None:
        return self._stated(opened, PURCHASE_ORDERS, self.every_purchase_order)

    def _stated(self, opened: Opened, port: PortLaws[K, Q, A], records: tuple[A, ...]) -> Stated[K, A] | None:
        if not records:
            return None
        self._check_refusals(opened.erp)
        read = port.of(opened.erp).mapping.record
        refused: dict[str, K | None] = {each.source.key: None for each in self.refusals if each.source.record == read}
        return Stated(records, refused if self.refusals else None)

    def _check_refusals(self, erp: Erp) -> None:
        """Refuse refused records that no port of *erp* would meet; they are another system's."""
        suppliers = {erp.suppliers.mapping.record} if "suppliers" in erp.ports else set()
        orders = {erp.purchase_orders.mapping.record} if "purchase_orders" in erp.ports else set()
        strange = [each.source for each in self.refusals if each.source.record not in suppliers | orders]
        if strange:
            told = f"{strange[0]} is expected to be refused, but {erp.name} has no {strange[0].record}"
            raise Misconfigured(
                f"{told}; take the refused records from `dragoman quarantine --system {erp.name} --json`"
            )


def expected_at(path: Path) -> Expected:
    """Read a file of expected records.

    A line that holds ``lines`` is a purchase order, one that holds ``problems`` a refused record, any other a supplier.

    Raises:
        Misconfigured: it cannot be read, or holds nothing, one record twice, or a line that is no such record.
    """
    found: dict[tuple[str, str], Supplier | PurchaseOrder | Refusal] = {}
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = _record(line)
        except Unfit as error:
            raise Misconfigured(f"{path}, line {number}: {error}") from None
        name = _name(record)
        if name in found:
            raise Misconfigured(f"{path}, line {number}: {name[1]} stands there twice")
        found[name] = record
    every = found.values()
    suppliers = tuple(each for each in every if isinstance(each, Supplier))
    orders = tuple(each for each in every if isinstance(each, PurchaseOrder))
    if not suppliers and not orders:
        raise Misconfigured(f"{path}: there is no record in it; write it with `dragoman find ... --json`")
    return Expected(suppliers, orders, tuple(each for each in every if isinstance(each, Refusal)))


def _record(line: str) -> Supplier | PurchaseOrder | Refusal:
    try:
        raw = json.loads(line)
    except ValueError:
        raise Unfit("", "this is not a line of JSON") from None
    fields = raw if isinstance(raw, dict) else {}
    kind: type[Supplier | PurchaseOrder | Refusal] = next((_KINDS[each] for each in _KINDS if each in fields), Supplier)
    return structured(raw, kind)


def _name(record: Supplier | PurchaseOrder | Refusal) -> tuple[str, str]:
    """Give what tells a record from the file's others."""
    if isinstance(record, Refusal):
        return record.source.record, f"{record.source.record} {record.source.key}"
    return type(record).__name__, record.id.text


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Misconfigured(f"{path}: it is not a UTF-8 text") from None
    except OSError as error:
        raise Misconfigured(f"{path}: it cannot be read ({error.strerror or error})") from None
