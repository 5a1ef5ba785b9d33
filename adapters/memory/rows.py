"""The rows of the ledger in memory: what is sealed is believed, and what it is found by must say the same."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from attrs import field, frozen

from contracts.stored import read
from domain.canonical import Digest, canonical
from domain.errors import DomainError
from domain.intents import Intent
from domain.keys import IntentId, Key, SagaId
from domain.lifecycle import State
from domain.rollout import Standing
from domain.scope import Scope
from ports.errors import Tampered


@frozen
class Row:
    """One intent as it is kept: its canonical form with the seal over it, and what it is looked up by.

    *number* is its place in the order in which intents were added, and *place* a seal over that.
    """

    number: int
    place: bytes
    body: bytes
    seal: bytes
    key: Key
    unsettled: Digest | None
    saga: SagaId | None
    system: str
    state: State
    due_at: datetime | None
    held_until: datetime | None


@frozen
class StandingRow:
    """One standing as it is kept."""

    body: bytes
    seal: bytes


@frozen
class Seals:
    """Makes rows that nobody can change without the *key*."""

    key: bytes = field(repr=False)

    def closed(self, intent: Intent, number: int) -> Row:
        """Make the row of *intent*, the *number*-th."""
        body = canonical(intent)
        return self._row(intent, number, body, self._sealed(b"intent", body))

    def opened(self, key: IntentId, row: Row) -> Intent:
        """Read the row that stands under *key*.

        Raises:
            Tampered: something about it is not what was written there.
        """
        if not hmac.compare_digest(row.seal, self._sealed(b"intent", row.body)):
            raise _tampered(f"intent {key}", key)
        try:
            intent = read(Intent, row.body)
        except DomainError as error:
            raise Tampered(f"intent {key} of the ledger cannot be read: {error}", intent=key.text) from error
        if intent.id != key or row != self._row(intent, row.number, row.body, row.seal):
            raise _tampered(f"intent {key}", key)
        return intent

    def closed_standing(self, standing: Standing) -> StandingRow:
        """Make the row of *standing*."""
        body = canonical(standing)
        return StandingRow(body, self._sealed(b"standing", body))

    def opened_standing(self, key: tuple[Scope, str], row: StandingRow) -> Standing:
        """Read the row that stands under the scope and action of *key*.

        Raises:
            Tampered: it is not what was written there.
        """
        scope, action = key
        what = f"the standing of {action} in {scope}"
        if not hmac.compare_digest(row.seal, self._sealed(b"standing", row.body)):
            raise _tampered(what)
        try:
            standing = read(Standing, row.body)
        except DomainError as error:
            raise Tampered(f"{what} in the ledger cannot be read: {error}") from error
        if (standing.scope, standing.action) != key:
            raise _tampered(what)
        return standing

    def _row(self, intent: Intent, number: int, body: bytes, seal: bytes) -> Row:
        return Row(
            number=number,
            place=self._sealed(b"place", f"{number} {intent.id}".encode()),
            body=body,
            seal=seal,
            key=intent.key,
            unsettled=None if intent.state.is_final else intent.proposal.content,
            saga=intent.saga,
            system=intent.proposal.scope.system,
            state=intent.state,
            due_at=intent.due_at,
            held_until=None if intent.lease is None else intent.lease.until,
        )

    def _sealed(self, kind: bytes, told: bytes) -> bytes:
        return hmac.digest(self.key, kind + b"\n" + told, hashlib.sha256)


def _tampered(what: str, key: IntentId | None = None) -> Tampered:
    told = f"{what} in the ledger is not what was written there; let nobody act on it, and look why"
    return Tampered(told, intent=None if key is None else key.text)
