"""What each answer and each fault of an ERP means: one table, for each of the three questions that are asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.asking import Finding, located, performed, plain, proven
from domain.canonical import digest
from domain.identifiers import PurchaseOrderId
from domain.images import Change, Image, Version
from domain.keys import Key
from domain.lifecycle import Event
from domain.outcomes import Accepted, Done
from ports.errors import (
    AccessDenied,
    Conflict,
    Drifted,
    Locked,
    Misconfigured,
    NotFound,
    NotLocatable,
    NotOffered,
    NotWritable,
    OutcomeUnknown,
    Problem,
    ProblemKind,
    Refused,
    Unavailable,
    Unintelligible,
)
from tests.governed.answering import DONE, Told
from tests.governed.examples import PLACE, RENAME

REFERENCE = Key(digest("this one"), 1).reference
EXPECTED = Version("7")
ORDERED, TWIN = Done(record=PurchaseOrderId("N1")), Done(record=PurchaseOrderId("N2"))
QUEUED = Accepted(handle="job 5")
OTHER = Image.of({path: "something else" for path, _ in RENAME.effect.fields})


PROBLEM = Problem("name", column="NAME1", raw="x", kind=ProblemKind.INVALID_TEXT, reason="too long", quirk=None)
MEANS: list[tuple[Exception, Event, str]] = [
    (NotFound("gone"), Event.CHANGED, "the record is not there, or not to be seen yet"),
    (Conflict("412"), Event.CHANGED, "the record has changed since it was looked at; propose it anew"),
    (Refused("422"), Event.SAID_NO, "the ERP said no"),
    (Refused("422", reasons=("closed", "late")), Event.SAID_NO, "the ERP said no: closed; late"),
    (AccessDenied("403"), Event.SAID_NO, "the ERP does not let us do this"),
    (Drifted("NAME1"), Event.SAID_NO, "the ERP's schema has changed; a person must look at it"),
    (Misconfigured("no such host"), Event.SAID_NO, "the way to the ERP is not set up for this"),
    (NotOffered("no"), Event.SAID_NO, "the ERP cannot be asked for this"),
    (Unavailable("away"), Event.NOT_SENT, "the ERP was not reached"),
    (Locked("SM12"), Event.NOT_SENT, "somebody else is editing the record"),
    (OutcomeUnknown("lost"), Event.LOST, "no answer came; it may have been written"),
    (Unintelligible("<html>"), Event.LOST, "no answer came; it may have been written"),
    (ZeroDivisionError("bug"), Event.LOST, "no answer came; it may have been written"),
]


@pytest.mark.parametrize(("fault", "event", "note"), MEANS, ids=[repr(fault) for fault, _, _ in MEANS])
def test_what_a_fault_of_a_write_means(fault: Exception, event: Event, note: str) -> None:
    erp = Told(says=fault)

    found = performed(erp, RENAME, REFERENCE, EXPECTED)

    assert found == Finding(event, note, heard=f"{type(fault).__name__}: {fault}")
    assert erp.asked == [RENAME, REFERENCE, EXPECTED]


def test_what_the_erp_cannot_hold_was_never_sent() -> None:
    fault = NotWritable([PROBLEM])

    assert performed(Told(says=fault), RENAME, REFERENCE, None) == Finding(
        Event.SAID_NO, f"the ERP cannot hold it: {fault}", heard=f"NotWritable: {fault}"
    )


@pytest.mark.parametrize(("asked", "wait"), [(None, None), (0.0, timedelta()), (90.0, timedelta(seconds=90))])
def test_how_long_an_erp_asks_to_be_left_alone_is_kept(asked: float | None, wait: timedelta | None) -> None:
    assert performed(Told(says=Unavailable("429", retry_after=asked)), RENAME, REFERENCE, None).wait == wait


def test_what_was_taken_is_not_done() -> None:
    taken = Finding(Event.TOOK, "the ERP took it and decides later", QUEUED)

    assert performed(Told(says=QUEUED), RENAME, REFERENCE, EXPECTED) == taken


def test_done_is_what_is_read_back_as_asked() -> None:
    erp = Told()

    assert performed(erp, RENAME, REFERENCE, EXPECTED) == Finding(Event.PROVEN, "read back as asked", DONE)
    assert erp.asked[-2:] == [RENAME, DONE]


def test_what_stands_there_otherwise_is_named() -> None:
    ((path, wanted),) = RENAME.effect.fields

    found = proven(Told(shows=OTHER), RENAME, REFERENCE, DONE)

    assert (found.event, found.answer, found.heard) == (Event.DIFFERS, DONE, None)
    assert found.note == f"what stands there is not what was asked for: {path}"
    assert found.differs == (Change(path, "something else", wanted),)


def test_all_that_stands_otherwise_is_named() -> None:
    paths = [path for path, _ in PLACE.effect.fields]
    shown = Image.of(dict.fromkeys(paths, "something else"))

    found = proven(Told(found=(ORDERED,), shows=shown), PLACE, REFERENCE, ORDERED)

    assert found.note == f"what stands there is not what was asked for: {', '.join(paths)}"


@pytest.mark.parametrize("fault", [NotFound("gone"), ZeroDivisionError("bug")])
def test_what_could_not_be_read_back_is_looked_at_again(fault: Exception) -> None:
    found = proven(Told(shows=fault), RENAME, REFERENCE, DONE)

    assert (found.event, found.answer) == (Event.SAID_DONE, DONE)
    assert found.note == f"not read back yet: {plain(fault)}"
    assert found.heard == f"{type(fault).__name__}: {fault}"


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((), Finding(Event.ABSENT, f"nothing is there under {REFERENCE}")),
        ((DONE,), Finding(Event.PROVEN, "read back as asked", DONE)),
        ((QUEUED,), Finding(Event.TOOK, "the ERP has it and decides later", QUEUED)),
        ((DONE, DONE), Finding(Event.DIFFERS, f"reference {REFERENCE} is there 2 times")),
        (
            NotLocatable("no field"),
            Finding(
                Event.UNSETTLED,
                "nothing of ours can find out whether it was written; a person must look in the ERP",
                heard="NotLocatable: no field",
            ),
        ),
        (
            Refused("FB01", reasons=("closed",)),
            Finding(Event.SAID_NO, "the ERP said no: closed", heard="Refused: FB01"),
        ),
        (Unavailable("away"), Finding(None, "not located yet: the ERP was not reached", heard="Unavailable: away")),
        (ValueError("bug"), Finding(None, "not located yet: it was not understood", heard="ValueError: bug")),
    ],
)
def test_what_looking_for_a_write_shows(found: object, told: Finding) -> None:
    erp = Told(found=found)

    assert located(erp, RENAME, REFERENCE, absent=Event.ABSENT) == told
    assert erp.asked[:2] == [RENAME, REFERENCE]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((ORDERED,), Finding(Event.PROVEN, "read back as asked", ORDERED)),
        ((QUEUED, ORDERED), Finding(Event.PROVEN, "read back as asked", ORDERED)),
        ((ORDERED, TWIN), Finding(Event.DIFFERS, f"reference {REFERENCE} is there 2 times", ORDERED)),
        ((), Finding(Event.SAID_DONE, f"N1 is not found under {REFERENCE} yet", ORDERED)),
        ((TWIN,), Finding(Event.SAID_DONE, f"N1 is not found under {REFERENCE} yet", ORDERED)),
        (
            Unavailable("away"),
            Finding(Event.SAID_DONE, "not located yet: the ERP was not reached", ORDERED, heard="Unavailable: away"),
        ),
        (
            NotLocatable("no field"),
            Finding(
                Event.SAID_DONE, f"not located yet: {plain(NotLocatable())}", ORDERED, heard="NotLocatable: no field"
            ),
        ),
    ],
)
def test_what_bears_a_reference_must_be_there_once(found: object, told: Finding) -> None:
    erp = Told(found=found, shows=PLACE.effect)

    assert proven(erp, PLACE, REFERENCE, ORDERED) == told
    assert erp.asked[:2] == [PLACE, REFERENCE]
    erp.says, erp.asked = ORDERED, []
    assert performed(erp, PLACE, REFERENCE, None) == told
    assert erp.asked[3:5] == [PLACE, REFERENCE]


def test_where_no_reference_is_kept_the_record_itself_must_do() -> None:
    erp = Told(found=NotLocatable("no field"), shows=PLACE.effect, without=("create ZZ_REF",))

    assert proven(erp, PLACE, REFERENCE, ORDERED).event is Event.PROVEN


def test_what_nothing_means_is_for_the_one_who_looks_to_say() -> None:
    assert located(Told(found=()), RENAME, REFERENCE, absent=None).event is None
