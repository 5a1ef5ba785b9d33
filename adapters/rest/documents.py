"""The text of an answer, read strictly: one JSON document, in UTF-8 or, where a server pretends, in CP1252."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import NoReturn


class NotADocument(ValueError):
    """The bytes are not of the expected form; the sentence says why and holds nothing of them."""


def json_document(body: bytes) -> object:
    """Read exactly one JSON value; numbers with a point become exact decimals.

    Raises:
        NotADocument: it is cut, followed by a second one, in no known encoding, or holds NaN.

    Source: PREST-08, PREST-09.
    """
    text = _text(body)
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError):  # the original would show the text
        raise NotADocument("it is not one complete JSON document") from None


def _text(body: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotADocument("it is neither UTF-8 nor CP1252")


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)
