"""Every error that a caller can meet leaves the house with its kind, its sentence, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contracts.published.faults import DECIDED, Fault, FaultKind, NextMove, fault_of
from contracts.published.v1.catalogue import V1
from domain.errors import DomainError, ErpError, InvalidValue
from domain.provenance import SourceRef
from ports.errors import (
    NotFound,
    NotWritable,
    OutcomeUnknown,
    PortError,
    Problem,
    ProblemKind,
    Refused,
    TranslationError,
    Unavailable,
)
from tests.builders import READ_AT

PROBLEM = Problem("id", "X", "'1'", ProblemKind.INVALID_CODE, "no such code", "SAP-1")


def _ours(kind: type[ErpError]) -> Iterator[type[ErpError]]:
    for each in kind.__subclasses__():
        if each.__module__ in ("domain.errors", "ports.errors"):
            yield from (each, *_ours(each))


def told(fault: Fault) -> dict[str, object]:
    return V1.record(V1.contract("error"), fault)


@pytest.mark.parametrize("kind", [each for each in _ours(ErpError) if each is not PortError])
def test_what_to_do_is_decided_for_every_class_of_error(kind: type[ErpError]) -> None:
    assert any(issubclass(kind, decided) for decided, _, _ in DECIDED)


def test_every_kind_stands_for_one_class() -> None:
    assert sorted(kind.value for _, kind, _ in DECIDED) == sorted(kind.value for kind in FaultKind)
    assert {move for _, _, move in DECIDED} == set(NextMove)


def test_an_error_says_what_happened_and_what_to_do() -> None:
    assert told(fault_of(NotFound("sap has no Supplier 7"))) == {
        "kind": "not_found",
        "told": "sap has no Supplier 7",
        "next": "give_up",
        "advice": "The record is provably not there; repeating cannot help.",
        "retry_after": None,
        "reasons": [],
        "problems": [],
    }


def test_a_wait_is_told_in_whole_seconds_and_never_too_short() -> None:
    assert told(fault_of(Unavailable("later", retry_after=1.2)))["retry_after"] == 2
    assert told(fault_of(Unavailable("later", retry_after=0.0)))["retry_after"] == 0
    assert told(fault_of(Unavailable("later")))["retry_after"] is None


def test_a_write_that_may_have_happened_is_never_to_be_repeated() -> None:
    assert told(fault_of(OutcomeUnknown("no answer came")))["next"] == "locate"


def test_the_reasons_and_the_problems_are_told_in_full() -> None:
    assert told(fault_of(Refused("no", reasons=["first", "second"])))["reasons"] == ["first", "second"]
    for error in (TranslationError(SourceRef("s", "r", "k", READ_AT), [PROBLEM]), NotWritable([PROBLEM])):
        assert told(fault_of(error))["problems"] == [
            {"field": "id", "column": "X", "raw": "'1'", "kind": "invalid code", "reason": "no such code",
             "quirk": "SAP-1"},
        ]  # fmt: skip


def test_a_subclass_is_what_its_class_is() -> None:
    class Elsewhere(NotFound):
        """Another package's own."""

    assert fault_of(Elsewhere("x")).kind is FaultKind.NOT_FOUND
    assert fault_of(InvalidValue("x")).kind is fault_of(DomainError("x")).kind is FaultKind.INVALID


def test_an_error_of_no_decided_class_is_refused() -> None:
    with pytest.raises(TypeError, match="what a program does about PortError was not decided"):
        fault_of(PortError("x"))
