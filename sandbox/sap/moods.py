"""What a Gateway says on a bad day."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

from sandbox import moods
from sandbox.misbehaviour import Misbehaviour, WriteFault
from sandbox.sap.errors import GatewayError, error_response
from sandbox.sap.rules import refused
from sandbox.web import Response

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
    """Answer a write under *fault*; *carry_out* commits if it is told to. None closes the connection.

    Raises:
        GatewayError: the write is turned away.
    """
    return moods.written(fault, misbehaviour, carry_out, _VOICE)


def _locked() -> NoReturn:
    raise GatewayError(400, "ME/006", "Another user is processing the record; it is locked")


def _refused() -> NoReturn:
    raise _refusal()


def _inner_error() -> Response:
    return replace(error_response(_refusal(), as_json=True, service=""), status=202)


def _complaining(answer: Response) -> Response:
    return replace(answer, headers=(*answer.headers, ("sap-message", _COMPLAINT)))


def _refusal() -> GatewayError:
    return refused("ME/062", "The budget of the period is exhausted")


_VOICE = moods.Voice(locked=_locked, refused=_refused, inner_error=_inner_error, complaining=_complaining)
