"""DBOS as a clock, and as nothing else: the ledger says what happened, and DBOS when to look at it again.

A step of DBOS that was interrupted runs again, so nothing but the ledger may decide what is done; `Advance` asks it,
and may be called by anyone at any time. The extra ``dbos`` installs it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import Context
from datetime import datetime
from types import TracebackType
from typing import Self

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetEnqueueOptions, SetWorkflowID

from domain.keys import IntentId
from ports.clock import Clock
from ports.wakeups import WakeUps

_log = logging.getLogger(__name__)
_QUEUE = "dragoman wake-ups"
_VERSION = "1"
"""Of what is kept in DBOS's database; by default it were a digest of the code, and a deployment would wake nobody."""


class DbosWakeUps(WakeUps):
    """Calls *advance* for what is due, in whichever process is alive then; *worker* is this one's own name.

    DBOS knows one instance a process. Its database may be the ledger's, where it uses a schema of its own, or another.
    At most *at_once* intents are advanced here at a time; what waits takes no thread.
    """

    def __init__(
        self, url: str, *, worker: str, clock: Clock, advance: Callable[[IntentId], object], at_once: int = 4
    ) -> None:
        self._clock = clock
        config: DBOSConfig = {
            "name": "dragoman",
            "system_database_url": url,
            "executor_id": worker,  # with one name for all, DBOS would start what another process is at
            "application_version": _VERSION,
            "serializer": DBOSPortableJSONSerializer(),  # by default pickles: who writes there could run code here
            "log_level": "WARNING",
        }
        DBOS(config=config)

        @DBOS.workflow(name="advance intent")
        def woken(key: str) -> None:
            # in a context of its own: what is announced from there is no child of this workflow
            Context().run(advance, IntentId(key))

        self._woken = woken
        DBOS.launch()
        DBOS.register_queue(_QUEUE, worker_concurrency=at_once, polling_interval_sec=0.1)

    def wake(self, intent: IntentId, at: datetime) -> None:
        try:
            delay = max(0.0, (at - self._clock.now()).total_seconds()) + 0.001  # DBOS counts whole milliseconds
            with SetWorkflowID(f"{intent} {at.isoformat()}"), SetEnqueueOptions(delay_seconds=delay):
                DBOS.enqueue_workflow(_QUEUE, self._woken, intent.text)
        except Exception as error:  # noqa: BLE001  # it is a hint: what DBOS does not hear, the sweep finds
            _log.warning("DBOS was not told to wake intent %s (%s)", intent, error)

    def close(self) -> None:
        """Stop, and leave what waits to others."""
        DBOS.destroy(destroy_registry=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
