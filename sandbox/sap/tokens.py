"""The words of a ``$filter``: literals, names, brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from sandbox.sap.edm import Comparable, milliseconds
from sandbox.sap.errors import bad_request
from sandbox.sap.model import EdmType

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<moment>datetime(?P<offset>offset)?'(?P<when>[^']*)')
    | (?P<text>'(?:[^']|'')*')
    | (?P<number>-?\d+(?:\.\d+)?[mMdDfFlL]?(?![\w.]))
    | (?P<name>[A-Za-z_]\w*(?:/[A-Za-z_]\w*)*)
    | (?P<mark>[(),])
    )""",
    re.VERBOSE | re.ASCII,
)
_KEYWORDS: dict[str, Comparable] = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Word:
    """A name, an operator or a bracket; the end of the filter is the word ``""``."""

    text: str
    kind: Literal["name", "mark", "end"]


@dataclass(frozen=True)
class Literally:
    """A literal of the type *edm*; None is the type of null."""

    edm: EdmType | None
    value: Comparable


Token = Word | Literally


def tokens(source: str) -> tuple[Token, ...]:
    """Cut *source* into words, the last of which is the end.

    Raises:
        GatewayError: something in it is no word, such as a text whose quote never closes.
    """
    found: list[Token] = []
    at = 0
    source = source.rstrip()
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise bad_request(f"Invalid token detected at position {at}")
        found.append(_token(match))
        at = match.end()
    return (*found, Word("", "end"))


def _token(match: re.Match[str]) -> Token:
    if match["moment"] is not None:
        return _moment(match["when"], with_zone=match["offset"] is not None)
    if match["text"] is not None:
        return Literally("Edm.String", match["text"][1:-1].replace("''", "'"))
    if match["number"] is not None:
        return Literally("Edm.Decimal", Decimal(match["number"].rstrip("mMdDfFlL")))
    if match["mark"] is not None:
        return Word(match["mark"], "mark")
    name = match["name"]
    if name in _KEYWORDS:
        return Literally(None if name == "null" else "Edm.Boolean", _KEYWORDS[name])
    return Word(name, "name")


def _moment(when: str, *, with_zone: bool) -> Literally:
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        raise bad_request(f"Invalid date and time {when}") from None
    if "T" not in when or (moment.tzinfo is not None) != with_zone:
        raise bad_request(f"Invalid date and time {when}")
    return Literally("Edm.DateTimeOffset" if with_zone else "Edm.DateTime", milliseconds(moment))
