"""What is read and written at once, by the one who writes."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.ledger.book import Desk
from adapters.ledger.rows import Row, Seals, Values, anchor_in
from adapters.ledger.statements import ADD, APPEND, END, INTENT, LATEST, PLACE, SAGA, SAVE, SET_ASIDE, UNSETTLED
from domain.audit import Anchor, Entry, sealed
from domain.canonical import Digest
from domain.intents import Intent
from domain.keys import IntentId, SagaId
from ports.errors import NotFound, Superseded, Tampered
from ports.ledger import Transaction


class SqlTransaction(Transaction):
    """One transaction; *appended* are the ends of the streams that it has added to."""

    def __init__(self, desk: Desk, seals: Seals) -> None:
        self._desk = desk
        self._seals = seals
        self._ends: dict[str, Anchor] = {}
        self.appended: dict[str, Anchor] = {}

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
        asked: Values = {"key": intent.id.text, "intention": bytes.fromhex(intent.key.intention.text)}
        place = {**asked, "round": intent.key.round, "stream": intent.stream}
        *end, last, taken = self._desk.one(PLACE, place) or (None,) * 4
        if taken is not None:
            raise Superseded(f"intent {intent.id} is in the ledger already, under its id or its key")
        if not isinstance(last, int | None):
            raise Tampered(f"{last!r} is not the number of an intent; look who wrote it into the ledger")
        self._desk.do(ADD, self._seals.added(intent, 1 if last is None else last + 1))
        self._ended(intent.stream, end)

    def save(self, intent: Intent, *, fence: int) -> None:
        which: Values = {"key": intent.id.text, "seen": fence, "is_final": int(intent.state.is_final)}
        end = self._desk.one(SAVE, {**which, "stream": intent.stream, **self._seals.saved(intent)})
        if end is None:
            self.intent(intent.id)  # says so if there is none, or if it cannot be trusted
            raise Superseded(f"somebody else has taken intent {intent.id}")
        self._ended(intent.stream, end)

    def set_aside(self, key: IntentId) -> None:
        self._desk.do(SET_ASIDE, {"key": key.text})

    def append(self, entry: Entry) -> None:
        stream = entry.stream
        end = self._ends.get(stream) or self._ended(stream, self._desk.one(END, {"stream": stream}) or (None, None))
        record = sealed(entry, key=self._seals.key, number=end.number + 1, previous=end.seal)
        seal = bytes.fromhex(record.seal.text)
        self._desk.do(APPEND, {"stream": stream, "number": record.number, "body": record.body, "seal": seal})
        self._ends[stream] = self.appended[stream] = Anchor(stream=stream, number=record.number, seal=record.seal)

    def _ended(self, stream: str, end: Row) -> Anchor:
        """Remember the end of a stream: whatever reads or writes an intent tells it, so that nobody needs to ask."""
        if stream not in self._ends:
            self._ends[stream] = anchor_in(stream, end)
        return self._ends[stream]
