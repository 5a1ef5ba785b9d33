"""Notions that only Protheus has: postal codes without hyphen, states of the world, statuses told by four columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from math import isfinite, nan
from types import ModuleType
from typing import TYPE_CHECKING, cast

from acl.codecs.text import fitting, sound
from acl.conditions import AnyOf, Comparison, Condition, Where
from acl.engine.codec import Codec, Unreadable, never_written
from acl.engine.emitter import Emitter
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.purchasing import LineStatus, OrderStatus
from domain.suppliers import SupplierBlock
from ports.errors import ProblemKind

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_CODE, _NUMBER = ProblemKind.INVALID_CODE, ProblemKind.INVALID_NUMBER
_TEXT = Facets(forms=(Form.TEXT,))
_COUNT = Facets(forms=(Form.FLOAT, Form.INTEGER, Form.DECIMAL))


def _letter(*codes: str) -> Facets:
    return Facets(forms=(Form.TEXT,), length=1, codes=codes)


_MARK = _letter(" ", "*")
"""The mark of deletion; whoever fetches leaves out what is deleted."""
_RESIDUE = _letter(" ", "S")


def _postal_code(raw: object) -> str:
    text = sound(raw, "PRO-PAD-02").rstrip(" ")
    return f"{text[:5]}-{text[5:]}" if re.fullmatch("[0-9]{8}", text) else text


def _cep(value: str) -> str:
    if re.fullmatch("[0-9]{8}", value):
        raise Unreadable(ProblemKind.INVALID_TEXT, f"{value!r} would be read back with a hyphen", "PRO-PAD-01")
    bare = value.replace("-", "") if re.fullmatch("[0-9]{5}-[0-9]{3}", value) else value
    return fitting(bare, 8, "PRO-PAD-01").ljust(8)


POSTAL_CODE = Codec(
    name="postal_code",
    decode=_postal_code,
    encode=_cep,
    kind=ProblemKind.INVALID_TEXT,
    absent=(" " * 8, ""),
    blank=lambda raw: type(raw) is str and not raw.strip(" "),
    quirks=("PRO-PAD-01",),
    facets=(Facets(forms=(Form.TEXT,), length=8),),
    raws=lambda strategies: strategies.sampled_from(("01310100", "10115   ", "SW1A 1AA")),
)
"""A postal code: eight digits are Brazilian and get their hyphen, anything else is left alone."""


def _region(state: object, abroad: object) -> str | None:
    text = sound(state, "PRO-PAD-02").rstrip(" ")
    return (sound(abroad, "PRO-PAD-02").rstrip(" ") if text == "EX" else text) or None


REGION = Codec[str | None](
    name="region",
    decode=_region,
    encode=never_written,
    kind=ProblemKind.INVALID_TEXT,
    absent=(),
    quirks=("PRO-DIC-02",),
    facets=(_TEXT,),
    raws=lambda strategies: strategies.sampled_from((("SP", "   "), ("EX", "   "), ("EX", "OH "))),
)
"""A Brazilian state, or ``EX`` and the region abroad in the site's own column."""


def _check_alive(mark: object) -> None:
    """Refuse a row whose mark of deletion is neither set nor blank; a deleted one is never fetched."""
    if mark != " ":
        reason = f"{mark!r} says neither deleted nor alive"
        raise Unreadable(ProblemKind.DRIFT, reason, "PRO-DEL-01", column="D_E_L_E_T_", raw=mark)


_BLOCKS = {
    ("1", " "): SupplierBlock.ALL, ("1", "C"): SupplierBlock.ALL, ("1", "P"): SupplierBlock.ALL,
    ("2", " "): SupplierBlock.NONE, ("2", "C"): SupplierBlock.PURCHASING, ("2", "P"): SupplierBlock.PAYMENT,
    (" ", " "): SupplierBlock.NONE, (" ", "C"): SupplierBlock.PURCHASING, (" ", "P"): SupplierBlock.PAYMENT,
}  # fmt: skip


def _block(mark: object, blocked: object, extent: object) -> SupplierBlock:
    _check_alive(mark)
    if blocked not in ("1", "2", " "):
        raise Unreadable(
            _CODE, f"{blocked!r} says neither blocked nor free", "PRO-CODE-02", column="A2_MSBLQL", raw=blocked
        )
    if extent not in ("C", "P", " "):
        raise Unreadable(_CODE, f"{extent!r} is no extent of a block", "PRO-CODE-01", column="A2_XBLOQ", raw=extent)
    return _BLOCKS[blocked, extent]


BLOCK = Codec(
    name="block",
    decode=_block,
    encode=lambda value: (" ", *next(raws for raws, block in _BLOCKS.items() if block is value)),
    kind=_CODE,
    absent=(),
    quirks=("PRO-CODE-02", "PRO-CODE-01", "PRO-DEL-01"),
    produces=(SupplierBlock,),
    facets=(_MARK, _letter("1", "2", " "), _letter("C", "P", " ")),
    raws=lambda strategies: strategies.sampled_from(
        ((" ", "1", " "), (" ", "2", " "), (" ", "2", "C"), (" ", "2", "P"))
    ),
)
"""What is stopped: the standard flag stops everything, the site's own column says what else. Blank was never set."""


def _counted(column: str, raw: object) -> float:
    if type(raw) not in (float, int, Decimal):
        reason = f"a number is expected, not {type(raw).__name__}"
        raise Unreadable(_NUMBER, reason, "PRO-NUM-01", column=column, raw=raw)
    try:
        number = float(cast("float", raw))
    except (OverflowError, ValueError):  # an integer of hundreds of digits; a signalling NaN
        number = nan
    if not isfinite(number):
        raise Unreadable(_NUMBER, f"{raw!r} is not a number that can be kept", "PRO-NUM-01", column=column, raw=raw)
    return round(number, 3)


def _line_status(residue: object, received: object, ordered: object) -> LineStatus:
    if residue not in (" ", "S"):
        raise Unreadable(_CODE, f"{residue!r} is not S or blank", "PRO-PO-01", column="C7_RESIDUO", raw=residue)
    came, wanted = _counted("C7_QUJE", received), _counted("C7_QUANT", ordered)
    if residue == "S":
        return LineStatus.CANCELLED if came == 0 else LineStatus.CLOSED
    if came == 0:
        return LineStatus.OPEN
    return LineStatus.RECEIVED if came >= wanted else LineStatus.PARTLY_RECEIVED


def _inline_line_status(emitter: Emitter, raws: tuple[str, ...]) -> str:
    """Emit the two commonest cases; what was received in part, or is a residue, goes to the function."""
    residue, received, ordered = raws
    judge = emitter.constant(_line_status, "line_status")
    untouched = emitter.constant(LineStatus.OPEN, "OPEN")
    complete = emitter.constant(LineStatus.RECEIVED, "RECEIVED")
    usual = f"{untouched} if {received} == 0.0 else {complete} if {received} == {ordered} else None"
    return f"(({usual}) if {residue} == ' ' else None) or {judge}({residue}, {received}, {ordered})"


LINE_STATUS = Codec(
    name="line_status",
    decode=_line_status,
    encode=never_written,
    kind=_CODE,
    absent=(),
    quirks=("PRO-PO-01", "PRO-PO-03"),
    produces=(LineStatus,),
    inline=_inline_line_status,
    facets=(_RESIDUE, _COUNT, _COUNT),
    raws=lambda strategies: strategies.tuples(strategies.sampled_from(" S"), _halves(strategies), _halves(strategies)),
)
"""Residue eliminated with nothing received is cancelled, with something received closed; else the quantities say."""


def _halves(strategies: ModuleType) -> SearchStrategy[float]:
    return cast("SearchStrategy[float]", strategies.integers(0, 100).map(lambda count: count / 2))


def _order_status(rows: Sequence[tuple[object, ...]]) -> OrderStatus:
    """Judge residues first, then drafts and approval, then the lines together (PRO-PO-01)."""
    for _, _, mark, kind, *_ in rows:
        _check_alive(mark)
        if kind != 1:  # 1.0 is 1: numbers may come as floats
            raise Unreadable(_CODE, f"{kind!r} is no purchase order", "PRO-PO-06", column="C7_TIPO", raw=kind)
    draft, approval = rows[0][0], rows[0][1]
    if draft not in (" ", "S"):
        raise Unreadable(_CODE, f"{draft!r} is not S or blank", "PRO-CODE-01", column="C7_XRASC", raw=draft)
    if approval not in (" ", "L", "B", "R"):
        raise Unreadable(_CODE, f"{approval!r} is no state of approval", "PRO-PO-04", column="C7_CONAPRO", raw=approval)
    lines = {_line_status(*row[4:]) for row in rows}
    if lines == {LineStatus.CANCELLED}:
        return OrderStatus.CANCELLED
    if draft == "S":
        return OrderStatus.DRAFT
    if approval in ("B", "R"):
        return OrderStatus.PENDING_APPROVAL if approval == "B" else OrderStatus.REJECTED
    return OrderStatus.told_by_lines(lines)


_KIND = Facets(forms=(Form.INTEGER, Form.FLOAT, Form.DECIMAL), codes=("1", "2"))
"""An order, or a delivery authorisation, which whoever fetches leaves out."""
_APPROVALS = {OrderStatus.PENDING_APPROVAL: "B", OrderStatus.REJECTED: "R"}


def _asked(value: OrderStatus) -> tuple[Where, ...]:
    """Ask by what every row of the order repeats; what follows from the lines together is judged here."""
    if value is OrderStatus.CANCELLED:
        return ()
    if value is OrderStatus.DRAFT:
        return (Condition("C7_XRASC", Comparison.EQ, "S"),)
    codes = [_APPROVALS[value]] if value in _APPROVALS else [" ", "L"]
    approval = AnyOf(tuple(Condition("C7_CONAPRO", Comparison.EQ, each) for each in codes))
    return (Condition("C7_XRASC", Comparison.EQ, " "), approval)


ORDER_STATUS = Codec(
    name="order_status",
    decode=_order_status,
    encode=never_written,
    kind=_CODE,
    absent=(),
    quirks=("PRO-PO-01", "PRO-PO-04", "PRO-PO-06", "PRO-DEL-01"),
    produces=(OrderStatus,),
    narrows=_asked,
    facets=(_letter(" ", "S"), _letter(" ", "L", "B", "R"), _MARK, _KIND, _RESIDUE, _COUNT, _COUNT),
    raws=lambda strategies: strategies.tuples(
        strategies.sampled_from(" S"),
        strategies.sampled_from(" LBR"),
        strategies.just(" "),
        strategies.just(1),
        strategies.sampled_from(" S"),
        _halves(strategies),
        _halves(strategies),
    ),
)
"""The status of an order, which no column holds: given up, then draft, then approval, then what its lines say."""
