"""The laws that every way of writing into an ERP keeps, on good days and on bad ones."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from contracts.laws.applicability import each
from contracts.laws.executions import ExecutionSubject, Fault, differs, found, performed, reference
from contracts.laws.verdicts import NotApplicable, raises, require, succeeds
from domain.commands.command import Command, LocatedBy
from domain.outcomes import Done
from ports.errors import (
    AccessDenied,
    Conflict,
    Locked,
    NotOffered,
    NotWritable,
    OutcomeUnknown,
    PortError,
    Refused,
    Unavailable,
)


class ExecutionLaws:
    """Subclass it and give the fixture `subject`, an `ExecutionSubject`; each method is one law."""

    def test_looking_writes_nothing(self, subject: ExecutionSubject) -> None:
        """A preview may be asked for by anybody, at any time."""
        for command in subject.commands:
            succeeds(partial(subject.execution.observe, command), f"observing {command.terms.action}")
            found(subject, command, reference(command), 0)
        require(subject.looked_at() == 0, "looking sent a write")

    def test_what_will_change_is_seen_as_it_stands(self, subject: ExecutionSubject) -> None:
        """The approver compares, and the undo puts back what stood there."""
        for command in subject.commands:
            before = subject.execution.observe(command).before
            seen = {path for path, _ in before.fields}
            if command.terms.creates is not None:
                require(not seen, f"{command.terms.action} saw something of a record that does not exist")
                continue
            unseen = {*(path for path, _ in command.effect.fields), *command.terms.reads} - seen
            require(not unseen, f"{command.terms.action} did not see {', '.join(sorted(unseen))}")

    def test_what_was_performed_is_read_back_as_asked(self, subject: ExecutionSubject) -> None:
        """Success is what stands there, in every field that was approved."""
        for command in subject.commands:
            done = performed(subject, command, reference(command))
            wrong = differs(subject, command, done)
            require(not wrong, f"{command.terms.action} was done, and {', '.join(wrong)} is not as asked")

    def test_what_stands_is_read_and_not_what_was_asked(self, subject: ExecutionSubject) -> None:
        """A proof that repeats the question proves nothing."""
        for command in subject.commands:
            if command.terms.creates is None:
                done = Done(record=command.subjects[0].id)  # type: ignore[union-attr]  # all targets are resolved
                require(bool(differs(subject, command, done)), f"{command.terms.action} is proven before it was done")

    def test_a_command_is_one_write(self, subject: ExecutionSubject) -> None:
        """Several would leave half of it behind when one fails."""
        for number, command in enumerate(subject.commands, start=1):
            performed(subject, command, reference(command))
            told = f"{command.terms.action} was sent as {subject.looked_at()} writes"
            require(subject.looked_at() == subject.committed() == number, told)

    def test_what_was_performed_is_located_under_its_reference_alone(self, subject: ExecutionSubject) -> None:
        """It is found after a lost answer, and nobody else's is taken for it."""
        for command in subject.commands:
            done = performed(subject, command, reference(command))
            (located,) = found(subject, command, reference(command), 1)
            require(located.record == done.record, f"{command.terms.action} was located in {located.record}")
            if command.terms.located_by is LocatedBy.REFERENCE:
                found(subject, command, reference("another one"), 0)

    def test_a_version_changes_with_what_the_command_stands_on(self, subject: ExecutionSubject) -> None:
        """An approval lapses when the target is no longer what was looked at, and not before."""
        for command in subject.commands:
            first, again = subject.execution.observe(command).version, subject.execution.observe(command).version
            require(first == again, f"{command.terms.action} has two versions though nothing changed")
            if first is not None:
                subject.meddle(command)
                now = subject.execution.observe(command).version
                require(now != first, f"{command.terms.action} did not notice what somebody else has changed")

    def test_what_has_changed_is_a_conflict_and_nothing_is_written(self, subject: ExecutionSubject) -> None:
        """Nobody's change is overwritten unseen."""
        for command in subject.commands:
            version = subject.execution.observe(command).version
            if version is None:
                continue
            subject.meddle(command)
            perform = partial(subject.execution.perform, command, reference=reference(command), expected=version)
            raises((Conflict,), perform, f"{command.terms.action} on a target that has changed")
            found(subject, command, reference(command), 0)
        require(subject.committed() == 0, "a target that has changed was written")

    @each("fault", Fault)
    def test_on_a_bad_day_every_answer_is_true(self, subject: ExecutionSubject, fault: Fault) -> None:
        """A no means that nothing was written; what may have been written is found, exactly as often as it was."""
        for command in subject.commands:
            before, sent = subject.committed(), subject.looked_at()
            answer = _on_a_bad_day(subject, command, fault)
            written = subject.committed() - before
            told = f"{command.terms.action}, when {fault.value}"
            require(subject.looked_at() - sent <= 1, f"{told}: it was sent again")
            if isinstance(answer, PortError) and not isinstance(answer, OutcomeUnknown):
                require(written == 0, f"{told}: it was told as {type(answer).__name__}, and it was written")
            there = written if command.terms.located_by is LocatedBy.REFERENCE else min(written, 1)
            located = found(subject, command, reference(command), there)
            if isinstance(answer, Done) and written == 0:
                proven = command.terms.creates is None and not differs(subject, command, answer)
                require(not proven, f"{told}: it was told as done and proven, and nothing was written")
            for done in located:
                require(not differs(subject, command, done), f"{told}: what was located is not what was asked for")

    def test_a_lost_answer_is_an_unknown_outcome(self, subject: ExecutionSubject) -> None:
        """Neither done nor not done may be claimed, whether it was written or not."""
        for fault, written in ((Fault.DROPS_ANSWER, 1), (Fault.DROPS_REQUEST, 0)):
            before = subject.committed()
            command = subject.commands[0 if written else 1]
            answer = _on_a_bad_day(subject, command, fault)
            told = f"{command.terms.action}, when {fault.value}: it was told as {type(answer).__name__}"
            require(isinstance(answer, OutcomeUnknown), told)
            require(subject.committed() - before == written, "the fault is not what it is called")

    def test_what_is_known_not_to_be_written_is_told_as_that(self, subject: ExecutionSubject) -> None:
        """The ERP's no, a lock and a full queue ask for three different things, and for no search."""
        for fault, kind in ((Fault.REFUSES, Refused), (Fault.LOCKED, Locked), (Fault.BUSY, Unavailable)):
            command = subject.commands[0]
            answer = _on_a_bad_day(subject, command, fault)
            told = f"{command.terms.action}, when {fault.value}: it was told as {type(answer).__name__}"
            require(type(answer) is kind, f"{told}, and not as {kind.__name__}")
        require(subject.committed() == 0, "what was turned away was written")

    def test_what_is_written_late_is_found_late(self, subject: ExecutionSubject) -> None:
        """An ERP goes on after we gave up: not finding it proves nothing before its limit has passed."""
        if subject.hold is None:
            raise NotApplicable("the subject cannot be slow (ExecutionSubject.hold)")
        require(subject.execution.limits.running > timedelta(), "an ERP is said never to go on after we gave up")
        for command in subject.commands[:2]:
            release = subject.hold()
            answer = _tried(subject, command)
            require(isinstance(answer, OutcomeUnknown), f"an answer in time was told as {type(answer).__name__}")
            found(subject, command, reference(command), 0)
            release()
            found(subject, command, reference(command), 1)

    def test_an_erp_out_of_reach_is_told_as_that(self, subject: ExecutionSubject) -> None:
        """Nothing was written, so it is not in doubt; and no secret stands in the sentence."""
        if subject.down is None:
            raise NotApplicable("the subject offers no ERP that is out of reach (ExecutionSubject.down)")
        down = subject.down
        for command in subject.commands:
            mark = reference(command)
            for attempt in (
                partial(down.observe, command),
                partial(down.perform, command, reference=mark, expected=None),
                partial(down.locate, command, reference=mark),
            ):
                error = raises((Unavailable, AccessDenied), attempt, f"{command.terms.action} out of reach")
                require(str(error).isprintable(), f"this is no sentence for a person: {str(error)!r}")
                require(not any(secret in str(error) for secret in subject.secrets), "a secret stands in the message")

    def test_what_is_not_offered_is_refused_before_anything_is_sent(self, subject: ExecutionSubject) -> None:
        """Whoever asks is told at once, and by the same word."""
        if subject.foreign is None:
            raise NotApplicable("the subject names no command that is not offered (ExecutionSubject.foreign)")
        command, execution = subject.foreign, subject.execution
        require(not execution.offers(type(command)), f"{command.terms.action} is offered")
        mark = reference(command)
        raises((NotOffered,), lambda: execution.observe(command), "observing what is not offered")
        raises((NotOffered,), lambda: execution.perform(command, reference=mark, expected=None), "what is not offered")
        require(subject.looked_at() == 0, "what is not offered was sent")
        for offered in subject.commands:
            require(execution.offers(type(offered)), f"{offered.terms.action} is not offered")

    def test_what_the_erp_cannot_hold_is_refused_when_it_is_looked_at(self, subject: ExecutionSubject) -> None:
        """Nobody is asked to approve what cannot be carried out."""
        if subject.unholdable is None:
            raise NotApplicable(
                "the subject names no command with values that do not fit (ExecutionSubject.unholdable)"
            )
        command, execution = subject.unholdable, subject.execution
        require(execution.offers(type(command)), f"{command.terms.action} is not offered")
        mark = reference(command)
        raises((NotWritable,), lambda: execution.observe(command), "observing what cannot be held")
        raises((NotWritable,), lambda: execution.perform(command, reference=mark, expected=None), "what cannot be held")
        require(subject.looked_at() == 0, "what cannot be held was sent")


def _on_a_bad_day(subject: ExecutionSubject, command: Command, fault: Fault) -> object:
    subject.execution.observe(command)  # whatever a connection needs first is there now
    subject.spoilt(fault)
    return _tried(subject, command)


def _tried(subject: ExecutionSubject, command: Command) -> object:
    version = subject.execution.observe(command).version
    try:
        return subject.execution.perform(command, reference=reference(command), expected=version)
    except PortError as error:
        return error
