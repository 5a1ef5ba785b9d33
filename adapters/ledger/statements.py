"""Everything that the ledger says to its database; instants, digests and seals come as `rows` writes them."""

from __future__ import annotations

from sqlalchemy import (
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    null,
    or_,
    select,
    update,
)

from adapters.ledger.tables import INTENTS, RECORDS, STANDINGS
from ports.ledger import IntentQuery

_I, _R, _S = INTENTS.c, RECORDS.c, STANDINGS.c
_ROW = select(*_I)
_AS_MANY = bindparam("limit", type_=Integer)

INTENT = _ROW.where(_I.id == bindparam("key"))
KNOWN = _ROW.where(or_(_I.intention == bindparam("intention"), _I.unsettled == bindparam("content")))
"""All rounds of an intention, and the intents of the same content that are not at rest: mostly none."""
SAGA = _ROW.where(_I.saga == bindparam("saga")).order_by(_I.number)

_END = [
    select(column).where(_R.stream == bindparam("stream")).order_by(_R.number.desc()).limit(1).scalar_subquery()
    for column in (_R.number, _R.seal)
]
"""The number and the seal of a stream's last record, nulls if it has none."""
END = select(*_END)
PLACE = select(
    *_END,
    select(func.max(_I.number)).scalar_subquery(),
    select(_I.id)
    .where(or_(_I.id == bindparam("key"), and_(_I.intention == bindparam("intention"), _I.round == bindparam("round"))))
    .limit(1)
    .scalar_subquery(),
)
"""After the end of its stream: the last number of an intent, and the id of one that stands in a new one's place."""
ADD = insert(INTENTS)
SAVE = (
    update(INTENTS)
    .where(_I.id == bindparam("key"), _I.fence == bindparam("seen"))
    .values(
        unsettled=case((bindparam("is_final", type_=Integer) == 1, null()), else_=_I.unsettled),
        **{name: bindparam(name) for name in ("state", "due_at", "held_until", "fence", "body", "seal")},
    )
    .returning(*_END)
)
SET_ASIDE = update(INTENTS).where(_I.id == bindparam("key")).values(due_at=null())

STANDING = select(*_S).where(
    _S.system == bindparam("system"), _S.company == bindparam("company"), _S.action == bindparam("action")
)
STANDINGS_ALL = select(*_S).order_by(_S.system, _S.company, _S.action)
STAND = insert(STANDINGS)
STAND_ANEW = (
    update(STANDINGS)
    .where(_S.system == bindparam("in"), _S.company == bindparam("of"), _S.action == bindparam("what"))
    .values(body=bindparam("body"), seal=bindparam("seal"))
    .returning(_S.action)
)

NEXT_DUE = select(func.min(case((_I.held_until > _I.due_at, _I.held_until), else_=_I.due_at))).where(
    _I.due_at.is_not(None)
)
DUE = (
    select(_I.id)
    .where(_I.due_at <= bindparam("now"), or_(_I.held_until.is_(None), _I.held_until <= bindparam("now")))
    .order_by(_I.due_at, _I.number)
    .limit(_AS_MANY)
)

APPEND = insert(RECORDS)
FOLLOWING = (
    select(_R.number, _R.body, _R.seal)
    .where(_R.stream == bindparam("stream"), _R.number > bindparam("after"))
    .order_by(_R.number)
    .limit(_AS_MANY)
)
SEAL = select(_R.seal).where(_R.stream == bindparam("stream"), _R.number == bindparam("number"))
NEXT_STREAM = select(func.min(_R.stream)).where(_R.stream > bindparam("after"))


def matching(query: IntentQuery) -> Select[*tuple[object, ...]]:
    """Give a page of the rows that match *query*, after the row ``after``."""
    found = _ROW.where(_I.number > bindparam("after")).order_by(_I.number).limit(_AS_MANY)
    if query.state is not None:
        found = found.where(_I.state == query.state.value)
        if not query.state.is_final:
            found = found.where(_I.unsettled.is_not(None))  # which the index of the few knows
    if query.saga is not None:
        found = found.where(_I.saga == query.saga.text)
    if query.system is not None:
        found = found.where(_I.system == query.system)
    return found
