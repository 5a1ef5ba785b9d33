"""How far items and orders have come in SAP: several columns say it together."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from acl.conditions import AnyOf, Comparison, Condition
from acl.mapping import Mapping, column, read_only
from acl.sap.statuses import ITEM_STATUS, ORDER_STATUS
from domain.purchasing import LineStatus, OrderStatus
from ports.errors import Problem, ProblemKind
from tests.unit.acl.laws import LAW, canonical, hostile, is_read_fast, is_told_alike_by_both_paths
from tests.unit.acl.reading import Sample, both_paths, read_value, sample, sample_of

_ITEM_COLUMNS = ("PurchasingDocumentDeletionCode", "IsCompletelyDelivered", "Received", "Ordered")
_ITEM = sample(read_only(column(ITEM_STATUS, *_ITEM_COLUMNS), because="the test reads it only"))
_ORDER = sample(
    read_only(column(ORDER_STATUS, "PurchasingProcessingStatus", "items"), because="the test reads it only")
)
_CODE = ProblemKind.INVALID_CODE
_REFUSED = [
    ("SAP-CODE-04", _ITEM, ("S", False, "0", "5"), _CODE, "PurchasingDocumentDeletionCode",
     "'S' is neither blank nor L; a blocked item has no counterpart here"),
    ("SAP-CODE-04", _ITEM, ("X", False, "0", "5"), _CODE, "PurchasingDocumentDeletionCode",
     "'X' is neither blank nor L; a blocked item has no counterpart here"),
    ("SAP-CODE-01", _ITEM, ("", "X", "0", "5"), _CODE, "IsCompletelyDelivered", "'X' is neither true nor false"),
    ("SAP-CODE-06", _ORDER, ("26", []), _CODE, "PurchasingProcessingStatus",
     "'26' is not one of the known codes 01, 02, 03, 05, 08"),
    ("SAP-HTTP-10", _ORDER, ("05", {"__deferred": {}}), ProblemKind.DRIFT, "PurchasingProcessingStatus, items",
     "the list was not loaded"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("flags", "status"),
    [
        (("", False, "0.000", "5.000"), LineStatus.OPEN),
        (("", False, "2.000", "5.000"), LineStatus.PARTLY_RECEIVED),
        (("", False, "5.000", "5.000"), LineStatus.PARTLY_RECEIVED),
        (("", True, "5.000", "5.000"), LineStatus.RECEIVED),
        (("", True, "6.000", "5.000"), LineStatus.RECEIVED),
        (("", True, "2.000", "5.000"), LineStatus.CLOSED),
        (("", True, "0.000", "5.000"), LineStatus.CLOSED),
        (("L", False, "0.000", "5.000"), LineStatus.CANCELLED),
        (("L", True, "5.000", "5.000"), LineStatus.CANCELLED),
    ],
    ids=lambda each: each if isinstance(each, str) else None,
)
def test_an_item_says_how_far_it_has_come_by_four_columns(flags: tuple[object, ...], status: LineStatus) -> None:
    assert read_value(_ITEM, *flags) is status


_OPEN = ("", False, "0.000", "5.000")
_PART = ("", False, "2.000", "5.000")
_DONE = ("", True, "5.000", "5.000")
_SHORT = ("", True, "2.000", "5.000")
_GONE = ("L", False, "0.000", "5.000")
_FLAGS = ("PurchasingDocumentDeletionCode", "IsCompletelyDelivered", "YY1_ReceivedQuantity_PDI", "OrderQuantity")


@pytest.mark.parametrize("released", ["02", "05"])
@pytest.mark.parametrize(
    ("items", "status"),
    [
        ((_GONE, _GONE), OrderStatus.CANCELLED),
        ((_GONE, _SHORT), OrderStatus.CLOSED),
        ((_SHORT,), OrderStatus.CLOSED),
        ((_DONE, _SHORT), OrderStatus.CLOSED),
        ((_DONE, _GONE), OrderStatus.RECEIVED),
        ((_OPEN,), OrderStatus.OPEN),
        ((_OPEN, _GONE), OrderStatus.OPEN),
        ((_OPEN, _DONE), OrderStatus.PARTLY_RECEIVED),
        ((_OPEN, _SHORT), OrderStatus.PARTLY_RECEIVED),
        ((_PART, _GONE), OrderStatus.PARTLY_RECEIVED),
    ],
    ids=lambda each: each.value if isinstance(each, OrderStatus) else None,
)
def test_a_released_order_is_what_its_items_say_together(
    released: str, items: tuple[tuple[object, ...], ...], status: OrderStatus
) -> None:
    """SAP-CODE-05, SAP-CODE-07: no column of the header says it."""
    listed = [dict(zip(_FLAGS, item, strict=True)) for item in items]

    assert read_value(_ORDER, released, {"results": listed}) is status


@pytest.mark.parametrize(
    ("processing", "status"),
    [("01", OrderStatus.DRAFT), ("03", OrderStatus.PENDING_APPROVAL), ("08", OrderStatus.REJECTED)],
)
def test_an_order_that_is_not_released_is_what_its_processing_status_says(processing: str, status: OrderStatus) -> None:
    """SAP-CODE-06, SAP-CODE-07: approval comes before how far the items have come."""
    items = [dict(zip(_FLAGS, item, strict=True)) for item in (_DONE, _GONE)]

    assert read_value(_ORDER, processing, {"results": items}) is status
    assert read_value(_ORDER, processing, {"results": []}) is status


@pytest.mark.parametrize("processing", ["01", "02", "03", "05", "08"])
def test_an_order_all_of_whose_items_are_deleted_is_cancelled_whatever_its_approval(processing: str) -> None:
    """SAP-CODE-07: deletion comes before approval."""
    items = [dict(zip(_FLAGS, _GONE, strict=True))] * 2

    assert read_value(_ORDER, processing, {"results": items}) is OrderStatus.CANCELLED


def test_asking_for_a_status_narrows_to_the_codes_that_may_have_it() -> None:
    assert ORDER_STATUS.narrows is not None
    assert ORDER_STATUS.narrows(OrderStatus.CANCELLED) == ()
    assert ORDER_STATUS.narrows(OrderStatus.DRAFT) == (AnyOf((_processing("01"),)),)
    assert ORDER_STATUS.narrows(OrderStatus.OPEN) == (AnyOf((_processing("02"), _processing("05"))),)


def _processing(code: str) -> Condition:
    return Condition("PurchasingProcessingStatus", Comparison.EQ, code)


@pytest.mark.parametrize(
    ("quirk", "of", "raws", "kind", "column", "reason"), _REFUSED, ids=[f"{row[0]} {row[2]}" for row in _REFUSED]
)
def test_a_flag_that_nobody_knows_is_refused_with_its_kind_its_quirk_its_column_and_a_sentence(
    quirk: str, of: Mapping[Sample], raws: tuple[object, ...], kind: ProblemKind, column: str, reason: str
) -> None:
    (problem,) = cast("tuple[Problem, ...]", both_paths(of, sample_of(of, *raws)))

    assert (problem.kind, problem.quirk) == (kind, quirk)
    assert (problem.column, problem.reason) == (column, reason)


@LAW
@given(data=st.data())
def test_both_paths_say_the_same_of_any_flags_of_an_item(data: DataObject) -> None:
    is_told_alike_by_both_paths(_ITEM, data.draw(hostile(_ITEM)))


@LAW
@given(data=st.data())
def test_canonical_flags_of_an_item_are_read_by_the_generated_reader(data: DataObject) -> None:
    is_read_fast(_ITEM, data.draw(canonical(_ITEM)))
