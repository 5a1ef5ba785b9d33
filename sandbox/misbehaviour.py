"""Bad days on demand: what a sandbox server is told to do wrong with the requests that come next."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True)
class Slow:
    """Answer properly, but only after so many *seconds*."""

    seconds: float


@dataclass(frozen=True)
class Fail:
    """Answer with *status* and an HTML page, nothing carried out; *retry_after* in seconds."""

    status: int
    retry_after: int | None


@dataclass(frozen=True)
class Drop:
    """Close the connection without an answer, the request *carried_out* before or never looked at."""

    carried_out: bool


@dataclass(frozen=True)
class _Plain:
    """A fault of which nothing more is to say; two of a kind are equal."""


class LogonPage(_Plain):
    """Answer 200 with the logon page in HTML, nothing carried out."""


class Garble(_Plain):
    """Carry the request out and send only the first half of the answer's body."""


Fault = Slow | Fail | Drop | LogonPage | Garble


class Repeat(_Plain):
    """Carry the write out twice, as if a proxy had sent it again, and send the second answer."""


class Echo(_Plain):
    """Carry the write out and send the body of the answer twice over."""


class Hold(_Plain):
    """Close the connection without an answer, and carry the write out later, at `Misbehaviour.release`."""


class Locked(_Plain):
    """Turn the write away because somebody is editing the record."""


class Refuse(_Plain):
    """Turn the write away by a rule of the business."""


class InnerError(_Plain):
    """Turn the write away, and say so inside an answer that says it was accepted."""


class Complain(_Plain):
    """Carry the write out, and add an error to the messages of the success."""


class Pretend(_Plain):
    """Answer that the write was carried out, and write nothing."""


WriteFault = Fail | Drop | LogonPage | Garble | Repeat | Echo | Hold | Locked | Refuse | InnerError | Complain | Pretend
WRITE_FAULTS: tuple[WriteFault, ...] = (
    Drop(carried_out=True),
    Drop(carried_out=False),
    Fail(503, None),
    Fail(504, None),
    Fail(429, 1),
    LogonPage(),
    Garble(),
    Repeat(),
    Echo(),
    Locked(),
    Refuse(),
    InnerError(),
    Complain(),
    Pretend(),
)
"""Every fault of a write but `Hold`, which somebody must release."""


class Misbehaviour:
    """A queue of faults for coming requests, safe to fill from one thread while a server works in others.

    Faults happen in the order in which they were asked for, one a request; with nothing queued the server behaves.
    Those that were asked for by `writing` and `plague` wait for requests that are about to write.
    *ignores_etag_in_batch* makes a system overlook the expected version of whatever comes in a batch.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._queue: deque[tuple[Fault | None, int]] = deque()
        self._writes: deque[WriteFault | None] = deque()
        self._met = 0
        self._held: list[Callable[[], object]] = []
        self.ignores_etag_in_batch = False
        self._csrf_epoch = 0
        self._session_epoch = 0

    def behave(self, times: int = 1) -> None:
        """Let *times* requests through before the next fault in the queue."""
        self._add(None, times)

    def slow(self, seconds: float, times: int = 1) -> None:
        """Make the next *times* answers wait for *seconds* each."""
        self._add(Slow(seconds), times)

    def fail(self, status: int = 503, times: int = 1, retry_after: int | None = None) -> None:
        """Refuse the next *times* requests; *retry_after* is in seconds, None sends no such header."""
        self._add(Fail(status, retry_after), times)

    def drop(self, times: int = 1, *, carried_out: bool = False) -> None:
        """Close the connection on the next *times* requests; *carried_out* loses the answer only."""
        self._add(Drop(carried_out), times)

    def logon_page(self, times: int = 1) -> None:
        """Answer the next *times* requests with a logon page and status 200."""
        self._add(LogonPage(), times)

    def garble(self, times: int = 1) -> None:
        """Cut the next *times* answers in the middle of the body."""
        self._add(Garble(), times)

    def writing(self, *faults: WriteFault | None) -> None:
        """Let the coming writes meet these *faults*, one each; ``None`` lets one through."""
        with self._lock:
            self._writes.extend(faults)

    def plague(self, seed: int, times: int) -> tuple[WriteFault, ...]:
        """Let the next *times* writes meet faults that *seed* draws, and tell which."""
        drawn = tuple(random.Random(seed).choices(WRITE_FAULTS, k=times))
        self.writing(*drawn)
        return drawn

    def next_write(self) -> WriteFault | None:
        """Take the fault that the write at hand shall meet; None means none."""
        with self._lock:
            self._met += 1
            return self._writes.popleft() if self._writes else None

    @property
    def writes_met(self) -> int:
        """How many writes came so far as to be decided on, whatever became of them."""
        with self._lock:
            return self._met

    def hold(self, write: Callable[[], object]) -> None:
        """Keep, in the server, what is to be carried out when somebody releases it."""
        with self._lock:
            self._held.append(write)

    def release(self) -> None:
        """Carry out what is held, in the order in which it came."""
        with self._lock:
            held, self._held = self._held, []
        for write in held:
            write()

    def expire_csrf(self) -> None:
        """Make every CSRF token that was given out so far worthless."""
        with self._lock:
            self._csrf_epoch += 1

    def expire_session(self) -> None:
        """End every session, and with it every CSRF token that was given out in it."""
        with self._lock:
            self._session_epoch += 1

    @property
    def csrf_epoch(self) -> int:
        """How often CSRF tokens were made worthless; a token lives in the epoch that it was made in."""
        with self._lock:
            return self._csrf_epoch

    @property
    def session_epoch(self) -> int:
        """How often all sessions were ended; a session lives in the epoch that it was made in."""
        with self._lock:
            return self._session_epoch

    def next(self) -> Fault | None:
        """Take the fault that the request at hand shall meet; None means none."""
        with self._lock:
            if not self._queue:
                return None
            fault, times = self._queue.popleft()
            if times > 1:
                self._queue.appendleft((fault, times - 1))
            return fault

    def _add(self, fault: Fault | None, times: int) -> None:
        if times < 1:
            raise ValueError(f"a fault happens once or more, not {times} times")
        with self._lock:
            self._queue.append((fault, times))
