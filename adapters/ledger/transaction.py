"""What is looked up, and what is read and written at once by the one who writes."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.ledger.book import Desk
from adapters.ledger.rows import ID, INTENTION, UNSETTLED, Row, Seals, Values, anchor_in, recorded
from adapters.ledger.statements import (
    ADD,
    APPEND,
    END,
    INTENT,
    KNOWN,
    PLACE,
    SAGA,
    SAVE,
    SET_ASIDE,
    STAND,
    STAND_ANEW,
    STANDING,
)
from domain.audit import Anchor, Entry, sealed
from domain.canonical import Digest
from domain.intents import Intent
from domain.keys import IntentId, SagaId
from domain.rollout import Standing
from domain.scope import Scope
from ports.errors import NotFound, Superseded, Tampered
from ports.ledger import Known, Transaction, View


class SqlView(View):
    """What stands in the tables."""

    def __init__(self, desk: Desk, seals: Seals) -> None:
        self._desk = desk
        self._seals = seals

    def intent(self, key: IntentId) -> Intent:
        row = self._desk.one(INTENT, {"key": key.text})
        if row is None:
            raise NotFound(f"there is no intent {key}")
        return self._seals.opened(row)

    def known(self, intention: Digest, content: Digest) -> Known:
        wish, says = bytes.fromhex(intention.text), bytes.fromhex(content.text)
        rows = self._desk.all(KNOWN, {"intention": wish, "content": says})
        rounds = [self._seals.opened(row) for row in rows if row[INTENTION] == wish]
        twins = [IntentId(str(row[ID])) for row in rows if row[UNSETTLED] == says]
        return Known(max(rounds, key=lambda intent: intent.key.round, default=None), next(iter(twins), None))

    def saga(self, key: SagaId) -> Sequence[Intent]:
        return [self._seals.opened(row) for row in self._desk.all(SAGA, {"saga": key.text})]

    def standing(self, action: str, scope: Scope) -> Standing | None:
        row = self._desk.one(STANDING, {"system": scope.system, "company": scope.company, "action": action})
        return None if row is None else self._seals.standing(row)


class SqlTransaction(SqlView, Transaction):
    """One transaction; *appended* are the ends of the streams that it has added to, *last* the intent added last."""

    def __init__(self, desk: Desk, seals: Seals) -> None:
        super().__init__(desk, seals)
        self._ends: dict[str, Anchor] = {}
        self.appended: dict[str, Anchor] = {}
        self.last: int | None = None

    def add(self, intent: Intent) -> None:
        asked: Values = {"key": intent.id.text, "intention": bytes.fromhex(intent.key.intention.text)}
        place = {**asked, "round": intent.key.round, "stream": intent.stream}
        *end, last, taken = self._desk.one(PLACE, place) or (None,) * 4
        if taken is not None:
            raise Superseded(f"intent {intent.id} is in the ledger already, under its id or its key")
        if not isinstance(last, int | None):
            raise Tampered(f"{last!r} is not the number of an intent; look who wrote it into the ledger")
        self.last = 1 if last is None else last + 1
        self._desk.do(ADD, self._seals.added(intent, self.last))
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

    def stand(self, standing: Standing) -> None:
        row = self._seals.stood(standing)
        which: Values = {"in": row["system"], "of": row["company"], "what": row["action"]}
        if self._desk.one(STAND_ANEW, {**which, "body": row["body"], "seal": row["seal"]}) is None:
            self._desk.do(STAND, row)

    def append(self, entry: Entry) -> None:
        stream = entry.stream
        end = self._ends.get(stream) or self._ended(stream, self._desk.one(END, {"stream": stream}) or (None, None))
        record = sealed(entry, key=self._seals.key, number=end.number + 1, previous=end.seal)
        self._desk.do(APPEND, recorded(record))
        self._ends[stream] = self.appended[stream] = Anchor(stream=stream, number=record.number, seal=record.seal)

    def _ended(self, stream: str, end: Row) -> Anchor:
        """Remember the end of a stream: whatever reads or writes an intent tells it, so that nobody needs to ask."""
        if stream not in self._ends:
            self._ends[stream] = anchor_in(stream, end)
        return self._ends[stream]
