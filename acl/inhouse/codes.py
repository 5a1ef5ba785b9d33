"""What the in-house system's numbers and words mean, as the years have shown; a site extends these tables."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from acl.engine.codec import Codec, Unreadable
from domain.currency import Currency
from domain.places import Country
from domain.purchasing import LineStatus, OrderStatus
from domain.suppliers import SupplierBlock
from domain.units import Unit

T = TypeVar("T")

PIVOT = 30
"""Two-digit years below it are of this century, the others of the last (INH-DATE-05)."""

COUNTRIES = {
    "BRASIL": Country("BR"), "Brasil": Country("BR"), "ALEMANHA": Country("DE"), "Alemanha": Country("DE"),
    "EUA": Country("US"), "E.U.A.": Country("US"), "JAPAO": Country("JP"), "JAPÃO": Country("JP"),
    "KUWAIT": Country("KW"), "KUAITE": Country("KW"), "SUICA": Country("CH"), "SUÍÇA": Country("CH"),
}  # fmt: skip
"""Countries in words."""

CURRENCIES = {
    "R$": Currency("BRL"), "BRL": Currency("BRL"), "US$": Currency("USD"), "USD": Currency("USD"),
    "EUR": Currency("EUR"), "€": Currency("EUR"), "JPY": Currency("JPY"), "KWD": Currency("KWD"),
    "CHF": Currency("CHF"),
}  # fmt: skip
"""Currencies by sign or code."""

UNITS = {
    "UN": Unit("H87"), "UND": Unit("H87"), "PC": Unit("H87"), "KG": Unit("KGM"), "Kg": Unit("KGM"),
    "MT": Unit("MTR"), "M": Unit("MTR"), "LT": Unit("LTR"), "L": Unit("LTR"), "CX": Unit("XBX"),
    "HR": Unit("HUR"), "H": Unit("HUR"),
}  # fmt: skip
"""Units of measure; a box of twelve (``CX12``) is none of them (INH-UNIT-01)."""

PRICED_PER = {number: Decimal(number) for number in (1, 100, 1000)}
"""How many units a price is stated for."""

BLOCKS = {1: SupplierBlock.NONE, 2: SupplierBlock.PURCHASING, 3: SupplierBlock.PAYMENT, 4: SupplierBlock.ALL}
"""What is stopped for a supplier; 9, deleted, is nobody's state but a row to leave out (INH-SOFT-01)."""

STATUSES = {
    0: OrderStatus.DRAFT, 1: OrderStatus.PENDING_APPROVAL, 2: OrderStatus.OPEN, 3: OrderStatus.PARTLY_RECEIVED,
    4: OrderStatus.RECEIVED, 5: OrderStatus.CLOSED, 7: OrderStatus.REJECTED, 8: OrderStatus.CANCELLED,
}  # fmt: skip
"""How far an order has come; 9 is a deleted one, and nobody has ever seen 6."""

LINE_STATUSES = {
    0: LineStatus.OPEN, 1: LineStatus.PARTLY_RECEIVED, 2: LineStatus.RECEIVED, 3: LineStatus.CLOSED,
    9: LineStatus.CANCELLED,
}  # fmt: skip
"""How far a line has come; here 9 is cancelled, and not deleted."""


def from_column(codec: Codec[T], column: str, raw: object) -> T:
    """Decode one column of several.

    Raises:
        Unreadable: the code is not known; it blames this column alone.
    """
    try:
        return codec.decode(raw)
    except Unreadable as error:
        raise Unreadable(error.kind, error.reason, error.quirk, column=column, raw=raw) from None
