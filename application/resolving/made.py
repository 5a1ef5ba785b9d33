"""Standing for the records that our own writes have made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from attrs import evolve, fields, has

from domain.commands.command import Command, Made
from domain.identifiers import Identifier
from domain.intents import Intent
from domain.lifecycle import State
from domain.minting import mint
from domain.outcomes import Done
from domain.resolution import Candidate, Evidence, Resolved
from domain.scope import Scope

V = TypeVar("V")


def made_by(done: Done, scope: Scope, until: datetime) -> Resolved[Identifier]:
    """Stand for the record that our own write made, by the key that the ERP gave it and that was read back."""
    evidence = (Evidence("record", "made by our own write"),)
    chosen = Candidate(id=done.record, label=str(done.record), score=Decimal(1), evidence=evidence)
    return mint(chosen, scope=scope, mention=str(done.record), others=(), index="ledger", expires_at=until)


def with_made(command: Command, scope: Scope, members: Sequence[Intent]) -> Command:
    """Put what the steps of its saga have made in the place of the promises that *command* holds.

    Raises:
        KeyError: a step that it stands on has made nothing.
    """
    made = {
        member.step: made_by(member.answer, scope, member.decide_by)
        for member in members
        if member.step is not None and member.state is State.DONE and isinstance(member.answer, Done)
    }
    return bound(command, made)


def bound(command: Command, made: Mapping[str, Resolved[Identifier]]) -> Command:
    """Put the records that earlier steps have *made* in the place of their promises.

    Raises:
        KeyError: a step that *command* stands on has made nothing.
    """
    return _bound(command, made)


def _bound(value: V, made: Mapping[str, Resolved[Identifier]]) -> V:
    if isinstance(value, Made):
        return made[value.step]  # type: ignore[return-value]  # a target in place of a target
    if isinstance(value, tuple):
        return tuple(_bound(part, made) for part in value)  # type: ignore[return-value]  # as above, part by part
    if has(kind := type(value)) and kind is not Resolved:
        parts = {each.alias or each.name: getattr(value, each.name) for each in fields(kind) if each.init}
        new = {name: _bound(part, made) for name, part in parts.items()}
        if any(new[name] is not part and new[name] != part for name, part in parts.items()):
            return evolve(value, **new)  # type: ignore[misc]  # an attrs class, as just seen
    return value
