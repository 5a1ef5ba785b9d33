"""How a write goes on a bad day, whichever protocol it came by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from sandbox.misbehaviour import (
    Complain,
    Drop,
    Echo,
    Fail,
    Garble,
    Hold,
    InnerError,
    Locked,
    LogonPage,
    Misbehaviour,
    Pretend,
    Refuse,
    Repeat,
    WriteFault,
)
from sandbox.oracle.faults import SoapFault, locked, refused
from sandbox.web import Response, failed, garbled, logon_page


@dataclass(frozen=True)
class Voice:
    """How one protocol says no, and how it says no or complains inside a success."""

    no: Callable[[SoapFault], Response]
    inner_error: Callable[[], Response]
    complaining: Callable[[Response], Response]


CarryOut = Callable[[bool], Response]
"""Carries the write out, and takes it back if it is told not to commit.

Raises:
    SoapFault: a rule of the business says no.
"""


def written(fault: WriteFault | None, misbehaviour: Misbehaviour, carry_out: CarryOut, voice: Voice) -> Response | None:
    """Answer a write under *fault*; None closes the connection."""

    def answered(commits: bool = True) -> Response:
        try:
            return carry_out(commits)
        except SoapFault as no:
            return voice.no(no)

    match fault:
        case None:
            return answered()
        case Hold():
            misbehaviour.hold(answered)
            return None
        case Repeat():
            answered()
            return answered()
        case Pretend():
            return answered(False)
        case Drop(carried_out=True) | Garble() | Echo() | Complain():
            return _spoilt(fault, answered(), voice)
        case Drop() | Fail() | LogonPage() | Locked() | Refuse() | InnerError():
            return _turned_away(fault, voice)
        case _:
            assert_never(fault)


def _spoilt(fault: Drop | Garble | Echo | Complain, answer: Response, voice: Voice) -> Response | None:
    match fault:
        case Drop():
            return None
        case Garble():
            return garbled(answer)
        case Echo():
            return replace(answer, body=answer.body * 2)
        case Complain():
            return voice.complaining(answer) if answer.status == 200 else answer


def _turned_away(fault: Drop | Fail | LogonPage | Locked | Refuse | InnerError, voice: Voice) -> Response | None:
    match fault:
        case Drop():
            return None
        case Fail(status, retry_after):
            return failed(status, retry_after)
        case LogonPage():
            return logon_page()
        case Locked():
            return voice.no(locked())
        case Refuse():
            return voice.no(refused("PO-2055101", "The budget of the period is exhausted."))
        case InnerError():
            return voice.inner_error()
