"""What the system has really committed, for those who compare it with what they were told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One entity that was created (``POST``), changed or deleted; *entity* is its address below the service."""

    method: str
    entity: str


Commit = tuple[Change, ...]
"""One unit of work: everything in it stands, or nothing."""
