"""What the laws of writing are run on: an ERP that can be asked, spoilt and looked into."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Callable, Mapping
from enum import Enum

from attrs import field, frozen, validators

from contracts.laws.verdicts import NotApplicable, require, succeeds
from domain.commands.command import Command
from domain.images import missing
from domain.outcomes import Accepted, Done, Reference
from ports.execution import Execution


class Fault(Enum):
    """How the next write goes; the value says it in words."""

    DROPS_REQUEST = "the connection breaks, and nothing is written"
    DROPS_ANSWER = "it is written, and the answer is lost"
    CUTS_ANSWER = "it is written, and half of the answer comes"
    ANSWERS_TWICE = "it is written, and the answer comes twice over"
    LOGON_PAGE = "nothing is written, and a page for people comes"
    INNER_ERROR = "nothing is written, and the error stands inside a success"
    COMPLAINS = "it is written, and the success comes with a complaint"
    PRETENDS = "nothing is written, and a success comes"
    WRITES_TWICE = "somebody on the way repeats it, and it is written twice"
    LOCKED = "somebody is editing the record"
    REFUSES = "the business says no"
    BUSY = "there are too many requests"
    FAILS = "the server fails"
    LOSES_SESSION = "the session is over before it"


@frozen(kw_only=True)
class ExecutionSubject:
    """One adapter under test; make a fresh one for every law.

    Each of *commands* changes something, and none what another stands on. *committed* counts what the ERP has really
    written so far, by its own books; *looked_at* counts the writes that came so far as to be decided on. *spoil* leads
    from a fault to what makes the next write meet it. *meddle* has somebody else change what a command stands on.

    What is ``None`` skips the laws that need it: *hold* makes the ERP so slow with the next write that our side gives
    up, and carry it out when the function that it gives is called; *down* is the same ERP out of reach; *foreign* a
    command that it cannot be asked for, *unholdable* one that it can be asked for but whose values it cannot hold.
    *settle* has the ERP decide what it has accepted. *secrets* may stand in no
    message.
    """

    execution: Execution
    commands: tuple[Command, ...] = field(validator=validators.min_len(2))
    committed: Callable[[], int]
    looked_at: Callable[[], int]
    spoil: Mapping[Fault, Callable[[], None]]
    meddle: Callable[[Command], None]
    hold: Callable[[], Callable[[], None]] | None = None
    down: Execution | None = None
    foreign: Command | None = None
    unholdable: Command | None = None
    settle: Callable[[], None] = lambda: None
    secrets: tuple[str, ...] = ()

    def spoilt(self, fault: Fault) -> None:
        """Let the next write meet *fault*; the law is skipped if nobody knows how."""
        if fault not in self.spoil:
            raise NotApplicable(f"the subject does not say how {fault.value} (ExecutionSubject.spoil)")
        self.spoil[fault]()


def reference(of: object) -> Reference:
    """Make a reference that nothing else has."""
    return Reference(b32encode(hashlib.sha256(repr(of).encode()).digest())[:12].decode("ascii"))


def performed(subject: ExecutionSubject, command: Command, mark: Reference) -> Done:
    """Have *command* carried out on a good day, and give what came of it in the end."""
    seen = succeeds(lambda: subject.execution.observe(command), f"observing {command.terms.action}")
    answer: Done | Accepted = succeeds(
        lambda: subject.execution.perform(command, reference=mark, expected=seen.version), command.terms.action
    )
    if isinstance(answer, Accepted):
        subject.settle()
        (answer,) = found(subject, command, mark, 1)
    require(isinstance(answer, Done), f"{command.terms.action} came to {answer!r}")
    return answer


def found(subject: ExecutionSubject, command: Command, mark: Reference, number: int) -> list[Done]:
    """Locate *command*, which must be there so many times."""
    located = succeeds(
        lambda: list(subject.execution.locate(command, reference=mark)), f"locating {command.terms.action}"
    )
    require(len(located) == number, f"{command.terms.action} was located {len(located)} times, and not {number}")
    return [each for each in located if isinstance(each, Done)]


def differs(subject: ExecutionSubject, command: Command, done: Done) -> tuple[str, ...]:
    """Give the paths that do not hold what was asked for."""
    image = succeeds(lambda: subject.execution.read_back(command, done), f"reading {command.terms.action} back")
    return tuple(change.path for change in missing(command.effect, image))
