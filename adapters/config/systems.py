"""What must be known of a system of each kind, key by key as it stands in ``[systems.NAME]``.

A kind is added here, in `adapters.bootstrap` and in `adapters.embedded`; the type checker and a test name what is
forgotten.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from adapters.config.secrets import Secret

Aggregates = Literal["suppliers", "purchase_orders"]


class SystemSettings(BaseModel):
    """What systems of every kind have; *timeout* is in seconds.

    *codes* are the site's additions to code tables, still as text: see `adapters.config.codes`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    timeout: float = Field(default=30.0, gt=0, le=3600, allow_inf_nan=False)
    codes: dict[Aggregates, dict[str, object]] = Field(default_factory=dict)


class ProtheusSettings(SystemSettings):
    """One company and branch of a TOTVS Protheus database."""

    kind: Literal["protheus"] = "protheus"
    url: Secret
    company: str
    branch: str


class InHouseSettings(SystemSettings):
    """A database of the in-house system."""

    kind: Literal["inhouse"] = "inhouse"
    url: Secret


class SapSettings(SystemSettings):
    """One client of an SAP system, over OData.

    *certificates* is the path of a file with the certificates to trust; without it, the public ones.
    """

    kind: Literal["sap"] = "sap"
    url: str
    client: str
    user: str
    password: Secret
    certificates: str | None = None


class OracleSettings(SystemSettings):
    """One Oracle Fusion environment, over SOAP.

    *certificates* is the path of a file with the certificates to trust; without it, the public ones.
    """

    kind: Literal["oracle"] = "oracle"
    url: str
    user: str
    password: Secret
    certificates: str | None = None


Settings = SapSettings | ProtheusSettings | OracleSettings | InHouseSettings
"""The settings of a system of any kind."""

SETTINGS: dict[str, type[Settings]] = {
    "sap": SapSettings,
    "protheus": ProtheusSettings,
    "oracle": OracleSettings,
    "inhouse": InHouseSettings,
}
"""The kinds of systems that can be opened."""
