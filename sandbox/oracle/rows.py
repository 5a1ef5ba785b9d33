"""Rows of a service: the XML that leaves, and the values that criteria look at; and the scribe that writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from lxml import etree
from lxml.etree import _Element

from sandbox.oracle.schema import XSI

NIL = f"{{{XSI}}}nil"


def scattered(position: int) -> int:
    """Give each *position* below 10 007 a number of its own below 10 007, near ones far apart."""
    return position * 7919 % 10007


class Scribe:
    """Writes the elements of one record, a value that is absent in another way each time.

    An absent text is left out, empty, or nil in turn; an absent day, which may not be empty, left out or nil. *turn*
    says where to begin, so that no element is always absent in the same way.
    """

    def __init__(self, element: _Element, turn: int) -> None:
        self.element = element
        self._namespace = etree.QName(element).namespace
        self._turn = turn

    @classmethod
    def begin(cls, namespace: str, turn: int) -> Self:
        """Start a record, which every answer calls ``result``."""
        return cls(etree.Element(f"{{{namespace}}}result", nsmap={"ns1": namespace, "xsi": XSI}), turn)

    def child(self, name: str) -> Scribe:
        """Start a record within this one."""
        return Scribe(etree.SubElement(self.element, f"{{{self._namespace}}}{name}"), self._turn)

    def put(self, name: str, value: str | int | Decimal | date, **attributes: str) -> None:
        """Write a value that is there, a decimal in plain digits."""
        element = etree.SubElement(self.element, f"{{{self._namespace}}}{name}", attributes)
        element.text = f"{value:f}" if isinstance(value, Decimal) else str(value)

    def text(self, name: str, value: str | None) -> None:
        """Write a text or its absence."""
        if value is not None:
            self.put(name, value)
            return
        self._turn += 1
        if self._turn % 3 == 1:
            etree.SubElement(self.element, f"{{{self._namespace}}}{name}")
        elif self._turn % 3 == 2:
            etree.SubElement(self.element, f"{{{self._namespace}}}{name}", {NIL: "true"})

    def day(self, name: str, value: date | str | None) -> None:
        """Write a day or its absence."""
        if value is not None:
            self.put(name, value)
            return
        self._turn += 1
        if self._turn % 2:
            etree.SubElement(self.element, f"{{{self._namespace}}}{name}", {NIL: "true"})


@dataclass(frozen=True)
class Row:
    """One record as it leaves; *values* by the dotted path of element names, every text of that path in order."""

    id: int
    key: str
    xml: bytes
    values: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, record: _Element, *, id_name: str, key_name: str) -> Row:
        """Freeze *record*."""
        values: dict[str, tuple[str, ...]] = {}
        for path, text in _texts(record, ""):
            values[path] = (*values.get(path, ()), text)
        return cls(int(values[id_name][0]), values[key_name][0], etree.tostring(record, encoding="UTF-8"), values)


def _texts(element: _Element, path: str) -> Iterator[tuple[str, str]]:
    for child in element:
        child_path = f"{path}{etree.QName(child).localname}"
        if child.text is not None:
            yield child_path, child.text
        yield from _texts(child, f"{child_path}.")
