"""What the gate holds back runs later, or not at all; and nothing is lost meanwhile."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from attrs import evolve

from application.gatekeeper import Gatekeeper
from application.traffic.traffic import Traffic
from domain.commands.supplier_invoices import PostSupplierInvoice
from domain.holds import Hold
from domain.intents import Intent
from domain.lifecycle import State
from domain.stages import Stage
from domain.traffic import Capacity, Rate, Tolerance
from domain.windows import Calendar, Closing, Weekly, Window
from ports.ledger import IntentQuery
from tests.governed.erp import Mood
from tests.governed.examples import EXAMPLES, MORNING, RENAME, SCOPE
from tests.governed.house import asked, reviewed
from tests.governed.rolled import Rolled

POST = next(each for each in EXAMPLES if isinstance(each, PostSupplierInvoice))
HOUR = timedelta(hours=1)
NIGHT = Window(
    system="sap", because="stock is recalculated", when=Weekly(zone="Europe/Berlin", starts=time(22), ends=time(4))
)


@pytest.fixture
def house() -> Rolled:
    house = Rolled.new()
    house.let_go(Stage.AUTONOMOUS)
    return house


def bearing(house: Rolled, capacity: Capacity) -> Traffic:
    house.traffic = Traffic("sap", capacity)
    return house.traffic


def renamed(house: Rolled, number: int, *, agent: str | None = None) -> Intent:
    return house.submit(asked(f"REQ-{number}", agent=agent), evolve(RENAME, name=f"Schrauben {number} AG"))


def test_a_write_waits_for_the_end_of_a_window(house: Rolled) -> None:
    house.calendar = Calendar(windows=(NIGHT,))
    house.clock.at = house.clock.at.replace(hour=23)
    waiting = house.advance(house.submit(asked(), RENAME).id)
    assert (waiting.state, waiting.note) == (State.READY, "stock is recalculated")
    assert house.erp.performed == 0

    house.until_rest()

    assert house.intent(waiting.id).state is State.DONE
    assert house.clock.now().hour == 3  # four in Berlin


def test_closed_books_halt_a_posting(house: Rolled) -> None:
    house.let_go(Stage.AUTONOMOUS, POST)
    house.calendar = Calendar(
        closings=(
            Closing(
                system="sap", zone="Europe/Berlin", last_day=date(2026, 3, 2), closed_from=datetime(2026, 3, 2, 12)
            ),
        )
    )
    intent = house.submit(asked(), POST)
    house.approve("bia", [reviewed(intent)])
    house.approve("caio", [reviewed(intent)])
    house.clock.at = house.clock.at.replace(hour=11)
    house.until_rest()

    ended = house.intent(intent.id)
    assert ended.state is State.HALTED
    assert ended.note.startswith("the books up to 2026-03-02 are closed since 2026-03-02 12:00 in Europe/Berlin")
    assert house.erp.performed == 0


def test_an_open_breaker_holds_writes_and_lets_them_go_on_when_it_closes(house: Rolled) -> None:
    bearing(house, Capacity(tolerance=Tolerance(failures=1, pause=HOUR)))
    house.let_go(Stage.SUPERVISED)  # what an outage leaves
    intent = house.submit(asked(), RENAME)
    house.approve("bia", [reviewed(intent)])
    house.erp.moods = [Mood.UNREACHED]
    house.advance(intent.id)
    begun = house.clock.now()
    house.until_rest()

    assert house.intent(intent.id).state is State.DONE
    assert house.clock.now() >= begun + HOUR
    assert house.erp.performed == 2


def test_a_full_erp_holds_a_write_for_a_moment() -> None:
    traffic = Traffic("sap", Capacity(calls=1))
    traffic.begin(MORNING)

    assert traffic.hold(None, MORNING) == Hold(
        because="sap is asked as much at once as it may be (1 calls)", until=MORNING + timedelta(seconds=1)
    )


def test_an_erp_gets_so_many_writes_in_a_time_and_the_rest_later(house: Rolled) -> None:
    bearing(house, Capacity(rate=Rate(2, HOUR)))

    first, second, third = (renamed(house, number) for number in (1, 2, 3))
    assert [first.state, second.state, third.state] == [State.DONE, State.DONE, State.READY]
    assert house.advance(third.id).note == "sap has had as many writes as it may have for now"
    house.until_rest()

    assert house.clock.now() == MORNING + HOUR / 2
    assert house.erp.performed == 3


def test_one_agent_cannot_use_up_what_others_need(house: Rolled) -> None:
    bearing(house, Capacity(agent_rate=Rate(1, HOUR)))
    house.directory.agents["other-bot"] = "P4"

    states = [renamed(house, number, agent="buyer-bot").state for number in (1, 2)]
    assert states == [State.DONE, State.READY]
    assert renamed(house, 3, agent="other-bot").state is State.DONE
    assert renamed(house, 4).state is State.DONE
    held = list(house.ledger.intents(IntentQuery(state=State.READY)))
    assert [house.advance(each.id).note for each in held] == [
        "buyer-bot in sap has had as many writes as it may have for now"
    ]


def test_in_high_volume_only_the_rate_of_the_system_counts(house: Rolled) -> None:
    bearing(house, Capacity(rate=Rate(2, HOUR), agent_rate=Rate(1, HOUR)))
    house.let_go(Stage.HIGH_VOLUME)

    states = [renamed(house, number, agent="buyer-bot").state for number in (1, 2, 3)]

    assert states == [State.DONE, State.DONE, State.READY]


def test_a_write_that_one_limit_holds_back_is_not_taken_from_another() -> None:
    traffic = Traffic("sap", Capacity(rate=Rate(2, HOUR), agent_rate=Rate(1, HOUR)))

    told = [traffic.hold("bot", MORNING), traffic.hold("bot", MORNING), traffic.hold(None, MORNING)]

    assert [hold is None for hold in told] == [True, False, True]


def test_drift_holds_a_write_until_a_person_has_looked(house: Rolled) -> None:
    drift = Hold(because="the field NAME1 is gone", until=None)
    gate = Gatekeeper(
        ledger=house.ledger, calendar=Calendar(), traffic={"sap": house.traffic}, brakes=[lambda *_: drift]
    )

    assert gate.hold(renamed(house, 1).proposal, MORNING) == drift


def test_a_standing_that_is_not_what_was_written_lets_nothing_go(house: Rolled) -> None:
    row = house.ledger.standing_rows[SCOPE, RENAME.terms.action]
    house.ledger.standing_rows[SCOPE, RENAME.terms.action] = evolve(row, seal=b"forged")

    assert house.gatekeeper.stage(RENAME, SCOPE) is Stage.READ_ONLY
    assert renamed(house, 1).state is State.REFUSED
