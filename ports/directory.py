"""Who people are, and what they may do."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Protocol

from domain.approvals import Delegation
from domain.identifiers import PersonId
from domain.principals import Agent, Principal
from domain.scope import Scope


class Right(Enum):
    """What somebody may do with an action in one place."""

    SUBMIT = "submit"
    APPROVE = "approve"
    SETTLE = "settle"
    PROMOTE = "promote"
    DEMOTE = "demote"


class Directory(Protocol):
    """The site's people, their accounts and their rights; nothing here is taken from a request."""

    @abstractmethod
    def principal(self, account: str) -> Principal:
        """Give the person behind an *account* that a door has authenticated.

        Raises:
            AccessDenied: nobody of that account is known, or it is closed.
        """

    @abstractmethod
    def agent(self, name: str) -> Agent:
        """Give the agent of that *name*, which a door has authenticated.

        Raises:
            AccessDenied: no such agent is known, or it is stopped.
        """

    @abstractmethod
    def may(self, person: PersonId, right: Right, action: str, scope: Scope) -> bool:
        """Say whether *person* has the *right* for *action* in *scope*."""

    @abstractmethod
    def delegations(self, taker: PersonId, now: datetime) -> Sequence[Delegation]:
        """Give the delegations that *taker* holds at *now*."""
