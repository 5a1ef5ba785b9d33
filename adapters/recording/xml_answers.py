"""Masking XML: records by their rules, schemas not at all, everything else by what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree
from lxml.etree import _Element

from acl.mapping import Shape
from adapters.recording.masks import Masks
from adapters.recording.rules import Rules

_SCHEMAS = frozenset({"definitions", "description", "schema", "Edmx", "edmx"})
"""The roots of documents that hold no records: WSDL, XSD, EDMX."""
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def masked_xml(body: bytes, masks: Masks) -> bytes:
    """Give *body* as the view shows it.

    Raises:
        ValueError: it is not well-formed, or declares a document type.
    """
    root = parsed(body)
    if _local(root.tag) in _SCHEMAS:
        return body
    _Answer(masks).beside(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def parsed(body: bytes) -> _Element:
    """Read XML; nothing is fetched and no entity is replaced.

    Raises:
        ValueError: it is not well-formed, or declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise ValueError("it is not well-formed XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("it declares a document type")
    return root


class _Answer:
    def __init__(self, masks: Masks) -> None:
        self._masks = masks

    def beside(self, element: _Element) -> None:
        """Mask what is no record yet."""
        rules = self._masks.rules_for(_names(element)) if len(element) > 0 else None
        if rules is not None:
            self._record(element, rules, "")
            return
        if element.text is not None and (len(element) == 0 or element.text.strip() != ""):
            element.text = self._masks.sentence(_local(element.tag), element.text)
        for name in _attributes(element):
            if not name.startswith("{"):
                element.set(name, self._masks.sentence(name, element.get(name, "")))
        for inner in element.iterchildren(etree.Element):
            if inner.tail is not None and inner.tail.strip() != "":
                inner.tail = None
            self.beside(inner)

    def _record(self, record: _Element, rules: Rules, place: str) -> None:
        raws: dict[str, object] = {}
        for column, holder, attribute in _cells(record):
            raw = holder.text or "" if attribute is None else holder.get(attribute)
            known = raws.get(column)
            raws[column] = raw if column not in raws else [*known, raw] if isinstance(known, list) else [known, raw]
        personal = self._masks.personal(rules, place, raws, omits_absent=rules.shape is Shape.ELEMENT)
        own = {column for unit in rules.units.get(place, ()) for column in unit.columns}
        others = {column: iter(_each(value)) for column, value in personal.items()}
        for column, holder, attribute in list(_cells(record)):
            path = f"{place}{column}"
            if column in others:
                _put(holder, attribute, cast("str", next(others[column])))
            elif not rules.reads(path):
                self._blank(holder, attribute, path)
        record.text = None if len(record) > 0 else record.text
        for inner in record.iterchildren(etree.Element):
            path = f"{place}{_local(inner.tag)}"
            inner.tail = None
            if path in rules.ways:
                self._record(inner, rules, f"{path}/")
            elif len(inner) > 0 and (_local(inner.tag) in own or not rules.reads(path)):
                for below in inner.iter(etree.Element):
                    for name in (None, *_attributes(below)):
                        self._blank(below, name, path)

    def _blank(self, holder: _Element, attribute: str | None, path: str) -> None:
        value = holder.text if attribute is None else holder.get(attribute)
        if value is not None and value.strip() != "":
            self._masks.left_out[path] += 1
            _put(holder, attribute, "")


def _cells(record: _Element) -> Iterator[tuple[str, _Element, str | None]]:
    """Give the texts and attributes of a record, as the SOAP driver names them, and where each stands."""
    for name in _attributes(record):
        yield f"@{_local(name)}", record, name
    for inner in record.iterchildren(etree.Element):
        column = _local(inner.tag)
        if len(inner) == 0:
            yield column, inner, None
        for name in _attributes(inner) if len(inner) == 0 else ():
            yield f"{column}@{_local(name)}", inner, name


def _attributes(element: _Element) -> list[str]:
    return [str(name) for name in element.attrib if not str(name).startswith(_XSI)]


def _put(holder: _Element, attribute: str | None, value: str) -> None:
    if attribute is None:
        holder.text = value
    else:
        holder.set(attribute, value)


def _each(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _names(element: _Element) -> set[str]:
    return {_local(inner.tag) for inner in element.iterchildren(etree.Element)}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
