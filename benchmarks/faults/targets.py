"""Records that the benchmark has made itself, to be written about."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar, cast

from application.resolving.made import made_by
from benchmarks.faults.house import MORNING
from domain.identifiers import Identifier
from domain.outcomes import Done
from domain.resolution import Resolved
from domain.scope import Scope

T = TypeVar("T", bound=Identifier)
_FOR_EVER = MORNING + timedelta(days=365_000)


def resolved(key: T, scope: Scope) -> Resolved[T]:
    """Stand for the record of that *key*, as the path stands for what its own writes have made."""
    return cast("Resolved[T]", made_by(Done(record=key), scope, _FOR_EVER))
