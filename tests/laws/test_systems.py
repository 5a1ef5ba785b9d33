"""All systems keep the same laws, give the same objects, and refuse what is spoiled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.bootstrap import Systems
from adapters.conformance.embedded import Scenario, business_number
from adapters.conformance.opened import Opened, opened
from adapters.conformance.ports import PURCHASE_ORDERS, SUPPLIERS
from adapters.conformance.subjects import subject_of
from adapters.embedded import Embedded
from adapters.scenario import purchase_order_of, spoiled, supplier_of
from contracts.laws.purchase_orders import PurchaseOrderLaws, PurchaseOrderSubject
from contracts.laws.suppliers import SupplierLaws, SupplierSubject
from ports.purchase_orders import PurchaseOrderQuery
from ports.suppliers import SupplierQuery
from sandbox.broken import Broken
from sandbox.scenario import scenario

NAMES = ("sap", "protheus", "protheus-rest", "oracle", "inhouse")


@pytest.fixture(scope="module")
def embedded() -> Iterator[Systems]:
    with Systems(Embedded()) as running:
        yield running


@pytest.fixture(scope="module", params=NAMES)
def system(request: pytest.FixtureRequest, embedded: Systems) -> Iterator[Opened]:
    with opened(embedded, request.param) as found:
        yield found


@pytest.fixture(scope="module")
def suppliers(system: Opened) -> SupplierSubject:
    return subject_of(system, SUPPLIERS, Scenario().suppliers(system))


@pytest.fixture(scope="module")
def orders(system: Opened) -> PurchaseOrderSubject:
    return subject_of(system, PURCHASE_ORDERS, Scenario().purchase_orders(system))


class TestSuppliersOfEverySystem(SupplierLaws):
    """The suppliers of each of them."""

    @pytest.fixture
    def subject(self, system: Opened, suppliers: SupplierSubject) -> SupplierSubject:
        system.quarantine.clear()
        return suppliers


class TestPurchaseOrdersOfEverySystem(PurchaseOrderLaws):
    """The purchase orders of each of them."""

    @pytest.fixture
    def subject(self, system: Opened, orders: PurchaseOrderSubject) -> PurchaseOrderSubject:
        system.quarantine.clear()
        return orders


def test_every_supplier_and_order_of_the_scenario_is_equal_in_every_system(system: Opened) -> None:
    suppliers = {each.id: each for each in system.erp.suppliers.find(SupplierQuery())}
    orders = {each.id: each for each in system.erp.purchase_orders.find(PurchaseOrderQuery())}

    assert suppliers == {each.id: each for each in map(supplier_of, scenario().suppliers)}
    assert orders == {each.id: each for each in map(purchase_order_of, scenario().orders)}


BROKEN = [
    pytest.param(name, each, id=f"{name}-{each.kind}-{each.key}-{each.quirk}")
    for name in NAMES
    for each in spoiled(name)
]


@pytest.fixture(scope="module")
def refusals(embedded: Systems) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    """Give column, raw value and reason of every problem, by system and business number."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for name in NAMES:
        with opened(embedded, name) as system:
            for _ in system.erp.suppliers.find(SupplierQuery()):
                pass
            for _ in system.erp.purchase_orders.find(PurchaseOrderQuery()):
                pass
            for each in system.quarantine.refusals:
                problems = [(problem.column, problem.raw, problem.reason) for problem in each.problems]
                found[name, business_number(each)] = problems
    return found


@pytest.mark.parametrize(("name", "broken"), BROKEN)
def test_a_spoiled_record_is_refused_with_its_column_raw_value_and_reason(
    name: str, broken: Broken, refusals: dict[tuple[str, str], list[tuple[str, str, str]]]
) -> None:
    problems = refusals[name, broken.key.lstrip("0")]

    assert any(
        broken.column in column.split(", ") and _shown(broken.raw, raw) and reason for column, raw, reason in problems
    ), problems


def _shown(raw: object, text: str) -> bool:
    if isinstance(raw, tuple):  # two elements stand where one is declared
        return all(repr(each) in text for each in raw)
    return repr(raw) in text or (raw is None and text == "(not in the record)")


@pytest.mark.parametrize("name", NAMES)
def test_exactly_the_spoiled_records_are_refused(
    name: str, refusals: dict[tuple[str, str], list[tuple[str, str, str]]]
) -> None:
    assert len(spoiled(name)) == 20
    assert {key for system, key in refusals if system == name} == {each.key for each in spoiled(name)}
