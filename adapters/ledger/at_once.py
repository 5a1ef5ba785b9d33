"""An intent and its record, written at once, or neither: by two statements, or by one that is a transaction of its own.

To PostgreSQL each statement is a journey, so it gets one. That one waits for nobody: it writes only while the lock is
free. And since it sees what was committed when it began, which may be before the lock was free, it may find a key taken
that it did not see; that is an error, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from sqlalchemy import (
    CTE,
    Cast,
    ClauseElement,
    ColumnElement,
    Insert,
    Integer,
    Select,
    Table,
    Update,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    null,
    select,
    update,
)

from adapters.ledger.tables import INTENTS, RECORDS

LOCK = 4_711_000_001
"""The advisory lock of PostgreSQL that whoever writes a ledger holds; any number would do."""
_RECORD = "record_"
_I = INTENTS.c


@frozen(eq=False)
class AtOnce:
    """Writes the *intent*, and if that is written the *record*; or *both*, and tells how many intents it wrote.

    The values of the record are called as its columns, after ``record_``.
    """

    intent: ClauseElement
    record: ClauseElement
    both: ClauseElement


def _made(intent: Insert | Update, alone: Insert | Update) -> AtOnce:
    written = alone.returning(_I.number).cte("written")
    appended = _record(select(*_given(RECORDS, _RECORD)).select_from(written)).cte("appended")
    record = insert(RECORDS).values({column.name: bindparam(f"{_RECORD}{column.name}") for column in RECORDS.columns})
    return AtOnce(intent, record, select(func.count()).select_from(written).add_cte(appended))


def _record(values: Select[*tuple[object, ...]]) -> Insert:
    return insert(RECORDS).from_select([*RECORDS.c], values)


def _given(table: Table, prefix: str = "") -> Sequence[Cast[object]]:
    """Give a value for each column, of the column's type also where it is null."""
    return [cast(bindparam(f"{prefix}{column.name}"), column.type) for column in table.columns]


_TURN: CTE = select(func.pg_try_advisory_xact_lock(LOCK).label("is_ours")).cte("turn")
_IS_FREE = (
    ~exists().where(_I.id == bindparam("id")),
    ~exists().where(_I.intention == bindparam("intention"), _I.round == bindparam("round")),
    ~exists().where(_I.unsettled == bindparam("content")),
)
_STANDS = (_I.id == bindparam("key"), _I.fence == bindparam("seen"))


def _added(values: Select[*tuple[object, ...]]) -> Insert:
    return insert(INTENTS).from_select([*_I], values)


def _saved(*where: ColumnElement[bool]) -> Update:
    at_rest = case((bindparam("is_final", type_=Integer) == 1, null()), else_=_I.unsettled)
    names = ("state", "due_at", "held_until", "fence", "body", "seal")
    return update(INTENTS).where(*where).values(unsettled=at_rest, **{name: bindparam(name) for name in names})


TAKE_IN = _made(
    _added(select(*_given(INTENTS)).where(*_IS_FREE)),
    _added(select(*_given(INTENTS)).select_from(_TURN).where(_TURN.c.is_ours, *_IS_FREE)),
)
"""A new intent, if its id and key are free and none of the same ``content`` is under way."""
KEEP = _made(_saved(*_STANDS), _saved(_TURN.c.is_ours, *_STANDS))
"""An intent in place of the one called ``key``, if its fence is still the one that was ``seen``."""
