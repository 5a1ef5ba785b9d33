"""How a write goes on a bad day."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
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
from sandbox.sap.errors import GatewayError, error_response
from sandbox.sap.rules import refused
from sandbox.web import Response, failed, garbled, logon_page

_COMPLAINT = json.dumps(
    {
        "code": "MEPO/002",
        "message": "Saved with messages",
        "severity": "info",
        "details": [{"code": "MEPO/830", "message": "A part could not be done", "severity": "error"}],
    }
)


def written(
    fault: WriteFault | None, misbehaviour: Misbehaviour, carry_out: Callable[[bool], Response]
) -> Response | None:
    """Answer a write under *fault*; *carry_out* commits unless it is told not to. None closes the connection.

    Raises:
        GatewayError: the write is turned away.
    """
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
            return _spoilt(fault, carry_out(True))
        case Drop() | Fail() | LogonPage() | Locked() | Refuse() | InnerError():
            return _turned_away(fault)
        case _:
            assert_never(fault)


def _spoilt(fault: Drop | Garble | Echo | Complain, answer: Response) -> Response | None:
    match fault:
        case Drop():
            return None
        case Garble():
            return garbled(answer)
        case Echo():
            return replace(answer, body=answer.body * 2)
        case Complain():
            return replace(answer, headers=(*answer.headers, ("sap-message", _COMPLAINT)))


def _turned_away(fault: Drop | Fail | LogonPage | Locked | Refuse | InnerError) -> Response | None:
    match fault:
        case Drop():
            return None
        case Fail(status, retry_after):
            return failed(status, retry_after)
        case LogonPage():
            return logon_page()
        case Locked():
            raise GatewayError(400, "ME/006", "Another user is processing the record; it is locked")
        case Refuse():
            raise _refusal()
        case InnerError():
            return replace(error_response(_refusal(), as_json=True, service=""), status=202)


def _refusal() -> GatewayError:
    return refused("ME/062", "The budget of the period is exhausted")
