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
from sandbox.protheus_rest.errors import answered, log_of, refused
from sandbox.web import Response, failed, garbled, logon_page

_BUDGET = ("ORCAMENTO", "O orcamento do periodo esta esgotado", "Tabela: SC7")
_IN_USE = ("REGLOCK", "Registro em uso por outro usuario")
_EXTENSION = ("PTOENTRADA", "O ponto de entrada apos a gravacao terminou com erro")


def written(
    fault: WriteFault | None, misbehaviour: Misbehaviour, carry_out: Callable[[bool], Response]
) -> Response | None:
    """Answer a write under *fault*; *carry_out* commits if it is told to. None closes the connection.

    Raises:
        RestFault: the write is turned away.
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
            told: dict[str, object] = json.loads(answer.body.decode("cp1252"))
            return answered(answer.status, told | log_of(*_EXTENSION))


def _turned_away(fault: Drop | Fail | LogonPage | Locked | Refuse | InnerError) -> Response | None:
    match fault:
        case Drop():
            return None
        case Fail(status, retry_after):
            return failed(status, retry_after)
        case LogonPage():
            return logon_page()
        case Locked():
            raise refused(*_IN_USE)
        case Refuse():
            raise refused(*_BUDGET)
        case InnerError():
            return answered(202, log_of(*_BUDGET))
