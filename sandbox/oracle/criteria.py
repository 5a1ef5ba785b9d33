"""The find criteria that both services understand.

``findCriteria`` holds, all optional: ``fetchStart`` rows to skip, 0 without it; ``fetchSize`` rows to give, cut to the
page limit without a word; ``filter``; ``sortOrder``.

- ``filter`` has ``group`` elements, a group has ``item`` elements, and all of them must hold: the only ``conjunction``
  is ``And``. An item names an ``attribute`` (of a child with a dot: ``PurchaseOrderLine.ItemNumber``, and one child
  suffices), an ``operator`` and its ``value``: ``=``, ``>``, ``>=``, ``<``, ``<=``, ``CONTAINS`` with one, ``IN`` with
  several. An attribute without a value meets no condition. Days compare without their zones, texts as they stand:
  ``upperCaseCompare`` on the group or the item makes them compare in capitals.
- ``sortOrder`` has ``sortAttribute`` elements with ``name`` (no dot) and ``descending``; absent values come last, or
  first when descending. Without it rows come by their internal ids, which is no order that people know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import eq, ge, gt, le, lt

from lxml.etree import _Element

from sandbox.oracle.faults import no_such_attribute, no_such_criteria, no_such_value
from sandbox.oracle.rows import Row
from sandbox.oracle.schema import ADF, attributes

_Comparable = tuple[Decimal, str]
_COMPARE: Mapping[str, Callable[[_Comparable, _Comparable], bool]] = {
    "=": eq, ">": gt, ">=": ge, "<": lt, "<=": le, "IN": eq,
    "CONTAINS": lambda found, asked: asked[1] in found[1],
}  # fmt: skip
_NUMBERS = ("AmountType", "MeasureType", "decimal", "int", "long")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_NS = {"a": ADF}


@dataclass(frozen=True)
class Condition:
    """One item of a filter."""

    attribute: str
    kind: str
    operator: str
    asked: tuple[_Comparable, ...]
    capitals: bool

    def holds(self, row: Row) -> bool:
        """Say whether any value of *row* meets one of the asked ones; a spoilt value meets none."""
        compare = _COMPARE[self.operator]
        for text in row.values.get(self.attribute, ()):
            found = comparable(self.kind, text, capitals=self.capitals)
            if found is not None and any(compare(found, asked) for asked in self.asked):
                return True
        return False


@dataclass(frozen=True)
class Criteria:
    """What one find asks; *size* None when it does not say."""

    start: int
    size: int | None
    conditions: tuple[Condition, ...]
    order: tuple[tuple[str, str, bool], ...]

    def select(self, rows: Iterable[Row], limit: int) -> list[Row]:
        """Give the rows of the asked page, no more than *limit*."""
        found = [row for row in rows if all(condition.holds(row) for condition in self.conditions)]
        found.sort(key=lambda row: row.id)
        for attribute, kind, descending in reversed(self.order):
            found.sort(key=lambda row: _place(row, attribute, kind), reverse=descending)
        size = limit if self.size is None else min(self.size, limit)
        return found[self.start : self.start + size]


def read_criteria(record: str, element: _Element, *, flexfields: bool = True) -> Criteria:
    """Read a ``findCriteria`` that fits its XSD.

    Raises:
        SoapFault: an attribute, operator or value that the service does not know.
    """
    kinds = attributes(record, flexfields=flexfields)
    start, size = element.findtext("a:fetchStart", "0", _NS), element.findtext("a:fetchSize", None, _NS)
    if int(start) < 0 or (size is not None and int(size) < 0):
        raise no_such_criteria("fetchStart and fetchSize cannot be negative.")
    conditions = tuple(_condition(record, kinds, item) for item in element.iterfind("a:filter/a:group/a:item", _NS))
    order = tuple(_sort(record, kinds, asked) for asked in element.iterfind("a:sortOrder/a:sortAttribute", _NS))
    return Criteria(int(start), None if size is None else int(size), conditions, order)


def _condition(record: str, kinds: Mapping[str, str], item: _Element) -> Condition:
    attribute = item.findtext("a:attribute", "", _NS)
    operator = item.findtext("a:operator", "", _NS)
    if attribute not in kinds:
        raise no_such_attribute(record, attribute)
    if operator not in _COMPARE:
        raise no_such_criteria(f"There is no operator {operator}.")
    kind = "string" if operator == "CONTAINS" else kinds[attribute]
    capitals = _true(item) or _true(item.getparent())
    values = [value.text or "" for value in item.iterfind("a:value", _NS)]
    if not values or (len(values) > 1 and operator != "IN"):
        raise no_such_criteria(f"The operator {operator} does not take {len(values)} values.")
    asked = []
    for value in values:
        converted = comparable(kind, value, capitals=capitals)
        if converted is None:
            raise no_such_value(attribute, kind, value)
        asked.append(converted)
    return Condition(attribute, kind, operator, tuple(asked), capitals)


def _true(element: _Element | None) -> bool:
    return element is not None and element.findtext("a:upperCaseCompare", "", _NS).strip() in ("true", "1")


def _sort(record: str, kinds: Mapping[str, str], asked: _Element) -> tuple[str, str, bool]:
    attribute = asked.findtext("a:name", "", _NS)
    if attribute not in kinds or "." in attribute:
        raise no_such_attribute(record, attribute)
    return attribute, kinds[attribute], asked.findtext("a:descending", "", _NS).strip() in ("true", "1")


def _place(row: Row, attribute: str, kind: str) -> tuple[bool, _Comparable]:
    texts = row.values.get(attribute)
    value = None if texts is None else comparable(kind, texts[0])
    return (value is None, (Decimal(0), "") if value is None else value)


def comparable(kind: str, text: str, *, capitals: bool = False) -> _Comparable | None:
    """Give what orders values of the XSD type *kind*; None for a text that is none of it."""
    if kind in _NUMBERS:
        return (Decimal(text), "") if _NUMBER.fullmatch(text) else None
    if kind == "boolean":
        return {"true": (Decimal(1), ""), "1": (Decimal(1), ""), "false": (Decimal(0), ""), "0": (Decimal(0), "")}.get(
            text
        )
    if kind == "date":
        day = _DAY.fullmatch(text)
        try:
            return None if day is None else (Decimal(date.fromisoformat(day[1]).toordinal()), "")
        except ValueError:
            return None
    return Decimal(0), text.upper() if capitals else text
