"""What Fusion says on a bad day, whichever protocol a write came by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox import moods
from sandbox.misbehaviour import Misbehaviour, WriteFault
from sandbox.oracle.faults import SoapFault, locked, refused
from sandbox.web import Response


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

    def answered(commits: bool) -> Response:
        try:
            return carry_out(commits)
        except SoapFault as no:
            return voice.no(no)

    said = moods.Voice(
        locked=lambda: voice.no(locked()),
        refused=lambda: voice.no(refused("PO-2055101", "The budget of the period is exhausted.")),
        inner_error=voice.inner_error,
        complaining=lambda answer: voice.complaining(answer) if answer.status == 200 else answer,
    )
    return moods.written(fault, misbehaviour, answered, said)
