"""A record that an own write has made stands wherever a later step was promised it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TypeVar, cast

import pytest
from attrs import evolve

from application.resolving.made import bound, made_by, with_made
from domain.commands.command import Made
from domain.commands.purchase_orders import StartApprovalRouting
from domain.identifiers import Identifier, ProductId, PurchaseOrderId, SupplierId
from domain.intents import Intent
from domain.lifecycle import State
from domain.outcomes import Done
from domain.resolution import Candidate, Evidence, Resolved
from tests.governed.examples import MORNING, PLACE, SCOPE
from tests.governed.house import House, asked
from tests.governed.test_sagas import STEPS

T = TypeVar("T", bound=Identifier)
UNTIL = MORNING + timedelta(days=3)
NUMBER = PurchaseOrderId("4500000009")
ROUTE = StartApprovalRouting(order=Made("place"))


def made(identifier: T) -> Resolved[T]:
    return cast("Resolved[T]", made_by(Done(record=identifier), SCOPE, UNTIL))


@pytest.fixture
def placed() -> Intent:
    """Give the first step of a saga, which has made an order."""
    first, *_ = House.new().saga(asked(), STEPS)
    return evolve(first, state=State.DONE, answer=Done(record=NUMBER), decide_by=UNTIL)


def test_what_was_made_is_known_by_the_key_that_was_read_back() -> None:
    order = made(NUMBER)

    assert order.chosen == Candidate(
        id=NUMBER,
        label="4500000009",
        score=Decimal(1),
        evidence=(Evidence("record", "made by our own write"),),
    )
    assert (order.scope, order.mention, order.index) == (SCOPE, "4500000009", "ledger")
    assert (order.others, order.expires_at) == ((), UNTIL)


def test_a_later_step_works_on_what_the_earlier_one_made(placed: Intent) -> None:
    command = with_made(ROUTE, SCOPE, [placed])

    (order,) = command.targets
    assert isinstance(order, Resolved)
    assert (order.id, order.scope, order.expires_at) == (NUMBER, SCOPE, UNTIL)


@pytest.mark.parametrize(
    "otherwise",
    [
        lambda done: evolve(done, step="another"),
        lambda done: evolve(done, step=None, saga=None, needs=()),
        lambda done: evolve(done, state=State.ANSWERED),
        lambda done: evolve(done, answer=None),
    ],
    ids=["another step", "no step", "not done", "no answer"],
)
def test_a_promise_is_kept_only_by_its_own_step_once_it_is_done(
    placed: Intent, otherwise: Callable[[Intent], Intent]
) -> None:
    with pytest.raises(KeyError, match="place"):
        with_made(ROUTE, SCOPE, [otherwise(placed)])


def test_a_promise_is_found_wherever_a_command_holds_it() -> None:
    first, *others = PLACE.lines
    promising = evolve(PLACE, supplier=Made("found"), lines=(evolve(first, product=Made("listed")), *others))

    command = bound(promising, {"found": made(SupplierId("9")), "listed": made(ProductId("B-99"))})

    assert command == evolve(
        PLACE, supplier=made(SupplierId("9")), lines=(evolve(first, product=made(ProductId("B-99"))), *others)
    )
