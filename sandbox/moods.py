"""How a write goes on a bad day, in the words of whichever vendor it is."""

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
from sandbox.web import Response, failed, garbled, logon_page


@dataclass(frozen=True)
class Voice:
    """How one vendor says no, how he says it inside a success, and how he complains of one; each may raise instead."""

    locked: Callable[[], Response]
    refused: Callable[[], Response]
    inner_error: Callable[[], Response]
    complaining: Callable[[Response], Response]


def written(
    fault: WriteFault | None, misbehaviour: Misbehaviour, carry_out: Callable[[bool], Response], voice: Voice
) -> Response | None:
    """Answer a write under *fault*; *carry_out* commits if it is told to. None closes the connection."""
    match fault:
        case None:
            return carry_out(True)
        case Hold():
            misbehaviour.hold(lambda: carry_out(True))
            return None
        case Repeat():
            carry_out(True)
            return carry_out(True)
        case Pretend():
            return carry_out(False)
        case Drop(carried_out=True) | Garble() | Echo() | Complain():
            return _spoilt(fault, carry_out(True), voice)
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
            return voice.complaining(answer)


def _turned_away(fault: Drop | Fail | LogonPage | Locked | Refuse | InnerError, voice: Voice) -> Response | None:
    match fault:
        case Drop():
            return None
        case Fail(status, retry_after):
            return failed(status, retry_after)
        case LogonPage():
            return logon_page()
        case Locked():
            return voice.locked()
        case Refuse():
            return voice.refused()
        case InnerError():
            return voice.inner_error()
