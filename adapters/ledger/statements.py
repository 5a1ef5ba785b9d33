"""Everything that the ledger says to its database, each rendered once from SQLAlchemy Core.

A rendered statement runs on the driver's own cursor with its values bound: what SQLAlchemy adds to each execution costs
more than the database's own work on one row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from attrs import field, frozen
from sqlalchemy import (
    BigInteger,
    BindParameter,
    Dialect,
    Executable,
    Integer,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.sql.compiler import SQLCompiler

from adapters.ledger.tables import INTENTS, RECORDS

Value: TypeAlias = "str | int | bytes | None"

_I, _R = INTENTS.c, RECORDS.c
_ID: BindParameter[str] = bindparam("key")
_LIMIT = bindparam("limit", type_=Integer)
_ROW = (_I.number, _I.id, _I.intention, _I.round, _I.unsettled, _I.state, _I.system, _I.saga)
_ROW = (*_ROW, _I.due_at, _I.held_until, _I.fence, _I.body, _I.seal)
