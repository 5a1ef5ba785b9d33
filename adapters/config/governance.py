"""What ``[governance]`` of a site's configuration says: its people, its policy, and its ledger."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from adapters.ledger.opening import LedgerSettings
from adapters.secrets import Secret


class Governance(BaseModel):
    """Who may write, how carefully, and where it is written down; all paths begin in the configuration's folder.

    Without a *policy* every action has the class of its nature. *pins* is the folder that `dragoman drift pin` has
    written; what has drifted from them is not written to. *windows*, *closings* and *capacity* are looked at by
    `adapters.config.operation`, *names* by `adapters.governed.naming`; without it records are found by their keys.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    people: Path
    policy: Path | None = None
    pins: Path | None = None
    ledger: dict[str, object] = Field(min_length=1)
    windows: list[dict[str, object]] = Field(default_factory=list)
    closings: list[dict[str, object]] = Field(default_factory=list)
    capacity: dict[str, dict[str, object]] = Field(default_factory=dict)
    names: dict[str, object] | None = None


def ledger_in(folder: Path, settings: LedgerSettings) -> LedgerSettings:
    """Give the settings of a ledger whose relative paths begin in *folder*."""
    return settings.model_copy(
        update={"anchors": folder / settings.anchors, "url": _beside(folder, settings.url)},
    )


def _beside(folder: Path, url: Secret) -> Secret:
    try:
        known = make_url(url.get_secret_value())
    except (ArgumentError, ValueError):  # whoever opens the ledger says what is wrong with it
        return url
    if known.get_backend_name() != "sqlite" or known.database in (None, "", ":memory:"):
        return url
    moved = known.set(database=str(folder / str(known.database)))
    return type(url)(moved.render_as_string(hide_password=False))
