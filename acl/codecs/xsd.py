"""Values of XML Schema in their lexical forms, which a SOAP driver hands over unconverted; and records in elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar, cast

from attrs import evolve

from acl.codecs.dates import day
from acl.codecs.text import refuse_repeated
from acl.engine.codec import Codec, Unreadable
from acl.engine.declare import column as bound
from acl.engine.nested import Envelope
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.quantity import finite
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
_DRIFT, _NUMBER = ProblemKind.DRIFT, ProblemKind.INVALID_NUMBER


def elements(raw: object) -> Sequence[Mapping[str, object]]:
    """Give the records of a repeated element; it is left out when there is none.

    Raises:
        Unreadable: there is something else. Source: SOAP-10.
    """
    if raw is None:
        return ()
    if not isinstance(raw, list) or not all(isinstance(item, Mapping) for item in raw):
        raise Unreadable(_DRIFT, "elements that hold elements are expected", "SOAP-10")
    return raw


def _element(raw: object) -> Sequence[object]:
    found = elements(raw)
    if len(found) > 1:
        refuse_repeated(raw)
    return found


ELEMENTS = Envelope(unwrap=elements, wrap=lambda items: items)
"""The records of an element that may repeat; one that is left out is an empty list."""

ELEMENT = Envelope(unwrap=_element, wrap=lambda items: items)
"""The record of an element that may not repeat (SOAP-11)."""

_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")


def _decimal(raw: object) -> Decimal:
    if type(raw) is not str or not _DECIMAL.fullmatch(raw):
        refuse_repeated(raw)
        raise Unreadable(_NUMBER, f"{raw!r} is no decimal of XML Schema", "SOAP-04")
    return Decimal(raw)


def _plain(value: Decimal) -> str:
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _decimals(strategies: ModuleType, places: int) -> SearchStrategy[object]:
    counts = strategies.integers(1, 10**9)
    return cast("SearchStrategy[object]", counts.map(lambda count: _plain(Decimal(count).scaleb(-places))))


XSD_DECIMAL = Codec(
    name="xsd_decimal",
    decode=_decimal,
    encode=_plain,
    kind=_NUMBER,
    quirks=("SOAP-04",),
    produces=(Decimal,),
    proves=(finite,),
    facets=(Facets(forms=(Form.DECIMAL, Form.INTEGER)),),
    raws=lambda strategies: _decimals(strategies, 4),
    raws_of_places=_decimals,
)
"""A decimal with a point, no grouping, no exponent, and no word for what is no number."""


def xsd_decimal(column: str) -> Decimal:
    """Read a decimal of any scale.

    Source: SOAP-04.
    """
    return bound(XSD_DECIMAL, column)


_WHOLE = re.compile(r"\+?([0-9]{1,18})")


def xsd_int(column: str, *, into: Callable[[str], T]) -> T:
    """Read a whole number that names something; signs and leading zeros are only spelling.

    Source: SOAP-04.
    """

    def decode(raw: object) -> T:
        found = _WHOLE.fullmatch(raw) if type(raw) is str else None
        if found is None:
            refuse_repeated(raw)
            raise Unreadable(_NUMBER, f"{raw!r} is no whole number", "SOAP-04")
        return into(str(int(found[1])))

    def encode(value: T) -> str:
        text = str(value)
        if not _WHOLE.fullmatch(text) or text != str(int(text)):
            raise Unreadable(ProblemKind.INVALID_IDENTIFIER, f"{text!r} is no whole number", "SOAP-04")
        return text

    codec = Codec(
        name="xsd_int",
        decode=decode,
        encode=encode,
        kind=ProblemKind.INVALID_IDENTIFIER,
        quirks=("SOAP-04",),
        produces=(into,) if isinstance(into, type) else (),
        memo=True,
        facets=(Facets(forms=(Form.INTEGER,)),),
        raws=lambda strategies: strategies.integers(1, 99_999).map(str),
    )
    return bound(codec, column)


_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")


def xsd_day(raw: object) -> date:
    """Give the day of an ``xsd:date``; its zone is dropped, for converting it would shift the day.

    Raises:
        ValueError: it is no day of the calendar.

    Source: SOAP-03, SOAP-06.
    """
    found = _DAY.fullmatch(raw) if type(raw) is str else None
    if found is None:
        refuse_repeated(raw)
        raise ValueError(raw)
    return date.fromisoformat(found[1])


def xsd_date(
    name: str, read: Callable[[object], date] = xsd_day, write: Callable[[date], str] = date.isoformat
) -> Codec[date]:
    """Make the codec of an ``xsd:date``; nil and left out mean that nothing is known, empty is no day.

    Days compare without their zones, at the vendor too, but one day has many spellings.
    """
    facets = Facets(forms=(Form.DATE,))
    plain = day(name, read, write, absent=(None,), quirk="SOAP-03", ordered=True, facets=facets)
    return evolve(plain, quirks=("SOAP-03", "SOAP-06"), spellings=None)


_FLAGS = {"true": True, "1": True, "false": False, "0": False}


def xsd_boolean(raw: object, column: str) -> bool:
    """Give the flag of an ``xsd:boolean`` in *column*.

    Raises:
        Unreadable: nothing stands there (SOAP-02), or none of the four spellings (SOAP-05).
    """
    if raw is None:
        raise Unreadable(ProblemKind.MISSING, "a flag is required here", "SOAP-02", column=column, raw=raw)
    if type(raw) is not str or raw not in _FLAGS:
        refuse_repeated(raw, column)
        reason = f"{raw!r} is neither true nor false"
        raise Unreadable(ProblemKind.INVALID_CODE, reason, "SOAP-05", column=column, raw=raw)
    return _FLAGS[raw]
