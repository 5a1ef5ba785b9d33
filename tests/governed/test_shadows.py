"""What was only proposed is compared, later, with what people did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from domain.commands.suppliers import BlockSupplier
from domain.identifiers import SupplierId
from domain.intents import Intent
from domain.policy import FORBIDDEN, Policy, Rule
from domain.rollout import Shadow
from domain.stages import Stage
from domain.suppliers import SupplierBlock
from ports.errors import NotFound
from tests.governed.examples import PLACE, RENAME, resolved
from tests.governed.house import asked, reviewed
from tests.governed.recorded import TOO_LONG
from tests.governed.rolled import Rolled


@pytest.fixture
def house() -> Rolled:
    house = Rolled.new()
    house.staged = True
    return house


def proposed(house: Rolled, number: int, *, then: str | None) -> Intent:
    """Have one proposal made that is not executed, and people do something else, or nothing."""
    intent = house.submit(asked(f"REQ-{number}"), evolve(RENAME, name=f"Schrauben {number} AG"))
    house.clock.pass_(timedelta(hours=1))
    if then is not None:
        house.erp.change(SupplierId("4711"), name=then)
    house.clock.pass_(timedelta(days=2))
    return intent


@pytest.mark.parametrize(
    ("then", "seen"),
    [("Schrauben 1 AG", Shadow.SAME), ("Nuts", Shadow.OTHER), (None, Shadow.NOTHING)],
    ids=["same", "other", "nothing"],
)
def test_a_shadow_is_compared_once_with_what_people_did(house: Rolled, then: str | None, seen: Shadow) -> None:
    intent = proposed(house, 1, then=then)

    assert dict(house.compare()) == {intent.id: seen}
    assert dict(house.compare()) == {}
    assert dict(house.gather.shadows()) == {intent.id: seen}


def test_a_shadow_is_not_compared_too_early_or_without_its_erp(house: Rolled) -> None:
    house.submit(asked(), RENAME)
    assert dict(house.compare()) == {}

    house.clock.pass_(timedelta(days=3))
    house.traffic.begin(house.clock.now())
    house.traffic.capacity = evolve(house.traffic.capacity, calls=1)

    assert dict(house.compare()) == {}


def test_what_an_approver_turned_down_is_no_shadow(house: Rolled) -> None:
    house.let_go(Stage.SUPERVISED)
    house.reject("bia", [reviewed(house.submit(asked(), RENAME))], because="no")
    house.clock.pass_(timedelta(days=3))

    assert dict(house.compare()) == {}


def test_a_block_is_compared_by_its_own_field(house: Rolled) -> None:
    block = BlockSupplier(supplier=resolved(SupplierId("4711")), block=SupplierBlock.PAYMENT)
    intent = house.submit(asked(), block)
    house.erp.change(SupplierId("4711"), block=SupplierBlock.PAYMENT)
    house.clock.pass_(timedelta(days=3))

    assert dict(house.compare()) == {intent.id: Shadow.SAME}


def test_what_cannot_be_done_any_more_people_have_dealt_with_otherwise(house: Rolled) -> None:
    intent = proposed(house, 1, then=None)

    def moved_on() -> None:
        raise TOO_LONG

    house.erp.on_observe = moved_on

    assert dict(house.compare()) == {intent.id: Shadow.OTHER}


def test_what_people_have_removed_they_have_dealt_with_otherwise(house: Rolled) -> None:
    intent = proposed(house, 1, then=None)

    def gone() -> None:
        raise NotFound("supplier 4711 is not there")

    house.erp.on_observe = gone

    assert dict(house.compare()) == {intent.id: Shadow.OTHER}


def test_what_the_policy_forbids_is_no_shadow(house: Rolled) -> None:
    house.policy = Policy(version="policy 2", rules=(Rule(verdict=FORBIDDEN),))
    proposed(house, 1, then="Schrauben 1 AG")

    assert dict(house.compare()) == {}


def test_what_leaves_no_trace_in_its_target_is_not_compared(house: Rolled) -> None:
    house.submit(asked(), PLACE)
    house.clock.pass_(timedelta(days=3))

    assert dict(house.compare()) == {}
