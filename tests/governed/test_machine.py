"""Anything that people, workers, the ERP and fate can do, in any order, against what must always hold."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.approvals import NotAllowed
from domain.commands.command import LocatedBy
from domain.identifiers import SupplierId
from domain.intents import Intent
from domain.lifecycle import State
from domain.suppliers import SupplierBlock
from ports.errors import PortError
from ports.ledger import IntentQuery
from tests.governed.erp import Mood
from tests.governed.examples import BLOCK, EXAMPLES, PLACE, RENAME
from tests.governed.house import Crash, House, asked, reviewed

PEOPLE = st.sampled_from(["ana", "ana", "bia", "bia.souza@example.com", "caio", "davi", "eva", "mallory"])
BANK = EXAMPLES[3]
COMMANDS = st.sampled_from([PLACE, BLOCK, RENAME, BANK])
OCCASIONS = st.sampled_from([f"REQ-{number}" for number in range(9)])
MOODS = st.sampled_from([mood for mood in Mood if mood is not Mood.TWICE])
SUBJECT = SupplierId("4711")


class GovernedWrites(RuleBasedStateMachine):
    """Several intents at once; a crash may be armed before any of the moves."""

    @initialize()
    def _begin(self) -> None:
        self.house = House.new()

    @property
    def _intents(self) -> list[Intent]:
        return list(self.house.ledger.intents(IntentQuery()))

    def _alive(self) -> suppress:
        """Let the process die, or the move be refused, and go on with another process."""
        return suppress(Crash, NotAllowed, PortError)

    @rule(
        command=COMMANDS, occasion=OCCASIONS, account=PEOPLE, agent=st.sampled_from([None, None, "buyer-bot", "ghost"])
    )
    def submit(self, command: object, occasion: str, account: str, agent: str | None) -> None:
        with self._alive():
            self.house.submit(asked(occasion, account=account, agent=agent), command)  # type: ignore[arg-type]  # drawn

    @precondition(lambda self: self._intents)
    @rule(account=PEOPLE, data=st.data())
    def approve(self, account: str, data: st.DataObject) -> None:
        with self._alive():
            self.house.approve(account, [reviewed(data.draw(st.sampled_from(self._intents)))])

    @precondition(lambda self: self._intents)
    @rule(account=PEOPLE, data=st.data(), how=st.sampled_from(["reject", "revoke", "withdraw"]))
    def take_back(self, account: str, data: st.DataObject, how: str) -> None:
        with self._alive():
            getattr(self.house, how)(account, [reviewed(data.draw(st.sampled_from(self._intents)))], because="no")

    @rule(places=st.integers(0, 40), hours=st.sampled_from([1, 100]))
    def a_day_at_the_office(self, places: int, hours: int) -> None:
        """Everybody approves what he may, or tries to, and the workers work."""
        self.house.tripwire.at = places
        for account in ("ana", "bia", "bia.souza@example.com", "davi", "caio"):
            for intent in self._intents:
                if intent.state is State.AWAITING:
                    with self._alive():
                        self.house.approve(account, [reviewed(intent)])
        with self._alive():
            self.house.until_rest(hours=hours)

    @rule(mood=MOODS)
    def turn(self, mood: Mood) -> None:
        self.house.erp.moods.append(mood)

    @rule(places=st.integers(1, 12))
    def arm(self, places: int) -> None:
        self.house.tripwire.at = places

    @rule(block=st.sampled_from(SupplierBlock))
    def somebody_else_changes_the_supplier(self, block: SupplierBlock) -> None:
        self.house.erp.change(SUBJECT, block=block)

    @rule(minutes=st.sampled_from([1, 2, 10, 60]))
    def wait(self, minutes: int) -> None:
        self.house.clock.pass_(timedelta(minutes=minutes))

    @rule(worker=st.sampled_from(["worker 1", "worker 2"]))
    def sweep(self, worker: str) -> None:
        self.house.worker = worker
        with self._alive():
            self.house.sweep()

    @invariant()
    def nothing_is_written_twice(self) -> None:
        references = [each.reference for each in self.house.erp.written]
        assert len(set(references)) == len(references)

    @invariant()
    def what_is_done_stands_there_as_asked_and_as_approved(self) -> None:
        for intent in self._intents:
            if intent.state is not State.DONE:
                continue
            command = intent.proposal.command
            written = [each.image for each in self.house.erp.written if each.reference == intent.reference]
            stood_already = (
                command.terms.located_by is LocatedBy.EFFECT and not written
            )  # a lost call of ours or others'
            assert stood_already or written == [command.effect]
            people = {self.house.directory.accounts[approval.by.account] for approval in intent.approvals}
            assert len(people) >= intent.proposal.action_class.approvers
            asker = intent.proposal.requester
            assert self.house.directory.accounts[asker.principal.account] not in people
            assert asker.agent is None or self.house.directory.agents[asker.agent.name] not in people

    @invariant()
    def nothing_stands_there_of_what_ended_otherwise(self) -> None:
        written = {each.reference for each in self.house.erp.written}
        assert not [intent for intent in self._intents if intent.state.wrote_nothing and intent.reference in written]

    @invariant()
    def the_audit_trail_is_whole(self) -> None:
        assert self.house.flaws() == 0

    def teardown(self) -> None:
        if not hasattr(self, "house"):
            return
        self.house.tripwire.at = 0
        self.house.until_rest(hours=24 * 10)
        for intent in self._intents:
            assert intent.state.is_final or intent.state is State.OPERATOR, intent
        self.nothing_is_written_twice()
        self.what_is_done_stands_there_as_asked_and_as_approved()
        self.nothing_stands_there_of_what_ended_otherwise()
        known = {intent.reference for intent in self._intents}
        assert {each.reference for each in self.house.erp.written} <= known


GovernedWrites.TestCase.settings = settings(
    max_examples=80, stateful_step_count=25, deadline=None, derandomize=True, database=None
)  # the same moves each time: what fails here fails everywhere
TestGovernedWrites = GovernedWrites.TestCase
