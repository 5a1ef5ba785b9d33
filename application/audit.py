"""Verifying the ledger: every audit stream against its anchor, and every row against the last record about it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TypeVar

from attrs import define, field, frozen

from application.rollout.harm import ROLLOUT
from domain.audit import Anchor, Finding, Flaw, Record, verify
from domain.canonical import canonical
from ports.errors import Tampered
from ports.ledger import IntentQuery, Ledger

T = TypeVar("T")


@define
class _Told:
    """What the records say that the rows hold.

    *fences* is the last one told of each intent, and *states* the last state; neither is told by the records of early
    versions. *standings* are those told of each action in each place, the last one last, in their canonical form.
    *ends* are the numbers read last.
    """

    fences: dict[str, int | None] = field(factory=dict)
    states: dict[str, object] = field(factory=dict)
    standings: dict[str, list[object]] = field(factory=dict)
    ends: dict[str, int] = field(factory=dict)

    def hear(self, record: Record) -> None:
        """Take in what one record says."""
        self.ends[record.stream] = record.number
        try:
            entry = json.loads(record.body)
            subject, fence, details = entry["subject"], entry.get("fence"), entry["details"]
            if subject is not None and subject["type"] == "IntentId":
                self.fences[subject["text"]] = fence if fence is not None else self.fences.get(subject["text"])
            first = details[0] if isinstance(details, list) and details else details
            if fence is not None:
                self.states[subject["text"]] = first
            if record.stream == ROLLOUT and isinstance(first, dict) and first.get("type") == "Standing":
                self.standings.setdefault(_place(first), []).append(first)
        except (ValueError, LookupError, TypeError):  # nobody sealed this; `verify` says so
            return

    def tells_of(self, row: object) -> bool:
        """A record was heard about *row*: the key of an intent, or a standing in its canonical form."""
        if isinstance(row, dict):
            return row in self.standings.get(_place(row), ())
        return row in self.fences


@frozen(kw_only=True)
class VerifyAudit:
    """Looks at every record of every stream, and at everything that the ledger keeps; *key* is the one that seals."""

    ledger: Ledger
    key: bytes

    def __call__(self, anchors: Mapping[str, Anchor]) -> tuple[Finding, ...]:
        """Give every flaw; *anchors* are kept outside the database, one for each stream that has one.

        Others may write meanwhile.

        Raises:
            Unavailable: the ledger was not reached.
        """
        told = _Told()
        streams = {*self.ledger.streams(), *anchors}  # a stream that is gone altogether has its anchor still
        flaws = [flaw for stream in sorted(streams) for flaw in self._chain(stream, anchors.get(stream), told)]
        doubts = [*self._intents(told), *self._standings(told)]
        since = self._since(told) if doubts else _Told()
        return (*flaws, *(doubt for doubt, row in doubts if not since.tells_of(row)))

    def _chain(self, stream: str, anchor: Anchor | None, told: _Told) -> Iterator[Finding]:
        illegible: list[Finding] = []

        def legible() -> Iterator[Record]:
            for found in _each(self.ledger.records(stream)):
                if isinstance(found, Tampered):
                    illegible.append(Finding(stream, told.ends.get(stream, 0) + 1, Flaw.FORGED, str(found)))
                else:
                    told.hear(found)
                    yield found

        yield from verify(legible(), stream=stream, key=self.key, anchor=anchor)
        yield from illegible

    def _since(self, told: _Told) -> _Told:
        """Hear what was recorded since: a row that was written meanwhile is no forgery."""
        since = _Told()
        for stream in self.ledger.streams():
            for found in _each(self.ledger.records(stream, told.ends.get(stream, 0))):
                if not isinstance(found, Tampered):
                    since.hear(found)
        return since

    def _intents(self, told: _Told) -> Iterator[tuple[Finding, object]]:
        gone = {key for key, fence in told.fences.items() if fence is not None}
        for intent in _each(self.ledger.intents(IntentQuery())):
            if isinstance(intent, Tampered):
                about = str(intent) if intent.intent is None else f"intent {intent.intent}"
                gone.discard(intent.intent or "")
                yield Finding("intents", 0, Flaw.FORGED, about), None
                continue
            key, about = intent.id.text, f"intent {intent.id}"
            gone.discard(key)
            if key not in told.fences:
                yield Finding(intent.stream, 0, Flaw.INSERTED, about), key
            elif intent.fence < (told.fences[key] or 0):
                yield Finding(intent.stream, 0, Flaw.OLDER, about), None
            elif key in told.states and told.states[key] != json.loads(canonical(intent.state)):
                yield Finding(intent.stream, 0, Flaw.AHEAD, about), key
        for key in sorted(gone):
            yield Finding("intents", 0, Flaw.REMOVED, f"intent {key}"), None

    def _standings(self, told: _Told) -> Iterator[tuple[Finding, object]]:
        gone = set(told.standings)
        for standing in _each(self.ledger.standings()):
            if isinstance(standing, Tampered):
                yield Finding(ROLLOUT, 0, Flaw.FORGED, str(standing)), None
                continue
            row = json.loads(canonical(standing))
            place, about = _place(row), f"the standing of {standing.action} in {standing.scope}"
            gone.discard(place)
            if place not in told.standings:
                yield Finding(ROLLOUT, 0, Flaw.INSERTED, about), row
            elif row != told.standings[place][-1]:
                yield Finding(ROLLOUT, 0, Flaw.OLDER, about), row
        for place in sorted(gone):
            yield Finding(ROLLOUT, 0, Flaw.REMOVED, f"the standing of {' in '.join(map(str, json.loads(place)))}"), None


def _each(stream: Iterator[T]) -> Iterator[T | Tampered]:
    """Give all of a *stream* of the ledger, an error in place of what is not what was written."""
    while True:
        try:
            yield next(stream)
        except StopIteration:
            return
        except Tampered as error:
            yield error


def _place(standing: dict[str, object]) -> str:
    """Say what a standing in its canonical form is about."""
    return json.dumps([standing["action"], standing["scope"]])
