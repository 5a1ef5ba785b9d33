"""Records that a sandbox spoils on purpose, so that a reader can be shown to refuse them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Broken:
    """One spoiled record: where the fault lies, and what stands there.

    *key* is the record's business number (eight digits for a supplier, six characters for an order), *column* the
    vendor's column or path that holds the fault, *raw* the value in it, *quirk* the row of the quirk catalogue.
    """

    kind: Literal["supplier", "purchase_order"]
    key: str
    column: str
    raw: object
    quirk: str
