"""Notions that only Fusion has: the end of time in 4712, two holds, taxpayers by country, statuses of what lives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from attrs import evolve

from acl.codecs.codes import coded
from acl.codecs.dates import until
from acl.codecs.taxes import numbers, tax_id
from acl.codecs.xsd import xsd_boolean, xsd_date, xsd_day
from acl.conditions import AnyOf, Comparison, Condition, Where
from acl.engine.codec import Codec, Unreadable
from acl.mapping import column
from acl.oracle.codes import ORDER_STATUSES, UNITS
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.dates import OPEN_END, Until
from domain.errors import DomainError
from domain.purchasing import OrderStatus
from domain.suppliers import SupplierBlock
from domain.tax import TaxId, TaxIdKind
from domain.units import Unit
from ports.errors import ProblemKind

_CODE = ProblemKind.INVALID_CODE
_END_OF_TIME = date(4712, 12, 31)


def _day(raw: object) -> date:
    found = xsd_day(raw)
    if found == _END_OF_TIME:
        reason = f"{raw!r} is no day but an open end, which has no place here"
        raise Unreadable(ProblemKind.INVALID_DATE, reason, "FUS-DATE-02")
    return found


def _written(value: date) -> str:
    if value == _END_OF_TIME:
        raise Unreadable(ProblemKind.INVALID_DATE, f"{value} would be read back as an open end", "FUS-DATE-02")
    return value.isoformat()


DAY = xsd_date("fusion_date", _day, _written)
"""A calendar day, which is not the end of time."""


def _until(raw: object) -> Until:
    try:
        return OPEN_END if xsd_day(raw) == _END_OF_TIME else DAY.decode(raw)
    except ValueError:
        return DAY.decode(raw)


UNTIL = evolve(until(DAY, open_end=_END_OF_TIME.isoformat()), decode=_until, quirks=("FUS-DATE-02", *DAY.quirks))
"""The last day of a term, or its open end."""


def fusion_date(name: str) -> date:
    """Read a calendar day in the company's own zone, whatever zone is written behind it.

    Source: SOAP-03, SOAP-06.
    """
    return column(DAY, name)


def fusion_until(name: str) -> Until:
    """Read the last day of a term; 4712-12-31 means that there is no end.

    Source: FUS-DATE-02, EBS-DATE-03.
    """
    return column(UNTIL, name)


_HOLDS = ("HoldAllPaymentsFlag", "PurchasingHoldFlag")
_BLOCKS = {
    (False, False): SupplierBlock.NONE, (True, False): SupplierBlock.PAYMENT,
    (False, True): SupplierBlock.PURCHASING, (True, True): SupplierBlock.ALL,
}  # fmt: skip


_FLAG = Facets(forms=(Form.BOOLEAN,))


def _block(payments: object, purchasing: object, inactive: object) -> SupplierBlock:
    if inactive is not None:  # whoever fetches leaves out what has a day here, so this is none
        reason = f"{inactive!r} leaves open whether the supplier is deleted"
        raise Unreadable(ProblemKind.INVALID_DATE, reason, "SOAP-03", column="InactiveDate", raw=inactive)
    holds = [xsd_boolean(raw, name) for name, raw in zip(_HOLDS, (payments, purchasing), strict=True)]
    return _BLOCKS[holds[0], holds[1]]


def _flags(value: SupplierBlock) -> tuple[str, str]:
    return str(value.stops_payment).lower(), str(value.stops_purchasing).lower()


BLOCK = Codec(
    name="holds",
    decode=_block,
    encode=lambda value: (*_flags(value), None),
    kind=_CODE,
    absent=(),
    quirks=("SOAP-05", "SOAP-02"),
    produces=(SupplierBlock,),
    narrows=lambda value: tuple(
        Condition(name, Comparison.EQ, flag) for name, flag in zip(_HOLDS, _flags(value), strict=True)
    ),
    facets=(_FLAG, _FLAG, Facets(forms=(Form.DATE,), nullable=True)),
    raws=lambda strategies: strategies.sampled_from([(*_flags(block), None) for block in _BLOCKS.values()]),
)
"""Two holds, of all payments and of purchasing, on a supplier without a day on which it became inactive."""

_BRAZILIAN = tax_id(TaxIdKind.CNPJ, TaxIdKind.CPF)


def _taxpayer(country: object, number: object) -> TaxId | None:
    if number in ("", None):
        return None
    if country not in ("BR", "", None):
        reason = f"a taxpayer id of {country!r} has no counterpart here"
        raise Unreadable(_CODE, reason, "PRO-ID-02", column="TaxpayerCountry", raw=country)
    try:
        return _BRAZILIAN.decode(number)
    except Unreadable as error:
        raise Unreadable(error.kind, error.reason, error.quirk, column="TaxpayerId", raw=number) from None
    except DomainError as error:
        raise Unreadable(_BRAZILIAN.kind, str(error), "PRO-ID-02", column="TaxpayerId", raw=number) from None


TAXPAYER = Codec[TaxId | None](
    name="taxpayer",
    decode=_taxpayer,
    encode=lambda value: (None, None) if value is None else ("BR", _BRAZILIAN.encode(value)),
    kind=ProblemKind.INVALID_IDENTIFIER,
    absent=(),
    quirks=("PRO-ID-02", "PRO-ID-03"),
    narrows=lambda value: (Condition("TaxpayerId", Comparison.EQ, _BRAZILIAN.encode(cast("TaxId", value))),),
    facets=(Facets(forms=(Form.TEXT,), nullable=True, length=2), evolve(_BRAZILIAN.facets[0], nullable=True)),
    raws=lambda strategies: (
        strategies.just((None, None))
        | numbers(strategies, TaxIdKind.CNPJ, TaxIdKind.CPF).map(lambda number: ("BR", number))
    ),
)
"""The number of a Brazilian company or person, told apart by its length; a number of another country is refused."""


def unit_code(table: Mapping[object, Unit]) -> Codec[Unit]:
    """Make the codec of a unit's short code."""
    # a line is only valid if its columns name one unit, so few are drawn
    return evolve(
        coded(table, absent=("", None), kind=ProblemKind.UNIT, quirk="G2"),
        raws=lambda strategies: strategies.sampled_from(list(table)[:2]),
        rebuilt=unit_code,
    )


UNIT = unit_code(cast("dict[object, Unit]", UNITS))


def order_status(table: Mapping[object, OrderStatus]) -> Codec[OrderStatus]:
    """Make the codec of the status of an order that is not deleted; deleted ones are left out before."""
    codes = coded(table, absent=(), kind=_CODE, quirk="EBS-PO-04")

    def decode(code: object, deleted: object) -> OrderStatus:
        if deleted not in ("N", "", None):
            reason = f"{deleted!r} leaves open whether the order is deleted"
            raise Unreadable(_CODE, reason, "EBS-CODE-01", column="DeletedFlag", raw=deleted)
        if code in ("", None):
            raise Unreadable(ProblemKind.MISSING, "a status is required here", "SOAP-01", column="StatusCode", raw=code)
        try:
            return codes.decode(code)
        except Unreadable as error:
            raise Unreadable(error.kind, error.reason, error.quirk, column="StatusCode", raw=code) from None

    def narrows(value: OrderStatus) -> tuple[Where, ...]:
        found = [code for code, status in table.items() if status is value]
        return (AnyOf(tuple(Condition("StatusCode", Comparison.EQ, code) for code in found)),)

    return Codec(
        name="order_status",
        decode=decode,
        encode=lambda value: (codes.encode(value), "N"),
        kind=_CODE,
        absent=(),
        quirks=("EBS-PO-04", "EBS-CODE-01"),
        produces=(OrderStatus,),
        narrows=narrows,
        memo=True,
        facets=(codes.facets[0], Facets(forms=(Form.TEXT,), nullable=True, length=1, codes=("Y", "N"))),
        raws=lambda strategies: codes.raws(strategies).map(lambda code: (code, "N")),
        table=dict(table),
        rebuilt=order_status,
    )


ORDER_STATUS = order_status(cast("dict[object, OrderStatus]", ORDER_STATUSES))
