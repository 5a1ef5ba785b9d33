"""What is read and written at once, by the one who writes."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.ledger.book import Desk
from adapters.ledger.rows import Seals, Values, number_in, record_of
from adapters.ledger.statements import (
    ADD,
    APPEND,
    END,
    INTENT,
    LAST,
    LATEST,
    SAGA,
    SAVE,
    SET_ASIDE,
    TAKEN,
    UNSETTLED,
)
from domain.audit import GENESIS, Anchor, Entry, sealed
from domain.canonical import Digest
from domain.intents import Intent
from domain.keys import IntentId, SagaId
from ports.errors import NotFound, Superseded
from ports.ledger import Transaction


class SqlTransaction(Transaction):
    """One transaction; *ends* are those of the streams that it has added to."""

    def __init__(self, desk: Desk, seals: Seals) -> None:
        self._desk = desk
        self._seals = seals
        self.ends: dict[str, Anchor] = {}

    def intent(self, key: IntentId) -> Intent:
        row = self._desk.one(INTENT, {"key": key.text})
        if row is None:
            raise NotFound(f"there is no intent {key}")
        return self._seals.opened(row)

    def latest(self, intention: Digest) -> Intent | None:
        row = self._desk.one(LATEST, {"intention": bytes.fromhex(intention.text)})
        return None if row is None else self._seals.opened(row)

    def unsettled(self, content: Digest) -> IntentId | None:
        row = self._desk.one(UNSETTLED, {"unsettled": bytes.fromhex(content.text)})
        return None if row is None else IntentId(str(row[0]))

    def saga(self, key: SagaId) -> Sequence[Intent]:
        return [self._seals.opened(row) for row in self._desk.all(SAGA, {"saga": key.text})]

    def add(self, intent: Intent) -> None:
        intention = bytes.fromhex(intent.key.intention.text)
        asked: Values = {"key": intent.id.text, "intention": intention, "round": intent.key.round}
        if self._desk.one(TAKEN, asked) is not None:
            raise Superseded(f"intent {intent.id} is in the ledger already, under its id or its key")
        last = self._desk.one(LAST, {})
        self._desk.do(ADD, self._seals.added(intent, 1 if last is None else number_in(last) + 1))

    def save(self, intent: Intent, *, fence: int) -> None:
        which: Values = {"key": intent.id.text, "seen": fence, "is_final": int(intent.state.is_final)}
        if self._desk.one(SAVE, {**which, **self._seals.saved(intent)}) is None:
            self.intent(intent.id)  # says so if there is none, or if it cannot be trusted
            raise Superseded(f"somebody else has taken intent {intent.id}")

    def set_aside(self, key: IntentId) -> None:
        self._desk.do(SET_ASIDE, {"key": key.text})

    def append(self, entry: Entry) -> None:
        end = self.ends.get(entry.stream) or self._end(entry.stream)
        record = sealed(entry, key=self._seals.key, number=end.number + 1, previous=end.seal)
        seal = bytes.fromhex(record.seal.text)
        self._desk.do(APPEND, {"stream": record.stream, "number": record.number, "body": record.body, "seal": seal})
        self.ends[entry.stream] = Anchor(stream=record.stream, number=record.number, seal=record.seal)

    def _end(self, stream: str) -> Anchor:
        row = self._desk.one(END, {"stream": stream})
        if row is None:
            return Anchor(stream=stream, number=0, seal=GENESIS)
        last = record_of(stream, row)
        return Anchor(stream=stream, number=last.number, seal=last.seal)
