"""Purchase orders: what was ordered, what came, what was invoiced, and what may happen next."""

from __future__ import annotations

from collections.abc import Callable, Set
from datetime import date
from decimal import Decimal
from enum import Enum

from attrs import Attribute, evolve, field, frozen, validators

from domain.currency import Currency
from domain.dates import Validity, calendar_day
from domain.errors import CurrencyMismatch, InvalidValue, LifecycleViolation, UnitMismatch
from domain.identifiers import LineNumber, ProductId, PurchaseOrderId, SupplierId
from domain.money import Money, Price
from domain.provenance import SourceRef
from domain.quantity import Quantity
from domain.text import words


class LineStatus(Enum):
    """How far one line has come; ``CLOSED`` means that no more is expected although not all came."""

    OPEN = "open"
    PARTLY_RECEIVED = "partly_received"
    RECEIVED = "received"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def expects_goods(self) -> bool:
        """More may still come."""
        return self in (LineStatus.OPEN, LineStatus.PARTLY_RECEIVED)


class OrderStatus(Enum):
    """How far an order has come."""

    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    REJECTED = "rejected"
    OPEN = "open"
    PARTLY_RECEIVED = "partly_received"
    RECEIVED = "received"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Nothing can happen to the order any more."""
        return not _MOVES[self]

    @classmethod
    def told_by_lines(cls, lines: Set[LineStatus]) -> OrderStatus:
        """Give the status of a released order that has lines of these statuses.

        An order of which one line was closed short did not all come, whatever came of the others.
        """
        if lines <= {LineStatus.CANCELLED}:
            return cls.CANCELLED
        if not any(line.expects_goods for line in lines):
            return cls.CLOSED if LineStatus.CLOSED in lines else cls.RECEIVED
        return cls.OPEN if lines <= {LineStatus.OPEN, LineStatus.CANCELLED} else cls.PARTLY_RECEIVED

    def may_become(self, other: OrderStatus) -> bool:
        """Say whether the business knows a move from this status to *other*."""
        return other in _MOVES[self]


_S = OrderStatus
_MOVES: dict[OrderStatus, frozenset[OrderStatus]] = {
    _S.DRAFT: frozenset({_S.PENDING_APPROVAL, _S.OPEN, _S.CANCELLED}),
    _S.PENDING_APPROVAL: frozenset({_S.OPEN, _S.REJECTED, _S.CANCELLED}),
    _S.REJECTED: frozenset({_S.DRAFT, _S.CANCELLED}),
    _S.OPEN: frozenset({_S.PENDING_APPROVAL, _S.PARTLY_RECEIVED, _S.RECEIVED, _S.CLOSED, _S.CANCELLED}),
    _S.PARTLY_RECEIVED: frozenset({_S.RECEIVED, _S.CLOSED}),
    _S.RECEIVED: frozenset({_S.CLOSED}),
    _S.CLOSED: frozenset(),
    _S.CANCELLED: frozenset(),
}


@frozen(kw_only=True)
class PurchaseOrderLine:
    """One line of a purchase order.

    The quantities *ordered*, *received* and *invoiced* are in one unit; *price* may be stated in another. *amount* is
    the net value as the ERP states it: it is never recomputed. *due_on* is ``None`` when no date is known; *product*
    is ``None`` for what has no master record.
    """

    number: LineNumber = field(validator=validators.instance_of(LineNumber))
    product: ProductId | None = field(validator=validators.optional(validators.instance_of(ProductId)))
    description: str = field(validator=words)
    ordered: Quantity = field(validator=validators.instance_of(Quantity))
    received: Quantity = field(validator=validators.instance_of(Quantity))
    invoiced: Quantity = field(validator=validators.instance_of(Quantity))
    price: Price = field(validator=validators.instance_of(Price))
    amount: Money = field(validator=validators.instance_of(Money))
    due_on: date | None = field(validator=validators.optional(calendar_day))
    status: LineStatus = field(validator=validators.instance_of(LineStatus))

    def __attrs_post_init__(self) -> None:
        unit = self.ordered.unit
        # identity first: nearly all lines share one object, and comparing two equal ones is slow
        received, invoiced = self.received.unit, self.invoiced.unit
        if (received is not unit and received != unit) or (invoiced is not unit and invoiced != unit):
            units = f"{unit}, {received} and {invoiced}"
            raise UnitMismatch(f"line {self.number} counts in {units}", about=("ordered", "received", "invoiced"))
        priced, worth = self.price.currency, self.amount.currency
        if priced is not worth and priced != worth:
            told = f"line {self.number} is priced in {priced} and worth {self.amount}"
            raise CurrencyMismatch(told, about=("price.currency", "amount.currency"))
        if self.ordered.amount <= 0:
            raise InvalidValue(f"line {self.number} orders {self.ordered}", about=("ordered",))
        if self.received.amount < 0:
            raise InvalidValue(f"line {self.number} received {self.received}", about=("received",))
        if self.invoiced.amount < 0:
            raise InvalidValue(f"line {self.number} was invoiced for {self.invoiced}", about=("invoiced",))

    @property
    def outstanding(self) -> Quantity:
        """What may still come: never negative, zero once the line expects no goods."""
        rest = self.ordered - self.received
        if not self.status.expects_goods or rest.amount < 0:
            return Quantity(Decimal(0), self.ordered.unit)
        return rest


def _lines(
    _: PurchaseOrder, __: Attribute[tuple[PurchaseOrderLine, ...]], lines: tuple[PurchaseOrderLine, ...]
) -> None:
    if not lines:
        raise InvalidValue("an order has at least one line")
    if strange := [line for line in lines if not isinstance(line, PurchaseOrderLine)]:
        raise InvalidValue(f"{strange[0]!r} is no line of an order")
    if len({line.number for line in lines}) != len(lines):
        raise InvalidValue("two lines of the order carry one number", about=("lines.number",))


@frozen(kw_only=True)
class PurchaseOrder:
    """One purchase order; its lines are in the order of the ERP and in one currency.

    *ordered_on* is a calendar day in the company's own zone, *reference* our own reference to the supplier, *validity*
    ``None`` for an order without a term.
    """

    id: PurchaseOrderId = field(validator=validators.instance_of(PurchaseOrderId))
    supplier: SupplierId = field(validator=validators.instance_of(SupplierId))
    ordered_on: date = field(validator=calendar_day)
    currency: Currency = field(validator=validators.instance_of(Currency))
    status: OrderStatus = field(validator=validators.instance_of(OrderStatus))
    reference: str | None = field(validator=validators.optional(words))
    validity: Validity | None = field(validator=validators.optional(validators.instance_of(Validity)))
    lines: tuple[PurchaseOrderLine, ...] = field(validator=[validators.instance_of(tuple), _lines])
    source: SourceRef = field(validator=validators.instance_of(SourceRef), eq=False)

    def __attrs_post_init__(self) -> None:
        for line in self.lines:
            worth = line.amount.currency
            if worth is not self.currency and worth != self.currency:
                told = f"line {line.number} is worth {line.amount} in an order in {self.currency}"
                raise CurrencyMismatch(told, about=("currency", "lines"))

    @property
    def total(self) -> Money:
        """The value of all lines that are not cancelled."""
        amounts = (line.amount for line in self.lines if line.status is not LineStatus.CANCELLED)
        return sum(amounts, start=Money(self.currency, Decimal(0)))

    @property
    def expects_goods(self) -> bool:
        """Something may still be delivered."""
        return self.status in (OrderStatus.OPEN, OrderStatus.PARTLY_RECEIVED) and any(
            line.status.expects_goods for line in self.lines
        )

    def line(self, number: LineNumber) -> PurchaseOrderLine:
        """Give the line of that *number*.

        Raises:
            InvalidValue: the order has no such line.
        """
        for line in self.lines:
            if line.number == number:
                return line
        raise InvalidValue(f"order {self.id} has no line {number}")

    def submit(self) -> PurchaseOrder:
        """Hand a draft, or a changed order, to its approvers."""
        return self._become(OrderStatus.PENDING_APPROVAL)

    def approve(self) -> PurchaseOrder:
        """Release the order to the supplier."""
        return self._become(OrderStatus.OPEN)

    def reject(self) -> PurchaseOrder:
        """Send the order back to its author."""
        return self._become(OrderStatus.REJECTED)

    def cancel(self) -> PurchaseOrder:
        """Give the order up; refused once anything was received."""
        if any(line.received.amount > 0 for line in self.lines):
            raise LifecycleViolation(f"order {self.id} has receipts; close it instead of cancelling it")
        return self._become(OrderStatus.CANCELLED, lambda line: evolve(line, status=LineStatus.CANCELLED))

    def close(self) -> PurchaseOrder:
        """Expect no more goods, whatever is outstanding."""
        return self._become(
            OrderStatus.CLOSED,
            lambda line: evolve(line, status=LineStatus.CLOSED) if line.status.expects_goods else line,
        )

    def receive(self, number: LineNumber, quantity: Quantity) -> PurchaseOrder:
        """Book goods against one line; more than was ordered is legal, less than nothing is not."""
        line = self.line(number)
        if not self.expects_goods or not line.status.expects_goods:
            raise LifecycleViolation(f"line {number} of order {self.id} expects no goods")
        if quantity.amount <= 0:
            raise InvalidValue(f"{quantity} cannot be received")
        received = line.received + quantity
        status = LineStatus.RECEIVED if line.ordered <= received else LineStatus.PARTLY_RECEIVED
        lines = tuple(evolve(each, received=received, status=status) if each is line else each for each in self.lines)
        return evolve(self, lines=lines, status=OrderStatus.told_by_lines({each.status for each in lines}))

    def _become(
        self, status: OrderStatus, change: Callable[[PurchaseOrderLine], PurchaseOrderLine] | None = None
    ) -> PurchaseOrder:
        if not self.status.may_become(status):
            raise LifecycleViolation(f"order {self.id} is {self.status.value} and cannot become {status.value}")
        return evolve(self, status=status, lines=self.lines if change is None else tuple(map(change, self.lines)))
