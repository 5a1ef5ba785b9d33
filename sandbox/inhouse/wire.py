"""What lies between a caller and a database server: a wire that breaks when it is told to.

It passes bytes on and understands none of them, but for the call of a procedure, which it must see: so the connection
may not be encrypted (``sslmode=disable`` on PostgreSQL).
"""

from __future__ import annotations

import re
import socket
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from functools import partial
from threading import Event, Lock, Thread

_CALL = re.compile(rb'CALL ["`]')
_BLOCK = 65536


class Break(Enum):
    """How the wire breaks at a call."""

    BEFORE = "the call does not arrive"
    AFTER = "the call arrives, and its answer does not"
    WITHIN = "half of the answer comes back"
    HELD = "the call arrives when it is released, and nobody waits for it any more"


class Wire:
    """The wire to one server; it breaks at the coming calls as it is told, one break each."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._lock = Lock()
        self._breaks: deque[Break] = deque()
        self._held: list[Callable[[], None]] = []
        self._calls = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]

    def breaking(self, *breaks: Break) -> None:
        """Let the coming calls meet these breaks, one each."""
        with self._lock:
            self._breaks.extend(breaks)

    @property
    def calls(self) -> int:
        """How many calls came so far."""
        with self._lock:
            return self._calls

    def release(self) -> None:
        """Let what is held arrive, and wait until the server has answered."""
        with self._lock:
            held, self._held = self._held, []
        for arrive in held:
            arrive()

    def next_break(self) -> Break | None:
        """Take the break that the call at hand shall meet; None means none."""
        with self._lock:
            self._calls += 1
            return self._breaks.popleft() if self._breaks else None

    def hold(self, arrive: Callable[[], None]) -> None:
        """Keep what is to be done when somebody releases it."""
        with self._lock:
            self._held.append(arrive)

    def serve(self) -> None:
        """Pass on whatever comes, until `close`."""
        with suppress(OSError):
            while True:
                caller, _ = self._listening.accept()
                _Line(self, caller, socket.create_connection(self._server)).start()

    def close(self) -> None:
        """Take no more connections; those that are open last as long as their ends."""
        _cut(self._listening)  # it wakes whoever waits for a connection


class _Line:
    """One connection: two ends, and a thread for each direction."""

    def __init__(self, wire: Wire, caller: socket.socket, server: socket.socket) -> None:
        self._wire, self._caller, self._server = wire, caller, server
        self._broken: Break | None = None
        self._answered = Event()

    def start(self) -> None:
        for direction in (self._there, self._back):
            Thread(target=direction, daemon=True).start()

    def _there(self) -> None:
        with suppress(OSError):
            while block := self._caller.recv(_BLOCK):
                self._broken = self._wire.next_break() if _CALL.search(block) else None
                if self._broken is Break.HELD:
                    _cut(self._caller)
                    self._wire.hold(partial(self._arrive, block))
                    return
                if self._broken is Break.BEFORE:
                    break
                self._server.sendall(block)
        _cut(self._server)

    def _back(self) -> None:
        with suppress(OSError):
            while block := self._server.recv(_BLOCK):
                if self._broken is not None:
                    if self._broken is Break.WITHIN:
                        self._caller.sendall(block[: len(block) // 2])
                    break
                self._caller.sendall(block)
        self._answered.set()
        _cut(self._caller)

    def _arrive(self, call: bytes) -> None:
        self._server.sendall(call)
        self._answered.wait(timeout=30)
        _cut(self._server)


def _cut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def wire_to(host: str, port: int) -> Iterator[Wire]:
    """Lay a wire to the server at *host* and *port*; it lasts as long as the block."""
    wire = Wire(host, port)
    thread = Thread(target=wire.serve, daemon=True)
    thread.start()
    try:
        yield wire
    finally:
        wire.close()
        thread.join(timeout=5)
