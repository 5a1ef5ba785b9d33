"""What must be known of a system of any kind, as it stands in ``[systems.NAME]`` of a site's configuration."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Aggregates = Literal["suppliers", "purchase_orders"]


class SystemSettings(BaseModel):
    """What systems of every kind have; each kind adds its own keys.

    *timeout* is in seconds. *sandbox* says that nothing is lost if the system is written to, or a user is locked there.
    *codes* are the site's additions to code tables, still as text: see `adapters.config.codes`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    kind: str
    timeout: float = Field(default=30.0, gt=0, le=3600, allow_inf_nan=False)
    sandbox: bool = False
    codes: dict[Aggregates, dict[str, object]] = Field(default_factory=dict)
