"""Intents as rows, and rows as intents again, if they are what was written."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from attrs import field, frozen

from adapters.ledger.tables import INTENTS
from contracts.stored import read
from domain.audit import GENESIS, Anchor, Record
from domain.canonical import Digest, canonical
from domain.errors import DomainError
from domain.intents import Intent
from domain.rollout import Standing
from ports.errors import Tampered

Value: TypeAlias = "str | int | bytes | None"
Values: TypeAlias = dict[str, Value]
Row: TypeAlias = Sequence[Value]

COLUMNS = tuple(column.name for column in INTENTS.columns)
_NUMBER, _BODY, _SEAL = (COLUMNS.index(name) for name in ("number", "body", "seal"))
ID, INTENTION, UNSETTLED = (COLUMNS.index(name) for name in ("id", "intention", "unsettled"))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@frozen
class Seals:
    """Makes rows that nobody can change without the *key*."""

    key: bytes = field(repr=False)

    def added(self, intent: Intent, number: int) -> Values:
        """Give all columns of a new row, the *number*-th."""
        return {**self._lasting(intent, number), **self.saved(intent)}

    def saved(self, intent: Intent) -> Values:
        """Give the columns that a move may change; ``unsettled`` is emptied by the statement."""
        body = canonical(intent)
        return {**_moving(intent), "body": body, "seal": self._sealed(b"intent", body)}

    def opened(self, row: Row) -> Intent:
        """Read a row.

        Raises:
            Tampered: one of its columns is not what was written there.
        """
        number, body, seal = row[_NUMBER], row[_BODY], row[_SEAL]
        if not (isinstance(number, int) and isinstance(body, bytes) and isinstance(seal, bytes)):
            raise _tampered(row)
        if not hmac.compare_digest(seal, self._sealed(b"intent", body)):
            raise _tampered(row)
        try:
            intent = read(Intent, body)
        except DomainError as error:
            told = f"row {number} of the ledger's intents cannot be read: {error}"
            raise Tampered(told, intent=_id_in(row)) from error
        written = {**self._lasting(intent, number), **_moving(intent), "body": body, "seal": seal}
        if tuple(row) != tuple(written[name] for name in COLUMNS):
            raise _tampered(row)
        return intent

    def stood(self, standing: Standing) -> Values:
        """Give all columns of a standing's row."""
        body = canonical(standing)
        place = {"system": standing.scope.system, "company": standing.scope.company, "action": standing.action}
        return {**place, "body": body, "seal": self._sealed(b"standing", body)}

    def standing(self, row: Row) -> Standing:
        """Read a standing's row.

        Raises:
            Tampered: one of its columns is not what was written there.
        """
        *place, body, seal = row
        what = f"the standing of {place[2]!r} in company {place[1]!r} of {place[0]!r}"
        told = f"{what} in the ledger is not what was written there; let nobody act on it, and look why"
        if not (isinstance(body, bytes) and isinstance(seal, bytes)):
            raise Tampered(told)
        if not hmac.compare_digest(seal, self._sealed(b"standing", body)):
            raise Tampered(told)
        try:
            standing = read(Standing, body)
        except DomainError as error:
            raise Tampered(f"{what} in the ledger cannot be read: {error}") from error
        if [standing.scope.system, standing.scope.company, standing.action] != place:
            raise Tampered(told)
        return standing

    def _lasting(self, intent: Intent, number: int) -> Values:
        return {
            "number": number,
            "place": self._sealed(b"place", f"{number} {intent.id}".encode()),
            "id": intent.id.text,
            "intention": bytes.fromhex(intent.key.intention.text),
            "round": intent.key.round,
            "unsettled": None if intent.state.is_final else bytes.fromhex(intent.proposal.content.text),
            "system": intent.proposal.scope.system,
            "saga": None if intent.saga is None else intent.saga.text,
        }

    def _sealed(self, kind: bytes, told: bytes) -> bytes:
        return hmac.digest(self.key, kind + b"\n" + told, hashlib.sha256)


def record_in(stream: str, row: Row) -> Record:
    """Give the record of *stream* that stands in a row; whether its seal fits is for `domain.audit.verify` to say.

    Raises:
        Tampered: nothing of the form of a record stands there.
    """
    number, body, seal = row
    try:
        if isinstance(number, int) and isinstance(body, bytes) and isinstance(seal, bytes):
            return Record(stream=stream, number=number, body=body, seal=Digest(seal.hex()))
    except (DomainError, ValueError):
        pass
    raise Tampered(f"record {number!r} of the audit stream {stream} is not of the form of a record; look why")


def recorded(record: Record) -> Values:
    """Give all columns of a record's row."""
    seal = bytes.fromhex(record.seal.text)
    return {"stream": record.stream, "number": record.number, "body": record.body, "seal": seal}


def anchor_in(stream: str, row: Row) -> Anchor:
    """Give the end of *stream*, from its last number and seal.

    Raises:
        Tampered: they are not of the form of a record's.
    """
    number, seal = row
    if number is None and seal is None:
        return Anchor(stream=stream, number=0, seal=GENESIS)
    last = record_in(stream, (number, b"", seal))
    return Anchor(stream=stream, number=last.number, seal=last.seal)


def instant(at: datetime | None) -> int | None:
    """Give an instant as the tables hold it."""
    return None if at is None else (at - _EPOCH) // _MICROSECOND


def moment(told: Value) -> datetime | None:
    """Give the instant that stands in a column; ``None`` if none does, or nothing that is one."""
    if not isinstance(told, int):
        return None
    try:
        return _EPOCH + told * _MICROSECOND
    except OverflowError:  # whoever wrote it, it is no time
        return None


def _moving(intent: Intent) -> Values:
    return {
        "state": intent.state.value,
        "due_at": instant(intent.due_at),
        "held_until": None if intent.lease is None else instant(intent.lease.until),
        "fence": intent.fence,
    }


def _tampered(row: Row) -> Tampered:
    told = "is not what was written there; let nobody act on it, and look why"
    return Tampered(f"row {row[_NUMBER]!r} of the ledger's intents {told}", intent=_id_in(row))


def _id_in(row: Row) -> str | None:
    key = row[ID]
    return key if isinstance(key, str) else None
