"""Tryton's own notions: what its two databases store differently, and words that say how far an order is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import TypeVar

from acl.codecs.dates import day
from acl.codecs.numbers import computed
from acl.codecs.text import sound
from acl.conditions import Comparison, Condition, Where
from acl.engine.codec import Codec, Unreadable, never_written
from domain.purchasing import LineStatus, OrderStatus
from domain.quantity import finite
from ports.errors import ProblemKind

T = TypeVar("T")
_CODE, _NUMBER, _TEXT = ProblemKind.INVALID_CODE, ProblemKind.INVALID_NUMBER, ProblemKind.INVALID_TEXT


def _day(raw: object) -> date:
    if isinstance(raw, str):
        return date.fromisoformat(raw)
    if type(raw) is not date:
        raise ValueError(raw)
    return raw


DAY = day("day", _day, lambda value: value, absent=(None,), quirk="TRYTON-DATE-01", ordered=False)
"""A day, which PostgreSQL hands out as a date and SQLite as a text."""


def exact(raw: object, column: str) -> Decimal:
    """Give the number that a column holds: SQLite keeps decimals as the bytes of their digits.

    Raises:
        Unreadable: it is none.
    """
    if raw is None:
        raise Unreadable(ProblemKind.MISSING, "a value is required here", column=column, raw=raw)
    try:
        number = Decimal(raw.decode("ascii")) if isinstance(raw, bytes) else Decimal(str(raw))
    except (InvalidOperation, UnicodeDecodeError):
        raise Unreadable(_NUMBER, f"{raw!r} is not a number", column=column, raw=raw) from None
    if not number.is_finite():
        raise Unreadable(_NUMBER, f"{raw!r} is not a number that can be kept", column=column, raw=raw)
    return number


PRICE = Codec(
    name="numeric",
    decode=lambda raw: exact(raw, "purchase_line.unit_price"),
    encode=lambda value: value,
    kind=_NUMBER,
    produces=(Decimal,),
    proves=(finite,),
    raws=lambda strategies: strategies.decimals(0, 10**6, places=4),
)


def _worth(price: object, quantity: object, digits: object) -> Decimal:
    number = exact(price, "purchase_line.unit_price") * exact(quantity, "purchase_line.quantity")
    places = exact(digits, "currency_currency.digits")
    return number.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_EVEN)


WORTH = computed("worth", _worth, raws=(Decimal("12.5000"), 3.0, 2))
"""A line's worth, which Tryton computes when it shows it: rounded to the currency, halves to even."""


def _once(column: str, told: str, *, whole: frozenset[str], none: frozenset[str]) -> Codec[Decimal]:
    def decode(quantity: object, state: object) -> Decimal:
        if state in none:
            return Decimal(0)
        if state not in whole:
            raise Unreadable(_CODE, f"{state!r} does not say how much was {told}", column=column, raw=state)
        return exact(quantity, "purchase_line.quantity")

    return computed(f"quantity_{told}", decode, raws=(3.0, "none"))


RECEIVED = _once("shipment_state", "received", whole=frozenset({"received"}), none=frozenset({"none", "waiting"}))
INVOICED = _once("invoice_state", "invoiced", whole=frozenset({"awaiting payment", "paid"}), none=frozenset({"none"}))
"""The order says when nothing and when all was received or invoiced; what lies between stands in moves and invoices."""

_STATES = {
    ("draft", "none"): (OrderStatus.DRAFT, LineStatus.OPEN),
    ("quotation", "none"): (OrderStatus.PENDING_APPROVAL, LineStatus.OPEN),
    ("cancelled", "none"): (OrderStatus.CANCELLED, LineStatus.CANCELLED),
    ("processing", "waiting"): (OrderStatus.OPEN, LineStatus.OPEN),
    ("processing", "received"): (OrderStatus.RECEIVED, LineStatus.RECEIVED),
    ("done", "received"): (OrderStatus.CLOSED, LineStatus.RECEIVED),
}


def _stated(state: object, shipment: object) -> tuple[OrderStatus, LineStatus]:
    found = _STATES.get((str(state), str(shipment)))
    if found is None:
        raise Unreadable(_CODE, f"{state!r} and {shipment!r} together are no known state of an order")
    return found


def _asked(value: OrderStatus) -> tuple[Where, ...]:
    words = [words for words, (status, _) in _STATES.items() if status is value]
    if not words:
        raise Unreadable(_CODE, f"no order here is {value.value}")
    ((state, shipment),) = words
    return Condition("state", Comparison.EQ, state), Condition("shipment_state", Comparison.EQ, shipment)


def _status(decode: Callable[[object, object], T], *, narrows: Callable[[T], tuple[Where, ...]] | None) -> Codec[T]:
    return Codec(
        name="state_and_shipments",
        decode=decode,
        encode=never_written,
        kind=_CODE,
        absent=(),
        narrows=narrows,
        raws=lambda strategies: strategies.sampled_from(list(_STATES)),
    )


ORDER_STATUS = _status(lambda state, shipment: _stated(state, shipment)[0], narrows=_asked)
LINE_STATUS = _status(lambda state, shipment: _stated(state, shipment)[1], narrows=None)


def _either(description: object, name: object) -> str:
    return sound(name if description in (None, "") else description, "G5")


DESCRIPTION = Codec(
    name="description_or_product",
    decode=_either,
    encode=never_written,
    kind=_TEXT,
    absent=(None, ""),
    raws=lambda strategies: strategies.just((None, "Bolt")),
)
"""What the line says, or else the name of its product."""


def _street(name: object, number: object, whole: object) -> str:
    parts = [sound(raw, "G5") for raw in (name, number) if raw not in (None, "")]
    return ", ".join(parts) if parts else sound(whole, "G5")


STREET = Codec(
    name="street",
    decode=_street,
    encode=never_written,
    kind=_TEXT,
    absent=(None, ""),
    raws=lambda strategies: strategies.just(("Am Hafen", "3a", None)),
)
"""A street with its number in columns of their own, or all of it in one text."""

REGION = Codec(
    name="subdivision",
    decode=lambda raw: sound(raw, "G5").partition("-")[2],
    encode=never_written,
    kind=_TEXT,
    absent=(None, ""),
    raws=lambda strategies: strategies.just("BR-SP"),
)
"""The part of an ISO 3166-2 code after the country."""
