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
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_FOLDER = Path(__file__).with_name("schemas")


@cache
def documents() -> Mapping[str, bytes]:
    """Give every WSDL and XSD by its file name."""
    return {path.name: path.read_bytes() for path in _FOLDER.iterdir() if path.suffix in (".wsdl", ".xsd")}


class Form:
    """What one service's XSD demands of a message; its check may be used by several threads."""

    def __init__(self, service: str) -> None:
        self._schema = etree.XMLSchema(file=str(_FOLDER / f"{service}.xsd"))
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
def attributes(record: str) -> Mapping[str, str]:
    """Give the XSD type of each attribute of *record* by its dotted path, as ``PurchaseOrderLine.ItemNumber``."""
    schema = etree.fromstring(documents()[f"{record}Service.xsd"])
    types = {str(declared.get("name")): declared for declared in schema.iterchildren(f"{_XSD}complexType")}
    return dict(_leaves(types, record))


def _leaves(types: Mapping[str, _Element], record: str, path: str = "") -> Iterator[tuple[str, str]]:
    for element in types[record].iter(f"{_XSD}element"):
        attribute, kind = f"{path}{element.get('name')}", str(element.get("type")).partition(":")[2]
        if kind in types:
            yield from _leaves(types, kind, f"{attribute}.")
        else:
            yield attribute, kind
