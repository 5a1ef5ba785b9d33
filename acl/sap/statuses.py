"""How SAP tells how far an order and its items have come, which no single column says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from acl.conditions import AnyOf, Comparison, Condition, Where
from acl.engine.codec import Codec, Unreadable, never_written
from acl.sap.codecs import RESULTS
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.purchasing import LineStatus, OrderStatus
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from acl.engine.fields import Raws

_CODE = ProblemKind.INVALID_CODE
_FLAG = Facets(forms=(Form.BOOLEAN,))
_QUANTITY = Facets(forms=(Form.DECIMAL, Form.TEXT))


def _item_status(deletion: object, complete: object, received: object, ordered: object) -> LineStatus:
    if deletion not in ("", "L"):
        reason = f"{deletion!r} is neither blank nor L; a blocked item has no counterpart here"
        raise Unreadable(_CODE, reason, "SAP-CODE-04", column="PurchasingDocumentDeletionCode", raw=deletion)
    if type(complete) is not bool:
        reason = f"{complete!r} is neither true nor false"
        raise Unreadable(_CODE, reason, "SAP-CODE-01", column="IsCompletelyDelivered", raw=complete)
    if deletion == "L":
        return LineStatus.CANCELLED
    came, wanted = Decimal(cast("str", received)), Decimal(cast("str", ordered))
    if complete:
        return LineStatus.RECEIVED if came >= wanted else LineStatus.CLOSED
    return LineStatus.OPEN if came == 0 else LineStatus.PARTLY_RECEIVED


ITEM_STATUS = Codec(
    name="item_status",
    decode=_item_status,
    encode=never_written,
    kind=_CODE,
    absent=(),
    quirks=("SAP-CODE-04",),
    produces=(LineStatus,),
    facets=(Facets(forms=(Form.TEXT,), length=1, codes=("", "L")), _FLAG, _QUANTITY, _QUANTITY),
    raws=lambda strategies: strategies.sampled_from(
        (("", False, "0", "5"), ("L", False, "0", "5"), ("", True, "5", "5"))
    ),
)
"""Deleted is cancelled; delivered completely is received, or closed when less came; else the quantities say."""

_PROCESSING = {
    "01": OrderStatus.DRAFT, "02": None, "03": OrderStatus.PENDING_APPROVAL, "05": None, "08": OrderStatus.REJECTED,
}  # fmt: skip
_ITEM_FLAGS = ("PurchasingDocumentDeletionCode", "IsCompletelyDelivered", "YY1_ReceivedQuantity_PDI", "OrderQuantity")


def _order_status(processing: object, items: object) -> OrderStatus:
    """Judge deletion first, then approval; a released order is what its items say (SAP-CODE-05, SAP-CODE-07)."""
    if processing not in _PROCESSING:
        reason = f"{processing!r} is not one of the known codes {', '.join(_PROCESSING)}"
        raise Unreadable(_CODE, reason, "SAP-CODE-06", column="PurchasingProcessingStatus", raw=processing)
    before_release = _PROCESSING[processing]
    lines = {_item_status(*map(cast("Raws", item).get, _ITEM_FLAGS)) for item in RESULTS.unwrap(items)}
    if before_release is not None and lines != {LineStatus.CANCELLED}:
        return before_release
    return OrderStatus.told_by_lines(lines)


def _asked(value: OrderStatus) -> tuple[Where, ...]:
    if value is OrderStatus.CANCELLED:  # its items say so, and they cannot be asked
        return ()
    codes = [code for code, status in _PROCESSING.items() if status is value]
    codes = codes or [code for code, status in _PROCESSING.items() if status is None]
    return (AnyOf(tuple(Condition("PurchasingProcessingStatus", Comparison.EQ, code) for code in codes)),)


ORDER_STATUS = Codec(
    name="order_status",
    decode=_order_status,
    encode=never_written,
    kind=_CODE,
    absent=(),
    quirks=("SAP-CODE-06", "SAP-CODE-05", "SAP-CODE-07"),
    produces=(OrderStatus,),
    narrows=_asked,
    facets=(
        Facets(forms=(Form.TEXT,), length=2, codes=tuple(_PROCESSING)),
        Facets(forms=(Form.RECORD,), nullable=False, inside=_ITEM_FLAGS),
    ),
    raws=lambda strategies: strategies.tuples(
        strategies.sampled_from(list(_PROCESSING)), strategies.just({"results": []})
    ),
)
"""Cancelled once all items are deleted; else the processing status until release, and what its items say afterwards."""
