"""What the in-house system is asked for a command, given how its target stands."""

from __future__ import annotations

from attrs import evolve

from acl.inhouse.commands.catalogue import InHouseCommands, inhouse_commands
from acl.inhouse.commands.programs import Call, Stored
from domain.commands.command import Command
from domain.outcomes import Reference
from domain.purchasing import PurchaseOrder
from domain.suppliers import Supplier
from ports.errors import NotWritable, Problem
from sandbox.scenario import scenario
from tests.builders import purchase_order_of, supplier_of

INHOUSE = inhouse_commands({})
MARK = Reference("ABCDEFGHJK23")
SUPPLIER: Supplier = next(supplier_of(each) for each in scenario().suppliers if each.bank is not None)
ORDER: PurchaseOrder = next(purchase_order_of(each) for each in scenario().orders if each.status == "open")
"""Open, with lines of which nothing has come."""


def asked(
    command: Command, stands: Supplier | PurchaseOrder | None = None, *, commands: InHouseCommands = INHOUSE
) -> Call:
    """Give the call for *command*; the test fails if there is none."""
    call = commands.call(command, None if stands is None else Stored(value=stands, version="v"))
    assert call is not None
    return call


def nothing_asked(command: Command, stands: Supplier | PurchaseOrder) -> bool:
    """Say whether nothing has to be written."""
    return INHOUSE.call(command, Stored(value=stands, version="v")) is None


def problem(command: Command, stands: Supplier | PurchaseOrder | None = None) -> Problem:
    """Give the one reason why the system cannot be asked for *command*."""
    try:
        asked(command, stands).arguments(MARK)
    except NotWritable as error:
        (only,) = error.problems
        return only
    raise AssertionError(f"{command.terms.action} can be asked for")


def order_in(**changes: object) -> PurchaseOrder:
    """Give the order as it would stand otherwise."""
    return evolve(ORDER, **changes)  # type: ignore[arg-type]  # attributes of the class, by name
