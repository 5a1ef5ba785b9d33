"""The two kinds of text that a Gateway sends, read strictly: JSON without floats, XML without entities."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import NoReturn

from lxml import etree


class NotADocument(ValueError):
    """The bytes are not of the expected form; the sentence says why and holds nothing of them."""


def json_document(body: bytes) -> object:
    """Read exactly one JSON value; numbers with a point become exact decimals.

    Raises:
        NotADocument: it is cut, followed by something else, not UTF-8, or holds NaN.
    """
    try:
        text = body.decode("utf-8-sig")
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise NotADocument("it is not UTF-8") from None
    except (ValueError, RecursionError):  # the original would show the text
        raise NotADocument("it is not one complete JSON document") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def xml_document(body: bytes) -> etree._Element:
    """Read XML; nothing is fetched and no entity is replaced.

    Raises:
        NotADocument: it is not well-formed, or declares a document type.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise NotADocument("it is not well-formed XML") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotADocument("it declares a document type, which is a way to smuggle in entities")
    return root
