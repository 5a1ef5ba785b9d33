"""What the ledger shows of an action: the evidence on which a person lets it go one step further."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median_low

from domain.audit import Entry
from domain.intents import Intent
from domain.keys import IntentId
from domain.lifecycle import Event, State
from domain.rollout import Shadow, TrackRecord

APPROVED, REJECTED = "approved", Event.REJECTED.value
_SETTLED = frozenset({Event.SETTLED_DONE.value, Event.SETTLED_NOT_DONE.value})


def track_record(
    intents: Sequence[Intent],
    *,
    undone: frozenset[IntentId],
    entries: Iterable[Entry],
    shadows: Mapping[IntentId, Shadow],
    since: datetime,
) -> TrackRecord:
    """Count what became of *intents*, by the audit's *entries* about them; *undone* are those that were taken back."""
    told = _told(intents, entries)
    words = {key: [entry.what for entry in some] for key, some in told.items()}
    fates = [shadows[intent.id] for intent in intents if intent.id in shadows]
    return TrackRecord(
        since=since,
        proposals=len(intents),
        approved=sum(_is_approved(intent) for intent in intents),
        rejected=sum(REJECTED in words[intent.id] for intent in intents),
        sent=sum(intent.sendings > 0 for intent in intents),
        done=sum(intent.state is State.DONE for intent in intents),
        refused=sum(Event.SAID_NO.value in words[intent.id] for intent in intents),
        settled=sum(not _SETTLED.isdisjoint(words[intent.id]) for intent in intents),
        undone=sum(intent.id in undone for intent in intents),
        decision=_median([taken for intent in intents for taken in _decision(intent, told[intent.id])]),
        same=fates.count(Shadow.SAME),
        other=fates.count(Shadow.OTHER),
        nothing=fates.count(Shadow.NOTHING),
    )


def _told(intents: Sequence[Intent], entries: Iterable[Entry]) -> dict[IntentId, list[Entry]]:
    told: dict[IntentId, list[Entry]] = {intent.id: [] for intent in intents}
    for entry in entries:
        if isinstance(entry.subject, IntentId) and entry.subject in told:
            told[entry.subject].append(entry)
    return told


def _is_approved(intent: Intent) -> bool:
    return len(intent.approvals) >= max(1, intent.proposal.action_class.approvers)


def _decision(intent: Intent, entries: Sequence[Entry]) -> list[timedelta]:
    """Give the time to the last word about an intent, if it is decided."""
    if not _is_approved(intent) and all(entry.what != REJECTED for entry in entries):
        return []
    return [entry.at - intent.submitted_at for entry in entries if entry.what in (APPROVED, REJECTED)][-1:]


def _median(times: Sequence[timedelta]) -> timedelta | None:
    """Give the median in whole microseconds; of an even number the earlier of the two, as nobody waited their mean."""
    microsecond = timedelta(microseconds=1)
    return timedelta(microseconds=median_low([time // microsecond for time in times])) if times else None
