"""The misbehaviour of a sandbox over HTTP, as faults in words, and back to a quiet day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from random import Random

from benchmarks.faults.plot import REPEATED
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

WORDS: Mapping[str, WriteFault] = {
    "nothing is written, and no answer comes": Drop(carried_out=False),
    "it is written, and the answer is lost": Drop(carried_out=True),
    "it is written, and half of the answer comes": Garble(),
    "it is written, and the answer comes twice over": Echo(),
    "it is written, and the success comes with a complaint": Complain(),
    "nothing is written, and a page for people comes": LogonPage(),
    "nothing is written, and the error stands inside a success": InnerError(),
    "nothing is written, and a success comes": Pretend(),
    "somebody is editing the record": Locked(),
    "the business says no": Refuse(),
    "there are too many requests": Fail(429, 1),
    "the server fails": Fail(503, None),
    "the gateway gives up waiting": Fail(504, None),
    REPEATED: Repeat(),
}


class Weather(Misbehaviour):
    """Bad days that can be called off."""

    @property
    def faults(self) -> Mapping[str, Callable[[], None]]:
        """What makes the next write meet each fault."""
        return {words: partial(self.writing, fault) for words, fault in WORDS.items()}

    def held(self) -> Callable[[], None]:
        """Have the next write carried out only when somebody calls the function that this gives."""
        self.writing(Hold())
        return self.release

    def hold(self, write: Callable[[], object]) -> None:
        def carried_out() -> None:
            with suppress(Exception):  # turned away after all, and nobody is there to be told
                write()

        super().hold(carried_out)

    def overlook_etags(self) -> None:
        """Have the next batch written whatever versions it names."""
        self.ignores_etag_in_batch = True

    def unreadable(self, draw: Random) -> None:
        """Have the next question answered badly, or not at all."""
        draw.choice((self.fail, self.drop, self.logon_page, self.garble))()

    def calm(self) -> None:
        """Forget every fault that was not met."""
        with self._lock:
            self._queue.clear()
            self._writes.clear()
        self.ignores_etag_in_batch = False
