"""States by number, each together with the mark that makes the number worthless."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, cast

from acl.codecs.codes import coded
from acl.engine.codec import Codec, Unreadable
from acl.engine.declare import column as bound
from acl.inhouse.codes import BLOCKS, STATUSES, from_column
from contracts.source.owed import Facets
from contracts.source.schema import Form
from domain.purchasing import OrderStatus
from domain.suppliers import SupplierBlock
from ports.errors import ProblemKind

T = TypeVar("T")
_CODE = ProblemKind.INVALID_CODE
_QUIRK = "INH-CODE-01"


def block(state: str, principal: str) -> SupplierBlock:
    """Read what is stopped for a supplier that is its own principal.

    Whoever reads makes *principal* null on a principal and leaves out the duplicates of one. What is left is a
    duplicate of nobody, whose state nobody keeps up.

    Source: INH-CODE-01, INH-KEY-01.
    """
    return bound(_block(state, principal, cast("dict[object, SupplierBlock]", BLOCKS)), state, principal)


def _block(state: str, principal: str, table: Mapping[object, SupplierBlock]) -> Codec[SupplierBlock]:
    plain = coded(table, absent=(), kind=_CODE, quirk=_QUIRK)

    def decode(number: object, other: object) -> SupplierBlock:
        if other is not None:
            reason = f"a duplicate of {other!r}, which is no principal"
            raise Unreadable(ProblemKind.AMBIGUOUS, reason, "INH-KEY-01", column=principal, raw=other)
        return from_column(plain, state, number)

    return Codec(
        name="block",
        decode=decode,
        encode=lambda value: (plain.encode(value), None),
        kind=_CODE,
        absent=(),
        quirks=(_QUIRK, "INH-KEY-01"),
        produces=(SupplierBlock,),
        spellings=lambda value: tuple((number, None) for number in _numbers(table, value)),
        facets=(plain.facets[0], Facets(forms=(Form.INTEGER,), nullable=True)),
        raws=lambda strategies: strategies.tuples(plain.raws(strategies), strategies.none()),
        table=dict(table),
        rebuilt=lambda extended: _block(state, principal, extended),
    )


def _numbers(table: Mapping[object, T], value: T) -> tuple[object, ...]:
    return tuple(number for number, meaning in table.items() if meaning is value)


def order_status(state: str, erased: str, headless: str) -> OrderStatus:
    """Read how far an order has come.

    *erased* is -1 on a deleted order, which whoever reads leaves out, and 0 on all others. *headless* is the order's
    number where lines stand without a header, and null for all others.

    Source: INH-CODE-01, INH-CODE-02, INH-KEY-03.
    """
    table = cast("dict[object, OrderStatus]", STATUSES)
    return bound(_order_status(state, erased, table), state, erased, headless)


def _order_status(state: str, erased: str, table: Mapping[object, OrderStatus]) -> Codec[OrderStatus]:
    plain = coded(table, absent=(), kind=_CODE, quirk=_QUIRK)

    def decode(number: object, mark: object, alone: object) -> OrderStatus:
        if alone is not None:
            reason = "lines stand here without the header of their order"
            raise Unreadable(ProblemKind.MISSING, reason, "INH-KEY-03", column="NUMERO", raw=alone)
        if type(mark) is not int or mark != 0:
            reason = f"{mark!r} says neither deleted (-1) nor not (0)"
            raise Unreadable(_CODE, reason, "INH-CODE-02", column=erased, raw=mark)
        return from_column(plain, state, number)

    return Codec(
        name="order_status",
        decode=decode,
        encode=lambda value: (plain.encode(value), 0, None),
        kind=_CODE,
        absent=(),
        quirks=(_QUIRK, "INH-CODE-02", "INH-KEY-03"),
        produces=(OrderStatus,),
        spellings=lambda value: tuple((number, 0, None) for number in _numbers(table, value)),
        facets=(
            plain.facets[0],
            Facets(forms=(Form.INTEGER,), codes=("0", "-1")),
            Facets(forms=(Form.TEXT,), nullable=True),
        ),
        raws=lambda strategies: strategies.tuples(plain.raws(strategies), strategies.just(0), strategies.none()),
        table=dict(table),
        rebuilt=lambda extended: _order_status(state, erased, extended),
    )
