"""What stands on the governed path refuses a value of another kind in every field, also where no type checker looks."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from attrs import AttrsInstance, evolve

from application.decide import Reviewed
from application.propose import Request
from domain.approvals import Approval, Delegation, Rejection
from domain.audit import GENESIS, Anchor, Entry, Record
from domain.canonical import digest
from domain.classification import ActionClass
from domain.errors import InvalidValue
from domain.identifiers import PersonId
from domain.keys import IntentId, Key
from domain.policy import Above, Is, Policy, Rule
from domain.principals import Principal
from domain.promotion import Required
from domain.rollout import Standing
from domain.stages import Stage
from tests.governed.examples import MORNING, SCOPE

BIA = Principal("bia", PersonId("P2"))
LATER = MORNING + timedelta(hours=1)
LENT = Delegation(giver=PersonId("P3"), taker=BIA.person, starts=MORNING, ends=LATER)
DIGEST = digest("this one")
CHECKED: tuple[tuple[AttrsInstance, str], ...] = (
    (LENT, "giver taker starts ends"),
    (
        Approval(by=BIA, proposal=DIGEST, given_at=MORNING, expires_at=LATER, delegation=LENT),
        "by proposal given_at expires_at delegation",
    ),
    (Rejection(by=BIA, proposal=DIGEST, given_at=MORNING, because="no"), "by proposal given_at because"),
    (Entry(stream="sap", subject=None, at=MORNING, by="bia", what="said", because=""), "stream at by what"),
    (Record(stream="sap", number=1, body=b"{}", seal=GENESIS), "stream number seal"),
    (Anchor(stream="sap", number=0, seal=GENESIS), "stream number seal"),
    (Key(DIGEST, 1), "intention round"),
    (Above("order value", Decimal(1)), "fact"),
    (Is("supplier block", frozenset({"all"})), "fact"),
    (Rule(verdict=ActionClass.HIGH), "verdict"),
    (Policy(version="1"), "version"),
    (
        Standing(action="change price", scope=SCOPE, stage=Stage.SUPERVISED, by="bia", because="so", since=MORNING),
        "action scope stage share by because since",
    ),
    (Required(), "lasting proposals compared done same approved refused settled undone decision"),
    (Reviewed(IntentId("I1"), DIGEST), "intent proposal"),
    (
        Request(account="ana", agent="bot", scope=SCOPE, occasion="REQ-1", rationale=""),
        "account agent scope occasion rationale",
    ),
)


@pytest.mark.parametrize(
    ("value", "name"),
    [(value, name) for value, names in CHECKED for name in names.split()],
    ids=[f"{type(value).__name__}.{name}" for value, names in CHECKED for name in names.split()],
)
def test_a_value_of_another_kind_is_refused(value: AttrsInstance, name: str) -> None:
    with pytest.raises((InvalidValue, TypeError)):
        evolve(value, **{name: object()})  # type: ignore[misc]  # any of ours


@pytest.mark.parametrize(("value", "names"), CHECKED, ids=[type(value).__name__ for value, _ in CHECKED])
def test_a_text_that_says_something_is_not_blank(value: AttrsInstance, names: str) -> None:
    told = [name for name in names.split() if type(getattr(value, name)) is str and name != "rationale"]

    for name in told:
        with pytest.raises(InvalidValue, match=f"{name} is blank"):
            evolve(value, **{name: " "})  # type: ignore[misc]  # any of ours


@pytest.mark.parametrize(
    ("value", "name"),
    [(value, name) for value, names in CHECKED for name in names.split() if isinstance(getattr(value, name), datetime)],
)
def test_a_time_without_a_zone_is_none(value: AttrsInstance, name: str) -> None:
    with pytest.raises(InvalidValue, match=f"{name} must be an instant in UTC"):
        evolve(value, **{name: getattr(value, name).replace(tzinfo=None)})  # type: ignore[misc]  # any of ours


def test_an_anchor_counts_from_none_and_a_round_from_one() -> None:
    with pytest.raises(ValueError, match="number"):
        Anchor(stream="sap", number=-1, seal=GENESIS)
    with pytest.raises(ValueError, match="round"):
        Key(DIGEST, 0)
    with pytest.raises(TypeError, match="round"):
        Key(DIGEST, 1.5)  # type: ignore[arg-type]  # that is the point
    assert Key(DIGEST, 1).next() == Key(DIGEST, 2)
