"""The card that a person is shown about an intent: who, what, how much, why, and what every figure rests on.

Everything on it is text for a person. What the ERP or the requester wrote is quoted as it stands; it is data, and
nothing on a card is an instruction to whoever reads it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import Enum

from attrs import fields, frozen, has

from domain.classification import ActionClass
from domain.commands.command import Command, Made, NoUndo, Target
from domain.identifiers import Identifier
from domain.images import UNREAD, changes
from domain.intents import Intent
from domain.keys import IntentId, SagaId
from domain.lifecycle import State
from domain.money import Price
from domain.outcomes import Done
from domain.principals import Principal, Requester
from domain.provenance import SourceRef
from domain.quantity import Quantity
from domain.units import Unit

_CLEARER = {"its nature": "no rule of the policy says otherwise"}
"""What the path notes down in short, and how a person is told it."""


@frozen(kw_only=True)
class Named:
    """A record that the command names: its *kind*, its *key* in the ERP, and its *label* there.

    *said* is what the requester called it. The key is absent for what an earlier step of the saga is yet to make.
    """

    kind: str
    key: str | None
    label: str
    said: str | None


@frozen(kw_only=True)
class Altered:
    """One field that the command writes; *before* is absent where nothing stood, or nobody could look."""

    field: str
    before: str | None
    after: str


@frozen(kw_only=True)
class Figure:
    """One fact that the ERP told, and the record that it was read from."""

    name: str
    value: str
    source: str


@frozen(kw_only=True)
class Card:
    """One intent as a person is shown it, and as it leaves the house.

    *proposal* is the digest that an approval is bound to. *approvers* is how many different people must say yes,
    *approved_by* who has. *record* is what the ERP says was written, *reference* how it is found there. *undo* says
    what takes it back, or why nothing does. *note* says why it is where it is.
    """

    id: IntentId
    action: str
    system: str
    company: str
    state: State
    note: str
    requester: str
    occasion: str
    rationale: str
    records: tuple[Named, ...]
    fields: tuple[Altered, ...]
    figures: tuple[Figure, ...]
    action_class: ActionClass
    because: tuple[str, ...]
    approvers: int
    approved_by: tuple[str, ...]
    undo: str
    proposal: str
    reference: str
    record: str | None
    submitted_at: datetime
    decide_by: datetime
    saga: SagaId | None
    step: str | None
    undoes: IntentId | None


def card(intent: Intent) -> Card:
    """Make the card of *intent*."""
    proposal = intent.proposal
    seen, command = proposal.seen, proposal.command
    return Card(
        id=intent.id,
        action=command.terms.action,
        system=proposal.scope.system,
        company=proposal.scope.company,
        state=intent.state,
        note=in_plain_words(intent.note),
        requester=_asking(proposal.requester),
        occasion=proposal.occasion,
        rationale=proposal.rationale,
        records=tuple(map(_named, command.targets)),
        fields=tuple(
            Altered(
                field=each.path, before=None if each.before is UNREAD else told(each.before), after=told(each.after)
            )
            for each in changes(seen.before, command.effect)
        ),
        figures=tuple(
            Figure(name=each.name, value=told(each.value), source=_read_from(each.source)) for each in seen.facts
        ),
        action_class=proposal.action_class,
        because=tuple(map(in_plain_words, proposal.because)),
        approvers=proposal.action_class.approvers,
        approved_by=tuple(named(each.by) for each in intent.approvals),
        undo=_undo(proposal.undo),
        proposal=proposal.digest.text,
        reference=intent.reference.text,
        record=str(intent.answer.record) if isinstance(intent.answer, Done) else None,
        submitted_at=intent.submitted_at,
        decide_by=intent.decide_by,
        saga=intent.saga,
        step=intent.step,
        undoes=intent.undoes,
    )


def told(value: object) -> str:
    """Give one value of the domain as a person reads it; what is absent, or an empty list, is said to be empty."""
    if value is None or value == ():
        return "(empty)"
    if isinstance(value, tuple):
        return "; ".join(map(told, value))
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if (unit := _unit_of(value)) is not None:
        return f"{value} ({unit.name})"
    if has(kind := type(value)) and kind.__str__ is object.__str__:  # what has its own words stays whole
        parts = {each.name: getattr(value, each.name) for each in fields(kind)}
        return ", ".join(f"{name} {told(part)}" for name, part in parts.items() if part is not None)
    return value.isoformat() if isinstance(value, date) else str(value)


def in_plain_words(note: str) -> str:
    """Give a note of the path as a person reads it."""
    return _CLEARER.get(note, note)


def named(principal: Principal) -> str:
    """Give an account, and beside it the person behind it, if he is called otherwise."""
    account, person = principal.account, principal.person.text
    return account if account == person else f"{account} ({person})"


def _asking(requester: Requester) -> str:
    by = named(requester.principal)
    return by if requester.agent is None else f"{requester.agent} for {by}"


def _unit_of(value: object) -> Unit | None:
    match value:
        case Unit():
            return value
        case Quantity():
            return value.unit
        case Price():
            return value.per.unit
    return None


def _read_from(source: SourceRef) -> str:
    """Say where a figure was read; what a vendor calls his records is said to nobody."""
    what = source.record if source.key == "" else f"record {source.key}"
    return f"the ERP ({source.system}) at {source.read_at:%Y-%m-%d %H:%M} UTC: {what}"


def _kind(key: Identifier) -> str:
    """Give the kind of a record in words: a ``PurchaseOrderId`` is a purchase order's."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(key).__name__.removesuffix("Id")).lower()


def _named(target: Target[Identifier]) -> Named:
    if isinstance(target, Made):
        return Named(kind="record", key=None, label=f"what step {target.step} makes", said=None)
    return Named(kind=_kind(target.id), key=target.id.text, label=target.chosen.label, said=target.mention)


def _undo(undo: Command | NoUndo) -> str:
    if isinstance(undo, NoUndo):
        return f"nothing: {undo.because}"
    back = ", ".join(f"{path} = {told(value)}" for path, value in undo.effect.fields)
    return f"{undo.terms.action}: {back}" if back else undo.terms.action
