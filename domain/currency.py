"""Currencies of ISO 4217 and the number of decimal places of each."""

from __future__ import annotations

from functools import cache

from attrs import Attribute, field, frozen

from domain.errors import InvalidValue


@cache
def _iso_4217() -> dict[str, int]:
    from iso4217 import Currency as Iso  # the table is parsed at import: 40 ms that a caller without money never pays

    return {entry.code: entry.exponent for entry in Iso if entry.exponent is not None}


def _known(_: Currency, __: Attribute[str], code: str) -> None:
    if code not in _iso_4217():
        raise InvalidValue(f"{code!r} is not an ISO 4217 currency")


@frozen
class Currency:
    """One ISO 4217 currency, by its three capital letters.

    Metals and test codes, which have no decimal places, are refused: nobody is invoiced in them.
    """

    code: str = field(validator=_known)
    places: int = field(init=False, eq=False, repr=False)
    """Decimal places of the major unit: 2 for EUR, 0 for JPY, 3 for KWD."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "places", _iso_4217()[self.code])

    def __str__(self) -> str:
        return self.code
