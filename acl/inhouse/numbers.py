"""Numbers with a decimal comma, as texts; and amounts with or without the sign of the real."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import ModuleType
from typing import TYPE_CHECKING, cast

from acl.codecs.codes import coded
from acl.engine.codec import Codec, Unreadable
from acl.engine.declare import column as bound
from acl.inhouse.codes import from_column
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.currency import Currency
from domain.money import Money
from domain.quantity import finite
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_NUMBER = ProblemKind.INVALID_NUMBER
_UNSIGNED = r"(?P<whole>[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+(?=,))(?:,(?P<part>[0-9]+))?"
_COMMA = re.compile(rf"(?P<minus>-)?{_UNSIGNED}")
_BRACKETS = re.compile(rf"(?P<minus>\(){_UNSIGNED}\)")
_DOTS_ONLY = re.compile(r"[-(]?[0-9]{1,3}(\.[0-9]{3})+\)?")
_REAIS = "R$ "
_CODES = "INH-CODE-01"


def comma_decimal(column: str, *, places: int) -> Decimal:
    """Read a decimal with a comma: ``4995``, ``4995,000`` and ``4.995,000`` are one number, ``(12,50)`` is below zero.

    It is written shortest, without dots. More than *places* decimals are refused unless they are zeros; so are dots
    without a comma, which may be either.

    Source: INH-NUM-01.
    """
    codec = Codec[Decimal](
        name=f"comma_decimal({places})",
        decode=lambda raw: _exactly(_parsed(raw), places, f"the {places} decimals of its column"),
        encode=lambda value: _shortest(_exactly(value, places, f"the {places} decimals of its column")),
        kind=_NUMBER,
        quirks=("INH-NUM-01", "INH-NUM-02"),
        produces=(Decimal,),
        proves=(finite,),
        memo=True,
        facets=(Facets(forms=(Form.TEXT,)),),
        raws=lambda strategies: _amounts(strategies, places),
    )
    return bound(codec, column)


def comma_money(column: str, *, currency: str, currencies: Mapping[str, Currency]) -> Money:
    """Read an amount like `comma_decimal`, in the currency whose code stands in another column of the row.

    Amounts in reais may have ``R$`` and a blank before them; before another currency's amount the sign is a
    contradiction. An amount finer than its currency is refused, never rounded.

    Source: INH-NUM-01, INH-NUM-02.
    """
    return bound(_money(column, currency, cast("dict[object, Currency]", dict(currencies))), column, currency)


def _money(column: str, unit: str, currencies: dict[object, Currency]) -> Codec[Money]:
    codes = coded(currencies, absent=(), kind=ProblemKind.INVALID_CODE, quirk=_CODES)

    def decode(raw: object, code: object) -> Money:
        for name, cell, quirk in ((unit, code, _CODES), (column, raw, "INH-NUM-01")):
            if cell is None:
                raise Unreadable(ProblemKind.MISSING, "a value is required here", quirk, column=name, raw=cell)
        currency = from_column(codes, unit, code)
        try:
            return _in_currency(raw, currency)
        except Unreadable as error:
            raise Unreadable(error.kind, error.reason, error.quirk, column=column, raw=raw) from None

    return Codec(
        name="comma_money",
        decode=decode,
        encode=lambda value: (_shortest(value.amount), codes.encode(value.currency)),
        kind=_NUMBER,
        absent=(),
        quirks=("INH-NUM-01", "INH-NUM-02", _CODES),
        produces=(Money,),
        facets=(Facets(forms=(Form.TEXT,)), codes.facets[0]),
        raws=lambda strategies: strategies.tuples(
            _amounts(strategies, 0) | _amounts(strategies, 2), codes.raws(strategies)
        ),
        # a site's codes are currencies; the engine only adds them to the table and hands it back
        table=cast("dict[object, Money]", currencies),
        rebuilt=lambda extended: _money(column, unit, cast("dict[object, Currency]", extended)),
    )


def _in_currency(raw: object, currency: Currency) -> Money:
    text = raw
    if isinstance(raw, str) and raw.startswith(_REAIS):
        if currency.code != "BRL":
            raise Unreadable(ProblemKind.AMBIGUOUS, f"{raw!r} is in reais, its order in {currency}", "INH-NUM-01")
        text = raw.removeprefix(_REAIS)
    return Money(currency, _exactly(_parsed(text), currency.places, f"the {currency.places} places of {currency}"))


def _parsed(raw: object) -> Decimal:
    if type(raw) is not str:
        raise Unreadable(_NUMBER, f"a text is expected, not {type(raw).__name__}", "INH-NUM-01")
    found = _COMMA.fullmatch(raw) or _BRACKETS.fullmatch(raw)
    if found is None and _DOTS_ONLY.fullmatch(raw):
        reason = f"{raw!r} has a dot and no comma: thousands, or decimals"
        raise Unreadable(ProblemKind.AMBIGUOUS, reason, "INH-NUM-01")
    if found is None:
        raise Unreadable(_NUMBER, f"{raw!r} is not a number with a decimal comma", "INH-NUM-01")
    sign = "" if found["minus"] is None else "-"
    return Decimal(f"{sign}{found['whole'].replace('.', '')}.{found['part'] or ''}")


def _exactly(value: Decimal, places: int, told: str) -> Decimal:
    """Give *value* with exactly so many *places*; digits are moved as text, so that no context can round them."""
    whole, _, part = f"{value:f}".partition(".")
    significant = part.rstrip("0")
    if len(significant) > places:
        raise Unreadable(_NUMBER, f"{value} is finer than {told}", "INH-NUM-02")
    return Decimal(f"{whole}.{significant.ljust(places, '0')}")


def _shortest(value: Decimal) -> str:
    if value.is_zero():
        return "0"  # below zero or not, and with whatever decimals
    whole, _, part = f"{value:f}".partition(".")
    significant = part.rstrip("0")
    return whole if significant == "" else f"{whole},{significant}"


def _amounts(strategies: ModuleType, places: int) -> SearchStrategy[str]:
    """Draw positive numbers of at most *places* decimals, written shortest."""
    drawn = strategies.integers(1, 10**9).map(lambda count: _shortest(Decimal(count).scaleb(-places)))
    return cast("SearchStrategy[str]", drawn)
