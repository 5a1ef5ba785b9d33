"""The best translator that is written by hand: the reference of the benchmark.

It does what a careful team would do once it had measured: tuples are unpacked, the public constructors are called
directly, values that repeat are remembered in dictionaries, a float becomes a decimal by counting quanta. It checks
what the mapping checks; what it does not recognise it refuses.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from acl.protheus.codes import CURRENCIES, UNITS
from domain.identifiers import LineNumber, ProductId
from domain.money import Money, Price
from domain.purchasing import LineStatus, PurchaseOrderLine
from domain.quantity import Quantity
from domain.units import Unit

_CENT, _THOUSANDTH, _TENTH_OF_MIL = Decimal("0.01"), Decimal("0.001"), Decimal("0.0001")


class _Numbers(dict[str, LineNumber]):
    def __missing__(self, raw: str) -> LineNumber:
        self[raw] = number = LineNumber(raw.lstrip("0"))
        return number


class _Products(dict[str, ProductId | None]):
    def __missing__(self, raw: str) -> ProductId | None:
        text = raw.rstrip(" ")
        self[raw] = product = ProductId(text) if text else None
        return product


class _Days(dict[str, date | None]):
    def __missing__(self, raw: str) -> date | None:
        if raw == "        ":
            day = None
        elif len(raw) == 8 and raw.isdecimal():
            day = date.fromisoformat(raw)
        else:
            raise ValueError(raw)
        self[raw] = day
        return day


class _Bases(dict[tuple[float, str], Quantity]):
    def __missing__(self, raw: tuple[float, str]) -> Quantity:
        self[raw] = base = Quantity(Decimal(int(raw[0])), UNITS[raw[1]])
        return base


_NUMBERS, _PRODUCTS, _DAYS, _BASES = _Numbers(), _Products(), _Days(), _Bases()


def _thousandths(raw: float) -> Decimal:
    count = round(raw * 1000.0)
    if count / 1000.0 != raw:
        raise ValueError(raw)
    return count * _THOUSANDTH


def _was_meant(decimal: float, raw: float) -> bool:
    return abs(decimal - raw) <= 1e-6 * abs(decimal)


def line_status(residue: str, received: float, ordered: float) -> LineStatus:
    """Say how far a line has come."""
    if residue == "S":
        return LineStatus.CANCELLED if received == 0.0 else LineStatus.CLOSED
    if received == 0.0:
        return LineStatus.OPEN
    return LineStatus.RECEIVED if received >= ordered else LineStatus.PARTLY_RECEIVED


def translate(rows: Sequence[tuple[object, ...]]) -> list[PurchaseOrderLine]:
    """Translate rows in the order of the mapping's columns; raises for a row that is not right."""
    found: list[PurchaseOrderLine] = []
    keep = found.append
    numbers, products, days, bases, units, currencies = _NUMBERS, _PRODUCTS, _DAYS, _BASES, UNITS, CURRENCIES
    for item, code, text, ordered, unit_code, received, invoiced, coin, price, base, total, due, residue in rows:
        unit: Unit = units[unit_code]  # type: ignore[index]  # a row is a tuple of objects; the columns' types are known
        currency = currencies[coin]  # type: ignore[index]  # as above
        cents = round(total * 100.0)  # type: ignore[operator]  # as above
        mils = round(price * 10_000.0)  # type: ignore[operator]  # as above
        if (cents / 100.0 != total and not _was_meant(cents / 100.0, total)) or (  # type: ignore[arg-type]  # as above
            mils / 10_000.0 != price and not _was_meant(mils / 10_000.0, price)  # type: ignore[arg-type]  # as above
        ):
            raise ValueError(total, price)
        description = text.rstrip(" ")  # type: ignore[attr-defined]  # as above
        if not description:
            raise ValueError(text)
        keep(
            PurchaseOrderLine(
                number=numbers[item],  # type: ignore[index]  # as above
                product=products[code],  # type: ignore[index]  # as above
                description=description,
                ordered=Quantity(_thousandths(ordered), unit),  # type: ignore[arg-type]  # as above
                received=Quantity(_thousandths(received), unit),  # type: ignore[arg-type]  # as above
                invoiced=Quantity(_thousandths(invoiced), unit),  # type: ignore[arg-type]  # as above
                price=Price(currency, mils * _TENTH_OF_MIL, bases[base, unit_code]),  # type: ignore[index]  # as above
                amount=Money(currency, cents * _CENT),
                due_on=days[due],  # type: ignore[index]  # as above
                status=line_status(residue, received, ordered),  # type: ignore[arg-type]  # as above
            )
        )
    return found
