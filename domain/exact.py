"""Arithmetic of decimals that never rounds, whatever decimal context the caller has set."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation

from domain.errors import InvalidValue

_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])
"""More digits than any ERP keeps; a result that needs still more is refused."""


def added(left: Decimal, right: Decimal) -> Decimal:
    """Give the exact sum.

    Raises:
        InvalidValue: it has more than sixty digits.
    """
    try:
        return _EXACT.add(left, right)
    except Inexact:
        raise InvalidValue(f"{left} and {right} are too far apart to be added exactly") from None


def subtracted(left: Decimal, right: Decimal) -> Decimal:
    """Give the exact difference.

    Raises:
        InvalidValue: it has more than sixty digits.
    """
    return added(left, right.copy_negate())
