"""What keeps a command from running for the time being."""

from __future__ import annotations

from datetime import datetime

from attrs import field, frozen, validators

from domain.dates import instant
from domain.text import words


@frozen(kw_only=True)
class Hold:
    """Why a command may not run now, and when to ask again; ``None`` if time will not help and a person must."""

    because: str = field(validator=words)
    until: datetime | None = field(validator=validators.optional(instant))
