"""Servers that run beside the tests, each a process of its own on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread, Timer

from tests.real.servers.cache import BuildFailed

_PATIENCE = 120
"""Seconds in which a server must say that it is ready; it is a limit, not a wait."""


def free_port() -> int:
    """Give a port of this machine on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    *command: str | Path, ready: str, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run a server as long as the block lasts; the block begins when the server has printed *ready*.

    Raises:
        BuildFailed: it ended before it was ready.
    """
    process = subprocess.Popen(  # noqa: S603  # the words are our own
        [str(word) for word in command],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    last: deque[str] = deque(maxlen=20)
    drain = Thread(target=last.extend, args=(process.stdout,), daemon=True)  # a full pipe would stop the server
    overdue = Timer(_PATIENCE, process.kill)
    overdue.start()
    try:
        for line in process.stdout:
            last.append(line)
            if ready in line:
                break
        else:
            raise BuildFailed(f"{command[0]} ended before it served:\n{''.join(last)}")
        overdue.cancel()
        drain.start()
        yield process
    finally:
        overdue.cancel()
        process.terminate()
        process.wait()
        if drain.ident is not None:
            drain.join()
        process.stdout.close()
