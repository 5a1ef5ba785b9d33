"""How long a server asks its callers to wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Give the wait in seconds that *headers* ask for, as a number or a moment; ``None`` if they ask for none."""
    wish = headers.get("Retry-After", "").strip()
    if wish.isascii() and wish.isdigit():
        return float(wish)
    try:
        moment = parsedate_to_datetime(wish)
    except ValueError:
        return None
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
