"""The value of a line that its table does not hold, and quantities that depend on a neighbour."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from acl.codecs.numbers import computed
from acl.engine.codec import Unreadable
from acl.mapping import column
from ports.errors import ProblemKind

_NUMBER = ProblemKind.INVALID_NUMBER
_CENTS = Decimal("0.01")


def exact(raw: object, name: str) -> Decimal:
    """Give the decimal that a number of a driver stands for, of at most four places.

    Raises:
        Unreadable: it is none, or too fine to have been meant; *name* is the column that is told.
    """
    if type(raw) not in (int, float, Decimal):
        raise Unreadable(_NUMBER, f"{raw!r} is not a number", column=name, raw=raw)
    try:
        number = Decimal(str(raw))
        meant = round(number, 4)
    except InvalidOperation:
        raise Unreadable(_NUMBER, f"{raw!r} is not a number that can be kept", column=name, raw=raw) from None
    if number != meant:
        raise Unreadable(_NUMBER, f"{raw!r} is finer than four places", column=name, raw=raw)
    return meant


def line_value(price: str, quantity: str, discount: str | None = None) -> Decimal:
    """Compute price times quantity, less a discount between 0 and 1, half a cent going up.

    The systems here keep no value of a line and round each line so in their own totals.
    """
    names = (price, quantity) if discount is None else (price, quantity, discount)

    def decode(*raws: object) -> Decimal:
        numbers = [exact(raw, name) for raw, name in zip(raws, names, strict=True)]
        rate = Decimal(1) if discount is None else 1 - numbers[2]
        return (numbers[0] * numbers[1] * rate).quantize(_CENTS, ROUND_HALF_UP)

    return column(computed("line_value", decode), *names)


def quantity_once(quantity: str, day: str) -> Decimal:
    """Read *quantity* once its *day* stands, and zero as long as it is null."""

    def decode(number: object, when: object) -> Decimal:
        return Decimal(0) if when is None else exact(number, quantity)

    return column(computed("quantity_once", decode), quantity, day)
