"""Notions that only SAP's OData has: dates in ticks, wrapped lists, tax categories, blocks told by two flags."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from attrs import evolve

from acl.codecs.dates import day, until
from acl.codecs.taxes import VALID, WIDTHS
from acl.codecs.text import fitting, sound
from acl.engine.codec import Codec, Unreadable, never_written
from acl.engine.nested import Envelope
from acl.mapping import column
from acl.sap.codes import TAX_TYPES
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.dates import Until
from domain.suppliers import BankAccount, SupplierBlock
from domain.tax import TaxId, TaxIdKind
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from acl.engine.fields import Raws

_CODE, _DRIFT = ProblemKind.INVALID_CODE, ProblemKind.DRIFT
_TEXT = Facets(forms=(Form.TEXT,))
_EPOCH = date(1970, 1, 1)
_TICKS = re.compile(r"/Date\((-?[0-9]+)([+-][0-9]{4})?\)/")
_A_DAY = 86_400_000
_NEVER = 253_402_214_400_000
_OPEN_END, *_OPEN_END_TOO = (f"/Date({_NEVER}{offset})/" for offset in ("", "+0000", "-0000"))


def _ticks(raw: object) -> date:
    found = _TICKS.fullmatch(raw) if type(raw) is str else None
    if found is None or int(found[1]) % _A_DAY or int(found[1]) == _NEVER:
        raise ValueError(raw)
    if found[2] not in (None, "+0000", "-0000"):
        reason = f"the offset {found[2]} means either of two days"
        raise Unreadable(ProblemKind.AMBIGUOUS, reason, "SAP-DATE-03")
    try:
        return _EPOCH + timedelta(milliseconds=int(found[1]))
    except OverflowError:
        raise ValueError(raw) from None


TICKS = evolve(
    day(
        "odata_date",
        _ticks,
        lambda value: f"/Date({(value - _EPOCH).days * _A_DAY})/",
        absent=(None,),
        quirk="SAP-DATE-01",
        ordered=True,
        facets=Facets(forms=(Form.DATE,)),
    ),
    memo=True,
    sorts_by=_ticks,
)


def odata_date(name: str) -> date:
    """Read a day in milliseconds since 1970; it is a whole day, and a zone other than UTC is refused.

    Source: SAP-DATE-01, SAP-DATE-02, SAP-DATE-03.
    """
    return column(TICKS, name)


def odata_until(name: str) -> Until:
    """Read the last day of a validity; 9999-12-31 means that there is no end.

    Source: SAP-DATE-06.
    """
    return column(until(TICKS, open_end=_OPEN_END, alike=tuple(_OPEN_END_TOO)), name)


def _results(raw: object) -> Sequence[object]:
    if isinstance(raw, Mapping) and "__deferred" in raw:
        raise Unreadable(_DRIFT, "the list was not loaded", "SAP-HTTP-10")
    items = raw["results"] if isinstance(raw, Mapping) and "results" in raw else raw
    if not isinstance(items, list):
        raise Unreadable(_DRIFT, "a list of records is expected", "SAP-HTTP-11")
    return items


RESULTS = Envelope(unwrap=_results, wrap=lambda items: {"results": items})
"""The records behind a navigation to many; one that was not loaded is refused, never taken for an empty one."""


def _single(raw: object) -> Sequence[object]:
    if raw is None:
        return []
    if not isinstance(raw, Mapping) or "__deferred" in raw or "results" in raw:
        raise Unreadable(_DRIFT, "one loaded record is expected", "SAP-HTTP-10")
    return [raw]


def _unsingle(items: list[Raws]) -> object:
    return items[0] if items else None


SINGLE = Envelope(unwrap=_single, wrap=_unsingle)
"""The record behind a navigation to one; null means that there is none."""


def _street(name: object, house: object) -> str:
    parts = [sound(raw, "G1") for raw in (name, house) if raw not in ("", None)]
    return ", ".join(parts)


def _split_street(street: str) -> tuple[str, str]:
    name, _, house = street.rpartition(", ")
    if name and house and len(house) <= 10:
        return fitting(name, 60, "G5"), house
    return fitting(street, 60, "G5"), ""


STREET = Codec(
    name="street",
    decode=_street,
    encode=_split_street,
    kind=ProblemKind.INVALID_TEXT,
    absent=("", None),
    facets=(Facets(forms=(Form.TEXT,), length=60), Facets(forms=(Form.TEXT,), length=10)),
    raws=lambda strategies: strategies.sampled_from((("Rua das Flores", "100"), ("Main Street", ""))),
)
"""Street and house number, which the domain writes after a comma."""


def _tax(kind: object, number: object) -> TaxId:
    if kind not in TAX_TYPES:
        raise Unreadable(_CODE, f"{kind!r} is no known tax number category", "G2", column="BPTaxType", raw=kind)
    found = TaxId(TAX_TYPES[kind], sound(number, "PRO-ID-02"))
    if _category(found) != kind:
        reason = f"{found.number!r} is no number of category {kind}"
        raise Unreadable(ProblemKind.AMBIGUOUS, reason, "PRO-ID-02")
    return found


def _category(value: TaxId) -> str:
    """Give the category of a number; Greece's is named after its ISO code, its numbers begin otherwise."""
    own = {TaxIdKind.CNPJ: "BR1", TaxIdKind.CPF: "BR2"}
    return own.get(value.kind, "GR0" if value.number.startswith("EL") else f"{value.number[:2]}0")


def _untax(value: TaxId) -> tuple[str, str]:
    if _category(value) not in TAX_TYPES:
        raise Unreadable(_CODE, f"no tax number category holds {value}", "G2")
    return _category(value), value.number


TAX = Codec(
    name="tax_category",
    decode=_tax,
    encode=_untax,
    kind=ProblemKind.INVALID_IDENTIFIER,
    absent=(),
    quirks=("PRO-ID-02", "PRO-ID-03"),
    produces=(TaxId,),
    facets=(
        Facets(forms=(Form.TEXT,), length=3, codes=tuple(TAX_TYPES)),
        Facets(forms=(Form.TEXT,), length=max(WIDTHS.values())),
    ),
    raws=lambda strategies: strategies.sampled_from([_untax(TaxId(k, n)) for k, each in VALID.items() for n in each]),
)
"""A tax number and its category, which names the country."""


def _bank(country: object, bank: object, account: object, iban: object) -> BankAccount:
    number = sound(bank, "G1")
    branch = number[3:] if country == "BR" and len(number) > 3 else None
    code = number if branch is None else number[:3]
    known = None if iban in ("", None) else sound(iban, "G1")
    return BankAccount(bank=code, branch=branch, account=sound(account, "G1"), iban=known)


BANK = Codec(
    name="bank",
    decode=_bank,
    encode=never_written,
    kind=ProblemKind.INVALID_IDENTIFIER,
    absent=(),
    produces=(BankAccount,),
    facets=(evolve(_TEXT, nullable=True), _TEXT, _TEXT, evolve(_TEXT, nullable=True)),
    raws=lambda strategies: strategies.sampled_from(
        (("BR", "0011827", "705307-4", ""), ("DE", "37040044", "5320", ""))
    ),
)
"""Country, bank key, account and IBAN; a Brazilian bank key is the bank's three digits and the branch's."""

_BLOCKS = {
    (False, False): SupplierBlock.NONE, (True, False): SupplierBlock.PURCHASING,
    (False, True): SupplierBlock.PAYMENT, (True, True): SupplierBlock.ALL,
}  # fmt: skip


_FLAG = Facets(forms=(Form.BOOLEAN,))


def _block(purchasing: object, payment: object) -> SupplierBlock:
    for name, raw in (("PurchasingIsBlocked", purchasing), ("PaymentIsBlockedForSupplier", payment)):
        if type(raw) is not bool:
            raise Unreadable(_CODE, f"{raw!r} is neither true nor false", "SAP-CODE-01", column=name, raw=raw)
    return _BLOCKS[cast("bool", purchasing), cast("bool", payment)]


def _unblock(value: SupplierBlock) -> tuple[bool, bool]:
    return value.stops_purchasing, value.stops_payment


BLOCK = Codec(
    name="block",
    decode=_block,
    encode=_unblock,
    kind=_CODE,
    absent=(),
    quirks=("SAP-CODE-01",),
    produces=(SupplierBlock,),
    spellings=lambda value: (_unblock(value),),
    facets=(_FLAG,),
    raws=lambda strategies: strategies.sampled_from(list(_BLOCKS)),
)
"""Two flags: stopped for purchasing, stopped for payment."""
