"""Gathering what the ledger shows of an action: nothing else counts as evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import frozen

from application.rollout.harm import ROLLOUT
from contracts.stored import read
from domain.audit import Entry, verify
from domain.evidence import track_record
from domain.identifiers import PersonId
from domain.intents import Intent
from domain.keys import IntentId
from domain.lifecycle import State
from domain.rollout import Shadow, Standing, TrackRecord
from ports.errors import Tampered
from ports.ledger import IntentQuery, Ledger

_SHADOWS = {shadow.value: shadow for shadow in Shadow}


@frozen
class Gathered:
    """A track record, and everybody who stands behind the requests that it is made of."""

    track: TrackRecord
    requesters: frozenset[PersonId]


@frozen(kw_only=True)
class GatherEvidence:
    """Counts what became of an action; *key* is the one that seals the audit trail."""

    ledger: Ledger
    key: bytes

    def __call__(self, standing: Standing, now: datetime) -> Gathered:
        """Gather what happened to the action of *standing* since evidence about it counts.

        Undos are no wishes of their own: they count against what they took back, but not where a saga did it.

        Raises:
            Tampered: a row or a record is not what was written; what it shows is no evidence.
            Unavailable: the ledger was not reached.
        """
        intents, undone = list[Intent](), set[IntentId]()
        for intent in self.ledger.intents(IntentQuery(system=standing.scope.system)):
            if intent.undoes is None:
                if _is_about(intent, standing):
                    intents.append(intent)
            elif intent.state is State.DONE and not intent.takes_back:
                undone.add(intent.undoes)
        intents = list({_wish(intent): intent for intent in intents}.values())
        begun = min((intent.submitted_at for intent in intents), default=now)
        track = track_record(
            intents,
            undone=frozenset(undone),
            entries=self.entries(standing.scope.system),
            shadows=self.shadows(),
            since=max(standing.since, begun),
        )
        people = (intent.proposal.requester.people for intent in intents)
        return Gathered(track, frozenset().union(*people))

    def shadows(self) -> Mapping[IntentId, Shadow]:
        """Give what people did about the proposals that were compared so far.

        Raises:
            Tampered: a record is not what was written.
        """
        return {
            entry.subject: _SHADOWS[entry.what]
            for entry in self.entries(ROLLOUT)
            if isinstance(entry.subject, IntentId) and entry.what in _SHADOWS
        }

    def entries(self, stream: str) -> tuple[Entry, ...]:
        """Give what an audit stream holds.

        Raises:
            Tampered: a record is not what was written.
        """
        records = tuple(self.ledger.records(stream))
        if any(verify(records, stream=stream, key=self.key)):
            raise Tampered(f"the audit stream {stream} is not what was written; verify the audit and look why")
        return tuple(read(Entry, record.body) for record in records)


def _wish(intent: Intent) -> object:
    """Tell wishes apart: what was asked for again, and never sent, is one and the same."""
    return intent.key.intention if intent.sendings == 0 else intent.id


def _is_about(intent: Intent, standing: Standing) -> bool:
    return (
        intent.proposal.scope == standing.scope
        and intent.proposal.command.terms.action == standing.action
        and intent.submitted_at >= standing.since
    )
