"""Ways of writing into an ERP that break one law each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from attrs import evolve, frozen

from contracts.laws.executions import ExecutionSubject
from domain.commands.command import Command
from domain.commands.suppliers import BlockSupplier
from domain.images import NOTHING, Image, Observation, Version
from domain.outcomes import Accepted, Done, Reference
from domain.suppliers import SupplierBlock
from ports.errors import Conflict, Locked, NotOffered, NotWritable, OutcomeUnknown, Refused, Unavailable
from ports.execution import Execution, Limits

Answer = Done | Accepted


@frozen(kw_only=True)
class Meddled(Execution):
    """An honest way of writing, but for the methods that are given."""

    honest: Execution
    looks: Callable[[Command], Observation] | None = None
    performs: Callable[[Command, Reference, Version | None], Answer] | None = None
    locates: Callable[[Command, Reference], Sequence[Answer]] | None = None
    reads_back: Callable[[Command, Done], Image] | None = None
    waits: Limits | None = None

    @property
    def limits(self) -> Limits:
        return self.honest.limits if self.waits is None else self.waits

    def offers(self, command: type[Command]) -> bool:
        return self.honest.offers(command)

    def observe(self, command: Command) -> Observation:
        return self.honest.observe(command) if self.looks is None else self.looks(command)

    def perform(self, command: Command, *, reference: Reference, expected: Version | None) -> Answer:
        if self.performs is not None:
            return self.performs(command, reference, expected)
        return self.honest.perform(command, reference=reference, expected=expected)

    def locate(self, command: Command, *, reference: Reference) -> Sequence[Answer]:
        if self.locates is not None:
            return self.locates(command, reference)
        return self.honest.locate(command, reference=reference)

    def read_back(self, command: Command, done: Done) -> Image:
        return self.honest.read_back(command, done) if self.reads_back is None else self.reads_back(command, done)


@frozen
class ExecutionSaboteur:
    """What breaks one *law*, and the words by which the law must tell of it; *fault* is the bad day that shows it."""

    law: str
    spoil: Callable[[ExecutionSubject], Execution]
    told: str
    fault: str | None = None

    def __str__(self) -> str:
        return f"{self.law}-{self.spoil.__name__}"


def _perform(subject: ExecutionSubject, command: Command, mark: Reference, expected: Version | None) -> Answer:
    return subject.execution.perform(command, reference=mark, expected=expected)


def blocks_while_it_looks(subject: ExecutionSubject) -> Execution:
    def looks(command: Command) -> Observation:
        if isinstance(command, BlockSupplier):
            other = evolve(command, block=SupplierBlock.PAYMENT)
            _perform(subject, other, Reference("A" * 12), None)
        return subject.execution.observe(command)

    return Meddled(honest=subject.execution, looks=looks)


def sees_nothing(subject: ExecutionSubject) -> Execution:
    return Meddled(
        honest=subject.execution, looks=lambda command: evolve(subject.execution.observe(command), before=NOTHING)
    )


def does_nothing(subject: ExecutionSubject) -> Execution:
    return Meddled(
        honest=subject.execution,
        performs=lambda command, _, __: Done(record=command.subjects[0].id),  # type: ignore[union-attr]  # all are resolved
    )


def repeats_the_question(subject: ExecutionSubject) -> Execution:
    return Meddled(honest=subject.execution, reads_back=lambda command, _: command.effect)


def writes_in_two_steps(subject: ExecutionSubject) -> Execution:
    def performs(command: Command, mark: Reference, expected: Version | None) -> Answer:
        if isinstance(command, BlockSupplier):
            _perform(subject, evolve(command, block=SupplierBlock.PAYMENT), mark, expected)
            expected = None
        return _perform(subject, command, mark, expected)

    return Meddled(honest=subject.execution, performs=performs)


def finds_whatever_is_there(subject: ExecutionSubject) -> Execution:
    done: dict[str, Answer] = {}

    def performs(command: Command, mark: Reference, expected: Version | None) -> Answer:
        done[command.terms.action] = _perform(subject, command, mark, expected)
        return done[command.terms.action]

    return Meddled(
        honest=subject.execution,
        performs=performs,
        locates=lambda command, _: [done[command.terms.action]] if command.terms.action in done else [],
    )


def has_one_version_for_ever(subject: ExecutionSubject) -> Execution:
    def looks(command: Command) -> Observation:
        seen = subject.execution.observe(command)
        return seen if seen.version is None else evolve(seen, version=Version("1"))

    return Meddled(honest=subject.execution, looks=looks)


def overlooks_the_version(subject: ExecutionSubject) -> Execution:
    return Meddled(honest=subject.execution, performs=lambda command, mark, _: _perform(subject, command, mark, None))


def sends_again(subject: ExecutionSubject) -> Execution:
    def performs(command: Command, mark: Reference, expected: Version | None) -> Answer:
        try:
            return _perform(subject, command, mark, expected)
        except OutcomeUnknown:
            return _perform(subject, command, mark, expected)

    return Meddled(honest=subject.execution, performs=performs)


def takes_silence_for_a_no(subject: ExecutionSubject) -> Execution:
    def performs(command: Command, mark: Reference, expected: Version | None) -> Answer:
        try:
            return _perform(subject, command, mark, expected)
        except OutcomeUnknown as silence:
            raise Unavailable(str(silence)) from silence

    return Meddled(honest=subject.execution, performs=performs)


def locates_one_of_two(subject: ExecutionSubject) -> Execution:
    return Meddled(
        honest=subject.execution,
        locates=lambda command, mark: list(subject.execution.locate(command, reference=mark))[:1],
    )


def is_in_doubt_about_everything(subject: ExecutionSubject) -> Execution:
    def performs(command: Command, mark: Reference, expected: Version | None) -> Answer:
        try:
            return _perform(subject, command, mark, expected)
        except (Refused, Locked, Conflict, Unavailable) as no:
            raise OutcomeUnknown(str(no)) from no

    return Meddled(honest=subject.execution, performs=performs)


def gives_up_at_once(subject: ExecutionSubject) -> Execution:
    return Meddled(honest=subject.execution, waits=Limits(call=timedelta(seconds=1), running=timedelta()))


def takes_an_erp_out_of_reach_for_an_empty_one(subject: ExecutionSubject) -> Execution:
    assert subject.down is not None
    return Meddled(honest=subject.down, locates=lambda _, __: [])


def calls_what_is_not_offered_refused(subject: ExecutionSubject) -> Execution:
    def performs(command: Command, mark: Reference, expected: Version | None) -> Answer:
        try:
            return _perform(subject, command, mark, expected)
        except NotOffered as no:
            raise Refused(str(no)) from no

    return Meddled(honest=subject.execution, performs=performs)


def has_it_approved_in_vain(subject: ExecutionSubject) -> Execution:
    def looks(command: Command) -> Observation:
        try:
            return subject.execution.observe(command)
        except NotWritable:
            return Observation(version=None, before=NOTHING, facts=())

    return Meddled(honest=subject.execution, looks=looks)


SABOTEURS: tuple[ExecutionSaboteur, ...] = (
    ExecutionSaboteur("test_looking_writes_nothing", blocks_while_it_looks, "looking sent a write"),
    ExecutionSaboteur("test_what_will_change_is_seen_as_it_stands", sees_nothing, "did not see"),
    ExecutionSaboteur("test_what_was_performed_is_read_back_as_asked", does_nothing, "is not as asked"),
    ExecutionSaboteur("test_what_stands_is_read_and_not_what_was_asked", repeats_the_question, "proven before"),
    ExecutionSaboteur("test_a_command_is_one_write", writes_in_two_steps, "sent as 2 writes"),
    ExecutionSaboteur(
        "test_what_was_performed_is_located_under_its_reference_alone", finds_whatever_is_there, "located 1 times"
    ),
    ExecutionSaboteur(
        "test_a_version_changes_with_what_the_command_stands_on", has_one_version_for_ever, "did not notice"
    ),
    ExecutionSaboteur(
        "test_what_has_changed_is_a_conflict_and_nothing_is_written", overlooks_the_version, "where Conflict belongs"
    ),
    ExecutionSaboteur("test_on_a_bad_day_every_answer_is_true", sends_again, "sent again", "DROPS_REQUEST"),
    ExecutionSaboteur(
        "test_on_a_bad_day_every_answer_is_true", takes_silence_for_a_no, "and it was written", "DROPS_ANSWER"
    ),
    ExecutionSaboteur(
        "test_on_a_bad_day_every_answer_is_true", locates_one_of_two, "located 1 times, and not 2", "WRITES_TWICE"
    ),
    ExecutionSaboteur(
        "test_on_a_bad_day_every_answer_is_true", repeats_the_question, "done and proven, and nothing", "PRETENDS"
    ),
    ExecutionSaboteur("test_a_lost_answer_is_an_unknown_outcome", takes_silence_for_a_no, "told as Unavailable"),
    ExecutionSaboteur(
        "test_what_is_known_not_to_be_written_is_told_as_that", is_in_doubt_about_everything, "told as OutcomeUnknown"
    ),
    ExecutionSaboteur("test_what_is_written_late_is_found_late", gives_up_at_once, "never to go on"),
    ExecutionSaboteur(
        "test_an_erp_out_of_reach_is_told_as_that", takes_an_erp_out_of_reach_for_an_empty_one, "belongs"
    ),
    ExecutionSaboteur(
        "test_what_is_not_offered_is_refused_before_anything_is_sent", calls_what_is_not_offered_refused, "NotOffered"
    ),
    ExecutionSaboteur(
        "test_what_the_erp_cannot_hold_is_refused_when_it_is_looked_at", has_it_approved_in_vain, "NotWritable"
    ),
)
