"""Every attack is refused, nothing is written, and what reached the house is on record."""

from __future__ import annotations

import pytest

from tests.governed.attacks.attack import Attack
from tests.governed.attacks.listed import ATTACKS
from tests.governed.rolled import Rolled


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_the_attack_is_stopped(attack: Attack) -> None:
    house = Rolled.new()

    told = attack.attempt(house)

    assert attack.stopped_by in told
    assert house.erp.written == []
    if attack.recorded:
        sentence = told.split(": ", 1)[-1]
        assert any(word in body for body in house.told() for word in (sentence, attack.stopped_by, "set aside")), told


def test_there_are_eighty_of_them_under_eighty_names() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 80
