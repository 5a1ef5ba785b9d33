"""What translating a command into a write has in common, whatever the vendor."""

from __future__ import annotations

from typing import TypeVar

from attrs import evolve

from domain.commands.command import Unchanged
from domain.commands.purchase_orders import ChangePurchaseOrderLine
from domain.errors import DomainError
from domain.purchasing import PurchaseOrder, PurchaseOrderLine
from domain.resolution import Resolved
from ports.errors import NotWritable, Problem, ProblemKind

T = TypeVar("T")


def cannot(path: str, reason: str, quirk: str | None = None) -> NotWritable:
    """Make the error for what an ERP cannot be asked for; *path* is the domain's."""
    return NotWritable([Problem(path, "", "", ProblemKind.RULE, reason, quirk)])


def new_or(value: T | Unchanged, before: T) -> T:
    """Give *value*, or what stood *before* if it is left as it was."""
    return before if isinstance(value, Unchanged) else value


def with_changed_line(order: PurchaseOrder, command: ChangePurchaseOrderLine) -> PurchaseOrder:
    """Give *order* as it shall stand.

    Raises:
        NotWritable: it has no such line, or the line would count in two units, or be priced in another currency.
    """
    if command.line not in {line.number for line in order.lines}:
        raise cannot("lines.number", f"the order has no line {command.line}")
    try:
        lines = (_changed(line, command) if line.number == command.line else line for line in order.lines)
        return evolve(order, lines=tuple(lines))
    except DomainError as error:
        raise cannot("lines", str(error)) from None


def _changed(line: PurchaseOrderLine, command: ChangePurchaseOrderLine) -> PurchaseOrderLine:
    return evolve(
        line,
        ordered=new_or(command.ordered, line.ordered),
        price=new_or(command.price, line.price),
        due_on=new_or(command.due_on, line.due_on),
    )


def key_of(target: object) -> object:
    """Give the key of a target that is there; what a saga is yet to make is bound before anything is sent."""
    if not isinstance(target, Resolved):
        raise cannot("", f"{target!r} has not been made yet")
    return target.id
