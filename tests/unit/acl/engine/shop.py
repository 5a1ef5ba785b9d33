"""A small shop's orders: one attribute of each kind, and records that a test changes only where it looks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from attrs import field, frozen

from acl.codecs.codes import code
from acl.codecs.iso import iso_currency
from acl.codecs.numbers import decimal, decimal_text
from acl.codecs.text import text
from acl.mapping import Mapping, Shape, each_row, many, mapping, money, optional, provenance
from domain.identifiers import LineNumber, PurchaseOrderId
from domain.money import Money
from domain.provenance import SourceRef
from ports.errors import Problem
from tests.unit.acl.reading import ORIGIN, Kept, both_paths

T = TypeVar("T")
Record = dict[str, object]
Row = tuple[object, ...]


class State(Enum):
    """How far an order or a line is."""

    OPEN = "open"
    PAID = "paid"
    LOST = "lost"


@frozen
class Line:
    """One line of an order."""

    number: LineNumber
    name: str
    count: Decimal
    state: State


@frozen
class Order:
    """An order with its lines."""

    id: PurchaseOrderId
    note: str | None
    state: State
    total: Money
    lines: tuple[Line, ...]
    source: SourceRef = field(eq=False)


@frozen
class Sheet:
    """An order of a system whose rows repeat the header."""

    id: PurchaseOrderId
    rate: Decimal
    lines: tuple[Line, ...]


STATES = {"O": State.OPEN, "P": State.PAID}

LINE = mapping(Line, record="LINE")(
    number=text("No", width=4, into=LineNumber),
    name=text("Name", width=10),
    count=decimal("Count", places=2),
    state=code("State", STATES, quirk="Q-2"),
)
ORDER = mapping(Order, record="ORDER")(
    id=text("Id", width=10, into=PurchaseOrderId),
    note=optional(text("Note", width=20)),
    state=code("State", STATES, quirk="Q-1"),
    total=money(decimal_text("Total", places=3), currency=iso_currency("Currency")),
    lines=many("Lines", LINE, key="number"),
    source=provenance("Id"),
)
LINE_ROW = mapping(Line, record="SHEET", shape=Shape.ROW)(
    number=text("No", width=4, into=LineNumber),
    name=text("Name", width=10),
    count=decimal("Count", places=2),
    state=code("State", STATES),
)
SHEET = mapping(Sheet, record="SHEET", shape=Shape.ROW_SET)(
    id=text("Id", width=10, into=PurchaseOrderId),
    rate=decimal("Rate", places=2),
    lines=each_row(LINE_ROW, key="number"),
)


def a_line(**changes: object) -> Record:
    """Give the record of one open line over two of something."""
    return {"No": "1", "Name": "bolt", "Count": Decimal(2), "State": "O"} | changes


def an_order(**changes: object) -> Record:
    """Give the record of an open order with one line."""
    plain: Record = {"Id": "A1", "Note": None, "State": "O", "Total": "9.90", "Currency": "EUR", "Lines": [a_line()]}
    return plain | changes


def a_row(**changes: object) -> Row:
    """Give one row of a sheet."""
    plain: Record = {"Id": "A1", "Rate": Decimal("1.50"), **a_line()}
    return tuple((plain | changes)[column] for column in SHEET.columns)


def streamed(of: Mapping[T], *pages: Sequence[object]) -> tuple[list[T], Kept]:
    """Read pages to their end; give what was read and what was refused."""
    kept = Kept()
    return list(of.read_all(pages, origin=ORIGIN, quarantine=kept)), kept


def refused(of: Mapping[T], record: object) -> tuple[Problem, ...]:
    """Read a record that must be refused, and by both paths for the same reasons."""
    found = both_paths(of, record)
    assert isinstance(found, tuple), f"this was read as {found!r}"
    return found
