"""How an intent is known: by its id, by the key that says which intention it is, and by its reference in the ERP."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from functools import cached_property

from attrs import field, frozen, validators

from domain.canonical import Digest, digest
from domain.commands.command import Command, Made, Target
from domain.identifiers import Identifier
from domain.outcomes import Reference
from domain.principals import Requester
from domain.scope import Scope


@frozen(order=True)
class IntentId(Identifier):
    """One intent in the ledger."""


@frozen(order=True)
class SagaId(Identifier):
    """Several intents that belong together."""


@frozen
class Key:
    """Which intention this is: who wants which action on which records, on which occasion.

    Two submissions with one key are one intention, whatever else they say. *round* counts the intents of one intention:
    another begins only after the last has ended with nothing written.
    """

    intention: Digest = field(validator=validators.instance_of(Digest))
    round: int = field(validator=[validators.instance_of(int), validators.ge(1)])

    @cached_property
    def reference(self) -> Reference:
        """The mark that the ERP keeps: sixty bits of the key."""
        told = f"{self.intention} {self.round}".encode()
        return Reference(b32encode(hashlib.sha256(told).digest())[:12].decode("ascii"))

    def next(self) -> Key:
        """Give the key of the same intention's next round."""
        return Key(self.intention, self.round + 1)


def intention(command: Command, scope: Scope, requester: Requester, occasion: str) -> Digest:
    """Give the digest of an intention.

    It is derived from who asks and what was resolved, so that no caller can name the key of another's intent. The
    *occasion* makes the same wish on the same record another one: the requisition, the mail, the ticket that asks.
    """
    agent = None if requester.agent is None else requester.agent.name
    who = (requester.principal.person, agent)
    return digest((scope, who, command.terms.action, tuple(map(_named, command.subjects)), occasion))


def content(command: Command, scope: Scope) -> Digest:
    """Give the digest of what a command says; how its records were found plays no part in it."""
    return digest((scope, command.terms.action, tuple(map(_named, command.targets)), command.effect))


def _named(target: Target[Identifier]) -> Identifier | Made[Identifier]:
    return target if isinstance(target, Made) else target.id
