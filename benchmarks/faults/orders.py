"""What is ordered and changed, drawn once for our path and for the script beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Self

from attrs import frozen

from benchmarks.faults.targets import resolved
from domain.commands.purchase_orders import OrderedLine, PlacePurchaseOrder
from domain.commands.suppliers import ChangeSupplier
from domain.currency import Currency
from domain.identifiers import ProductId, SupplierId
from domain.money import Price
from domain.places import Address, Country
from domain.quantity import Quantity
from domain.scope import Scope
from domain.units import Unit

_EUR, _PIECE = Currency("EUR"), Unit("H87")
_FIRST_DAY = date(2026, 3, 2)


@frozen(kw_only=True)
class Order:
    """An order with one line; *price* is for a hundred pieces, in euros."""

    supplier: str
    product: str
    quantity: int
    on: date
    price: Decimal = Decimal("11.35")

    @classmethod
    def drawn(cls, draw: Random, *, supplier: str, product: str) -> Self:
        """Draw how much, and on which day."""
        on = _FIRST_DAY + timedelta(days=draw.randrange(300))
        return cls(supplier=supplier, product=product, quantity=draw.randint(1, 9999), on=on)

    @property
    def milliseconds(self) -> int:
        """The day as some vendors count it, since 1970."""
        return int(datetime.combine(self.on, time(), UTC).timestamp()) * 1000


def ordered(order: Order, scope: Scope) -> PlacePurchaseOrder:
    """Give the command to place an order."""
    line = OrderedLine(
        product=resolved(ProductId(order.product), scope),
        ordered=Quantity(Decimal(order.quantity), _PIECE),
        price=Price(_EUR, order.price, Quantity(Decimal(100), _PIECE)),
        due_on=None,
    )
    supplier = resolved(SupplierId(order.supplier), scope)
    return PlacePurchaseOrder(supplier=supplier, ordered_on=order.on, currency=_EUR, reference=None, lines=(line,))


def renamed(supplier: SupplierId, scope: Scope, *, name: str, town: str) -> ChangeSupplier:
    """Give the command to change what a supplier is called, and where it is."""
    address = Address(street="Am Hafen, 3", city=town, region=None, postal_code=None, country=Country("DE"))
    return ChangeSupplier(supplier=resolved(supplier, scope), name=name, address=address)
