"""Keys of a database without keys: suppliers by number or by what was typed, and the numbers of lines."""

from __future__ import annotations

import re
from types import ModuleType
from typing import TYPE_CHECKING, cast

from attrs import evolve

from acl.conditions import Comparison, Condition
from acl.engine.codec import Codec, Unreadable
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.identifiers import LineNumber, SupplierId
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_KEY = ProblemKind.INVALID_IDENTIFIER
_PLACES = 8
_NUMBER = Facets(forms=(Form.INTEGER,))


def _supplier(raw: object) -> SupplierId:
    if type(raw) is not int or not 0 < raw < 10**_PLACES:
        raise Unreadable(_KEY, f"{raw!r} is not a supplier's number of at most {_PLACES} digits", "INH-KEY-04")
    return SupplierId(f"{raw:0{_PLACES}d}")


def _number(value: SupplierId) -> int:
    if not re.fullmatch(f"[0-9]{{{_PLACES}}}", value.text) or int(value.text) == 0:
        raise Unreadable(_KEY, f"{value.text!r} is not a supplier's number of {_PLACES} digits", "INH-KEY-04")
    return int(value.text)


def _numbers(strategies: ModuleType) -> SearchStrategy[int]:
    return cast("SearchStrategy[int]", strategies.integers(1, 10**_PLACES - 1))


SUPPLIER = Codec[SupplierId](
    name="supplier",
    decode=_supplier,
    encode=_number,
    kind=_KEY,
    quirks=("INH-KEY-04", "INH-PHANTOM-01"),
    produces=(SupplierId,),
    spellings=lambda value: (_number(value),),
    ordered=True,
    facets=(_NUMBER,),
    raws=_numbers,
)
"""A supplier's number, which the master keeps without its leading zeros."""


def _referenced(text: object, code: object) -> SupplierId:
    if code is None:
        raise _unresolved(text)
    return _supplier(code)


def _unresolved(text: object) -> Unreadable:
    if type(text) is not str:
        reason = "a value is required here" if text is None else f"a text is expected, not {type(text).__name__}"
        kind = ProblemKind.MISSING if text is None else ProblemKind.DRIFT
        return Unreadable(kind, reason, "INH-KEY-03", column="COD_FORN", raw=text)
    bare = text.strip(" ").lstrip("0")
    if bare in ("", "-1"):
        reason = f"{text!r} stands for no supplier"
        return Unreadable(ProblemKind.MISSING, reason, "INH-PHANTOM-01", column="COD_FORN", raw=text)
    if not re.fullmatch("[0-9]+", bare):
        return Unreadable(_KEY, f"{text!r} is not a supplier's number", "INH-KEY-04", column="COD_FORN", raw=text)
    reason = f"the master has no supplier {text!r}, or no principal of it"
    return Unreadable(_KEY, reason, "INH-KEY-03", column="COD_FORN", raw=text)


REFERENCED_SUPPLIER = Codec[SupplierId](
    name="referenced_supplier",
    decode=_referenced,
    encode=lambda value: (str(_number(value)), _number(value)),
    kind=_KEY,
    absent=(),
    quirks=("INH-KEY-01", "INH-KEY-03", "INH-KEY-04", "INH-PHANTOM-01"),
    produces=(SupplierId,),
    narrows=lambda value: (Condition("COD", Comparison.EQ, _number(value)),),
    facets=(Facets(forms=(Form.TEXT,), length=_PLACES), evolve(_NUMBER, nullable=True)),
    raws=lambda strategies: _numbers(strategies).map(lambda number: (str(number), number)),
)
"""The supplier of an order: what was typed, and the number of the principal in the master that it stands for.

Whoever reads joins the two; the second is null where nothing in the master fits.
"""


def _line_number(sequence: object, alone: object) -> LineNumber:
    if alone is not None:
        reason = "the order has no lines"
        raise Unreadable(ProblemKind.MISSING, reason, "INH-TXN-01", column="NUMERO", raw=alone)
    if type(sequence) is not int or sequence < 1:
        reason = f"{sequence!r} is not the number of a line"
        raise Unreadable(_KEY, reason, "INH-KEY-04", column="SEQ", raw=sequence)
    return LineNumber(str(sequence))


def _sequence(value: LineNumber) -> tuple[int, None]:
    if not re.fullmatch("[1-9][0-9]{0,8}", value.text):
        raise Unreadable(_KEY, f"{value.text!r} is not a number, as lines have here", "INH-KEY-04")
    return int(value.text), None


LINE_NUMBER = Codec[LineNumber](
    name="line_number",
    decode=_line_number,
    encode=_sequence,
    kind=_KEY,
    absent=(),
    quirks=("INH-TXN-01", "INH-KEY-04"),
    produces=(LineNumber,),
    facets=(_NUMBER, Facets(forms=(Form.TEXT,), nullable=True)),
    raws=lambda strategies: strategies.integers(1, 9999).map(lambda number: (number, None)),
)
"""The number of a line, and beside it the number of an order that has none at all, null for all others."""
