"""What is seen to before a call, what a claim says, and what a worker leaves behind that died."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from domain.commands.command import Command
from domain.errors import ErpError
from domain.holds import Hold
from domain.identifiers import SupplierId
from domain.images import Version
from domain.intents import Intent, Lease
from domain.lifecycle import State
from domain.outcomes import Done, Reference
from domain.policy import Patience, Policy
from ports.errors import AccessDenied, Drifted, Misconfigured, NotFound, NotOffered, Unavailable
from tests.governed.erp import CALL, RUNNING, FakeErp, Mood
from tests.governed.examples import BLOCK, MORNING, PLACE, RENAME
from tests.governed.house import Crash, House, asked, reviewed
from tests.governed.recorded import TOO_LONG, approved, last, raises, told

PATIENCE = Patience()
SECOND = timedelta(seconds=1)


@pytest.fixture
def house() -> House:
    return House.new()


def dead(house: House) -> Intent:
    """Have the worker die right before the call."""
    intent = approved(house)
    house.erp.tripwire = _dies
    with pytest.raises(Crash):
        house.advance(intent.id)
    house.erp.tripwire = lambda _: None
    return house.intent(intent.id)


def _dies(place: str) -> None:
    raise Crash(place)


@pytest.mark.parametrize(
    ("lease", "held"), [(timedelta(minutes=5), timedelta(minutes=5)), (timedelta(seconds=5), 2 * CALL)]
)
def test_a_claim_is_kept_before_the_call_and_lasts_longer_than_it(
    house: House, lease: timedelta, held: timedelta
) -> None:
    house.policy = Policy(version="policy 1", patience=Patience(lease=lease))

    claimed = dead(house)

    assert (claimed.state, claimed.note) == (State.SENT, "taken by worker 1")
    assert claimed.lease == Lease(owner="worker 1", until=MORNING + held)
    assert (claimed.sendings, claimed.sent_at, claimed.due_at) == (1, MORNING, MORNING + held)
    entry = last(house)
    assert told(entry)[:4] == (claimed.id, MORNING, "worker 1", "claimed")
    assert entry.details == (State.SENT, house.erp.observe(PLACE))


def test_what_a_worker_leaves_behind_is_looked_for_once_the_erp_must_be_through(house: House) -> None:
    claimed = dead(house)
    assert claimed.lease is not None
    until = claimed.lease.until
    house.clock.at = until - SECOND
    assert house.advance(claimed.id) == claimed

    house.clock.at = until + SECOND
    house.worker = "worker 2"
    lost = house.advance(claimed.id)

    assert (lost.state, lost.lease, lost.due_at, lost.losses) == (State.IN_DOUBT, None, until + RUNNING, 1)
    assert told(last(house))[2:] == ("worker 2", "lost", "its worker did not come back", (State.IN_DOUBT, None))


def test_what_was_sent_and_is_held_by_nobody_is_looked_for_as_well(house: House) -> None:
    orphan = house.journal.release(evolve(dead(house), lease=None, due_at=MORNING))

    lost = house.advance(orphan.id)

    assert (lost.state, lost.due_at) == (State.IN_DOUBT, MORNING + RUNNING)


@pytest.mark.parametrize(("late", "calls"), [(timedelta(), 1), (SECOND, 0)])
def test_a_worker_that_was_held_up_until_the_call_could_outlast_its_claim_does_not_call(
    house: House, late: timedelta, calls: int
) -> None:
    intent = approved(house)
    monotonous = house.ledger._tripwire

    def slow(place: str) -> None:
        if place == "after a commit" and house.clock.at == MORNING and house.intent(intent.id).state is State.SENT:
            house.clock.pass_(PATIENCE.lease - CALL + late)

    house.ledger._tripwire = slow  # type: ignore[assignment]  # all that is asked of it is to be called
    after = house.advance(intent.id)
    house.ledger._tripwire = monotonous

    assert house.erp.performed == calls
    assert after.state is (State.DONE if calls else State.READY)
    assert calls or after.note == "the worker was held up for too long before the call, and did not call"


@pytest.mark.parametrize(
    ("error", "state", "note"),
    [
        (NotFound("4711"), State.LAPSED, "the record is not there, or not to be seen yet"),
        (AccessDenied("403"), State.HALTED, "the ERP does not let us do this"),
        (Drifted("NAME1"), State.HALTED, "the ERP's schema has changed; a person must look at it"),
        (Misconfigured("host"), State.HALTED, "the way to the ERP is not set up for this"),
        (NotOffered("no"), State.HALTED, "the ERP cannot be asked for this"),
        (TOO_LONG, State.HALTED, "the ERP cannot hold it: name: it is longer than 35 characters"),
    ],
)
def test_a_target_that_cannot_be_looked_at_ends_it_before_the_call(
    house: House, monkeypatch: pytest.MonkeyPatch, error: ErpError, state: State, note: str
) -> None:
    intent = approved(house)
    raises(monkeypatch, "observe", error)

    ended = house.advance(intent.id)

    assert (ended.state, ended.note, ended.due_at, ended.sendings) == (state, note, None, 0)
    assert told(last(house))[2:4] == ("worker 1", "changed" if state is State.LAPSED else "stopped")


def test_an_erp_that_is_away_while_the_target_is_looked_at_is_asked_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    intent = approved(house)
    raises(monkeypatch, "observe", Unavailable("away"))

    later = house.advance(intent.id)

    assert (later.state, later.note) == (State.READY, "not read: the ERP was not reached")
    assert later.due_at == MORNING + PATIENCE.pause


def test_the_erp_is_told_which_version_of_the_target_was_looked_at(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    (intent,) = house.approve("bia", [reviewed(house.submit(asked(), BLOCK))])
    told: list[Version | None] = []

    def perform(erp: FakeErp, command: Command, *, reference: Reference, expected: Version | None) -> Done:
        told.append(expected)
        return Done(record=SupplierId("4711"))

    monkeypatch.setattr(FakeErp, "perform", perform)
    house.advance(intent.id)

    assert told == [house.erp.observe(BLOCK).version]
    assert told != [None]


@pytest.mark.parametrize("until", [MORNING + timedelta(hours=1), None])
def test_what_the_gate_holds_waits_for_its_time_or_ends(house: House, until: object) -> None:
    intent = approved(house)
    house.gate.held = Hold(because="nightly run", until=until)  # type: ignore[arg-type]  # a time, or none

    held = house.advance(intent.id)

    assert (held.state, held.note) == (State.READY if until else State.HALTED, "nightly run")
    assert held.due_at == until
    assert house.erp.performed == 0


def test_a_record_that_somebody_changed_lets_it_lapse(house: House) -> None:
    house.erp.moods = [Mood.UNREACHED]
    intent = house.submit(asked(), RENAME)
    house.erp.change(SupplierId("4711"), name="Nuts")
    house.clock.pass_(timedelta(hours=1))

    lapsed = house.advance(intent.id)

    assert lapsed.note == "the target has changed since it was proposed; propose it anew"
    assert told(last(house))[2:] == ("worker 1", "changed", lapsed.note, (State.LAPSED, None))


def test_a_worker_that_was_overtaken_during_the_call_gives_what_stands_now(house: House) -> None:
    intent = approved(house)

    def overtaken(place: str) -> None:
        if place == "after the ERP":
            house.journal.release(evolve(house.intent(intent.id), note="taken over"))

    house.erp.tripwire = overtaken
    after = house.advance(intent.id)

    assert (after.state, after.note) == (State.SENT, "taken over")
    assert after == house.intent(intent.id)
