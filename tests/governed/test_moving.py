"""What came of a call: what is kept of it, when it is looked at again, and what is on record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.identifiers import PurchaseOrderId
from domain.images import Change
from domain.intents import Lease
from domain.lifecycle import State
from domain.outcomes import Accepted, Done
from domain.policy import Patience
from ports.errors import PortError, Unavailable
from tests.governed.erp import RUNNING, FakeErp, Mood
from tests.governed.examples import MORNING, RENAME
from tests.governed.house import House, asked
from tests.governed.recorded import advanced, approved, last, raises, told

PATIENCE = Patience()
SECOND = timedelta(seconds=1)


@pytest.fixture
def house() -> House:
    return House.new()


@pytest.mark.parametrize(
    ("mood", "state", "what", "wait"),
    [
        (Mood.WELL, State.DONE, "proven", None),
        (Mood.REFUSES, State.REFUSED, "said no", None),
        (Mood.UNREACHED, State.READY, "not sent", 2 * PATIENCE.pause),
        (Mood.QUEUES, State.ACCEPTED, "took", PATIENCE.pause),
        (Mood.HIDES, State.ANSWERED, "said done", PATIENCE.pause),
        (Mood.ALTERS, State.ANSWERED, "said done", PATIENCE.pause),
        (Mood.DROPS_ANSWER, State.IN_DOUBT, "lost", RUNNING),
    ],
)
def test_what_came_of_a_call_is_kept_and_looked_at_again_in_time(
    house: House, mood: Mood, state: State, what: str, wait: timedelta | None
) -> None:
    after = advanced(house, mood)

    assert (after.state, after.lease) == (state, None)
    assert after.due_at == (None if wait is None else MORNING + wait)
    assert told(last(house))[:4] == (after.id, MORNING, "worker 1", what)


def test_what_the_erp_said_is_on_record_with_the_reference_and_the_number_of_the_call(house: House) -> None:
    done = advanced(house, Mood.WELL)
    assert last(house).details == (State.DONE, (done.reference, 1, done.answer, (), None))
    assert isinstance(done.answer, Done)


def test_what_stands_otherwise_is_on_record_field_by_field(house: House) -> None:
    house.erp.moods = [Mood.ALTERS]
    intent = house.submit(asked(), RENAME)
    house.clock.at = MORNING + RUNNING

    otherwise = house.advance(intent.id)

    assert otherwise.state is State.OPERATOR
    change = Change("name", "something else", RENAME.name)
    assert last(house).details == (State.OPERATOR, (intent.reference, 1, intent.answer, (change,), None))


def test_what_stands_otherwise_is_given_the_time_to_be_seen_and_not_a_moment_more(house: House) -> None:
    intent = advanced(house, Mood.ALTERS, later=timedelta(hours=2))
    house.clock.pass_(RUNNING - SECOND)
    assert house.advance(intent.id).state is State.ANSWERED

    house.clock.pass_(PATIENCE.pause)
    assert house.advance(intent.id).state is State.OPERATOR


@pytest.mark.parametrize("sendings", [1, 2, 6, 7, 9])
def test_the_pause_doubles_with_each_call_up_to_half_an_hour(house: House, sendings: int) -> None:
    house.erp.moods = [Mood.UNREACHED] * sendings
    intent = approved(house)
    for _ in range(sendings):
        house.clock.at = intent.due_at or house.clock.at
        intent = house.advance(intent.id)

    assert intent.sendings == sendings
    assert intent.due_at == house.clock.at + min(2**sendings, 64) * PATIENCE.pause


@pytest.mark.parametrize(("asked_for", "waited"), [(3600.0, timedelta(hours=1)), (1.0, 2 * PATIENCE.pause)])
def test_an_erp_that_asks_for_more_time_gets_it(
    house: House, monkeypatch: pytest.MonkeyPatch, asked_for: float, waited: timedelta
) -> None:
    raises(monkeypatch, "perform", Unavailable("429", retry_after=asked_for))

    assert house.advance(approved(house).id).due_at == MORNING + waited


TAKEN = [Accepted(handle="job")]


@pytest.mark.parametrize(("over", "is_asked"), [(timedelta(), False), (SECOND, True)])
@pytest.mark.parametrize(
    ("mood", "found", "allowed", "note"),
    [
        (Mood.QUEUES, TAKEN, PATIENCE.deciding, "the ERP has it and decides later"),
        (Mood.QUEUES, Unavailable("away"), PATIENCE.deciding, "not located yet: the ERP was not reached"),
        (Mood.DROPS_ANSWER, TAKEN, PATIENCE.deciding, "the ERP has it and decides later"),
        (Mood.DROPS_ANSWER, Unavailable("away"), PATIENCE.settling, "not located yet: the ERP was not reached"),
        (Mood.HIDES, Unavailable("away"), PATIENCE.settling, "not located yet: the ERP was not reached"),
    ],
)
def test_what_is_not_settled_in_time_is_for_a_person(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    mood: Mood,
    found: list[Accepted] | PortError,
    allowed: timedelta,
    note: str,
    over: timedelta,
    is_asked: bool,
) -> None:
    intent = advanced(house, mood, later=timedelta(hours=2))
    house.clock.pass_(allowed + over)
    if isinstance(found, PortError):
        raises(monkeypatch, "locate", found)
    else:
        monkeypatch.setattr(FakeErp, "locate", lambda *_, **__: found)

    looked = house.advance(intent.id)

    assert (looked.state is State.OPERATOR) is is_asked
    assert looked.note == (f"not settled in time: {note}" if is_asked else note)
    assert looked.lease is None


@pytest.mark.parametrize("mood", [Mood.QUEUES, Mood.DROPS_ANSWER])
def test_what_is_not_settled_soon_is_looked_at_less_and_less(
    house: House, monkeypatch: pytest.MonkeyPatch, mood: Mood
) -> None:
    intent = advanced(house, mood, later=timedelta(hours=2))
    raises(monkeypatch, "locate", Unavailable("away"))
    house.clock.pass_(timedelta(minutes=80))

    assert house.advance(intent.id).due_at == house.clock.at + timedelta(minutes=10)


def test_whoever_looks_holds_it_meanwhile(house: House) -> None:
    intent = advanced(house, Mood.QUEUES)
    house.clock.pass_(PATIENCE.pause)
    held: list[Lease | None] = []
    house.erp.tripwire = lambda _: held.append(house.intent(intent.id).lease)
    house.worker = "worker 2"

    house.advance(intent.id)

    assert held == [Lease(owner="worker 2", until=house.clock.at + PATIENCE.lease)]


def test_what_is_not_located_yet_is_looked_for_again_after_a_pause(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    intent = advanced(house, Mood.DROPS_ANSWER)
    records = len(house.told())
    house.clock.pass_(RUNNING)
    raises(monkeypatch, "locate", Unavailable("away"))

    looked = house.advance(intent.id)

    assert (looked.state, looked.note) == (State.IN_DOUBT, "not located yet: the ERP was not reached")
    assert looked.due_at == house.clock.at + PATIENCE.pause
    assert len(house.told()) == records


def test_what_was_accepted_and_is_not_there_is_no_ground_to_send_it_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    intent = advanced(house, Mood.QUEUES)
    house.clock.pass_(PATIENCE.pause)
    monkeypatch.setattr(FakeErp, "locate", lambda *_, **__: [])

    looked = house.advance(intent.id)

    assert (looked.state, looked.note) == (State.ACCEPTED, f"nothing is there under {intent.reference}")
    assert looked.answer == intent.answer


def test_what_was_said_to_be_done_is_read_back_from_the_record_that_was_named(house: House) -> None:
    intent = advanced(house, Mood.HIDES)
    assert isinstance(intent.answer, Done)
    house.clock.pass_(RUNNING)

    done = house.advance(intent.id)

    assert (done.state, done.answer, done.note) == (State.DONE, intent.answer, "read back as asked")
    assert intent.answer.record == PurchaseOrderId("N1")
