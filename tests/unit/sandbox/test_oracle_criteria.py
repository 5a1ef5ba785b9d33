"""Finding in the Oracle sandbox: pages, sorting and criteria, as plain Python would have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from sandbox.oracle import broken, oracle_server
from sandbox.oracle.schema import ADF
from sandbox.scenario import Order, scenario
from tests.unit.sandbox.oracle_caller import Integrator

FACTS = scenario()
ORDERS = (*FACTS.orders, *FACTS.deleted_orders)
SUPPLIERS = (*FACTS.suppliers, *FACTS.deleted_suppliers)


def where(attribute: str, operator: str, *values: str, capitals: bool = False) -> str:
    asked = "".join(f"<a:value>{value}</a:value>" for value in values)
    compare = "<a:upperCaseCompare>true</a:upperCaseCompare>" if capitals else ""
    item = f"{compare}<a:attribute>{attribute}</a:attribute><a:operator>{operator}</a:operator>{asked}"
    return f"<a:filter><a:group><a:item>{item}</a:item></a:group></a:filter>"


def sorted_by(name: str, *, descending: bool = False) -> str:
    way = f"<a:descending>{str(descending).lower()}</a:descending>"
    return f"<a:sortOrder><a:sortAttribute><a:name>{name}</a:name>{way}</a:sortAttribute></a:sortOrder>"


@pytest.fixture(scope="module")
def oracle() -> Iterator[Integrator]:
    with oracle_server(page_limit=1000) as server, Integrator(server) as integrator:
        yield integrator


@pytest.fixture
def small_pages() -> Iterator[Integrator]:
    with oracle_server(page_limit=7) as server, Integrator(server) as integrator:
        yield integrator


def test_a_page_is_cut_to_the_limit_without_a_word(small_pages: Integrator) -> None:
    assert len(small_pages.find("PurchaseOrder")) == 7
    assert len(small_pages.find("PurchaseOrder", "<a:fetchSize>500</a:fetchSize>")) == 7
    assert len(small_pages.find("PurchaseOrder", "<a:fetchSize>3</a:fetchSize>")) == 3
    assert small_pages.find("PurchaseOrder", "<a:fetchSize>0</a:fetchSize>") == []


def test_pages_one_after_the_other_give_every_row_once(small_pages: Integrator) -> None:
    keys: list[str] = []
    while page := small_pages.find(
        "Supplier", f"<a:fetchStart>{len(keys)}</a:fetchStart>{sorted_by('SupplierNumber')}"
    ):
        keys += page

    assert keys == sorted([s.number for s in SUPPLIERS] + [fault.key for fault in broken() if fault.kind == "supplier"])


def test_rows_come_in_no_order_of_keys_unless_asked(oracle: Integrator) -> None:
    as_they_come = oracle.find("PurchaseOrder")

    assert as_they_come != sorted(as_they_come)
    assert as_they_come == oracle.find("PurchaseOrder")
    assert oracle.find("PurchaseOrder", sorted_by("OrderNumber", descending=True)) == sorted(as_they_come, reverse=True)


def test_absent_values_are_sorted_behind_the_others(oracle: Integrator) -> None:
    keys = oracle.find("PurchaseOrder", where("OrderNumber", "&lt;", "49") + sorted_by("SupplierOrderReference"))

    references = {order.number: order.reference for order in ORDERS}
    absent = [references[key] is None for key in keys]
    assert absent == sorted(absent)
    assert True in absent


SOME_DAY = FACTS.orders[50].ordered_on
ORDER_CONDITIONS: list[tuple[str, Callable[[Order], bool]]] = [
    (where("StatusCode", "=", "PARTIALLY RECEIVED"), lambda o: o.status == "partly_received"),
    (where("StatusCode", "IN", "OPEN", "CANCELED"), lambda o: o.status in ("open", "cancelled")),
    (where("CurrencyCode", "=", "KWD"), lambda o: o.currency == "KWD"),
    (where("CurrencyCode", "=", "kwd"), lambda o: False),
    (where("CurrencyCode", "=", "kwd", capitals=True), lambda o: o.currency == "KWD"),
    (where("OrderDate", "&gt;=", f"{SOME_DAY}"), lambda o: o.ordered_on >= SOME_DAY),
    (where("OrderDate", "&lt;=", f"{SOME_DAY}"), lambda o: o.ordered_on <= SOME_DAY),
    (where("OrderDate", "&gt;", f"{SOME_DAY}"), lambda o: o.ordered_on > SOME_DAY),
    (where("OrderDate", "&lt;", f"{SOME_DAY}"), lambda o: o.ordered_on < SOME_DAY),
    (where("OrderDate", "=", f"{SOME_DAY}+02:00"), lambda o: o.ordered_on == SOME_DAY),
    (where("OrderNumber", "&gt;", "450150"), lambda o: o.number > "450150"),
    (where("OrderNumber", "&lt;", "450150"), lambda o: o.number < "450150"),
    (where("SupplierOrderReference", "=", "REQ-00001"), lambda o: o.reference == "REQ-00001"),
    (where("PurchaseOrderLine.ItemNumber", "=", "A/B 1"), lambda o: any(n.product == "A/B 1" for n in o.lines)),
    (where("PurchaseOrderLine.Amount", "&gt;", "1000000.0"), lambda o: any(n.amount > 1_000_000 for n in o.lines)),
    (where("PurchaseOrderLine.LineNumber", "=", "300"), lambda o: any(n.number == 300 for n in o.lines)),
    (where("DeletedFlag", "=", "Y"), lambda o: o.deleted),
]


@pytest.mark.parametrize(("criteria", "expected"), ORDER_CONDITIONS, ids=[each[:90] for each, _ in ORDER_CONDITIONS])
def test_a_condition_finds_just_the_orders_that_meet_it(
    oracle: Integrator, criteria: str, expected: Callable[[Order], bool]
) -> None:
    known = {order.number for order in ORDERS}

    found = [key for key in oracle.find("PurchaseOrder", criteria) if key in known]

    assert sorted(found) == sorted(order.number for order in ORDERS if expected(order))


def test_all_conditions_must_hold(oracle: Integrator) -> None:
    items = "".join(
        f"<a:item><a:attribute>{name}</a:attribute><a:operator>=</a:operator><a:value>{value}</a:value></a:item>"
        for name, value in (("StatusCode", "CLOSED"), ("CurrencyCode", "EUR"))
    )

    found = oracle.find("PurchaseOrder", f"<a:filter><a:group>{items}</a:group></a:filter>")

    expected = {o.number for o in ORDERS if o.status == "closed" and o.currency == "EUR"}
    assert set(found) - {fault.key for fault in broken()} == expected
    assert expected


def test_suppliers_are_found_by_flags_however_they_are_written_and_by_words(oracle: Integrator) -> None:
    held = oracle.find("Supplier", where("HoldAllPaymentsFlag", "=", "true"))
    german = oracle.find("Supplier", where("SupplierAddress.Country", "=", "DE"))
    named = oracle.find("Supplier", where("SupplierName", "CONTAINS", "o'neil", capitals=True))

    assert set(held) == {s.number for s in SUPPLIERS if s.block in ("payment", "all")}
    assert set(german) == {s.number for s in SUPPLIERS if s.country == "DE"}
    assert set(named) == {s.number for s in SUPPLIERS if "O'Neil" in s.name}
    assert held
    assert named


def test_hostile_text_in_a_criterion_is_only_text(oracle: Integrator) -> None:
    assert oracle.find("Supplier", where("SupplierName", "=", "O'Neil'; DROP TABLE x --")) == []
    assert oracle.find("Supplier", where("SupplierName", "CONTAINS", "%")) == []


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        (where("Nonsense", "=", "1"), "JBO-25058"),
        (where("PurchaseOrderLine", "=", "1"), "JBO-25058"),
        (sorted_by("PurchaseOrderLine.ItemNumber"), "JBO-25058"),
        (where("OrderNumber", "LIKE", "45%"), "JBO-26061"),
        (where("OrderNumber", "="), "JBO-26061"),
        (where("OrderNumber", "=", "1", "2"), "JBO-26061"),
        ("<a:fetchStart>-1</a:fetchStart>", "JBO-26061"),
        (where("OrderDate", "=", "2024-02-30"), "JBO-25009"),
        (where("PurchaseOrderLine.Amount", "&gt;", "1.234,56"), "JBO-25009"),
    ],
)
def test_criteria_that_make_no_sense_are_refused_with_a_code(oracle: Integrator, criteria: str, code: str) -> None:
    content = f"<p:findPurchaseOrder><p:findCriteria>{criteria}</p:findCriteria></p:findPurchaseOrder>"
    fault = oracle.call("PurchaseOrder", content)

    assert fault.findtext("faultcode") == "env:Server"
    assert fault.findtext(f"detail/{{{ADF}}}ServiceErrorMessage/{{{ADF}}}code") == code
