"""Finding Fusion's records by criteria: the live ones, page by page, in the order of their keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import frozen

from acl.codecs.xsd import xsd_day
from acl.conditions import AnyOf, Comparison, Condition, Where
from acl.engine.owed import source_contract
from acl.mapping import Lineage, Unreadable
from acl.mapping import Mapping as RecordMapping
from adapters.erp import Published
from adapters.soap.service import SoapService
from ports.errors import Drifted

T = TypeVar("T")
Record = dict[str, object]
RECORD = "result"
_PAGE = 200
"""Records asked for at once; services give no more than 499, or fewer (FUS-PAGE-01)."""
_OPERATORS = {
    Comparison.EQ: "=", Comparison.GE: ">=", Comparison.GT: ">", Comparison.LE: "<=", Comparison.LT: "<",
}  # fmt: skip
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _is_live_supplier(record: Record) -> bool:
    """Say whether a supplier is not deleted; one of which it cannot be told is left to the mapping, which refuses it.

    A criterion cannot ask for what is nil.
    """
    inactive = record.get("InactiveDate")
    try:
        return inactive is None or inactive == "" or not xsd_day(inactive)
    except (ValueError, Unreadable):
        return True


def _is_live_order(record: Record) -> bool:
    """Say whether an order is not deleted; on most the flag is left out, and a criterion cannot ask for that."""
    return record.get("DeletedFlag") != "Y"


def finding_suppliers(service: SoapService) -> Finding:
    """Find suppliers."""
    return Finding(service, "findSupplier", "SupplierNumber", _is_live_supplier)


def finding_orders(service: SoapService) -> Finding:
    """Find purchase orders."""
    return Finding(service, "findPurchaseOrder", "OrderNumber", _is_live_order)


@frozen
class Finding:
    """How one kind of record is found: the service, its operation, the element of the key, which records are live."""

    service: SoapService
    operation: str
    key: str
    is_live: Callable[[Record], bool]

    def pages(self, where: Sequence[Where]) -> Iterator[list[Record]]:
        """Fetch the live records that meet *where*, in the order of their keys."""
        for page in self.all_pages(where):
            yield [record for record in page if self.is_live(record)]

    def all_pages(self, where: Sequence[Where]) -> Iterator[list[Record]]:
        """Fetch all records that meet *where*, live or not, in the order of their keys."""
        items = _items(where)
        if items is not None:
            yield from self._fetched(items, by_key=_is_key(where, self.key))

    def _fetched(self, items: list[Mapping[str, object]], *, by_key: bool) -> Iterator[list[Record]]:
        if by_key:  # one page holds all that can carry one key, so nobody asks whether more follow
            yield list(self.service.call(self.operation, self._criteria(items, 0, _PAGE), record=RECORD))
            return
        yield from self.service.pages(
            self.operation, lambda start: self._criteria(items, start, _PAGE), record=RECORD, size=_PAGE
        )

    def _criteria(self, items: list[Mapping[str, object]], start: int, size: int) -> Mapping[str, object]:
        """Write the criteria; without an order the rows come by ids that nobody knows, so one is always asked for."""
        criteria: dict[str, object] = {
            "fetchStart": start,
            "fetchSize": size,
            "sortOrder": {"sortAttribute": [{"name": self.key, "descending": False}]},
        }
        if len(items) > 0:
            criteria["filter"] = {"conjunction": "And", "group": [{"conjunction": "And", "item": items}]}
        return {"findCriteria": criteria}

    def published(self, service: str, mapping: RecordMapping[T], port: str) -> Published:
        """Say what *port* relies on of the WSDL of *service*; elements come without being asked for by name."""

        def place(column: str) -> Sequence[tuple[str, str]]:
            return [(self.operation, f"{RECORD}/{column}")]

        owed = source_contract(mapping, kind="oracle", port=port, place=place, writes=True, by_name=False)
        return Published(name=service, schema=self.service.schema, sources=(owed,))

    def check(self, lineage: Sequence[Lineage]) -> None:
        """Compare the WSDL with what the mapping reads, and fetch one record.

        Raises:
            Drifted: the WSDL lacks an element.
            AccessDenied, Misconfigured, Refused, Unavailable, Unintelligible: the service does not answer.
        """
        columns = tuple(dict.fromkeys(column for each in lineage for column in each.columns))
        missing = self.service.missing_elements(self.operation, columns, record=RECORD)
        if missing:
            raise Drifted(f"{self.operation}: the WSDL lacks {', '.join(missing)}, which the mapping reads")
        for _ in self.service.call(self.operation, self._criteria([], 0, 1), record=RECORD):
            pass


def _is_key(where: Sequence[Where], key: str) -> bool:
    return any(isinstance(each, Condition) and each.column == key and _asks_equal(each) for each in where)


def _asks_equal(condition: Condition) -> bool:
    return condition.comparison is Comparison.EQ


def _items(where: Sequence[Where]) -> list[Mapping[str, object]] | None:
    """Give the items of a filter that is joined by *and*; ``None`` if no record can meet *where*.

    What the service has no words for is left out: pushed conditions only narrow, and are checked again after the fetch.
    """
    items: list[Mapping[str, object]] = []
    for each in where:
        either = each.conditions if isinstance(each, AnyOf) else (each,)
        if all(_asks_equal(condition) and _is_unwritable(condition.value) for condition in either):
            return None  # holds for none of none, too
        attributes = {condition.column for condition in either}
        if len(either) == 1 and either[0].comparison in _OPERATORS:
            items.append(_item(either[0].column, _OPERATORS[either[0].comparison], either))
        elif len(attributes) == 1 and all(map(_asks_equal, either)):
            items.append(_item(either[0].column, "IN", either))
    return items


def _item(attribute: str, operator: str, asked: Sequence[Condition]) -> Mapping[str, object]:
    values = [str(condition.value) for condition in asked if not _is_unwritable(condition.value)]
    return {"conjunction": "And", "attribute": attribute, "operator": operator, "value": values}


def _is_unwritable(value: object) -> bool:
    """Say whether *value* holds what no XML can, and so stands in no record (SOAP-18)."""
    return _NOT_IN_XML.search(str(value)) is not None
