"""Asking an ERP to do something, once, and finding out whether it did."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from attrs import frozen

from domain.commands.command import Command
from domain.images import Image, Observation, Version
from domain.outcomes import Accepted, Done, Reference


@frozen(kw_only=True)
class Limits:
    """How long a call can go on: *call* on our side, in all, and *running* in the ERP after we gave up.

    *running* counts the ERP's own limit and the time until a committed record can be found. Until both have passed,
    not finding a reference proves nothing.
    """

    call: timedelta
    running: timedelta


class Execution(Protocol):
    """What one ERP can be asked to do, in one company.

    There is no way round it: whatever is written goes through the ERP's own services, and no adapter writes rows.
    Every command that is given holds resolved targets only. Undoing is performing the command that `Command.undo` gave.
    """

    @property
    @abstractmethod
    def limits(self) -> Limits:
        """How long a call can go on."""

    @abstractmethod
    def offers(self, command: type[Command]) -> bool:
        """Say whether this ERP can be asked for commands of this class at all; contacts nobody."""

    @abstractmethod
    def observe(self, command: Command) -> Observation:
        """Read what *command* stands on, as it is now: its version, the fields it sets and needs, its facts.

        A target that an earlier step is yet to make is left out; if there is nothing else, the version is ``None``.

        Raises:
            NotFound: a target is not there any more.
            NotWritable: the ERP cannot hold what the command sets; told here, before anybody is asked to approve it,
                unless an earlier step is yet to make a target.
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured, NotOffered: see `ports.errors`.
        """

    @abstractmethod
    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Done | Accepted:
        """Carry out *command*; *reference* is stored in the ERP, so that the effect can be located.

        It is sent once: nothing below this method repeats it. *expected* is ``None`` where the target did not exist
        when the command was approved.

        Raises:
            Refused: the ERP said no; nothing was written, repeating cannot help.
            NotFound: the target is not there any more; nothing was written.
            Conflict: the target is no longer the *expected* version; nothing was written.
            Locked: somebody is editing the record; nothing was written, repeat after a while.
            Unavailable: the ERP was provably not reached; nothing was written, repeat freely.
            AccessDenied, Drifted, Misconfigured, NotOffered, NotWritable: nothing was sent, or it was turned away.
            OutcomeUnknown: the request left and no answer came; locate before anything else.
        """

    @abstractmethod
    def locate(self, command: Command, *, reference: Reference) -> Sequence[Done | Accepted]:
        """Find what was carried out under *reference*: empty if nothing is there, two or more if it is there twice.

        It also tells how something that was `Accepted` has come on.

        Raises:
            NotLocatable: the ERP keeps no reference that could be searched; a person must look.
            Refused: what was accepted has been turned down; nothing was written.
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured: see `ports.errors`.
        """

    @abstractmethod
    def read_back(self, command: Command, done: Done) -> Image:
        """Read what *command* was to set from the record that *done* names, by the paths of `Command.effect`.

        Raises:
            NotFound: it cannot be seen, or not yet.
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured: see `ports.errors`.
        """

    def lacks(self) -> Sequence[str]:
        """Say what must be created in the ERP before every write can be found again: a sentence each, for a person.

        Nothing lacks by default. Whatever does makes `locate` raise `NotLocatable`, so that doubt goes to an operator.

        Raises:
            AccessDenied, Unavailable, Unintelligible, Drifted, Misconfigured: see `ports.errors`.
        """
        return ()
