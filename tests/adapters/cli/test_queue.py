"""A saga that is half done is shown with what stands, what takes it back, and how to say that it is finished."""

from __future__ import annotations

import json

import pytest

from adapters.cli.screen import Screen
from adapters.cli.writes import intents
from tests.adapters.cli.conftest import Desk
from tests.governed.rolled import Rolled
from tests.governed.test_operators import half_done


def test_a_half_done_saga_is_shown_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    house = Rolled.new()
    saga = half_done(house)
    (found,) = house.queue().half_done

    intents._tell(Screen(), found, json=False)
    intents._tell(Screen(), found, json=True)

    told = capsys.readouterr()
    table, record = told.out.splitlines()[:-1], json.loads(told.out.splitlines()[-1])
    assert table[0] == f"Saga {saga} is half done; this stands, and other steps came to nothing"
    assert "attach document" in told.out
    assert f"`dragoman finish {saga}" in told.err
    assert record["saga"] == str(saga)
    assert [each["state"] for each in record["stands"]] == ["done"] * len(found.stands)


def test_only_what_is_half_done_can_be_finished(desk: Desk) -> None:
    ran = desk.run("bia", "finish", "nosuchsaga", "--because", "x")

    assert ran.code == 1
    assert "saga nosuchsaga is not half done" in ran.err
