"""Numbers: binary floats, decimal texts, decimals of a driver. Nothing is rounded, nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Context, Decimal, Inexact, InvalidOperation
from types import ModuleType
from typing import TYPE_CHECKING, cast

from attrs import evolve

from acl.engine.codec import Codec, Unreadable, never_written
from acl.engine.declare import column as bound
from acl.engine.emitter import Emitter
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.quantity import finite
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_NUMBER = ProblemKind.INVALID_NUMBER
_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])
_ARTEFACT = Decimal("1e-6")
"""How far, relative to itself, a binary float may lie from the decimal that was meant."""
_QUANTA = tuple(Decimal(1).scaleb(-places) for places in range(10))
_COUNTED = 10**15
"""A binary float is sure of fifteen digits: from so many quanta on it cannot tell each decimal from the next."""


def floating(column: str, *, places: int) -> Decimal:
    """Read a decimal that the vendor keeps in a binary float: 19.989999999999998 was meant as 19.99.

    *places* is the number of decimals that the vendor's dictionary declares. A float further than a millionth of
    itself from such a decimal is no artefact and is refused.

    Source: PRO-NUM-01, INH-NUM-02.
    """
    quantum = _QUANTA[places]

    def decode(raw: object) -> Decimal:
        if type(raw) not in (float, int, Decimal):
            raise Unreadable(_NUMBER, f"a number is expected, not {type(raw).__name__}", "PRO-NUM-01")
        exact = Decimal(cast("float", raw))
        try:
            meant = exact.quantize(quantum) if exact.is_finite() else None
        except InvalidOperation:
            meant = None
        if meant is None:
            raise Unreadable(_NUMBER, f"{raw!r} is not a number that can be kept", "PRO-NUM-01")
        if abs(meant - exact) > _ARTEFACT * abs(meant):
            raise Unreadable(_NUMBER, f"{raw!r} has more than the {places} decimals of its column", "PRO-NUM-01")
        _check_countable(meant, raw, places)
        return meant.copy_abs() if meant == 0 else meant  # a binary float knows a negative zero

    codec = Codec(
        name=f"floating({places})",
        decode=decode,
        encode=lambda value: _as_float(value, places),
        kind=_NUMBER,
        quirks=("PRO-NUM-01", "INH-NUM-02"),
        produces=(Decimal,),
        proves=(finite,),
        inline=lambda emitter, raws: _inline_float(
            emitter, raws[0], places, places, f"{emitter.constant(decode, 'artefact')}({raws[0]})"
        ),
        inline_places=lambda emitter, raw, fine, other: _inline_float(emitter, raw, places, min(fine, places), other),
        facets=(Facets(forms=(Form.FLOAT, Form.INTEGER, Form.DECIMAL), scale=places, exact=True),),
        raws=lambda strategies: _amounts(strategies, places).map(float),
        raws_of_places=lambda strategies, fine: _amounts(strategies, min(fine, places)).map(float),
    )
    return bound(codec, column)


def _as_float(value: Decimal, places: int) -> float:
    exact = _at_scale(value, places, "PRO-NUM-01")
    _check_countable(exact, value, places)
    return float(exact)


def _check_countable(meant: Decimal, told: object, places: int) -> None:
    if abs(meant) >= _COUNTED * _QUANTA[places]:
        reason = f"{told} is too large for a float to tell its {places} decimals"
        raise Unreadable(_NUMBER, reason, "INH-NUM-02")


def _at_scale(value: Decimal, places: int, quirk: str) -> Decimal:
    """Write *value* with exactly so many places, or refuse: nothing is rounded, whatever the decimal context says."""
    try:
        return value.quantize(Decimal(1).scaleb(-places), context=_EXACT)
    except (Inexact, InvalidOperation):
        reason = f"{value} does not fit a column of {places} decimals"
        raise Unreadable(_NUMBER, reason, quirk) from None


def _inline_float(emitter: Emitter, raw: str, places: int, fine: int, other: str) -> str:
    """Emit the exact way from float to decimal: an integer count of quanta, checked by dividing back.

    What is no such count, an artefact of arithmetic above all, is left to the expression *other*. *places* are those
    of the column, which say how large a number it can tell; *fine* are those that are counted.
    """
    count, scale = emitter.fresh("count"), f"{10.0**fine!r}"
    sure = f"{_COUNTED / 10.0**places!r}"  # comparing floats is half as dear as comparing counts
    told = f"type({raw}) is float and -{sure} < {raw} < {sure}"
    counted = f"({count} := ({raw} * {scale}).__round__()) / {scale} == {raw}"
    return f"{count} * {emitter.constant(_QUANTA[fine], f'quantum_{fine}')} if {told} and {counted} else {other}"


_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def decimal_text(column: str, *, places: int = 6, quirk: str = "SAP-NUM-01") -> Decimal:
    """Read a decimal that comes as text with a point, no grouping and no exponent: ``12.500``.

    *places* is the scale of the column, to which a value is written. Null means that nothing is known.

    Source: SAP-NUM-01, SOAP-04.
    """

    def decode(raw: object) -> Decimal:
        if type(raw) is not str or not _PLAIN.fullmatch(raw):
            raise Unreadable(_NUMBER, f"{raw!r} is not a plain decimal", quirk)
        return Decimal(raw)

    def encode(value: Decimal) -> str:
        return f"{_at_scale(value, places, quirk):f}"

    codec = Codec(
        name=f"decimal_text({places})",
        decode=decode,
        encode=encode,
        kind=_NUMBER,
        quirks=(quirk,),
        produces=(Decimal,),
        proves=(finite,),
        facets=(Facets(forms=(Form.DECIMAL, Form.TEXT), scale=places),),
        raws=lambda strategies: _amounts(strategies, places).map(encode),
        raws_of_places=lambda strategies, fine: _amounts(strategies, min(fine, places)).map(encode),
    )
    return bound(codec, column)


def decimal(column: str, *, places: int) -> Decimal:
    """Read a decimal that the driver hands out exactly; an integer is one too.

    *places* is the scale of the column, to which a value is written; a finer one is refused.
    """

    def decode(raw: object) -> Decimal:
        if type(raw) is int:
            return Decimal(raw)
        if type(raw) is not Decimal or not raw.is_finite():
            raise Unreadable(_NUMBER, f"{raw!r} is not an exact number", "EBS-NUM-01")
        return raw

    codec = Codec(
        name=f"decimal({places})",
        decode=decode,
        encode=lambda value: _at_scale(value, places, "EBS-NUM-01"),
        kind=_NUMBER,
        quirks=("EBS-NUM-01",),
        produces=(Decimal,),
        proves=(finite,),
        facets=(Facets(forms=(Form.DECIMAL, Form.INTEGER), scale=places),),
        raws=lambda strategies: _amounts(strategies, places).map(lambda value: round(value, places)),
        raws_of_places=lambda strategies, fine: _amounts(strategies, fine).map(lambda value: round(value, places)),
    )
    return bound(codec, column)


def computed(name: str, decode: Callable[..., Decimal], raws: tuple[object, ...] | None = None) -> Codec[Decimal]:
    """Make the codec of a number that follows from several columns and is never written.

    *raws* are one valid value of each column, for records that are drawn.
    """
    codec = Codec(
        name=name,
        decode=decode,
        encode=never_written,
        kind=_NUMBER,
        absent=(),
        produces=(Decimal,),
        proves=(finite,),
    )
    return codec if raws is None else evolve(codec, raws=lambda strategies: strategies.just(raws))


def _amounts(strategies: ModuleType, places: int) -> SearchStrategy[Decimal]:
    """Draw positive decimals of *places* that a double holds exactly enough."""
    counts = strategies.integers(1, 10**9)
    return cast("SearchStrategy[Decimal]", counts.map(lambda count: Decimal(count).scaleb(-places)))
