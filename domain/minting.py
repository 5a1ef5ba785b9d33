"""The one door through which a `Resolved` comes into being.

An import contract protects it: the resolver mints what it found, and the decoder of the ledger what the ledger kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from domain.identifiers import Identifier
from domain.resolution import Candidate, Resolved, initialise
from domain.scope import Scope

T = TypeVar("T", bound=Identifier)


def mint(
    chosen: Candidate[T],
    *,
    scope: Scope,
    mention: str,
    others: tuple[Candidate[T], ...],
    index: str,
    expires_at: datetime,
) -> Resolved[T]:
    """Stand for it that *chosen* is what *mention* meant."""
    resolved: Resolved[T] = object.__new__(Resolved)
    initialise(resolved, chosen=chosen, scope=scope, mention=mention, others=others, index=index, expires_at=expires_at)
    return resolved
