"""Every law of writing notices who breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

import pytest
import stamina
from attrs import evolve

from contracts.laws.execution import ExecutionLaws
from contracts.laws.executions import ExecutionSubject, Fault
from contracts.laws.verdicts import LawBroken, NotApplicable
from tests.laws.execution_saboteurs import SABOTEURS, ExecutionSaboteur
from tests.systems.sap_writing import out_of_reach, running, subject

LAWS = [name for name in dir(ExecutionLaws) if name.startswith("test_")]


@pytest.fixture(autouse=True)
def _retries_without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.mark.parametrize("saboteur", SABOTEURS, ids=str)
def test_a_law_notices_a_saboteur(saboteur: ExecutionSaboteur) -> None:
    with running() as system:
        honest = subject(system, out_of_reach(system))
        spoilt = saboteur.spoil(honest)
        about_down = "out_of_reach" in saboteur.law
        told = evolve(honest, down=spoilt) if about_down else evolve(honest, execution=spoilt)
        law = cast("Callable[..., None]", getattr(ExecutionLaws(), saboteur.law))
        with pytest.raises(LawBroken, match=saboteur.told):
            law(told) if saboteur.fault is None else law(told, Fault[saboteur.fault])


def test_every_law_has_a_saboteur() -> None:
    assert {saboteur.law for saboteur in SABOTEURS} == set(LAWS)


def test_every_law_states_its_reason_in_one_sentence() -> None:
    for law in LAWS:
        reason = cast("str | None", getattr(ExecutionLaws, law).__doc__)
        assert reason is not None, law
        assert reason.endswith("."), law
        assert "\n" not in reason, law


NEEDS: dict[str, tuple[Callable[[ExecutionSubject], ExecutionSubject], Callable[[ExecutionSubject], None]]] = {
    "hold": (lambda its: evolve(its, hold=None), ExecutionLaws().test_what_is_written_late_is_found_late),
    "down": (lambda its: evolve(its, down=None), ExecutionLaws().test_an_erp_out_of_reach_is_told_as_that),
    "foreign": (
        lambda its: evolve(its, foreign=None),
        ExecutionLaws().test_what_is_not_offered_is_refused_before_anything_is_sent,
    ),
    "unholdable": (
        lambda its: evolve(its, unholdable=None),
        ExecutionLaws().test_what_the_erp_cannot_hold_is_refused_when_it_is_looked_at,
    ),
}


@pytest.mark.parametrize("part", NEEDS)
def test_a_law_that_lacks_what_it_needs_is_skipped_with_the_reason(part: str) -> None:
    without, law = NEEDS[part]
    with running() as system, pytest.raises(NotApplicable, match=f"ExecutionSubject.{part}"):
        law(without(subject(system, out_of_reach(system))))


def test_a_fault_that_nobody_knows_how_to_make_is_skipped() -> None:
    with running() as system:
        without = evolve(subject(system), spoil={})
        with pytest.raises(NotApplicable, match="the business says no"):
            ExecutionLaws().test_on_a_bad_day_every_answer_is_true(without, Fault.REFUSES)
