"""What an attack is: an attempt, what stops it, and how that is told.

Each prepares what it needs, tries, and returns how it was stopped: the error's sentence, or the state and the note of
the intent. Nothing may be written, and what came as far as the house must be on record.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from domain.errors import DomainError
from domain.intents import Intent
from ports.errors import PortError
from tests.governed.house import House
from tests.governed.rolled import Rolled

Attempt = Callable[[Rolled], str]


@frozen
class Attack:
    """One attempt: its *name* is a sentence, *stopped_by* a part of how it is told; *recorded* if it must be."""

    name: str
    attempt: Attempt
    stopped_by: str
    recorded: bool = True


def error(attempt: Callable[[], object]) -> str:
    """Try, and tell what stopped it."""
    try:
        attempt()
    except (DomainError, PortError, TypeError, AttributeError, KeyError) as no:
        return f"{type(no).__name__}: {no}"
    return "nothing stopped it"


def ended(house: House, intent: Intent) -> str:
    """Let everything come to rest, and tell how *intent* ended."""
    house.until_rest(hours=100)
    there = house.intent(intent.id)
    return f"{there.state.value}: {there.note}"
