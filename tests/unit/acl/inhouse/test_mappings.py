"""Both in-house mappings hold the whole scenario, and read odd rows alike quickly and slowly."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acl.inhouse.purchase_orders import PURCHASE_ORDER
from acl.inhouse.suppliers import SUPPLIER
from acl.mapping import Mapping, Origin
from adapters.memory.quarantine import InMemoryQuarantine
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import Problem, TranslationError
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, supplier_of

Row = tuple[object, ...]

ORIGIN = Origin("inhouse", datetime(2026, 1, 2, tzinfo=UTC))
ODD: st.SearchStrategy[object] = st.sampled_from(
    [None, "", " ", "-", "N/A", "0", 0, -1, 1, 9, True, False, 1.0, "1.234", "(1,5)", "R$ 1,50", "US$", "CX12",
     "01/01/1900", "1900-01-01", "06/06/2079", "31.12.29", "Dez 31 2023", "JoÃ£o", "São JoÃ£o", "11.222.333/0001-81",
     "01310100", b"x", [], {}],
)  # fmt: skip
"""What stands in one column or another, where it belongs and where it does not."""
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _rows(written: object, columns: tuple[str, ...]) -> list[Row]:
    rows = cast("list[dict[str, object]]", written if isinstance(written, list) else [written])
    return [tuple(row[column] for column in columns) for row in rows]


def test_every_supplier_of_the_scenario_is_read_back_as_it_was_written() -> None:
    for supplier in map(supplier_of, scenario().suppliers):
        (row,) = _rows(SUPPLIER.write(supplier), SUPPLIER.columns)

        assert SUPPLIER.read(row) == supplier


def test_every_order_of_the_scenario_is_read_back_as_it_was_written() -> None:
    for order in map(purchase_order_of, scenario().orders):
        assert PURCHASE_ORDER.read(_rows(PURCHASE_ORDER.write(order), PURCHASE_ORDER.columns)) == order


@given(SUPPLIER.records(), st.data())
@CALM
def test_the_fast_reader_of_suppliers_never_differs_from_the_slow_one(record: object, data: st.DataObject) -> None:
    _agrees(SUPPLIER, _spoiled(cast("Row", record), data))


@given(PURCHASE_ORDER.records(), st.data())
@CALM
def test_the_fast_reader_of_orders_never_differs_from_the_slow_one(record: object, data: st.DataObject) -> None:
    first, *others = cast("list[Row]", record)
    spoiled = _spoiled(first, data)
    key = PURCHASE_ORDER.columns.index("NUMERO")
    _agrees(PURCHASE_ORDER, [spoiled, *((*row[:key], spoiled[key], *row[key + 1 :]) for row in others)])


def _spoiled(row: Row, data: st.DataObject) -> Row:
    cells = list(row)
    for place in data.draw(st.lists(st.integers(0, len(cells) - 1), max_size=3)):
        cells[place] = data.draw(ODD)
    return tuple(cells)


def _agrees(mapping: Mapping[Supplier] | Mapping[PurchaseOrder], record: object) -> None:
    quarantine = InMemoryQuarantine()
    page = cast("list[object]", record if mapping.shape.name == "ROW_SET" else [record])
    fast: list[object] = list(mapping.read_all([page], origin=ORIGIN, quarantine=quarantine))
    slow, problems = _read_slowly(mapping, record)

    assert fast == slow
    assert [refusal.problems for refusal in quarantine.refusals] == problems


def _read_slowly(
    mapping: Mapping[Supplier] | Mapping[PurchaseOrder], record: object
) -> tuple[list[object], list[tuple[Problem, ...]]]:
    try:
        return [mapping.read(record, origin=ORIGIN)], []
    except TranslationError as error:
        return [], [error.problems]


@pytest.mark.parametrize("mapping", [SUPPLIER, PURCHASE_ORDER], ids=["suppliers", "orders"])
def test_every_attribute_names_its_quirks(mapping: Mapping[Supplier] | Mapping[PurchaseOrder]) -> None:
    for each in mapping.lineage:
        foreign = {quirk for quirk in each.quirks if not quirk.startswith(("INH-", "G"))}

        assert foreign == set(), each
        assert each.quirks != () or each.codec == "provenance", each
