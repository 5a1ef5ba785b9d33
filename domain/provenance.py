"""Where a value was read: enough to find the very record again."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen


@frozen
class SourceRef:
    """One record of one system, as it was read.

    *record* is the kind of record in the source's own words, *key* its key as the source holds it, *read_at* an aware
    instant in UTC. It answers "where does this come from?" and takes no part in the equality of what carries it.
    """

    system: str
    record: str
    key: str
    read_at: datetime

    def __str__(self) -> str:
        key = "" if self.key == "" else f" {self.key}"
        return f"{self.record}{key} of {self.system}"
