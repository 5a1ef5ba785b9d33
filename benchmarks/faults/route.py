"""One way into one ERP that can be told to misbehave, and whose own books can be looked into."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from random import Random
from typing import Protocol

from attrs import frozen

from adapters.kinds import kind_named
from adapters.memory.quarantine import InMemoryQuarantine
from adapters.settings import SystemSettings
from domain.commands.command import Command
from domain.scope import Scope
from ports.execution import Execution


class Again(Exception):
    """What a script takes for a reason to try again: no answer, half an answer, a server that fails."""


class No(Exception):
    """What a script takes for a no."""


class NotHere(Exception):
    """What a route needs is not on this machine; the sentence says what."""


@frozen
class Books:
    """What the ERP's own books hold of a wish: how often it was *written*, and whether it stands once, *as_asked*."""

    written: int
    as_asked: bool


class Wish(Protocol):
    """Something to ask for, about a record that nobody else asks about."""

    @property
    def command(self) -> Command:
        """What the governed path is asked for."""

    def plainly(self, reference: str) -> None:
        """Ask for the same once, as a script would that keeps a *reference* and never looks it up.

        Raises:
            Again: it would try again.
            No: it would give up.
        """

    def meddle(self) -> None:
        """Have somebody else write something that the wish stands on, or the same."""

    def books(self, reference: str) -> Books:
        """Look into the ERP's books, past everything of ours."""


@frozen(kw_only=True)
class Route:
    """One sandbox that is running, and *settings* by which it is opened for writing.

    *faults* lead from what befalls the next write, in words, to what makes it so. *hold* has the next write carried out
    only when the function that it gives is called. *unreadable* spoils the next question. *met* counts the writes that
    came so far as to be decided on. *calm* takes back whatever was not met. *passing* is what the ERP does by itself
    while time passes.
    """

    scope: Scope
    settings: SystemSettings
    faults: Mapping[str, Callable[[], None]]
    hold: Callable[[], Callable[[], None]] | None
    unreadable: Callable[[Random], None]
    met: Callable[[], int]
    calm: Callable[[], None]
    wish: Callable[[Random], Wish]
    passing: Callable[[], None] = lambda: None


Opens = Callable[[], AbstractContextManager[Route]]
"""How the sandbox of a route is started."""


@contextmanager
def writing(scope: Scope, settings: SystemSettings) -> Iterator[Execution]:
    """Open one company of a system for writing, over its own protocol."""
    with kind_named(settings.kind).open(scope.system, settings, InMemoryQuarantine(), {}) as erp:
        yield erp.executions[scope.company]
