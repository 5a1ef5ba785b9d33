"""Verifying the audit trail: every stream, against its anchor."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from domain.audit import Anchor, Finding, verify
from ports.ledger import Ledger


@frozen(kw_only=True)
class VerifyAudit:
    """Looks at every record of every stream; *key* is the one that seals them."""

    ledger: Ledger
    key: bytes

    def __call__(self, anchors: Mapping[str, Anchor]) -> tuple[Finding, ...]:
        """Give every flaw; *anchors* are kept outside the database, one for each stream that has one.

        Raises:
            Unavailable: the ledger was not reached.
        """
        streams = {*self.ledger.streams(), *anchors}  # a stream that is gone altogether has its anchor still
        return tuple(
            finding
            for stream in sorted(streams)
            for finding in verify(self.ledger.records(stream), stream=stream, key=self.key, anchor=anchors.get(stream))
        )
