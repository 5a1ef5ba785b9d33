"""Turning what somebody said into the ERP's own key, or into a question."""

from __future__ import annotations

from abc import abstractmethod
from typing import Protocol, TypeVar

from domain.identifiers import Identifier
from domain.mentions import Mention
from domain.resolution import Ambiguous, Resolved, Unknown
from domain.scope import Scope

T = TypeVar("T", bound=Identifier)


class Resolver(Protocol):
    """Knows which record is meant, or says that it does not know."""

    @abstractmethod
    def resolve(self, mention: Mention[T], scope: Scope) -> Resolved[T] | Ambiguous[T] | Unknown:
        """Give the one record that was meant, or the candidates, or nothing; never a guess.

        Raises:
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured, NotOffered: see `ports.errors`.
        """

    @abstractmethod
    def changed(self, resolved: Resolved[Identifier]) -> str | None:
        """Look whether a record still is what was resolved, and say in a few words what has changed; ``None``: nothing.

        Raises:
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured, NotOffered: see `ports.errors`.
        """
