"""Intents as tables and cards for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from adapters.cli.screen import Screen, Sheet
from domain.cards import Card
from domain.lifecycle import State

_NOTHING = "-"


def intent_sheet(cards: Iterable[Card]) -> Sheet:
    """Set intents one a line."""
    columns = ("intent", "state", "action", "record", "where", "class", "asked by", "since (UTC)", "note")
    rows = [
        (
            str(each.id),
            each.state.value,
            each.action,
            _subject(each),
            f"{each.system} {each.company}",
            each.action_class.value,
            each.requester,
            minute(each.submitted_at),
            each.note or _NOTHING,
        )
        for each in cards
    ]
    return Sheet("", columns, rows, wrapped=("record", "asked by", "note"))


def _subject(card: Card) -> str:
    if not card.records:
        return _NOTHING
    first = card.records[0]
    return first.label if first.key is None else f"{first.label} ({first.key})"


def show(screen: Screen, card: Card) -> None:
    """Show everything that somebody must know who decides about an intent."""
    screen.heading(f"{card.action}: intent {card.id}, {card.state.value}")
    screen.sheet(Sheet("", ("", " "), list(_told(card)), wrapped=(" ",)))
    if card.records:
        rows = [(each.kind, each.key or _NOTHING, each.label, each.said or _NOTHING) for each in card.records]
        screen.sheet(Sheet("It concerns", ("what", "key", "in the ERP", "said"), rows, wrapped=("in the ERP", "said")))
    if card.fields:
        fields = [(each.field, each.before or "(not there)", each.after) for each in card.fields]
        screen.sheet(Sheet("It writes", ("field", "now", "then"), fields, wrapped=("now", "then")))
    if card.figures:
        figures = [(each.name, each.value, each.source) for each in card.figures]
        screen.sheet(Sheet("The ERP says", ("figure", "value", "read from"), figures, wrapped=("value", "read from")))


def _told(card: Card) -> Iterable[tuple[str, str]]:
    yield "where", f"company {card.company} of {card.system}"
    yield "asked by", card.requester
    yield "on", card.occasion
    yield "why, in their words", card.rationale or _NOTHING
    yield "class", f"{card.action_class.value} ({'; '.join(card.because)})"
    yield "needs", _approvers(card)
    if card.state is State.AWAITING:
        yield "decide by", f"{minute(card.decide_by)} UTC"
    yield "taken back by", card.undo
    yield "state", f"{card.state.value}: {card.note}" if card.note else card.state.value
    if card.record is not None:
        yield "record", card.record
    yield "our reference there", card.reference
    if card.saga is not None:
        yield "saga", f"{card.saga}, step {card.step}"
    if card.undoes is not None:
        yield "takes back", str(card.undoes)
    yield "proposal", card.proposal


def _approvers(card: Card) -> str:
    if card.approvers == 0:
        return "no approval"
    people = "one approver" if card.approvers == 1 else f"{card.approvers} different approvers"
    return f"{people}; {'nobody yet' if not card.approved_by else 'approved by ' + ' and '.join(card.approved_by)}"


def minute(at: datetime) -> str:
    """Give an instant to the minute, as it is in UTC."""
    return f"{at:%Y-%m-%d %H:%M}"
