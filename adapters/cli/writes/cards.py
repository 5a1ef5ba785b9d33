"""Intents as tables and cards for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from adapters.cli.screen import Screen, Sheet
from domain.cards import Card, card
from domain.intents import Intent
from domain.lifecycle import State
from domain.rollout import WHOLE, Standing

_NOTHING = "-"


def intent_sheet(intents: Sequence[Intent]) -> Sheet:
    """Set intents one a line; where a worker goes on looking for one, with when."""
    columns = ("intent", "state", "action", "record", "where", "class", "asked by", "since (UTC)")
    looks = [next_look(each) for each in intents]
    are_looked_for = any(look is not None for look in looks)
    rows = [
        (*_line(card(each)), *([look or _NOTHING] if are_looked_for else []), card(each).note or _NOTHING)
        for each, look in zip(intents, looks, strict=True)
    ]
    more = ("next look (UTC)",) if are_looked_for else ()
    return Sheet("", (*columns, *more, "note"), rows, wrapped=("record", "asked by", "note"))


def _line(card: Card) -> Sequence[str]:
    return (
        str(card.id),
        card.state.value,
        card.action,
        _subject(card),
        f"{card.system} {card.company}",
        card.action_class.value,
        card.requester,
        minute(card.submitted_at),
    )


def next_look(intent: Intent) -> str | None:
    """Say when a worker looks again for what the ERP may hold; ``None`` where none does."""
    if intent.due_at is None or intent.state.is_final or not intent.state.may_have_written:
        return None
    held = intent.due_at if intent.lease is None else intent.lease.until
    return second(max(intent.due_at, held))


def _subject(card: Card) -> str:
    if not card.records:
        return _NOTHING
    first = card.records[0]
    return first.label if first.key is None else f"{first.label} ({first.key})"


def show(screen: Screen, card: Card, *, next_look: str | None = None) -> None:
    """Show everything that somebody must know who decides about an intent."""
    screen.heading(f"{card.action}: intent {card.id}, {card.state.value}")
    looked = [] if next_look is None else [("next look", f"{next_look} UTC")]
    screen.sheet(Sheet("", ("", " "), [*_told(card), *looked], wrapped=(" ",)))
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


def how_far(standing: Standing) -> str:
    """Give the stage of a standing, and its share where that is not the whole."""
    return standing.stage.value if standing.share == WHOLE else f"{standing.stage.value} ({standing.share:%})"


def minute(at: datetime) -> str:
    """Give an instant to the minute, as it is in UTC."""
    return f"{at:%Y-%m-%d %H:%M}"


def second(at: datetime) -> str:
    """Give an instant to the second, as it is in UTC."""
    return f"{at:%Y-%m-%d %H:%M:%S}"
