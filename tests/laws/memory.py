"""Subjects in memory: honest ports over the scenario, with a few records that they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Generic, NoReturn

from attrs import frozen

from adapters.memory.purchase_orders import InMemoryPurchaseOrders
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.memory.suppliers import InMemorySuppliers
from contracts.laws.purchase_orders import PurchaseOrderSubject
from contracts.laws.subject import K, Q, Subject, T
from contracts.laws.suppliers import SupplierSubject
from domain.identifiers import PurchaseOrderId, SupplierId
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import Problem, ProblemKind, Unavailable
from ports.quarantine import Refusal
from ports.reads import Reads
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, source_of, supplier_of

PASSWORD = "correct horse battery staple"
_SPOILED_SUPPLIERS = ("00000001", "10002400", "99999999")
_SPOILED_ORDERS = ("000001", "450100", "45C999", "999999")


@frozen
class OutOfReach(Reads[K, Q, T], Generic[K, Q, T]):
    """A port whose ERP does not answer."""

    def get(self, key: K) -> T:
        return self._fail()

    def find(self, query: Q) -> Iterator[T]:
        yield self._fail()

    def _fail(self) -> NoReturn:
        raise Unavailable("the ERP at 127.0.0.1 did not answer; try again later")


def refusal(record: str, key: str) -> Refusal:
    """Refuse a record for its date."""
    problem = Problem(
        "ordered_on", "DT", "'31/02/2024'", ProblemKind.INVALID_DATE, "there is no such day", "INH-DATE-01"
    )
    return Refusal(source_of(record, key), (problem,), f"NR={key} DT=31/02/2024")


@cache
def _suppliers() -> tuple[Supplier, ...]:
    return tuple(map(supplier_of, scenario().suppliers))


@cache
def _orders() -> tuple[PurchaseOrder, ...]:
    return tuple(map(purchase_order_of, scenario().orders))


def suppliers(*, size: int | None = None) -> SupplierSubject:
    """Make a fresh port over the first *size* suppliers, all by default."""
    expected, quarantine = _suppliers()[:size], InMemoryQuarantine()
    refused = [refusal("supplier", key) for key in _SPOILED_SUPPLIERS]
    port = InMemorySuppliers(expected, refused=refused, quarantine=quarantine)
    return Subject(
        port=port,
        expected=expected,
        quarantined=lambda: quarantine.refusals,
        refused={key: SupplierId(key) for key in _SPOILED_SUPPLIERS},
        down=OutOfReach(),
        fetched=lambda: port.examined,
        secrets=(PASSWORD,),
        is_sandbox=True,
    )


def purchase_orders(*, size: int | None = None, spoiled: tuple[str, ...] = _SPOILED_ORDERS) -> PurchaseOrderSubject:
    """Make a fresh port over the first *size* orders, all by default, that refuses the *spoiled* ones."""
    expected, quarantine = _orders()[:size], InMemoryQuarantine()
    refused = [refusal("purchase order", key) for key in spoiled]
    port = InMemoryPurchaseOrders(expected, refused=refused, quarantine=quarantine)
    return Subject(
        port=port,
        expected=expected,
        quarantined=lambda: quarantine.refusals,
        refused={key: PurchaseOrderId(key) for key in spoiled},
        down=OutOfReach(),
        fetched=lambda: port.examined,
        secrets=(PASSWORD,),
        is_sandbox=True,
    )
