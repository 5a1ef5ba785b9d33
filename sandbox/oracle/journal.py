"""What the environment has really committed, for those who compare it with what they were told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Commit:
    """One operation or action that was carried out on the record of that *key*."""

    operation: str
    key: str
