"""Loading ``$metadata``: cleaned of what concerns screens only, then understood by pyodata."""

from __future__ import annotations

from lxml import etree

from adapters.odata.documents import NotADocument, xml_document
from adapters.odata.edm import Metadata
from adapters.odata.pyodata_client import declared
from ports.errors import Unintelligible

_SAP = "http://www.sap.com/Protocols/SAPData"
_FOREIGN = ("http://docs.oasis-open.org/odata/ns/edm", "http://docs.oasis-open.org/odata/ns/edmx")
_ATOM = "http://www.w3.org/2005/Atom"


def load_metadata(edmx: bytes, *, service: str = "the service") -> Metadata:
    """Read the declaration of an OData V2 service.

    Annotations for user interfaces (value helps, texts, side effects) are left out: those of Fiori services often point
    at what is not there, which says nothing about the records. *service* names it for people.

    Raises:
        Unintelligible: it is not the EDMX of an OData V2 service, or declares a document type.
    """
    try:
        return declared(_without_screens(xml_document(edmx)))
    except NotADocument as error:
        raise Unintelligible(f"the $metadata of {service} cannot be used: {error}") from error


def _without_screens(root: etree._Element) -> bytes:
    if etree.QName(root).localname != "Edmx" or etree.QName(root).namespace in _FOREIGN:
        raise NotADocument("it is not the EDMX of an OData V2 service")
    for element in list(root.iter(etree.Element)):
        if etree.QName(element).namespace in (*_FOREIGN, _ATOM):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for name in [str(name) for name in element.attrib if etree.QName(name).namespace == _SAP]:
            del element.attrib[name]
    return etree.tostring(root)
