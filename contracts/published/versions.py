"""The versions that are served, the oldest first."""

from __future__ import annotations

from contracts.published.contract import Version
from contracts.published.v1.catalogue import V1


def versions() -> tuple[Version, ...]:
    """Give every version that is served now."""
    return (V1,)
