"""The WSDLs and XSDs of both services, and what the server itself takes from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Lock

from lxml import etree
from lxml.etree import _Element

ADF = "http://xmlns.oracle.com/adf/svc/types/"
SUPPLIER = "http://xmlns.oracle.com/apps/prc/poz/supplierService/"
PURCHASE_ORDER = "http://xmlns.oracle.com/apps/prc/po/purchaseOrderService/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SEGMENT = "dragomanReference"
"""The segment that a customer has added to the descriptive flexfields of suppliers and of orders."""
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_FOLDER = Path(__file__).with_name("schemas")


@cache
def documents(*, flexfields: bool = True) -> Mapping[str, bytes]:
    """Give every WSDL and XSD by its file name; without *flexfields*, as they are before a customer adds a segment."""
    found = {path.name: path.read_bytes() for path in _FOLDER.iterdir() if path.suffix in (".wsdl", ".xsd")}
    return found if flexfields else {name: _without_segment(document) for name, document in found.items()}


def _without_segment(document: bytes) -> bytes:
    root = etree.fromstring(document)
    for element in list(root.iter(f"{_XSD}element")):
        parent = element.getparent()
        if element.get("name") == SEGMENT and parent is not None:
            parent.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


class Form:
    """What one service's XSD demands of a message; its check may be used by several threads."""

    def __init__(self, service: str, *, flexfields: bool = True) -> None:
        document = documents(flexfields=flexfields)[f"{service}.xsd"]
        root = etree.fromstring(document, base_url=str(_FOLDER / f"{service}.xsd"))
        self._schema = etree.XMLSchema(root)
        self._lock = Lock()

    def objection(self, message: _Element) -> str | None:
        """Say why *message* is not of this form; None when it is."""
        with self._lock:
            try:
                self._schema.assertValid(message)
            except etree.DocumentInvalid as invalid:
                return str(invalid)
            return None


@cache
def attributes(record: str, *, flexfields: bool = True) -> Mapping[str, str]:
    """Give the XSD type of each attribute of *record* by its dotted path, as ``PurchaseOrderLine.ItemNumber``."""
    return dict(_leaves(record, flexfields, record))


@cache
def declared(record: str, kind: str, *, flexfields: bool = True) -> Mapping[str, str]:
    """Give the elements of a type of *record*'s service in the order of its XSD, each with the name of its own type."""
    schema = etree.fromstring(documents(flexfields=flexfields)[f"{record}Service.xsd"])
    for found in schema.iterchildren(f"{_XSD}complexType"):
        if found.get("name") == kind:
            return {
                str(element.get("name")): str(element.get("type")).partition(":")[2]
                for element in found.iter(f"{_XSD}element")
            }
    return {}


def _leaves(record: str, flexfields: bool, kind: str, path: str = "") -> Iterator[tuple[str, str]]:
    for name, inner in declared(record, kind, flexfields=flexfields).items():
        if declared(record, inner, flexfields=flexfields):
            yield from _leaves(record, flexfields, inner, f"{path}{name}.")
        else:
            yield f"{path}{name}", inner
