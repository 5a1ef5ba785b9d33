"""What a recording says of itself: what was recorded, when, under which rules, and that nobody has changed it since."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

LIMIT = timedelta(days=90)
"""How long a vendor's sandbox is believed to answer as it did."""
RULES = (
    "names, trade names, tax numbers, e-mail addresses, bank accounts, streets and postal codes are pseudonyms",
    "what no mapping reads is left out",
    "sentences of the vendor are left out, except for codes",
    "credentials, cookies, tokens and SOAP headers are left out",
)
"""What is done to every recording."""


class Stamp(BaseModel):
    """The file ``recording.json``.

    *settings* are those of the system, without users and secrets. *replaced* counts the values that got pseudonyms, by
    attribute, *kept* the short codes beside them, *left_out* what no mapping reads, by its path. *files* are the
    other files of the recording, with their SHA-256.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["dragoman recording 1"] = "dragoman recording 1"
    recorded_at: AwareDatetime
    limit_days: int
    version: str
    system: str
    kind: str
    settings: dict[str, object]
    rules: tuple[str, ...] = RULES
    replaced: dict[str, int]
    kept: dict[str, int]
    left_out: dict[str, int]
    files: dict[str, str]

    def warning(self, now: datetime) -> str | None:
        """Say that the recording is too old to be trusted, ``None`` if it is not."""
        age = (now - self.recorded_at).days
        if age <= self.limit_days:
            return None
        return (
            f"the recording of {self.system} is {age} days old, and its limit is {self.limit_days}; "
            "the vendor may answer otherwise by now"
        )
