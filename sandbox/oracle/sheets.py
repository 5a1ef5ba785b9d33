"""Changing a record in place: each element where the XSD wants it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from lxml import etree
from lxml.etree import _Element

from sandbox.oracle.rows import NIL
from sandbox.oracle.schema import declared


class Sheet:
    """One record, or a record inside it, of the type *kind*."""

    def __init__(self, element: _Element, record: str, kind: str) -> None:
        self.element = element
        self._record = record
        self._kind = kind

    @classmethod
    def of(cls, xml: bytes, record: str) -> Self:
        """Take a copy of a record as it leaves."""
        return cls(etree.fromstring(xml), record, record)

    def text(self, name: str) -> str:
        """Give the text of an element; it is empty if there is none."""
        return self.element.findtext(f"{{*}}{name}") or ""

    def put(self, name: str, text: str, **attributes: str) -> None:
        """Put a text where *name* stands, or belongs; an empty one leaves an empty element."""
        element = self._there(name)
        element.text = text or None
        if NIL in element.attrib:
            del element.attrib[NIL]
        for key, value in attributes.items():
            element.set(key, value)

    def drop(self, name: str) -> None:
        """Leave an element out."""
        found = self.element.find(f"{{*}}{name}")
        if found is not None:
            self.element.remove(found)

    def take(self, entry: _Element) -> None:
        """Take over every text of *entry* that a record of this type has; what is nil there is left out here."""
        kinds = declared(self._record, self._kind)
        for told in entry:
            name = _name(told)
            if name not in kinds or len(told) > 0:
                continue
            if told.get(NIL) in ("true", "1"):
                self.drop(name)
            else:
                self.put(name, told.text or "", **{str(key): str(value) for key, value in told.attrib.items()})

    def take_inner(self, entry: _Element, name: str) -> None:
        """Take over what *entry* says in the record *name* inside it, if it has one."""
        inner = entry.find(f"{{*}}{name}")
        if inner is not None:
            self.inner(name).take(inner)

    def inner(self, name: str) -> Sheet:
        """Give the record inside this one, which is made if it is not there."""
        return Sheet(self._there(name), self._record, declared(self._record, self._kind)[name])

    def each(self, name: str) -> Iterator[Sheet]:
        """Give all records of that name inside this one."""
        kind = declared(self._record, self._kind)[name]
        return (Sheet(element, self._record, kind) for element in self.element.findall(f"{{*}}{name}"))

    def _there(self, name: str) -> _Element:
        found = self.element.find(f"{{*}}{name}")
        if found is not None:
            return found
        order = list(declared(self._record, self._kind))
        made = etree.Element(f"{{{etree.QName(self.element).namespace}}}{name}")
        behind = (at for at, each in enumerate(self.element) if order.index(_name(each)) > order.index(name))
        self.element.insert(next(behind, len(self.element)), made)
        return made


def _name(element: _Element) -> str:
    return etree.QName(element).localname
