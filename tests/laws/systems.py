"""The four systems on their sandboxes, opened afresh for every law while the sandboxes keep running."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module

from attrs import frozen
from pydantic import SecretStr

from acl.conditions import Where
from adapters.bootstrap import open_system
from adapters.embedded import Embedded
from adapters.erp import Erp, PurchaseOrderCollection
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.settings import SystemSettings
from contracts.laws.purchase_orders import PurchaseOrderSubject
from contracts.laws.suppliers import SupplierSubject
from domain.identifiers import PurchaseOrderId, SupplierId
from ports.purchase_orders import PurchaseOrderQuery
from ports.quarantine import Refusal
from ports.suppliers import SupplierQuery
from sandbox.broken import Broken
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, supplier_of

NAMES = ("sap", "protheus", "oracle", "inhouse")
WRONG = "not-the-password-7431"
_BROKEN = {
    "sap": "sandbox.sap",
    "oracle": "sandbox.oracle",
    "protheus": "sandbox.protheus.store",
    "inhouse": "sandbox.inhouse.store",
}


def spoiled(name: str) -> tuple[Broken, ...]:
    """Give the records that the sandbox *name* spoils on purpose."""
    found: tuple[Broken, ...] = import_module(_BROKEN[name]).broken()
    return found


@frozen
class Opened:
    """One system with an empty quarantine of its own, and the same with its ERP out of reach."""

    erp: Erp
    quarantine: InMemoryQuarantine
    down: Erp


@contextmanager
def opened(embedded: Embedded, name: str) -> Iterator[Opened]:
    """Open the system *name* twice: as it is, and out of reach."""
    settings, quarantine = embedded.settings(name), InMemoryQuarantine()
    with (
        open_system(name, settings, quarantine) as erp,
        open_system(name, out_of_reach(settings), InMemoryQuarantine()) as down,
    ):
        yield Opened(erp, quarantine, down)


def out_of_reach(settings: SystemSettings) -> SystemSettings:
    """Give settings with a wrong password, or of a port where nobody listens."""
    if settings.kind in ("sap", "oracle"):
        return settings.model_copy(update={"password": SecretStr(WRONG)})
    return settings.model_copy(update={"url": SecretStr(f"postgresql://erp:{WRONG}@127.0.0.1:1/erp")})


def suppliers(system: Opened) -> SupplierSubject:
    """Give the suppliers of *system* to the laws."""
    keys = _refused_keys(system, system.erp.suppliers.find(SupplierQuery()), "supplier")
    return SupplierSubject(
        port=system.erp.suppliers,
        expected=tuple(map(supplier_of, scenario().suppliers)),
        quarantined=lambda: system.quarantine.refusals,
        refused={stands: SupplierId(key) for stands, key in keys.items()},
        down=system.down.suppliers,
        secrets=(WRONG,),
    )


def purchase_orders(system: Opened) -> PurchaseOrderSubject:
    """Give the purchase orders of *system* to the laws; the pages that an HTTP server hands out are counted."""
    keys = _refused_keys(system, system.erp.purchase_orders.find(PurchaseOrderQuery()), "purchase_order")
    return PurchaseOrderSubject(
        port=system.erp.purchase_orders,
        expected=tuple(map(purchase_order_of, scenario().orders)),
        quarantined=lambda: system.quarantine.refusals,
        refused={stands: PurchaseOrderId(key) for stands, key in keys.items()},
        down=system.down.purchase_orders,
        fetched=_counted(system.erp.purchase_orders) if system.erp.kind in ("sap", "oracle") else None,
        secrets=(WRONG,),
    )


def _refused_keys(system: Opened, everything: Iterator[object], kind: str) -> dict[str, str]:
    """Learn how the vendor spells the keys of the spoiled records; which records those are, the sandbox says."""
    for _ in everything:
        pass
    spelled = {each.source.key: canonical(each) for each in system.quarantine.refusals}
    system.quarantine.clear()
    assert set(spelled.values()) == {each.key for each in spoiled(system.erp.name) if each.kind == kind}
    return spelled


def _counted(collection: PurchaseOrderCollection) -> Callable[[], int]:
    """Count the pages that *collection* pulls; a database hands out all orders of the scenario in one."""
    fetch, pulled = collection._fetch, [0]

    def counting(where: Sequence[Where]) -> Iterator[Sequence[object]]:
        for page in fetch(where):
            pulled[0] += 1
            yield page

    collection._fetch = counting
    return lambda: pulled[0]


def canonical(refusal: Refusal) -> str:
    """Give the business number behind the key of a refused record, which stands there as the vendor holds it."""
    return refusal.source.key.replace("/", "").lstrip("0")
