"""Pausing the cyclic garbage collector while a block of records is translated.

Translating makes many objects and no cycles, so every collection in between is wasted: it is more than half of the
cost when the results are kept.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_paused = 0


@contextmanager
def paused() -> Iterator[None]:
    """Keep the collector off until the last of all nested or concurrent blocks has ended.

    The collector belongs to the process: it is switched on again only if it was on before the first block.
    """
    global _paused, _was_on  # the collector is one per process, and so is this count
    with _lock:
        if _paused == 0:
            _was_on = gc.isenabled()
            gc.disable()
        _paused += 1
    try:
        yield
    finally:
        with _lock:
            _paused -= 1
            if _paused == 0 and _was_on:
                gc.enable()


_was_on = True
