"""What the REST framework says on a bad day."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NoReturn

from sandbox import moods
from sandbox.misbehaviour import Misbehaviour, WriteFault
from sandbox.protheus_rest.errors import answered, log_of, refused
from sandbox.web import Response

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
    return moods.written(fault, misbehaviour, carry_out, _VOICE)


def _locked() -> NoReturn:
    raise refused(*_IN_USE)


def _refused() -> NoReturn:
    raise refused(*_BUDGET)


def _inner_error() -> Response:
    return answered(202, log_of(*_BUDGET))


def _complaining(answer: Response) -> Response:
    told: dict[str, object] = json.loads(answer.body.decode("cp1252"))
    return answered(answer.status, told | log_of(*_EXTENSION))


_VOICE = moods.Voice(locked=_locked, refused=_refused, inner_error=_inner_error, complaining=_complaining)
